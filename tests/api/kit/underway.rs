//! A season ready to be walked: households on file, approved and assigned, a campaign open, means in the teams' hands.

use diesel::prelude::*;
use nuanfang::kit::clock::{DAY_MS, Moment};
use nuanfang::kit::db::schema::households;
use reqwest::Method;
use serde_json::{Value, json};

use super::TestApp;
use super::city::City;
use super::people::Reply;

/// Cash a household of the season is to receive.
pub const CASH_FEN: i64 = 50_000;

/// Rows of one roster: an import takes 20,000.
const MOST_AT_ONCE: usize = 18_000;

/// A campaign under way.
pub struct Underway {
    /// The campaign.
    pub campaign: String,
    /// Its one fund, for whatever purpose.
    pub fund: String,
    /// Rice.
    pub rice: String,
    /// The households, by identity number, as the cadre of team E1 pulled them.
    pub households: Vec<Value>,
    /// Their entitlements, in the same order.
    pub entitlements: Vec<Value>,
}

impl City {
    /// Opens a season with so many households, all of team E1, and hands that team what they need.
    pub async fn underway(&self, app: &TestApp, count: usize) -> Underway {
        let centre = self.centre();
        let (campaign, fund, rice) = (app.id(), app.id(), app.id());
        centre.post("/goods", &json!({"id": rice, "name": "大米", "unit": "袋", "unit_value_fen": 6_000})).await.ok();
        let (opens_at, deadline_at) = (app.now().plus_ms(-20 * DAY_MS), app.now().plus_ms(10 * DAY_MS));
        let theme = json!({"id": campaign, "name": "2027年元旦春节送温暖", "theme": "两节", "opens_at": opens_at, "deadline_at": deadline_at});
        centre.post("/campaigns", &theme).await.ok();
        let standards = json!([{"category": "below_line", "cash_fen": CASH_FEN, "purpose": "living", "goods": [{"item_id": rice, "quantity_milli": 1_000}]}]);
        centre.put(&format!("/campaigns/{campaign}/standards"), &standards).await.ok();
        centre.post("/funds", &json!({"id": fund, "campaign_id": campaign, "name": "工会经费", "source": "union", "earmark": "any"})).await.ok();
        self.register(app, count).await;
        centre.post(&format!("/campaigns/{campaign}/open"), &json!({})).await.ok();
        app.catch_up().await;
        self.provide(app, &campaign, &fund, &rice, count).await;
        let pulled = self.cadre().get("/field/pull").await.ok();
        let by_id = |list: &Value, key: &'static str| {
            let mut list = list.as_array().expect("a list").clone();
            list.sort_by_key(|entry| entry[key].as_str().unwrap_or_default().to_owned());
            list
        };
        Underway { campaign, fund, rice, households: by_id(&pulled["households"], "id"), entitlements: by_id(&pulled["entitlements"], "household_id") }
    }

    /// Brings a roster in, approves it, assigns it to team E1 and says where the homes are.
    async fn register(&self, app: &TestApp, count: usize) {
        let centre = self.centre();
        for first in (0..count).step_by(MOST_AT_ONCE) {
            let some = MOST_AT_ONCE.min(count - first);
            let imported = centre.call(Method::POST, "/households/imports").header("Content-Type", "text/csv").body(roster(first, some)).send().await;
            let imported = Reply::of(imported.expect("an answer")).await.ok();
            assert_eq!(imported["accepted"], some, "{imported}");
            centre.post("/households/approvals", &json!({"import_id": imported["import_id"]})).await.ok();
        }
        let ids: Vec<String> =
            app.parts.db.read(|conn| Ok(households::table.order(households::head_id_number).select(households::id).load(conn)?)).await.expect("ids");
        let team = self.team("E1");
        for some in ids.chunks(200) {
            centre.post("/households/assignments", &json!({"household_ids": some, "team_id": team})).await.ok();
        }
        for (n, id) in ids.iter().enumerate().take(50) {
            let step = f64::from(u32::try_from(n).expect("few")) * 0.002;
            let home = json!({"home": {"latitude": 30.66 + step, "longitude": 104.08, "datum": "wgs84"}});
            let version = centre.get(&format!("/households/{id}")).await.ok()["version"].as_i64().expect("a version");
            centre.patch(&format!("/households/{id}"), version, &home).await.ok();
        }
    }

    /// Receives twice what is promised into the store and issues it to team E1.
    async fn provide(&self, app: &TestApp, campaign: &str, fund: &str, rice: &str, count: usize) {
        let count = i64::try_from(count).expect("few");
        let lines = json!([
            {"kind": "cash", "fund_id": fund, "amount_fen": 2 * count * CASH_FEN},
            {"kind": "goods", "item_id": rice, "quantity_milli": 2 * count * 1_000}
        ]);
        let entry = |kind: &str| {
            json!({
                "id": app.id(), "kind": kind, "campaign_id": campaign, "lines": lines, "happened_at": app.now().plus_ms(-10 * DAY_MS).to_string(), "words": "按计划"
            })
        };
        let mut receipt = entry("receipt");
        receipt["fund_id"] = json!(fund);
        self.centre().post("/ledger/entries", &receipt).await.ok();
        let mut issue = entry("issue");
        issue["team_id"] = json!(self.team("E1"));
        self.centre().post("/ledger/entries", &issue).await.ok();
    }
}

/// A roster of `count` households below the line, as csv; no two rosters that begin elsewhere name the same.
fn roster(first: usize, count: usize) -> String {
    let mut csv = "序号,姓名,身份证号码,家庭住址,联系电话,困难类别,致困原因,家庭人口\n".to_owned();
    for n in first..first + count {
        let number = id_number(n);
        csv.push_str(&format!("{},住户{n},{number},城东区和平里{n}号,138{:08},低保户,患病,1\n", n + 1, n));
    }
    csv
}

/// A valid identity number for each `n` below a hundred thousand.
fn id_number(n: usize) -> String {
    let body = format!("510104{}{:02}{:02}{:03}", 1940 + n / 9_000, 1 + (n / 900) % 10, 1 + (n / 999) % 28, n % 999);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: usize = body.bytes().zip(weights).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum % 11])
}

/// A time of day in the season.
pub fn ago(app: &TestApp, ms: i64) -> Moment {
    app.now().plus_ms(-ms)
}
