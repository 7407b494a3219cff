//! What is done with many files at once: each that cannot be done is named, and the others are done.

use serde_json::{Value, json};

use super::{TWO, events, ids_of};
use crate::both;
use crate::kit::TestApp;
use crate::kit::city::City;

const NUMBERS: [&str; 2] = ["510104195209043743", "510104198410130500"];

async fn two_files(app: &TestApp, city: &City) -> Vec<String> {
    city.centre().upload(TWO, &format!("org={}", city.org("east1"))).await.ok();
    ids_of(app, &NUMBERS).await
}

both! {
    async fn many_files_take_a_step_and_those_that_cannot_are_named(app: TestApp) {
        let city = app.city().await;
        let ids = two_files(&app, &city).await;
        let centre = city.centre();
        let steps = async |ids: &[String], step: &str| centre.post("/households/steps", &json!({"household_ids": ids, "step": step})).await.ok();
        assert_eq!(steps(&ids[..1], "review").await, json!({"taken": 1, "unchanged": 0, "refused": []}));
        assert_eq!(steps(&ids, "review").await, json!({"taken": 1, "unchanged": 1, "refused": []}));
        centre.post("/households/approvals", &json!({"household_ids": [ids[1]]})).await.ok();
        let public = steps(&ids, "publish").await;
        assert_eq!(public, json!({"taken": 1, "unchanged": 0, "refused": [{"id": ids[1], "status": "approved"}]}));
        let file = centre.get(&format!("/households/{}", ids[0])).await.ok();
        assert_eq!((&file["status"], &file["notices"]), (&json!("noticed"), &json!([{"published_at": app.now()}])));
        assert_eq!(steps(&ids[..1], "publish").await, json!({"taken": 0, "unchanged": 1, "refused": []}));
        assert_eq!((events(&app, "household.reviewed", &[]).await, events(&app, "household.noticed", &[]).await), (2, 1));
    }

    async fn many_files_end_and_are_taken_up_again_for_a_reason_that_every_one_keeps(app: TestApp) {
        let city = app.city().await;
        let ids = two_files(&app, &city).await;
        let centre = city.centre();
        let steps = async |step: &str, words: &str| centre.post("/households/steps", &json!({"household_ids": ids, "step": step, "words": words})).await.ok();
        centre.post("/households/approvals", &json!({"household_ids": [ids[1]]})).await.ok();
        let waived = steps("waive", " 过期未交材料 ").await;
        assert_eq!(waived, json!({"taken": 1, "unchanged": 0, "refused": [{"id": ids[1], "status": "approved"}]}));
        assert_eq!(steps("relieve", "年度动态管理").await, json!({"taken": 1, "unchanged": 0, "refused": [{"id": ids[0], "status": "waived"}]}));
        assert_eq!(steps("relieve", "年度动态管理").await["unchanged"], 1);
        let history = centre.get(&format!("/households/{}/history", ids[0])).await.ok();
        let changed: Vec<(&Value, &Value, &Value)> = history["items"].as_array().expect("items").iter().map(|one| (&one["field"], &one["old"], &one["new"])).collect();
        assert!(changed.contains(&(&json!("reason"), &Value::Null, &json!("过期未交材料"))) && changed.contains(&(&json!("status"), &json!("applied"), &json!("waived"))), "{changed:?}");
        assert_eq!(steps("restore", "办错了,恢复").await, json!({"taken": 2, "unchanged": 0, "refused": []}));
        let status = async |id: &str| centre.get(&format!("/households/{id}")).await.ok()["status"].clone();
        assert_eq!((status(&ids[0]).await, status(&ids[1]).await), (json!("applied"), json!("approved")), "each stands where it ended");
        assert_eq!((events(&app, "household.waived", &[]).await, events(&app, "household.relieved", &[]).await, events(&app, "household.restored", &[]).await), (1, 1, 2));
        for wrong in [json!({"household_ids": ids, "step": "waive"}), json!({"household_ids": ids, "step": "waive", "words": "短".repeat(501)}), json!({"household_ids": ids, "step": "waive", "words": "短"}), json!({"household_ids": ids, "step": "review", "words": "不该有"})] {
            assert_eq!(centre.post("/households/steps", &wrong).await.problem(422), "invalid");
        }
        // One file alone takes the same steps.
        let version = centre.get(&format!("/households/{}", ids[0])).await.ok()["version"].as_i64().expect("a version");
        let waive = json!({"step": "waive", "words": "材料一直没交齐"});
        let one = centre.call(reqwest::Method::POST, &format!("/households/{}/steps", ids[0])).header("If-Match", format!("\"{version}\"")).json(&waive).send().await;
        assert_eq!(crate::kit::people::Reply::of(one.expect("an answer")).await.ok()["status"], "waived");
    }

    async fn a_step_for_many_is_the_centres_and_has_an_end(app: TestApp) {
        let city = app.city().await;
        let ids = two_files(&app, &city).await;
        let body = json!({"household_ids": ids, "step": "review"});
        for person in [city.lead(), city.supervisor(), city.auditor(), city.cadre()] {
            assert_eq!(person.post("/households/steps", &body).await.problem(403), "forbidden");
        }
        assert_eq!(city.foreign().centre().post("/households/steps", &body).await.problem(404), "not_found");
        for wrong in [json!({"household_ids": [], "step": "review"}), json!({"household_ids": ids, "step": "object"}), json!({"household_ids": vec![app.id(); 20_051], "step": "review"})] {
            assert_eq!(city.centre().post("/households/steps", &wrong).await.problem(422), "invalid");
        }
    }

    async fn each_file_is_given_by_itself_and_what_is_not_theirs_to_give_is_named(app: TestApp) {
        let city = app.city().await;
        let ids = two_files(&app, &city).await;
        let to = |ids: &[String], team: &str| json!({"household_ids": ids, "team_id": city.team(team), "by_itself": true});
        let unknown = app.id();
        let given = city.centre().post("/households/assignments", &to(&[ids[0].clone(), unknown.clone()], "E1")).await.ok();
        assert_eq!(given, json!({"assigned": 1, "unchanged": 0, "refused": [unknown]}));
        let led = city.lead().post("/households/assignments", &to(&ids, "E2")).await.ok();
        assert_eq!(led, json!({"assigned": 1, "unchanged": 0, "refused": [ids[1]]}), "a file without a team is not the lead's");
        assert_eq!(city.centre().get(&format!("/households/{}", ids[0])).await.ok()["team_id"], json!(city.team("E2")));
        assert_eq!(city.auditor().post("/households/assignments", &to(&ids, "E2")).await.problem(403), "forbidden");
    }

    async fn a_dry_run_tells_what_it_takes_to_put_rows_right_and_the_rows_come_back_under_their_numbers(app: TestApp) {
        let city = app.city().await;
        let roster = format!("标题\n{}\n侯兰,51010419540923064,低保户,,铁西四路110号,123,,\n王五,510104195209043743,无此类,,红星巷1号,,,", TWO.replace("17921773490", "12"));
        let told = city.centre().upload(roster, "dry_run=true&mend=true").await.ok();
        assert_eq!((&told["accepted"], told.get("households")), (&json!(2), None));
        let mend = &told["mend"];
        let columns: Vec<&str> = mend["columns"].as_array().expect("columns").iter().map(|one| one["field"].as_str().expect("a field")).collect();
        assert_eq!(columns, ["name", "id_number", "category", "cause", "address", "phone", "bank_card", "remarks"]);
        let rows: Vec<(i64, &Value)> = mend["rows"].as_array().expect("rows").iter().map(|one| (one["row"].as_i64().expect("a row"), &one["faults"])).collect();
        assert_eq!(rows, [(4, &json!(["phone"])), (5, &json!(["id_number"])), (6, &json!(["id_number", "category"]))]);
        assert_eq!(mend["rows"][1]["cells"], json!(["侯兰", "51010419540923064", "低保户", "", "铁西四路110号", "123", "", ""]));
        assert_eq!((&mend["taken"][0], &mend["untold"]), (&json!({"row": 3, "id_number": NUMBERS[0]}), &json!(0)));
        // As the desk sends a row again: under its header, with nothing on the lines between.
        let again = "姓名\t身份证号码\t困难类别\t\t\t\n\n\n\n侯兰\t51010419540923064X\t低保户";
        let reply = city.centre().upload(again, "dry_run=true&mend=true").await.ok();
        assert_eq!((&reply["accepted"], &reply["mend"]["taken"][0]["row"]), (&json!(1), &json!(5)));
        let none = city.centre().upload("姓名,身份证号码\n侯兰,51010419540923064X", "dry_run=true&mend=true").await.ok();
        assert_eq!((&none["mend"]["columns"][2]["field"], &none["mend"]["rows"][0]["cells"][2]), (&json!("category"), &json!("")), "what is needed can be filled in");
    }
}
