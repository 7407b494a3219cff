//! What is pulled after an answer holds what was answered, and what was brought up to date reads as if it had been read anew.

use nuanfang::kit::clock::{HOUR_MS, SECOND_MS};
use reqwest::Method;
use serde_json::{Value, json};

use super::honest;
use crate::both;
use crate::kit::people::{Person, Reply};
use crate::kit::phone::Phone;
use crate::kit::underway::ago;

const LISTS: [&str; 4] = ["households", "entitlements", "visits", "needs"];

/// A whole pull, its long lists in the order of their text and findings without their words.
async fn whole(person: &Person, language: &str) -> Value {
    let answer = person.call(Method::GET, "/field/pull").header("Accept-Language", language).send().await.expect("an answer");
    let mut pulled = Reply::of(answer).await.ok();
    assert_eq!(pulled["whole"], true);
    for visit in pulled["visits"].as_array_mut().expect("a list") {
        for finding in visit["findings"].as_array_mut().expect("a list") {
            finding["says"] = json!("");
        }
    }
    for list in LISTS {
        pulled[list].as_array_mut().expect("a list").sort_by_key(ToString::to_string);
    }
    pulled
}

both! {
    async fn a_first_pull_right_after_a_change_shows_it(app: TestApp) {
        let street = app.street(2).await;
        let (lead, cadre) = (street.city.lead(), street.city.cadre());
        for n in 0..40_i64 {
            let id = &street.households[0];
            let version = lead.get(&format!("/households/{id}")).await.ok()["version"].as_i64().expect("a version");
            let words = format!("门牌{n}号");
            street.city.centre().patch(&format!("/households/{id}"), version, &json!({"address": words})).await.ok();
            let pulled = cadre.get("/field/pull").await.ok();
            let seen = pulled["households"].as_array().expect("households").iter().find(|of| of["id"] == json!(id)).map(|of| of["address"].clone());
            assert_eq!(seen, Some(Value::from(words)));
        }
    }

    async fn what_was_brought_up_to_date_reads_as_if_read_anew(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 240).await;
        let (cadre, centre) = (city.cadre(), city.centre());
        let id = |n: usize| season.households[n]["id"].as_str().expect("an id").to_owned();
        let mut phone = Phone::new(app.now());
        for round in 0..12_usize {
            app.pass_ms(SECOND_MS * 5);
            whole(cadre, "zh-CN").await;
            let needs = json!([{"kind": "medical", "words": format!("第{round}次"), "urgency": "soon"}]);
            let visits: Vec<Value> = (0..5)
                .map(|n| honest(&app, &season, (round * 37 + n * 11) % 240).saying("needs", needs.clone()).saying("started_at", json!(ago(&app, 2 * HOUR_MS).to_string())))
                .map(|told| phone.item("visit", &told.0, app.now()))
                .collect();
            phone.push(cadre, &visits).await.ok();
            let some = id(round * 19 % 240);
            let version = centre.get(&format!("/households/{some}")).await.ok()["version"].as_i64().expect("a version");
            centre.patch(&format!("/households/{some}"), version, &json!({"remarks": format!("第{round}次看过")})).await.ok();
            let team = if round % 3 == 2 { "E1" } else { "E2" };
            centre.post("/households/assignments", &json!({"household_ids": [id(7), id(100 + round), id(200)], "team_id": city.team(team)})).await.ok();
        }
        let patched = whole(cadre, "zh-CN").await;
        let anew = whole(cadre, "en").await;
        assert!(patched["visits"].as_array().expect("a list").len() > 40, "the rounds came in");
        for list in LISTS {
            assert_eq!(patched[list], anew[list], "{list}");
        }
        assert_eq!(patched["log_heads"], anew["log_heads"]);
        let squeezed = cadre.call(Method::GET, "/field/pull").header("Accept-Encoding", "gzip, deflate, br, zstd").send().await.expect("an answer");
        assert_eq!(squeezed.headers()["content-encoding"], "gzip");
        let mut text = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&squeezed.bytes().await.expect("whole")[..]), &mut text).expect("gzip");
        let read: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(read["households"].as_array().expect("a list").len(), anew["households"].as_array().expect("a list").len());
        assert_eq!(read["cursor"], patched["cursor"]);
    }
}
