//! More pushes within a second than are worked off beside.

use nuanfang::kit::clock::{MINUTE_MS, SECOND_MS};
use serde_json::Value;

use super::honest;
use crate::both;
use crate::kit::phone::Phone;

fn is_told(answer: &Value) -> bool {
    assert_eq!(answer["results"].as_array().map(Vec::len), Some(1));
    answer["results"][0]["standing"].is_string()
}

fn is_kept(answer: &Value) -> bool {
    answer["results"][0]["status"] == "stored" && answer["results"][0]["receipt"].is_string()
}

both! {
    async fn what_comes_in_a_rush_is_kept_at_once_and_worked_off_after(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 54).await;
        let (cadre, mut phone) = (city.cadre(), Phone::new(app.now()));
        let items: Vec<Value> = (0..54).map(|n| phone.item("visit", &honest(&app, &season, n).0, app.now())).collect();
        let mut parcels = items.chunks(1);
        for calm in parcels.by_ref().take(50) {
            assert!(is_told(&phone.push(cadre, calm).await.ok()), "fifty are answered with how they stand");
        }
        for rushed in parcels.by_ref().take(2) {
            let answer = phone.push(cadre, rushed).await.ok();
            assert!(is_kept(&answer) && !is_told(&answer), "more are kept");
        }
        app.pass_ms(5 * SECOND_MS);
        let behind = phone.push(cadre, parcels.next().expect("one")).await.ok();
        assert!(is_kept(&behind) && !is_told(&behind), "nobody is worked off before those who wait");
        app.catch_up().await;
        app.pass_ms(5 * SECOND_MS);
        for parcel in items[50..53].chunks(1) {
            assert!(is_told(&phone.push(cadre, parcel).await.ok()), "all are told who ask afterwards");
        }
        assert!(is_told(&phone.push(cadre, parcels.next().expect("one")).await.ok()), "the rush has passed");
    }

    async fn one_that_cannot_be_worked_off_holds_up_none_of_the_others(app: TestApp) {
        const CALM: usize = 50;
        let city = app.city().await;
        let season = city.underway(&app, CALM + 4).await;
        let (cadre, mut phone) = (city.cadre(), Phone::new(app.now()));
        let items: Vec<Value> = (0..CALM + 4).map(|n| phone.item("visit", &honest(&app, &season, n).0, app.now())).collect();
        for parcel in items.chunks(1) {
            phone.push(cadre, parcel).await.ok();
        }
        let id = |n: usize| items[n]["id"].as_str().expect("an id");
        let run = |text: String| app.parts.db.upkeep(move |tx| Ok(nuanfang::each!(&mut *tx.conn, |c| diesel::RunQueryDsl::execute(diesel::sql_query(text.clone()), c))?));
        let rest = "line, commodity_kind, commodity_id, amount, team_id, campaign_id, ended_at FROM visit_aid";
        // What it handed over stands there already: it cannot be written down.
        run(format!("INSERT INTO visit_aid SELECT '{}', {rest} WHERE visit_id = '{}'", id(CALM + 1), id(0))).await.expect("in its way");
        app.catch_up().await;
        app.pass_ms(5 * SECOND_MS);
        let rushed = &items[CALM..];
        let told = |answer: Value| answer["results"].as_array().expect("results").iter().map(|of| of["standing"].is_string()).collect::<Vec<_>>();
        assert_eq!(told(phone.push(cadre, rushed).await.ok()), [true, false, true, true], "the others are worked off");
        run(format!("DELETE FROM visit_aid WHERE visit_id = '{}'", id(CALM + 1))).await.expect("out of its way");
        app.pass_ms(11 * MINUTE_MS);
        app.catch_up().await;
        assert_eq!(told(phone.push(&app.sign_in("cadre").await, rushed).await.ok()), [true; 4], "and in the end that one too");
    }
}
