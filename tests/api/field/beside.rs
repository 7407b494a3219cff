//! What phones push while everything is looked at anew.

use std::cell::Cell;

use futures_util::future::join;
use serde_json::{Value, json};

use super::honest;
use crate::both;
use crate::kit::phone::Phone;

both! {
    async fn a_policy_that_changes_while_phones_push_is_heard_of_at_every_door(app: TestApp) {
        const DOORS: usize = 150;
        let city = app.city().await;
        let season = city.underway(&app, DOORS).await;
        let (cadre, mut phone) = (city.cadre(), Phone::new(app.now()));
        let items: Vec<Value> = (0..DOORS).map(|n| phone.item("visit", &honest(&app, &season, n).0, app.now())).collect();
        let (early, late) = items.split_at(DOORS - 30);
        for lot in early.chunks(30) {
            phone.push(cadre, lot).await.ok();
        }
        app.catch_up().await;
        let path = format!("/campaigns/{}", season.campaign);
        let version = city.centre().get(&path).await.ok()["version"].as_i64().expect("a version");
        city.centre().patch(&path, version, &json!({"policy": {"minimum_visit_s": 3_600}})).await.ok();
        let caught_up = Cell::new(false);
        let push = async {
            let mut fresh = late.chunks(1).collect::<Vec<_>>().into_iter();
            // Where none is left that is new, one that is not keeps the writer company.
            while let Some(lot) = fresh.next().or_else(|| (!caught_up.get()).then_some(&early[..1])) {
                phone.push(cadre, lot).await.ok();
            }
        };
        let work = async {
            app.catch_up().await;
            caught_up.set(true);
        };
        join(push, work).await;
        app.catch_up().await;
        let found = city.lead().get(&format!("/findings?campaign={}&code=T04&limit=200", season.campaign)).await.ok();
        assert_eq!(found["items"].as_array().map(Vec::len), Some(DOORS));
    }
}
