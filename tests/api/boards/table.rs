//! The desk's table of households: in every order, from both ends, counted, named, taken along.

use reqwest::Method;
use serde_json::{Value, json};

use super::ids;
use crate::both;
use crate::kit::people::Person;
use crate::kit::street::Street;

async fn walked(person: &Person, street: &Street, rest: &str) -> Vec<String> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let page = person.get(&format!("/households?campaign={}&limit=2{rest}{after}", street.season.campaign)).await.ok();
        all.extend(ids(&page));
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return all,
        }
    }
}

both! {
    async fn every_order_is_walked_whole_from_both_ends(app: TestApp) {
        let street = app.street(7).await;
        app.record(street.city.cadre(), &[street.honest(3, app.now(), "a")]).await;
        app.approved_files(&street.city, "E3", 2).await;
        let centre = street.city.centre();
        for (order, households) in [("file", 9), ("name", 9), ("address", 9), ("last_try", 7), ("promised", 7)] {
            let there = walked(centre, &street, &format!("&order={order}")).await;
            let mut back = walked(centre, &street, &format!("&order={order}&descending=true")).await;
            assert_eq!(there.len(), households, "{order}");
            back.reverse();
            assert_eq!(there, back, "{order}");
        }
        let first = centre.get(&format!("/households?campaign={}&limit=2&order=name", street.season.campaign)).await.ok();
        let name = first["items"][1]["head_name"].as_str().expect("a name");
        let cursor = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, first["next"].as_str().expect("more")).expect("base64");
        assert!(!String::from_utf8(cursor).expect("text").contains(name), "no name in an address");
        assert_eq!(centre.get("/households?order=promised").await.problem(422), "invalid");
        assert_eq!(centre.get("/households?order=name&after=eA").await.problem(400), "bad_request");
    }

    async fn what_a_filter_finds_is_counted_and_named(app: TestApp) {
        let street = app.street(5).await;
        app.record(street.city.cadre(), &[street.honest(3, app.now(), "a")]).await;
        let (centre, campaign) = (street.city.centre(), &street.season.campaign);
        let asked = |rest: Value| {
            let mut body = json!({"campaign": campaign});
            body.as_object_mut().expect("an object").extend(rest.as_object().expect("an object").clone());
            body
        };
        assert_eq!(centre.post("/households/matches", &json!({})).await.ok(), json!({"count": 5, "ids": null}));
        assert_eq!(centre.post("/households/matches", &asked(json!({"standing": "unreached"}))).await.ok()["count"], 4);
        let named = centre.post("/households/matches", &asked(json!({"standing": "pending", "ids": true}))).await.ok();
        assert_eq!(named, json!({"count": 1, "ids": [street.households[3]]}));
        assert_eq!(centre.post("/households/matches", &json!({"q": "户主4", "ids": true})).await.ok()["ids"], json!([street.households[4]]));
        assert_eq!(centre.post("/households/matches", &json!({"without_team": true})).await.ok()["count"], 0);
        assert_eq!(centre.post("/households/matches", &json!({"household": street.households[2], "ids": true})).await.ok()["ids"], json!([street.households[2]]));
        for (person, count) in [(street.city.lead(), 5), (street.city.other_lead(), 0), (street.city.foreign().centre(), 0)] {
            assert_eq!(person.post("/households/matches", &json!({})).await.ok()["count"], count);
        }
        assert_eq!(street.city.admin().post("/households/matches", &json!({})).await.problem(404), "not_found");
    }

    async fn the_households_picked_are_taken_along_and_no_others(app: TestApp) {
        let street = app.street(4).await;
        let picked = [street.households[2], street.households[0]];
        let taken = async |person: &Person| {
            let body = json!({"table": "households", "format": "csv", "campaign": street.season.campaign, "household_ids": picked, "q": "nobody"});
            let answer = person.call(Method::POST, "/exports").json(&body).send().await.expect("an answer");
            String::from_utf8(answer.bytes().await.expect("bytes").to_vec()).expect("UTF-8")
        };
        let text = taken(street.city.centre()).await;
        assert_eq!(text.lines().count(), 3);
        assert!(text.contains("户主0") && text.contains("户主2") && !text.contains("户主1"), "{text}");
        assert_eq!(taken(street.city.other_lead()).await.lines().count(), 1, "what somebody may not see is not written");
    }

    async fn what_a_campaign_still_lacks_is_told_before_it_opens(app: TestApp) {
        let city = app.city().await;
        let season = app.season(&city).await;
        let path = format!("/campaigns/{}/readiness", season.campaign);
        let check = |told: &Value, name: &str| told["checks"].as_array().expect("checks").iter().find(|one| one["check"] == name).expect("a check").clone();
        let bare = city.centre().get(&path).await.ok();
        assert_eq!((&bare["can_open"], &check(&bare, "standards")["state"]), (&json!(false), &json!("missing")));
        assert_eq!(check(&bare, "files")["state"], "attention");
        app.approved_files(&city, "E1", 3).await;
        let rice = json!({"item_id": season.rice, "quantity_milli": 2_000});
        let standards = json!([{"category": "sudden", "cash_fen": 50_000, "purpose": "medical", "goods": [rice]}]);
        city.centre().put(&format!("/campaigns/{}/standards", season.campaign), &standards).await.ok();
        city.centre().post("/ledger/entries", &season.entry(&app, "receipt", &[season.cash(100_000), season.rice(6_000)], &json!({}))).await.ok();
        let told = city.centre().get(&path).await.ok();
        assert_eq!(told["can_open"], true);
        assert_eq!((&check(&told, "files")["count"], &check(&told, "teams")["state"], &check(&told, "members")["state"]), (&json!(3), &json!("ready"), &json!("ready")));
        let cash = check(&told, "cash");
        assert_eq!((&cash["state"], &cash["lines"][0]["needed"], &cash["lines"][0]["there"]), (&json!("attention"), &json!(150_000), &json!(100_000)));
        assert_eq!((&check(&told, "goods")["state"], &check(&told, "seal_key")["state"]), (&json!("ready"), &json!("automatic")));
        city.centre().post(&format!("/campaigns/{}/open", season.campaign), &json!({})).await.ok();
        let open = city.centre().get(&path).await.ok();
        assert_eq!((&open["can_open"], &check(&open, "commitment")["state"]), (&json!(false), &json!("ready")));
        for (person, status) in [(city.lead(), 403), (city.supervisor(), 403), (city.auditor(), 200), (city.foreign().centre(), 404), (city.admin(), 404)] {
            assert_eq!(person.get(&path).await.status, status);
        }
    }
}
