use serde_json::{Value, json};

use super::{TWO, events, ids_of};
use crate::both;
use crate::kit::TestApp;
use crate::kit::city::City;

const NUMBERS: [&str; 2] = ["510104195209043743", "510104198410130500"];

/// A file with team E1, at version 2.
async fn one_file(app: &TestApp, city: &City) -> (String, String) {
    city.centre().upload(TWO, "").await.ok();
    let id = ids_of(app, &NUMBERS).await.remove(0);
    city.centre().post("/households/assignments", &json!({ "household_ids": [id], "team_id": city.team("E1") })).await.ok();
    (format!("/households/{id}"), id)
}

both! {
    async fn a_file_is_corrected_and_its_history_keeps_what_it_said(app: TestApp) {
        let city = app.city().await;
        let (path, _) = one_file(&app, &city).await;
        let edit = json!({
            "address": " 红星巷1号 ", "phone": null, "income_fen": 46_500, "laid_off": true, "bank_card": null,
            "home": { "latitude": 30.66, "longitude": 104.08, "datum": "gcj02" },
            "members": [{ "name": "罗小明", "relation": "child", "id_number": "510104198410130500" }]
        });
        let file = city.centre().patch(&path, 2, &edit).await.ok();
        assert_eq!((&file["address"], &file["phone"], &file["version"]), (&json!("红星巷1号"), &Value::Null, &json!(3)));
        assert_eq!((&file["home"]["datum"], &file["flags"]["laid_off"]), (&json!("gcj02"), &json!(true)));
        assert_eq!((&file["members"][0]["name"], &file["members"][0]["id_masked"]), (&json!("罗小明"), &json!("510104********0500")));
        assert_eq!(file["workplace"], Value::Null);
        let history = city.cadre().get(&format!("{path}/history")).await.ok();
        let fields: Vec<&str> = history["items"].as_array().expect("changes").iter().map(|c| c["field"].as_str().expect("a field")).collect();
        assert_eq!(fields, ["address", "bank_card", "home", "income_fen", "laid_off", "members", "phone", "team_id"]);
        assert_eq!((&history["items"][0]["old"], &history["items"][1]["old"]), (&json!("建设街112号"), &json!("****4552")));
        assert_eq!((&history["items"][0]["made_by"], &history["items"][0]["version"]), (&city.centre().me["id"], &json!(3)));
        assert_eq!(events(&app, "household.corrected", &["红星巷", "罗小明"]).await, 1);
        let repeated = city.centre().patch(&path, 3, &edit).await.ok();
        assert_eq!(repeated["version"], 3, "what changes nothing makes no version");
    }

    async fn history_comes_in_pages(app: TestApp) {
        let city = app.city().await;
        let (path, _) = one_file(&app, &city).await;
        for version in 2..6 {
            city.centre().patch(&path, version, &json!({ "address": format!("{version}号"), "remarks": format!("{version}") })).await.ok();
        }
        let (mut after, mut seen) = (String::new(), Vec::new());
        loop {
            let page = city.auditor().get(&format!("{path}/history?limit=2{after}")).await.ok();
            seen.extend(page["items"].as_array().expect("changes").iter().map(|c| format!("{} {}", c["version"], c["field"].as_str().expect("a field"))));
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(seen.len(), 9, "{seen:?}");
        assert_eq!((seen[0].as_str(), seen[1].as_str(), seen[8].as_str()), ("6 address", "6 remarks", "2 team_id"));
    }

    async fn two_who_correct_at_once_lose_nothing(app: TestApp) {
        let city = app.city().await;
        let (path, _) = one_file(&app, &city).await;
        city.centre().patch(&path, 2, &json!({ "address": "甲" })).await.ok();
        assert_eq!(city.centre().patch(&path, 2, &json!({ "address": "乙" })).await.problem(412), "stale_version");
        assert_eq!(city.centre().get(&path).await.ok()["address"], "甲");
        let without = city.centre().call(reqwest::Method::PATCH, &path).json(&json!({ "address": "丙" })).send().await.expect("an answer");
        assert_eq!(without.status(), 428);
    }

    async fn all_faults_of_a_correction_are_told_at_once(app: TestApp) {
        let city = app.city().await;
        let (path, _) = one_file(&app, &city).await;
        let edit = json!({
            "head_name": " ", "head_id_number": "123", "phone": "12", "bank_card": "6222026220265934553", "people": 0, "income_fen": -1,
            "home": { "latitude": 91.0, "longitude": 0.0, "datum": "wgs84" }, "members": [{ "name": "", "relation": "child" }]
        });
        let reply = city.centre().patch(&path, 2, &edit).await;
        let mut pointers: Vec<&str> = reply.json["errors"].as_array().expect("errors").iter().map(|e| e["pointer"].as_str().expect("a pointer")).collect();
        pointers.sort_unstable();
        assert_eq!(pointers, ["/bank_card", "/head_id_number", "/head_name", "/home/latitude", "/income_fen", "/members/0/name", "/people", "/phone"]);
        let taken = city.centre().patch(&path, 2, &json!({ "head_id_number": NUMBERS[1] })).await;
        assert_eq!((&taken.json["errors"][0]["pointer"], &taken.json["errors"][0]["code"]), (&json!("/head_id_number"), &json!("duplicate")));
        assert_eq!(city.centre().patch(&path, 2, &json!({ "adress": "x" })).await.problem(422), "invalid");
    }

    async fn whoever_sees_a_file_without_keeping_it_changes_nothing(app: TestApp) {
        let city = app.city().await;
        let (path, _) = one_file(&app, &city).await;
        for person in [city.cadre(), city.lead(), city.supervisor(), city.auditor()] {
            assert_eq!(person.patch(&path, 2, &json!({ "address": "x" })).await.problem(403), "forbidden");
            assert_eq!(person.get(&format!("{path}/id-number")).await.problem(403), "forbidden");
        }
        let foreign = city.foreign();
        for person in [city.other_cadre(), city.admin(), foreign.centre(), foreign.supervisor()] {
            assert_eq!(person.patch(&path, 2, &json!({ "address": "x" })).await.problem(404), "not_found");
            assert_eq!(person.get(&format!("{path}/id-number")).await.problem(404), "not_found");
            assert_eq!(person.get(&format!("{path}/history")).await.problem(404), "not_found");
        }
    }

    async fn every_look_at_a_whole_number_stays_in_the_log(app: TestApp) {
        let city = app.city().await;
        let (path, _) = one_file(&app, &city).await;
        for _ in 0..2 {
            assert_eq!(city.centre().get(&format!("{path}/id-number")).await.ok(), json!({ "id_number": NUMBERS[0] }));
        }
        assert_eq!(events(&app, "household.id_number_read", &NUMBERS).await, 2);
    }
}
