//! Households given from team to team and from cadre to cadre, while phones are away.

use serde_json::json;

use crate::both;
use crate::kit::phone::Phone;

both! {
    async fn a_visit_made_while_a_household_changes_hands_is_kept_and_only_noted(app: TestApp) {
        let street = app.street(3).await;
        let city = &street.city;
        let before = city.cadre().get("/field/pull").await.ok();
        // On the way, without a line: the visit is sealed while the household is given to the other team.
        let mut phone = Phone::new(app.now());
        let moved = json!({"household_ids": [street.households[0]], "team_id": street.team("E2")});
        city.centre().post("/households/assignments", &moved).await.ok();
        app.pass_ms(60_000);
        let item = phone.item("visit", &street.honest(0, app.now(), "a").0, app.now());
        app.pass_ms(300_000);
        let stored = phone.push(city.cadre(), std::slice::from_ref(&item)).await.ok();
        assert_eq!(stored["results"][0]["status"], "stored", "{stored}");
        let visit = serde_json::from_value(item["id"].clone()).expect("an id");
        app.catch_up().await;
        let codes = street.codes(visit).await;
        assert!(codes.contains(&"F05".to_owned()), "{codes:?}");
        let seen = city.auditor().get(&format!("/visits/{visit}")).await.ok();
        let f05 = seen["findings"].as_array().expect("findings").iter().find(|one| one["code"] == "F05").expect("F05").clone();
        assert_eq!(f05["severity"], "info");
        let row = street.row(0).await;
        assert_eq!((&row["team_name"], &row["last_outcome"], &row["tries"]), (&json!("东二组"), &json!("reached"), &json!(1)));
        // The earlier team's phone lets it go, the other's takes it up with what was done there.
        let delta = city.cadre().get(&format!("/field/pull?since={}", before["cursor"].as_str().expect("a cursor"))).await.ok();
        assert_eq!(delta["removed"], json!([street.households[0]]));
        let taken = city.other_cadre().get("/field/pull").await.ok();
        assert_eq!((&taken["households"][0]["id"], &taken["visits"][0]["id"]), (&json!(street.households[0]), &item["id"]));
    }

    async fn a_household_is_given_to_a_cadre_who_finds_it_on_the_phone(app: TestApp) {
        let street = app.street(2).await;
        let (city, path) = (&street.city, "/households/assignments");
        let (cadre, second) = (&city.cadre().me["id"], &city.second_cadre().me["id"]);
        let give = |rest: serde_json::Value| {
            let mut body = json!({"household_ids": [street.households[0]], "team_id": street.team("E1")});
            body.as_object_mut().expect("an object").extend(rest.as_object().expect("an object").clone());
            body
        };
        let whole = city.second_cadre().get("/field/pull").await.ok();
        assert_eq!(whole["households"][0]["cadre_id"], json!(null));
        assert_eq!(city.lead().post(path, &give(json!({"cadre_id": second}))).await.ok(), json!({"assigned": 1, "unchanged": 0}));
        assert_eq!(city.lead().post(path, &give(json!({"cadre_id": second}))).await.ok(), json!({"assigned": 0, "unchanged": 1}));
        assert_eq!(city.lead().post(path, &give(json!({}))).await.ok(), json!({"assigned": 0, "unchanged": 1}), "the team again keeps the cadre");
        let delta = city.second_cadre().get(&format!("/field/pull?since={}", whole["cursor"].as_str().expect("a cursor"))).await.ok();
        assert_eq!((&delta["households"][0]["id"], &delta["households"][0]["cadre_id"]), (&json!(street.households[0]), second));
        let row = street.row(0).await;
        assert_eq!((&row["cadre"]["id"], &row["cadre"]["name"]), (second, &city.second_cadre().me["name"]));
        let mine = city.lead().get(&format!("/households?cadre={}", second.as_str().expect("an id"))).await.ok();
        assert_eq!(mine["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(city.lead().post(path, &give(json!({"cadre_id": city.other_cadre().me["id"]}))).await.problem(422), "invalid");
        assert_eq!(city.lead().post(path, &give(json!({"cadre_id": cadre, "whole_team": true}))).await.problem(422), "invalid");
        assert_eq!(city.lead().post(path, &give(json!({"whole_team": true}))).await.ok()["assigned"], 1);
        assert_eq!(street.row(0).await["cadre"], json!(null));
        // Another team knows nothing of the cadre of the one before.
        city.lead().post(path, &give(json!({"cadre_id": second}))).await.ok();
        city.centre().post(path, &give(json!({"team_id": street.team("E2")}))).await.ok();
        assert_eq!(street.row(0).await["cadre"], json!(null));
        let history = city.centre().get(&format!("/households/{}/history", street.households[0])).await.ok();
        let fields: Vec<&str> = history["items"].as_array().expect("changes").iter().map(|one| one["field"].as_str().expect("a field")).collect();
        assert_eq!(fields, ["cadre_id", "team_id", "cadre_id", "cadre_id", "cadre_id"]);
    }
}
