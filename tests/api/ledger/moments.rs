//! Who held what at any moment, by when things happened.

use nuanfang::kit::clock::{DAY_MS, HOUR_MS, Moment};
use serde_json::{Value, json};

use super::handovers::{hand_over, handover, reverse};
use super::{open, sums};
use crate::both;
use crate::kit::TestApp;
use crate::kit::city::City;
use crate::kit::season::Season;

async fn told(city: &City, season: &Season, at: Moment) -> Value {
    city.auditor().get(&format!("/ledger/balances?campaign={}&at={at}", season.campaign)).await.ok()
}

/// What an account held of cash at a moment, and whether everything added up then.
async fn held(city: &City, season: &Season, at: Moment, kind: &str) -> i64 {
    let told = told(city, season, at).await;
    assert!(told["sums"].as_array().expect("sums").iter().all(|sum| sum["agrees"] == true), "{told}");
    let account = told["accounts"].as_array().expect("accounts").iter().find(|a| a["account_kind"] == kind).cloned().unwrap_or_default();
    let lines = account["lines"].as_array().cloned().unwrap_or_default();
    lines.iter().find(|line| line["fund_id"] == season.fund).map_or(0, |line| line["amount"].as_i64().expect("an amount"))
}

async fn issue(app: &TestApp, city: &City, season: &Season, fen: i64, at: Moment) -> Value {
    let entry = season.entry(app, "issue", &[season.cash(fen)], &json!({"team_id": city.team("E1"), "happened_at": at}));
    city.centre().post("/ledger/entries", &entry).await.ok();
    entry["id"].clone()
}

both! {
    async fn balances_are_told_as_of_any_moment_whenever_they_were_heard_of(app: TestApp) {
        let (city, season) = open(&app).await;
        let start = app.now();
        app.pass_ms(3 * HOUR_MS);
        let (city, at) = (city, |hours: i64| start.plus_ms(hours * HOUR_MS));
        // Heard of first, done last; and the other way round.
        let mut given = handover(&app, &city, &season, 9_000, 0);
        given.happened_at = at(2);
        hand_over(&app, &city, std::slice::from_ref(&given)).await;
        issue(&app, &city, &season, 5_000, at(1)).await;
        let seen: Vec<i64> = [at(1).plus_ms(-1), at(1), at(2).plus_ms(-1), at(2), app.now()].to_vec().iter().map(|at| at.ms()).collect();
        let mut teams = Vec::new();
        let mut owed = Vec::new();
        for at in seen.iter().map(|ms| Moment::from_ms(*ms)) {
            teams.push(held(&city, &season, at, "team").await);
            owed.push(held(&city, &season, at, "unexplained").await);
        }
        assert_eq!((teams, owed), (vec![0, 5_000, 5_000, 0, 0], vec![0, 0, 0, -4_000, -4_000]), "a team that holds too little owes");
        issue(&app, &city, &season, 4_500, at(3)).await;
        assert_eq!((held(&city, &season, at(2), "unexplained").await, held(&city, &season, at(3), "team").await), (-4_000, 500));
        let taken_back = app.now();
        reverse(&app, &city, &[given.visit_id]).await;
        assert_eq!(held(&city, &season, taken_back.plus_ms(-1), "team").await, 500, "what was taken back later stood then");
        assert_eq!(held(&city, &season, taken_back, "team").await, 9_500);
        let now = city.auditor().get(&format!("/ledger/balances?campaign={}", season.campaign)).await.ok();
        assert_eq!(told(&city, &season, app.now()).await, now, "now, by what is kept and by what moved");
        assert_eq!(sums(&city, &season).await.len(), 2);
        let before = told(&city, &season, start.plus_ms(-DAY_MS)).await;
        assert_eq!(before["accounts"], json!([]));
    }

    async fn a_team_sees_its_own_as_of_any_moment(app: TestApp) {
        let (city, season) = open(&app).await;
        let start = app.now();
        issue(&app, &city, &season, 5_000, start).await;
        let others = season.entry(&app, "issue", &[season.cash(1)], &json!({"team_id": city.team("E2")}));
        city.centre().post("/ledger/entries", &others).await.ok();
        let seen = city.cadre().get(&format!("/ledger/balances?campaign={}&at={start}", season.campaign)).await.ok();
        assert_eq!((seen["accounts"].as_array().map(Vec::len), &seen["sums"]), (Some(1), &json!([])), "{seen}");
        assert_eq!((&seen["accounts"][0]["account_kind"], &seen["accounts"][0]["lines"][0]["amount"]), (&json!("team"), &json!(5_000)));
        let flow = city.cadre().get(&format!("/ledger/flow?campaign={}&at={}", season.campaign, start.plus_ms(-1))).await.ok();
        assert_eq!(flow["links"], json!([]));
        assert_eq!(city.cadre().get(&format!("/ledger/balances?campaign={}&at=yesterday", season.campaign)).await.status, 400);
    }
}
