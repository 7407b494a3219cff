//! A correction begins with what was said.

use nuanfang::kit::clock::HOUR_MS;
use serde_json::{Value, json};

use super::honest;
use crate::both;
use crate::kit::TestApp;
use crate::kit::phone::{Phone, Told};
use crate::kit::underway::{Underway, ago};

/// A group that met at the works, each with their number.
fn group(app: &TestApp, season: &Underway) -> Told {
    let recipients = json!([
        {"name": "王秀英", "id_number": "110101195812110022", "amount_fen": 50_000, "signature": "a".repeat(64)},
        {"name": "李建国", "id_number": null, "amount_fen": 30_000, "signature": null},
    ]);
    honest(app, season, 0)
        .saying("household_id", Value::Null)
        .saying("mode", json!("collective"))
        .saying("recipient", Value::Null)
        .saying("aid", json!([{"kind": "cash", "fund_id": season.fund, "amount_fen": 80_000}]))
        .saying("needs", json!([{"kind": "work", "words": "想要劳保手套", "urgency": "later"}]))
        .saying("group", json!({"recipients": recipients, "total_fen": 80_000}))
}

both! {
    async fn somebody_reads_their_own_words_again_and_nobody_else_does(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 1).await;
        let mut phone = Phone::new(app.now());
        let told = group(&app, &season);
        let item = phone.item("visit", &told.0, app.now());
        let path = format!("/field/visits/{}", item["id"].as_str().expect("an id"));
        assert_eq!(city.cadre().get(&path).await.problem(404), "not_found", "it has not arrived");
        phone.push(city.cadre(), std::slice::from_ref(&item)).await.ok();
        let said = city.cadre().get(&path).await.ok();
        for key in ["group", "aid", "position", "evidence", "six_knows", "needs", "notes", "started_at"] {
            assert_eq!(said[key], told.0[key], "{key}");
        }
        for other in [city.second_cadre(), city.lead(), city.other_cadre(), city.supervisor()] {
            assert_eq!(other.get(&path).await.problem(404), "not_found");
        }
        assert_eq!(app.facts_of("visit.said_read").await, ["{}"], "that it was read stays in the log, what was read does not");
    }

    async fn a_roster_that_is_corrected_twice_stands_where_it_stood_and_is_not_held_against_itself(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 1).await;
        let mut phone = Phone::new(app.now());
        let mut amends = phone.item("visit", &group(&app, &season).0, ago(&app, HOUR_MS));
        let told = phone.push(city.cadre(), std::slice::from_ref(&amends)).await.ok();
        assert_eq!(told["results"][0]["status"], "stored", "{told}");
        for (fen, sum) in [(50_000, 100_000), (40_000, 90_000)] {
            app.pass_ms(60_000);
            let path = format!("/field/visits/{}", amends["id"].as_str().expect("an id"));
            let mut said = city.cadre().get(&path).await.ok();
            said["group"]["recipients"][1]["amount_fen"] = json!(fen);
            said["group"]["total_fen"] = json!(sum);
            said["aid"][0]["amount_fen"] = json!(sum);
            said["position"] = Value::Null;
            said["amends"] = amends["id"].clone();
            said["amend_reason"] = json!("李建国那份记错了");
            let item = phone.item("visit", &said, app.now());
            let answer = phone.push(city.cadre(), std::slice::from_ref(&item)).await.ok();
            assert_eq!(answer["results"][0]["status"], "stored", "{answer}");
            app.catch_up().await;
            let seen = city.auditor().get(&format!("/visits/{}", item["id"].as_str().expect("an id"))).await.ok();
            let codes: Vec<&str> = seen["findings"].as_array().expect("a list").iter().filter_map(|one| one["code"].as_str()).collect();
            for never in ["P01", "I02", "G01", "E03"] {
                assert!(!codes.contains(&never), "{codes:?}");
            }
            amends = item;
        }
    }
}
