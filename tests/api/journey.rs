//! The whole way of one visit: roster → approval → campaign → means → pull → push → evidence → agreement → balances.

use nuanfang::kit::clock::HOUR_MS;
use serde_json::{Value, json};

use crate::both;
use crate::kit::city::City;
use crate::kit::phone::{Phone, Told, send_picture};
use crate::kit::underway::{CASH_FEN, Underway, ago};

const PHOTO: &[u8] = include_bytes!("../data/photos/DSCN0010.jpg");

fn sums<'a>(balances: &'a Value, kind: &str) -> &'a Value {
    balances["sums"].as_array().expect("sums").iter().find(|sum| sum["kind"] == kind).expect("a sum")
}

both! {
    async fn from_a_roster_to_a_reconciled_household(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 3).await;
        let (cadre, centre) = (city.cadre(), city.centre());
        assert_eq!(progress(&city, &season, "households").await, 3);
        assert_eq!(progress(&city, &season, "reached").await, 0);

        // At the door: a picture, a signature, everything entitled handed over. The pictures are still on the phone.
        let at = ago(&app, HOUR_MS);
        let (photo, signature) = (nuanfang::kit::digest::sha256_hex(PHOTO), nuanfang::kit::digest::sha256_hex(&signature_png()));
        let told = Told::honest(&season.campaign, &season.households[0], &season.entitlements[0], &season.fund, at)
            .with_evidence(&photo, "photo", PHOTO.len(), at)
            .with_evidence(&signature, "signature", signature_png().len(), at);
        let mut phone = Phone::new(app.now());
        let item = phone.item("visit", &told.0, app.now());
        let answer = phone.push(cadre, std::slice::from_ref(&item)).await.ok();
        let result = &answer["results"][0];
        assert_eq!(result["status"], "stored", "{answer}");
        assert_eq!(result["standing"], "pending", "{answer}");
        assert_eq!(result["missing_evidence"], json!([photo, signature]));

        // The evidence follows, and everything agrees.
        assert_eq!(send_picture(cadre, PHOTO, "image/jpeg").await.1.status, 201);
        assert_eq!(send_picture(cadre, &signature_png(), "image/png").await.1.status, 201);
        app.catch_up().await;
        let answer = phone.push(cadre, &[item]).await.ok();
        assert_eq!(answer["results"][0]["standing"], "matched", "{answer}");
        assert_eq!(answer["results"][0]["missing_evidence"], json!([]));
        assert_eq!(progress(&city, &season, "reached").await, 1);

        // Every yuan agrees.
        let balances = centre.get(&format!("/ledger/balances?campaign={}", season.campaign)).await.ok();
        let cash = sums(&balances, "cash");
        assert_eq!(cash["received"], 6 * CASH_FEN);
        assert_eq!(cash["handed_over"], CASH_FEN);
        assert_eq!(cash["with_teams"], 5 * CASH_FEN);
        assert_eq!(cash["agrees"], true);
        let rice = sums(&balances, "goods");
        assert_eq!((&rice["item_id"], &rice["agrees"]), (&json!(season.rice), &json!(true)));

        // The centre sees the visit with its picture, upright.
        let visit = centre.get(&format!("/visits/{}", phone_visit(&answer))).await.ok();
        assert_eq!(visit["outcome"], "reached");
        assert!(visit["evidence"].as_array().expect("evidence").iter().all(|evidence| evidence["arrived"] == true));
        let thumb = centre.get(&format!("/evidence/{photo}?size=thumb")).await;
        assert_eq!(thumb.headers["content-type"], "image/jpeg");
        let picture = image::load_from_memory(&thumb.bytes).expect("a picture");
        assert_eq!(picture.width().max(picture.height()), 320);
    }

    async fn a_second_handover_is_found_whichever_arrives_first(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 1).await;
        let told = |at| Told::honest(&season.campaign, &season.households[0], &season.entitlements[0], &season.fund, at);
        let (mut early, mut late) = (Phone::new(app.now()), Phone::new(app.now()));
        let first = early.item("visit", &told(ago(&app, 3 * HOUR_MS)).0, app.now());
        let second = late.item("visit", &told(ago(&app, HOUR_MS)).0, app.now());
        // The later one arrives first and is clean until the earlier one is known.
        let answer = late.push(city.second_cadre(), std::slice::from_ref(&second)).await.ok();
        assert!(!codes(&answer).contains(&"A04".to_owned()), "{answer}");
        let answer = early.push(city.cadre(), std::slice::from_ref(&first)).await.ok();
        assert!(!codes(&answer).contains(&"A04".to_owned()), "{answer}");
        assert_eq!(answer["results"][0]["standing"], "disputed");
        let answer = late.push(city.second_cadre(), &[second]).await.ok();
        assert!(codes(&answer).contains(&"A04".to_owned()), "{answer}");
    }

    async fn an_amendment_reverses_and_replaces_whichever_arrives_first(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 2).await;
        for (n, amendment_first) in [(0, false), (1, true)] {
            let mut phone = Phone::new(app.now());
            let wrong = Told::honest(&season.campaign, &season.households[n], &season.entitlements[n], &season.fund, ago(&app, 2 * HOUR_MS));
            let wrong_item = phone.item("visit", &wrong.0, app.now());
            let right = wrong.clone().saying("aid", json!([{"kind": "cash", "fund_id": season.fund, "amount_fen": 30_000}]));
            let right = right.saying("amends", wrong_item["id"].clone()).saying("amend_reason", json!("金额记错"));
            let right_item = phone.item("visit", &right.0, app.now());
            let mut order = [wrong_item, right_item];
            if amendment_first {
                order.reverse();
            }
            for item in order {
                assert_eq!(phone.push(city.cadre(), &[item]).await.ok()["results"][0]["status"], "stored");
            }
        }
        let balances = city.centre().get(&format!("/ledger/balances?campaign={}", season.campaign)).await.ok();
        assert_eq!(sums(&balances, "cash")["handed_over"], 60_000);
        assert_eq!(sums(&balances, "goods")["handed_over"], 0);
        assert_eq!(sums(&balances, "cash")["agrees"], true);
    }
}

async fn progress(city: &City, season: &Underway, of: &str) -> Value {
    city.centre().get(&format!("/progress?campaign={}", season.campaign)).await.ok()[of].clone()
}

fn codes(answer: &Value) -> Vec<String> {
    answer["results"][0]["findings"].as_array().expect("findings").iter().filter_map(|finding| finding["code"].as_str().map(str::to_owned)).collect()
}

fn phone_visit(answer: &Value) -> &str {
    answer["results"][0]["id"].as_str().expect("an id")
}

/// A small real PNG with some ink.
fn signature_png() -> Vec<u8> {
    let ink = image::GrayImage::from_fn(120, 40, |x, y| image::Luma([if (x + y) % 7 == 0 { 0 } else { 255 }]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    ink.write_to(&mut bytes, image::ImageFormat::Png).expect("a PNG");
    bytes.into_inner()
}
