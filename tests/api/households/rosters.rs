use serde_json::{Value, json};

use super::{TWO, events, ids_of, sample};
use crate::both;
use crate::kit::people::Reply;

/// The reply as the samples state it.
fn shape(reply: &Value) -> Value {
    let without_words = |rows: &Value| {
        let strip = |row: &Value| {
            assert!(row["detail"].as_str().expect("words").len() > 10);
            let mut row = row.as_object().expect("a row").clone();
            row.remove("detail");
            Value::Object(row)
        };
        rows.as_array().expect("rows").iter().map(strip).collect::<Value>()
    };
    json!({
        "file": reply["file"], "rows": reply["rows"], "accepted": reply["accepted"], "households": reply["households"],
        "rejected": without_words(&reply["rejected"]), "warnings": without_words(&reply["warnings"])
    })
}

both! {
    async fn a_dry_run_answers_exactly_what_the_samples_state_and_writes_nothing(app: TestApp) {
        let city = app.city().await;
        for name in ["chengdong-204", "faulty-60"] {
            let (bytes, expected) = sample(name);
            let reply = city.centre().upload(bytes, &format!("dry_run=true&name={name}.xlsx")).await.ok();
            assert_eq!(shape(&reply), expected, "{name}");
            assert_eq!((&reply["import_id"], &reply["already_imported"], &reply["unchanged"]), (&Value::Null, &json!(false), &json!(0)));
        }
        assert_eq!(events(&app, "household.imported", &[]).await, 0);
    }

    async fn an_import_makes_a_file_of_each_good_row_and_says_it_in_the_log_without_names(app: TestApp) {
        let city = app.city().await;
        let (bytes, expected) = sample("faulty-60");
        let reply = city.centre().upload(bytes, "").await.ok();
        assert_eq!((&reply["accepted"], &reply["rows"]), (&expected["accepted"], &expected["rows"]));
        assert!(reply["import_id"].is_string() && reply.get("households").is_none());
        let first = &expected["households"][0];
        let never = [first["name"].as_str().expect("a name"), first["id_number"].as_str().expect("a number"), first["address"].as_str().expect("an address")];
        assert_eq!(events(&app, "household.imported", &never).await, 34);
        assert_eq!(events(&app, "roster.imported", &never).await, 1);
        let ids = ids_of(&app, &[never[1]]).await;
        let file = city.centre().get(&format!("/households/{}", ids[0])).await.ok();
        assert_eq!((&file["head_name"], &file["address"], &file["phone"]), (&first["name"], &first["address"], &first["phone"]));
        assert_eq!((&file["category"], &file["income_fen"], &file["status"]), (&first["category"], &first["income_fen"], &json!("applied")));
    }

    async fn the_same_file_again_changes_nothing_and_says_so(app: TestApp) {
        let city = app.city().await;
        let (bytes, _) = sample("chengdong-204");
        let first = city.centre().upload(bytes.clone(), "").await.ok();
        let logged = events(&app, "household.imported", &[]).await;
        let id = ids_of(&app, &["510104195209043743"]).await.remove(0);
        city.centre().patch(&format!("/households/{id}"), 1, &json!({ "address": "新址1号" })).await.ok();
        let again = city.centre().upload(bytes.clone(), "").await.ok();
        assert_eq!((&again["already_imported"], &again["unchanged"], &again["import_id"]), (&json!(true), &json!(194), &first["import_id"]));
        assert_eq!((&again["accepted"], again["warnings"].as_array().map(Vec::len)), (&json!(194), Some(7)), "the verdict is the same as before");
        assert_eq!(events(&app, "household.imported", &[]).await, logged);
        let file = city.centre().get(&format!("/households/{id}")).await.ok();
        assert_eq!(file["address"], "新址1号", "what was corrected by hand meanwhile stays");
        let dry = city.centre().upload(bytes, "dry_run=true").await.ok();
        assert_eq!((&dry["already_imported"], &dry["unchanged"]), (&json!(true), &json!(194)));
    }

    async fn a_newer_roster_corrects_the_files_it_finds_and_keeps_what_they_said(app: TestApp) {
        let city = app.city().await;
        city.centre().upload(TWO, "").await.ok();
        let newer = format!("{}\n侯兰,51010419540923064X,低保户,,铁西四路110号,,,", TWO.replace("建设街112号", "红星巷1号").replace("独居", ""));
        let dry = city.centre().upload(newer.clone(), "dry_run=true").await.ok();
        let reply = city.centre().upload(newer, "").await.ok();
        for reply in [&dry, &reply] {
            assert_eq!((&reply["accepted"], &reply["unchanged"], &reply["rejected"]), (&json!(3), &json!(1), &json!([])));
            assert_eq!((&reply["warnings"][0]["row"], &reply["warnings"][0]["code"]), (&json!(2), &json!("file_corrected")));
        }
        let id = ids_of(&app, &["510104195209043743"]).await.remove(0);
        let file = city.centre().get(&format!("/households/{id}")).await.ok();
        assert_eq!((&file["address"], &file["remarks"], &file["version"]), (&json!("红星巷1号"), &json!("独居"), &json!(2)));
        let history = city.centre().get(&format!("/households/{id}/history")).await.ok();
        assert_eq!(history["items"].as_array().map(Vec::len), Some(1));
        assert_eq!((&history["items"][0]["old"], &history["items"][0]["new"]), (&json!("建设街112号"), &json!("红星巷1号")));
        assert_eq!(events(&app, "household.corrected", &["红星巷"]).await, 1);
    }

    async fn one_person_has_one_file_in_the_whole_tree(app: TestApp) {
        let city = app.city().await;
        city.centre().upload(TWO, "").await.ok();
        let reply = city.foreign().centre().upload(format!("{TWO}\n"), "").await.ok();
        assert_eq!((&reply["accepted"], &reply["rejected"][0]["code"], &reply["rejected"][1]["row"]), (&json!(0), &json!("file_elsewhere"), &json!(3)));
        assert!(!reply.to_string().contains("城东"), "who keeps the file is not told");
    }

    async fn only_the_centre_imports_and_only_into_its_own_subtree(app: TestApp) {
        let city = app.city().await;
        for person in [city.cadre(), city.lead(), city.supervisor(), city.auditor()] {
            assert_eq!(person.upload(TWO, "dry_run=true").await.problem(403), "forbidden");
        }
        assert_eq!(city.admin().upload(TWO, "dry_run=true").await.problem(404), "not_found");
        assert_eq!(app.visitor().upload(TWO, "dry_run=true").await.problem(401), "unauthenticated");
        for org in ["west", "federation"] {
            assert_eq!(city.centre().upload(TWO, &format!("org={}", city.org(org))).await.problem(404), "not_found");
        }
        city.centre().upload(TWO, &format!("org={}", city.org("east2"))).await.ok();
        let id = ids_of(&app, &["510104195209043743"]).await.remove(0);
        assert_eq!(city.centre().get(&format!("/households/{id}")).await.ok()["org_id"], city.org("east2").to_string());
    }

    async fn a_file_that_cannot_be_judged_says_why_in_the_language_asked_for(app: TestApp) {
        let city = app.city().await;
        let centre = city.centre();
        assert_eq!(centre.upload(b"%PDF-1.7".to_vec(), "").await.problem(422), "file_unreadable");
        assert_eq!(centre.upload("没有表头", "").await.problem(422), "header_not_found");
        assert_eq!(centre.upload(format!("姓名,身份证号码\n{}", "a,".repeat(300)), "").await.problem(422), "file_too_big_inside");
        assert_eq!(centre.upload(vec![b' '; 24 * 1024 * 1024 + 1], "").await.problem(413), "too_large");
        let picture = centre.call(reqwest::Method::POST, "/households/imports").header("Content-Type", "image/png").body("x");
        assert_eq!(Reply::of(picture.send().await.expect("an answer")).await.problem(415), "unsupported_media_type");
        let english = centre.call(reqwest::Method::POST, "/households/imports?dry_run=true").header("Content-Type", "text/csv").header("Accept-Language", "en");
        let reply = Reply::of(english.body("姓名,身份证号码,困难类别\n,5.1E+17,低保").send().await.expect("an answer")).await.ok();
        let detail = reply["rejected"][0]["detail"].as_str().expect("words");
        assert!(detail.starts_with("Empty.") && detail.contains("lost its last digits"), "all faults of a row at once: {detail}");
    }

    async fn ten_thousand_rows_come_in_whole_and_are_corrected_whole(app: TestApp) {
        use nuanfang::kit::idnumber::IdNumber;
        let city = app.city().await;
        let birth = chrono::NaiveDate::from_ymd_opt(1950, 1, 1).expect("a day");
        let roster = |street: &str| {
            let row = |n: u32| {
                let id = IdNumber::compose(510_104, birth + chrono::Duration::days(i64::from(n / 500)), n % 500).expect("a number");
                format!("张三,{},低保户,{street}{n}号,13912345678,", id.whole())
            };
            format!("姓名,身份证号码,困难类别,家庭住址,联系电话,备注\n{}", (0..10_000).map(row).collect::<Vec<_>>().join("\n"))
        };
        for (street, unchanged, verb) in [("建设街", 0, "household.imported"), ("红星巷", 0, "household.corrected")] {
            let reply = city.centre().upload(roster(street), "").await.ok();
            assert_eq!((&reply["accepted"], &reply["unchanged"], &reply["rejected"]), (&json!(10_000), &json!(unchanged), &json!([])));
            assert_eq!(events(&app, verb, &["张三"]).await, 10_000);
        }
    }

    async fn two_centres_bringing_the_same_people_in_at_once_make_each_file_once(app: TestApp) {
        let city = app.city().await;
        let west = format!("{TWO}\n\n");
        let foreign = city.foreign();
        let (one, other) = futures_util::join!(city.centre().upload(TWO, ""), foreign.centre().upload(west, ""));
        let accepted = |reply: Reply| reply.ok()["accepted"].as_u64().expect("a number");
        assert_eq!(accepted(one) + accepted(other), 2);
        assert_eq!(events(&app, "household.imported", &[]).await, 2);
    }
}
