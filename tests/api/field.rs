//! The phone's door: repeats, other orders, lost answers, other content, refusals, gaps, deltas.

mod beside;
mod fresh;
mod rush;
mod said;

use nuanfang::config::{Given, GivenMap};
use nuanfang::kit::clock::HOUR_MS;
use reqwest::Method;
use serde_json::{Value, json};

use crate::both;
use crate::kit::phone::{Phone, Told, send_picture};
use crate::kit::underway::{Underway, ago};
use crate::kit::{On, TestApp};

/// An honest visit to the `n`-th household, an hour ago, with no evidence named.
fn honest(app: &crate::kit::TestApp, season: &Underway, n: usize) -> Told {
    Told::honest(&season.campaign, &season.households[n], &season.entitlements[n], &season.fund, ago(app, HOUR_MS))
}

/// What team E1 holds, by commodity.
async fn custody(cadre: &crate::kit::people::Person) -> Value {
    cadre.get("/field/pull").await.ok()["custody"].clone()
}

both! {
    async fn a_repeated_push_changes_nothing_and_gives_the_same_receipt(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 3).await;
        let mut phone = Phone::new(app.now());
        let items: Vec<Value> = (0..3).map(|n| phone.item("visit", &honest(&app, &season, n).0, app.now())).collect();
        let first = phone.push(city.cadre(), &items).await.ok();
        let held = custody(city.cadre()).await;
        app.pass_ms(5_000);
        let second = phone.push(city.cadre(), &items).await.ok();
        for n in 0..3 {
            assert_eq!(first["results"][n]["status"], "stored");
            assert_eq!(second["results"][n]["status"], "duplicate");
            assert_eq!(first["results"][n]["receipt"], second["results"][n]["receipt"]);
            assert_eq!(first["results"][n]["findings"], second["results"][n]["findings"]);
        }
        assert_eq!(held, custody(city.cadre()).await, "nothing is handed over twice");
        assert_eq!(second["device"], json!({"accepted_through": 3, "gaps": []}));
    }

    async fn those_of_one_team_who_pull_at_once_are_told_the_same_and_go_on_by_themselves(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 3).await;
        // The first pull of all makes the campaign's key, which is an event: whoever reads beside it may know of one event more.
        city.lead().get("/field/pull").await.ok();
        let people = [city.cadre(), city.second_cadre(), city.lead(), city.cadre()];
        let pulled = futures_util::future::join_all(people.iter().map(|person| person.get("/field/pull"))).await;
        let pulled: Vec<Value> = pulled.into_iter().map(crate::kit::people::Reply::ok).collect();
        for one in &pulled {
            assert_eq!(one["whole"], true);
            assert_eq!(one["households"].as_array().expect("a list").len(), 3);
            for list in ["households", "entitlements", "visits", "log_heads"] {
                assert_eq!(one[list], pulled[0][list], "{list}");
            }
        }
        let id = season.households[0]["id"].as_str().expect("an id");
        let version = city.centre().get(&format!("/households/{id}")).await.ok()["version"].as_i64().expect("a version");
        city.centre().patch(&format!("/households/{id}"), version, &json!({"remarks": "门铃坏了"})).await.ok();
        for (person, one) in people.iter().zip(&pulled) {
            let later = person.get(&format!("/field/pull?since={}", one["cursor"].as_str().expect("a cursor"))).await.ok();
            assert_eq!((&later["whole"], &later["households"][0]["remarks"]), (&json!(false), &json!("门铃坏了")), "{later}");
            let whole = person.get("/field/pull").await.ok();
            let known = whole["households"].as_array().expect("a list").iter().find(|household| household["id"] == season.households[0]["id"]);
            assert_eq!(known.expect("the household")["remarks"], "门铃坏了", "what was written since is in the next whole one");
        }
    }

    async fn items_may_come_in_any_order(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 4).await;
        let mut phone = Phone::new(app.now());
        let items: Vec<Value> = (0..4).map(|n| phone.item("visit", &honest(&app, &season, n).0, app.now())).collect();
        let last = phone.push(city.cadre(), &items[3..]).await.ok();
        assert_eq!(last["device"], json!({"accepted_through": 0, "gaps": [1, 2, 3]}));
        let second = phone.push(city.cadre(), &items[1..2]).await.ok();
        assert_eq!(second["device"], json!({"accepted_through": 0, "gaps": [1, 3]}));
        let rest = phone.push(city.cadre(), &[items[2].clone(), items[0].clone()]).await.ok();
        assert_eq!(rest["device"], json!({"accepted_through": 4, "gaps": []}));
        assert!(rest["results"].as_array().expect("a list").iter().all(|result| result["status"] == "stored"));
    }

    async fn an_answer_lost_on_the_way_is_answered_again(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 2).await;
        let mut phone = Phone::new(app.now());
        let first = phone.item("visit", &honest(&app, &season, 0).0, app.now());
        // The answer to this one never reaches the phone …
        phone.push(city.cadre(), std::slice::from_ref(&first)).await.ok();
        let second = phone.item("visit", &honest(&app, &season, 1).0, app.now());
        // … so it sends the item again, together with the next.
        let answer = phone.push(city.cadre(), &[first, second]).await.ok();
        assert_eq!(answer["results"][0]["status"], "duplicate");
        assert!(answer["results"][0]["receipt"].is_string());
        assert_eq!(answer["results"][1]["status"], "stored");
        assert_eq!(answer["device"]["accepted_through"], 2);
    }

    async fn the_same_id_with_other_content_is_set_aside(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 1).await;
        let mut phone = Phone::new(app.now());
        let item = phone.item("visit", &honest(&app, &season, 0).0, app.now());
        phone.push(city.cadre(), std::slice::from_ref(&item)).await.ok();
        let mut other = item.clone();
        other["body"]["notes"] = json!("另一份内容");
        let answer = phone.push(city.cadre(), &[other]).await.ok();
        assert_eq!(answer["results"][0]["status"], "conflict");
        let again = phone.push(city.cadre(), &[item]).await.ok();
        assert_eq!(again["results"][0]["status"], "duplicate", "the first stays");
    }

    async fn a_refused_item_is_remembered_and_holds_up_nobody(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 2).await;
        let mut phone = Phone::new(app.now());
        let wrong = honest(&app, &season, 0).saying("campaign_id", json!(app.id())).saying("ended_at", json!(ago(&app, 9 * HOUR_MS).to_string()));
        let items = [phone.item("visit", &wrong.0, app.now()), phone.item("visit", &honest(&app, &season, 1).0, app.now())];
        for _ in 0..2 {
            let answer = phone.push(city.cadre(), &items).await.ok();
            let refused = &answer["results"][0];
            assert_eq!(refused["status"], "refused");
            assert_eq!(refused["problem"]["code"], "invalid");
            let pointers: Vec<&str> = refused["problem"]["errors"].as_array().expect("a list").iter().filter_map(|e| e["pointer"].as_str()).collect();
            assert_eq!(pointers, ["/ended_at", "/campaign_id", "/aid/0/fund_id"]);
            assert!(refused["problem"]["title"].as_str().is_some_and(|title| !title.is_empty()));
            assert_ne!(answer["results"][1]["status"], "refused");
            assert_eq!(answer["device"]["accepted_through"], 2);
        }
    }

    async fn kinds_of_a_later_server_are_refused_but_not_for_ever(app: TestApp) {
        let city = app.city().await;
        let mut phone = Phone::new(app.now());
        let proposal = phone.item("proposal", &json!({"any": 1}), app.now());
        let answer = phone.push(city.cadre(), &[proposal]).await.ok();
        assert_eq!(answer["results"][0]["problem"]["code"], "kind_not_taken_yet");
        assert_eq!(answer["device"]["accepted_through"], 0);
    }

    async fn a_frame_that_makes_no_sense_is_refused_whole(app: TestApp) {
        let city = app.city().await;
        let phone = Phone::new(app.now());
        assert_eq!(phone.push(city.cadre(), &[]).await.problem(422), "invalid");
        let many: Vec<Value> = (0..201).map(|n| json!({"id": app.id(), "sequence": n + 1, "previous": "", "kind": "visit", "made_at": app.now().to_string(), "body": {}})).collect();
        assert_eq!(phone.push(city.cadre(), &many).await.problem(422), "invalid");
        let anyone = city.centre().post("/field/push", &phone.parcel(&many[..1])).await;
        assert_eq!(anyone.problem(403), "forbidden");
    }

    async fn a_later_pull_carries_only_what_changed(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 5).await;
        let whole = city.cadre().get("/field/pull").await.ok();
        assert_eq!(whole["whole"], true);
        assert_eq!(whole["households"].as_array().map(Vec::len), Some(5));
        assert!(whole["households"][0]["head_id_masked"].as_str().expect("masked").contains('*'));
        let since = format!("/field/pull?since={}", whole["cursor"].as_str().expect("a cursor"));
        assert_eq!(city.cadre().get(&since).await.ok()["households"], json!([]), "nothing happened");
        let mut phone = Phone::new(app.now());
        let item = phone.item("visit", &honest(&app, &season, 2).0, app.now());
        phone.push(city.second_cadre(), &[item]).await.ok();
        let delta = city.cadre().get(&since).await.ok();
        assert_eq!(delta["whole"], false);
        let changed: Vec<&str> = delta["households"].as_array().expect("a list").iter().filter_map(|h| h["id"].as_str()).collect();
        assert_eq!(changed, [season.households[2]["id"].as_str().expect("an id")]);
        assert_eq!(delta["visits"].as_array().map(Vec::len), Some(1));
        // Handed to another team, it leaves this phone.
        let moved = json!({"household_ids": [season.households[0]["id"]], "team_id": city.team("E2")});
        city.centre().post("/households/assignments", &moved).await.ok();
        let delta = city.cadre().get(&since).await.ok();
        assert_eq!(delta["removed"], json!([season.households[0]["id"]]));
        let others = city.other_cadre().get("/field/pull").await.ok();
        assert_eq!(others["households"].as_array().map(Vec::len), Some(1));
        let strangers = city.foreign().cadre().get("/field/pull").await.ok();
        assert_eq!(strangers["households"], json!([]));
        assert_eq!(strangers["campaigns"], json!([]));
    }

    async fn what_was_asked_for_is_told_until_a_later_visit_corrects_it(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 2).await;
        let whole = city.cadre().get("/field/pull").await.ok();
        assert_eq!((&whole["needs"], &whole["base_map"]), (&json!([]), &Value::Null));
        let since = format!("/field/pull?since={}", whole["cursor"].as_str().expect("a cursor"));
        let mut phone = Phone::new(app.now());
        let asked = json!([{"kind": "medical", "words": "想换一副助听器", "urgency": "soon"}, {"kind": "work", "words": "孩子想学电工", "urgency": "later"}]);
        let said = honest(&app, &season, 1).saying("needs", asked);
        let first = phone.item("visit", &said.0, app.now());
        phone.push(city.second_cadre(), std::slice::from_ref(&first)).await.ok();
        let delta = city.cadre().get(&since).await.ok();
        let needs = delta["needs"].as_array().expect("a list");
        assert_eq!(needs.len(), 2);
        assert_eq!((&needs[0]["words"], &needs[0]["line"], &needs[1]["line"]), (&json!("想换一副助听器"), &json!(0), &json!(1)));
        assert_eq!((&needs[0]["household_id"], &needs[0]["visit_id"]), (&season.households[1]["id"], &first["id"]));
        assert!(needs[0]["by_name"].as_str().is_some_and(|name| !name.is_empty()));
        // Another team hears nothing of it.
        assert_eq!(city.other_cadre().get("/field/pull").await.ok()["needs"], json!([]));

        let told = &delta["visits"][0];
        assert_eq!(told["aid"], said.0["aid"]);
        assert_eq!((&told["amends"], &told["amended_by"]), (&Value::Null, &Value::Null));
        app.pass_ms(60_000);
        let corrected = said.saying("needs", json!([{"kind": "medical", "words": "助听器已领到", "urgency": "later"}]));
        let corrected = corrected.saying("amends", first["id"].clone()).saying("amend_reason", json!("记错了"));
        let second = phone.item("visit", &corrected.0, app.now());
        let pushed = phone.push(city.second_cadre(), std::slice::from_ref(&second)).await.ok();
        assert_eq!(pushed["results"][0]["status"], "stored", "{pushed}");
        let whole = city.cadre().get("/field/pull").await.ok();
        let words: Vec<&str> = whole["needs"].as_array().expect("a list").iter().filter_map(|need| need["words"].as_str()).collect();
        assert_eq!(words, ["助听器已领到"]);
        let by_id = |id: &Value| whole["visits"].as_array().expect("a list").iter().find(|visit| visit["id"] == *id).cloned().expect("the visit");
        assert_eq!(by_id(&first["id"])["amended_by"], second["id"]);
        assert_eq!(by_id(&second["id"])["amends"], first["id"]);
        assert_eq!(by_id(&first["id"])["cadre_id"], city.second_cadre().id());
    }

    async fn what_is_known_of_a_household_has_its_bounds(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 1).await;
        let mut phone = Phone::new(app.now());
        let known = |words: &str| honest(&app, &season, 0).saying("six_knows", json!({"illness": words, "measure": "送医上门"})).0;
        let (long, fine) = (phone.item("visit", &known(&"病".repeat(501)), app.now()), phone.item("visit", &known("高血压"), app.now()));
        let answer = phone.push(city.cadre(), &[long, fine]).await.ok();
        assert_eq!(answer["results"][0]["problem"]["errors"][0], json!({"pointer": "/six_knows/illness", "code": "too_long", "detail": answer["results"][0]["problem"]["errors"][0]["detail"]}));
        assert_eq!(answer["results"][1]["status"], "stored");
    }

    async fn a_phone_is_told_what_has_arrived_item_by_item_and_picture_by_picture(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 4).await;
        let mut phone = Phone::new(app.now());
        let named = |n: usize| format!("{n:064x}");
        let (here, sent) = send_picture(city.cadre(), &std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/photos/DSCN0010.jpg")).expect("a photo"), "image/jpeg").await;
        sent.ok();
        let items: Vec<Value> = (0..4)
            .map(|n| {
                let told = honest(&app, &season, n).with_evidence(&here, "photo", 100, app.now()).with_evidence(&named(n), "photo", 100, app.now());
                phone.item("visit", &told.0, app.now())
            })
            .collect();
        phone.push(city.cadre(), &[items[0].clone(), items[3].clone()]).await.ok();
        let device = phone.parcel(&[])["device"]["id"].as_str().expect("an id").to_owned();
        let path = format!("/field/tally?device={device}");
        let tally = city.cadre().get(&path).await.ok();
        assert_eq!((&tally["accepted_through"], &tally["highest"], &tally["gaps"]), (&json!(1), &json!(4), &json!([{"first": 2, "last": 3}])));
        assert_eq!((&tally["visits"], &tally["pictures_named"], &tally["pictures_held"]), (&json!(2), &json!(4), &json!(2)));
        assert_eq!(tally["missing"], json!([named(0), named(3)]));
        let last = json!({"id": items[3]["id"], "sequence": 4, "kind": "visit", "state": "stored", "pictures_named": 2, "pictures_held": 1});
        assert_eq!(tally["items"][0], last, "the newest first");
        phone.push(city.cadre(), &items[1..3]).await.ok();
        let tally = city.cadre().get(&path).await.ok();
        assert_eq!((&tally["accepted_through"], &tally["gaps"], &tally["visits"]), (&json!(4), &json!([]), &json!(4)));
        // A refused one is told as refused, one that came again with other content as a conflict.
        let mut elsewhere = honest(&app, &season, 1).0;
        elsewhere["campaign_id"] = json!(app.id());
        let refused = phone.item("visit", &elsewhere, app.now());
        let mut other = items[1].clone();
        other["body"]["notes"] = json!("另一种说法");
        let answer = phone.push(city.cadre(), &[refused, other]).await.ok();
        assert_eq!((&answer["results"][0]["status"], &answer["results"][1]["status"]), (&json!("refused"), &json!("conflict")));
        let tally = city.cadre().get(&path).await.ok();
        let states: Vec<&Value> = tally["items"].as_array().expect("a list").iter().map(|item| &item["state"]).collect();
        assert_eq!(states, ["refused", "stored", "stored", "conflict", "stored"]);
        // Another's phone says nothing.
        let strangers = city.second_cadre().get(&path).await.ok();
        assert_eq!((&strangers["highest"], &strangers["items"], &strangers["pictures_named"]), (&json!(0), &json!([]), &json!(0)));
    }
}

#[actix_web::test]
async fn a_map_that_is_set_reaches_the_phone_and_only_its_origin_may_be_loaded() {
    let url = "https://tiles.example.cn/{z}/{x}/{y}.png?key=k";
    let base_map = GivenMap { url: Some(url.into()), datum: Some("gcj02".into()), attribution: Some("审图号 GS(2026)1号".into()), ..GivenMap::default() };
    let app = TestApp::start_with(On::Sqlite, Given { base_map, ..Given::default() }).await;
    let city = app.city().await;
    let pulled = city.cadre().get("/field/pull").await.ok();
    let map = json!({"kind": "raster", "url": url, "datum": "gcj02", "attribution": "审图号 GS(2026)1号", "max_zoom": 18});
    assert_eq!(pulled["base_map"], map);
    for path in ["/field/pull", "/nowhere"] {
        let answer = city.cadre().call(Method::GET, path).send().await.expect("an answer");
        let policy = answer.headers()["content-security-policy"].to_str().expect("text").to_owned();
        assert!(policy.contains("img-src 'self' blob: data: https://tiles.example.cn;"), "{policy}");
        assert!(policy.contains("connect-src 'self' https://tiles.example.cn;"), "{policy}");
    }
}
