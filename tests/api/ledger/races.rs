//! Eight at once, through the doors: what one alone may have goes to one, and what happened is never lost.

use futures_util::future::join_all;
use nuanfang::kit::clock::HOUR_MS;
use serde_json::{Value, json};

use super::{booked, holds, open};
use crate::both;
use crate::kit::phone::{Phone, count};

/// The codes found about a pushed item.
fn codes(answer: &Value) -> Vec<String> {
    let findings = answer["results"][0]["findings"].as_array().cloned().unwrap_or_default();
    findings.iter().map(|finding| finding["code"].as_str().expect("a code").to_owned()).collect()
}

both! {
    async fn eight_phones_at_one_door_make_one_clean_handover(app: TestApp) {
        let street = app.street(1).await;
        let teams = ["cadre", "second_cadre", "lead", "other_cadre", "other_lead", "neighbour_cadre", "cadre", "other_cadre"];
        let visits: Vec<(Phone, Value)> = (0..8)
            .map(|n| {
                let mut phone = Phone::new(app.now());
                let told = street.honest(0, app.now().plus_ms(-HOUR_MS + n), &format!("picture {n}"));
                let item = phone.item("visit", &told.0, app.now());
                (phone, item)
            })
            .collect();
        let pushes = visits.iter().zip(teams).map(|((phone, item), who)| phone.push(street.city.person(who), std::slice::from_ref(item)));
        for reply in join_all(pushes).await {
            assert_eq!(reply.ok()["results"][0]["status"], "stored", "a doorstep fact is never refused");
        }
        app.catch_up().await;
        let again = join_all(visits.iter().zip(teams).map(|((phone, item), who)| phone.push(street.city.person(who), std::slice::from_ref(item)))).await;
        let found: Vec<Vec<String>> = again.into_iter().map(|reply| codes(&reply.ok())).collect();
        assert_eq!(found.iter().filter(|codes| codes.contains(&"A04".to_owned())).count(), 7, "{found:?}");
        app.ledger_holds().await;
    }

    async fn eight_handovers_out_of_one_purse_are_covered_as_far_as_it_goes(app: TestApp) {
        let street = app.street(16).await;
        // The purse holds ten times what one household is promised: eight times two is six too many.
        let visits: Vec<(Phone, Vec<Value>)> = (0..8)
            .map(|n| {
                let mut phone = Phone::new(app.now());
                let told = [2 * n, 2 * n + 1].map(|n| street.honest(n, app.now().plus_ms(-HOUR_MS), &format!("picture {n}")));
                let items = told.iter().map(|told| phone.item("visit", &told.0, app.now())).collect();
                (phone, items)
            })
            .collect();
        for reply in join_all(visits.iter().map(|(phone, items)| phone.push(street.city.cadre(), items))).await {
            assert!(reply.ok()["results"].as_array().expect("results").iter().all(|result| result["status"] == "stored"));
        }
        app.catch_up().await;
        let again = join_all(visits.iter().map(|(phone, items)| phone.push(street.city.cadre(), items))).await;
        let results: Vec<Value> = again.into_iter().flat_map(|reply| reply.ok()["results"].as_array().expect("results").clone()).collect();
        let overdrawn = |result: &&Value| result["findings"].as_array().expect("findings").iter().any(|finding| finding["code"] == "A06");
        assert_eq!(results.iter().filter(overdrawn).count(), 6, "what is covered is clean, the rest is found");
        let team = street.team("E1").to_string();
        assert_eq!(holds(&street.city, &street.season, "unexplained", Some(&team)).await, (-300_000, -12_000));
        assert_eq!(holds(&street.city, &street.season, "team", Some(&team)).await, (0, 0));
        let custody = street.city.cadre().get("/field/pull").await.ok()["custody"].clone();
        let owed: Vec<(&Value, &Value)> = custody.as_array().expect("custody").iter().map(|line| (&line["amount"], &line["unexplained"])).collect();
        assert_eq!(owed, [(&json!(0), &json!(300_000)), (&json!(0), &json!(12_000))], "the phone is told what its team owes");
        app.ledger_holds().await;
    }

    async fn eight_issues_of_a_stores_last_money_give_it_to_one(app: TestApp) {
        let (city, season) = open(&app).await;
        let entries: Vec<Value> =
            (0..8).map(|n| season.entry(&app, "issue", &[season.cash(100_000)], &json!({"team_id": city.team(["E1", "E2", "E3"][n % 3])}))).collect();
        let told = join_all(entries.iter().map(|entry| city.centre().post("/ledger/entries", entry))).await;
        let booked = told.iter().filter(|reply| reply.status == 201).count();
        let refused = told.iter().filter(|reply| reply.status == 409 && reply.json["code"] == "not_enough_in_store").count();
        assert_eq!((booked, refused), (1, 7), "{told:?}");
        assert_eq!(holds(&city, &season, "store", None).await.0, 0);
        let slips = city.auditor().get(&format!("/ledger/slips?campaign={}", season.campaign)).await.ok();
        assert_eq!(slips["items"].as_array().map(Vec::len), Some(1), "what was refused left no slip");
        app.ledger_holds().await;
    }

    async fn eight_counts_of_one_slip_leave_one(app: TestApp) {
        let (city, season) = open(&app).await;
        let slip = booked(&app, &city, &season, "issue", "E1", &[season.cash(1_000)]).await;
        let counts: Vec<(Phone, Value)> = (0..8_i64)
            .map(|n| {
                let mut phone = Phone::new(app.now());
                let body = count(&season.campaign, &slip, &[season.cash(1_000 - n)], "数出来不一样", app.now());
                let item = phone.item("acknowledge", &body, app.now());
                (phone, item)
            })
            .collect();
        let told = join_all(counts.iter().map(|(phone, item)| phone.push(city.lead(), std::slice::from_ref(item)))).await;
        let told: Vec<Value> = told.into_iter().map(|reply| reply.ok()["results"][0].clone()).collect();
        let stored: Vec<i64> = (0..8).zip(&told).filter(|(_, result)| result["status"] == "stored").map(|(n, _)| n).collect();
        let refused = told.iter().filter(|result| result["problem"]["code"] == "already_acknowledged").count();
        assert_eq!((stored.len(), refused), (1, 7), "{told:?}");
        let slips = city.auditor().get(&format!("/ledger/slips?campaign={}", season.campaign)).await.ok();
        assert_eq!(slips["items"][0]["lines"][0]["counted"], json!(1_000 - stored[0]), "the count that stands is the one that was taken");
        app.ledger_holds().await;
    }

    async fn counts_and_reversals_of_one_slip_at_once_end_reversed(app: TestApp) {
        let (city, season) = open(&app).await;
        let mut slips = Vec::new();
        for _ in 0..6 {
            slips.push(booked(&app, &city, &season, "issue", "E1", &[season.cash(1_000)]).await);
        }
        let mut phones: Vec<(Phone, Value)> = Vec::new();
        let mut reversals = Vec::new();
        for slip in &slips {
            let mut phone = Phone::new(app.now());
            let item = phone.item("acknowledge", &count(&season.campaign, slip, &[season.cash(1_000)], "", app.now()), app.now());
            phones.push((phone, item));
            reversals.push(season.entry(&app, "reversal", &[], &json!({"reverses": slip})));
        }
        let signing = join_all(phones.iter().map(|(phone, item)| phone.push(city.lead(), std::slice::from_ref(item))));
        let undoing = join_all(reversals.iter().map(|entry| city.centre().post("/ledger/entries", entry)));
        let (signed, undone) = futures_util::future::join(signing, undoing).await;
        assert!(signed.into_iter().all(|reply| reply.ok()["results"][0]["status"] == "stored") && undone.iter().all(|reply| reply.status == 201));
        let seen = city.auditor().get(&format!("/ledger/slips?campaign={}&state=reversed", season.campaign)).await.ok();
        assert_eq!(seen["items"].as_array().map(Vec::len), Some(6));
        app.ledger_holds().await;
    }
}
