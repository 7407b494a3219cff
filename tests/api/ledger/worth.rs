//! Goods are worth what they were worth when they were booked.

use diesel::prelude::*;
use nuanfang::kit::db::schema::goods;
use serde_json::{Value, json};

use super::handovers::{hand_over, handover, reverse};
use super::{booked, open};
use crate::both;
use crate::kit::TestApp;
use crate::kit::city::City;
use crate::kit::season::Season;

/// What an account's rice is worth.
async fn worth(city: &City, season: &Season, kind: &str) -> i64 {
    let told = city.auditor().get(&format!("/ledger/balances?campaign={}", season.campaign)).await.ok();
    let account = told["accounts"].as_array().expect("accounts").iter().find(|a| a["account_kind"] == kind).cloned().unwrap_or_default();
    let lines = account["lines"].as_array().cloned().unwrap_or_default();
    lines.iter().find(|line| line["item_id"] == season.rice).map_or(0, |line| line["value_fen"].as_i64().expect("a worth"))
}

/// Makes a bag of rice dearer or cheaper, as a later catalogue may.
async fn reprice(app: &TestApp, season: &Season, fen: i64) {
    let rice = season.rice.clone();
    let work = app.parts.db.upkeep(move |tx| {
        diesel::update(goods::table.find(&rice)).set(goods::unit_value_fen.eq(fen)).execute(tx.conn)?;
        Ok(())
    });
    work.await.expect("a price");
}

both! {
    async fn goods_keep_the_worth_they_were_booked_with(app: TestApp) {
        let (city, season) = open(&app).await;
        let issue = booked(&app, &city, &season, "issue", "E1", &[season.cash(700), season.rice(10_000)]).await;
        assert_eq!((worth(&city, &season, "store").await, worth(&city, &season, "team").await), (60_000, 60_000));
        reprice(&app, &season, 9_000).await;
        let entries = city.centre().get(&format!("/ledger/entries?campaign={}&kind=issue", season.campaign)).await.ok();
        let values: Vec<&Value> = entries["items"][0]["postings"].as_array().expect("postings").iter().map(|p| &p["value_fen"]).collect();
        assert!(values.contains(&&json!(-60_000)) && values.contains(&&json!(60_000)) && values.contains(&&json!(-700)), "{values:?}");
        city.centre().post("/ledger/entries", &season.entry(&app, "reversal", &[], &json!({"reverses": issue}))).await.ok();
        assert_eq!((worth(&city, &season, "store").await, worth(&city, &season, "team").await), (120_000, 0), "undoing takes back the very worth");
        booked(&app, &city, &season, "issue", "E1", &[season.rice(1_000)]).await;
        assert_eq!((worth(&city, &season, "store").await, worth(&city, &season, "team").await), (111_000, 9_000), "what is booked now is worth more");
        let sums = super::sums(&city, &season).await;
        let rice = sums.iter().find(|sum| sum["kind"] == "goods").expect("rice");
        let cash = sums.iter().find(|sum| sum["kind"] == "cash").expect("cash");
        assert_eq!((&rice["value_fen"], &cash["value_fen"]), (&json!(120_000), &json!(100_000)), "the worth of what was received");
        app.ledger_holds().await;
    }

    async fn broken_units_are_rounded_and_no_fen_is_lost(app: TestApp) {
        let (city, season) = open(&app).await;
        reprice(&app, &season, 3).await;
        booked(&app, &city, &season, "issue", "E1", &[season.rice(500)]).await;
        assert_eq!(worth(&city, &season, "team").await, 2, "half a unit of three fen");
        let given = handover(&app, &city, &season, 0, 1_500);
        hand_over(&app, &city, std::slice::from_ref(&given)).await;
        let entries = city.centre().get(&format!("/ledger/entries?campaign={}&kind=handover", season.campaign)).await.ok();
        let postings = entries["items"][0]["postings"].as_array().expect("postings");
        let of = |kind: &str| postings.iter().find(|p| p["account_kind"] == kind).expect("a posting")["value_fen"].as_i64().expect("a worth");
        assert_eq!((of("household"), of("team"), of("unexplained")), (5, -2, -3));
        app.ledger_holds().await;
        reprice(&app, &season, 1_000).await;
        reverse(&app, &city, &[given.visit_id]).await;
        assert_eq!(worth(&city, &season, "team").await, 2);
        app.ledger_holds().await;
    }
}
