//! More visits within a second than are worked off beside.

use nuanfang::kit::clock::SECOND_MS;
use serde_json::Value;

use super::honest;
use crate::both;
use crate::kit::phone::Phone;

fn results(answer: &Value) -> &[Value] {
    answer["results"].as_array().expect("results")
}

fn are_told(answer: &Value) -> bool {
    results(answer).iter().all(|result| result["standing"].is_string())
}

both! {
    async fn what_comes_in_a_rush_is_kept_at_once_and_worked_off_after(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 81).await;
        let (cadre, mut phone) = (city.cadre(), Phone::new(app.now()));
        let mut twenty = |from: usize| -> Vec<Value> { (from..from + 20).map(|n| phone.item("visit", &honest(&app, &season, n).0, app.now())).collect() };
        let parcels = [twenty(0), twenty(20), twenty(40), twenty(60)];
        for calm in &parcels[..2] {
            assert!(are_told(&phone.push(cadre, calm).await.ok()), "forty are answered with how they stand");
        }
        let rushed = phone.push(cadre, &parcels[2]).await.ok();
        assert!(results(&rushed).iter().all(|result| result["status"] == "stored" && result["receipt"].is_string()), "kept");
        assert!(results(&rushed).iter().all(|result| result["standing"].is_null()), "more are not");
        app.pass_ms(5 * SECOND_MS);
        let behind = phone.push(cadre, &parcels[3]).await.ok();
        assert!(results(&behind).iter().all(|result| result["status"] == "stored" && result["standing"].is_null()), "nobody is worked off before those who wait");
        app.catch_up().await;
        for parcel in &parcels {
            assert!(are_told(&phone.push(cadre, parcel).await.ok()), "all are told who ask afterwards");
        }
        app.pass_ms(5 * SECOND_MS);
        let last = [phone.item("visit", &honest(&app, &season, 80).0, app.now())];
        assert!(are_told(&phone.push(cadre, &last).await.ok()), "the rush has passed");
    }
}
