//! Means: what comes in, goes out, comes back and gets lost; who may book and who may look.

mod doors;
mod filters;
mod flow;
mod handovers;
mod histories;
mod moments;
mod races;
mod slips;
mod worth;

use serde_json::{Value, json};

use crate::both;
use crate::kit::TestApp;
use crate::kit::city::City;
use crate::kit::season::Season;

/// What an account holds of cash and of rice.
pub async fn holds(city: &City, season: &Season, kind: &str, id: Option<&str>) -> (i64, i64) {
    let told = city.auditor().get(&format!("/ledger/balances?campaign={}", season.campaign)).await.ok();
    let accounts = told["accounts"].as_array().expect("accounts").clone();
    let account = accounts.into_iter().find(|a| a["account_kind"] == kind && id.is_none_or(|id| a["account_id"] == id));
    let lines = account.map(|a| a["lines"].clone()).unwrap_or(json!([]));
    let of = |name: &str, id: &str| lines.as_array().expect("lines").iter().find(|l| l[name] == id).map_or(0, |l| l["amount"].as_i64().expect("an amount"));
    (of("fund_id", &season.fund), of("item_id", &season.rice))
}

/// The sums of the campaign, after each has been held against the others.
pub async fn sums(city: &City, season: &Season) -> Vec<Value> {
    let told = city.auditor().get(&format!("/ledger/balances?campaign={}", season.campaign)).await.ok();
    let sums = told["sums"].as_array().expect("sums").clone();
    for sum in &sums {
        let n = |name: &str| sum[name].as_i64().expect("an amount");
        let parts = n("in_store") + n("with_teams") + n("handed_over") + n("lost") + n("returned_to_source");
        assert_eq!(n("received") + n("unexplained"), parts, "{sum}");
        assert_eq!(sum["agrees"], true, "{sum}");
        for name in ["received", "in_store", "with_teams", "handed_over", "lost", "returned_to_source", "unexplained"] {
            assert!(n(name) >= 0, "{sum}");
        }
    }
    sums
}

/// A season whose store holds 1,000 yuan and 20 bags, with its city.
pub async fn stocked(app: &TestApp) -> (City, Season) {
    let city = app.city().await;
    let season = app.season(&city).await;
    let lines = [season.cash(100_000), season.rice(20_000)];
    city.centre().post("/ledger/entries", &season.entry(app, "receipt", &lines, &json!({}))).await.ok();
    (city, season)
}

/// The same in a campaign that is open, where everybody in category `sudden` is promised a fen.
pub async fn open(app: &TestApp) -> (City, Season) {
    let (city, season) = stocked(app).await;
    let standards = json!([Season::standard("sudden", 1, &[])]);
    city.centre().put(&format!("/campaigns/{}/standards", season.campaign), &standards).await.ok();
    city.centre().post(&format!("/campaigns/{}/open", season.campaign), &json!({})).await.ok();
    (city, season)
}

/// Books an issue or a return of a team; answers its id, which is the slip's.
pub async fn booked(app: &TestApp, city: &City, season: &Season, kind: &str, team: &str, lines: &[Value]) -> Value {
    let entry = season.entry(app, kind, lines, &json!({"team_id": city.team(team)}));
    city.centre().post("/ledger/entries", &entry).await.ok();
    entry["id"].clone()
}

both! {
    async fn means_go_from_source_to_store_to_team_and_back(app: TestApp) {
        let (city, season) = stocked(&app).await;
        let (team, east) = (city.team("E1").to_string(), city.org("east").to_string());
        let of_team = json!({"team_id": team});
        for (kind, lines, rest) in [
            ("issue", vec![season.cash(60_000), season.rice(10_000)], &of_team),
            ("return", vec![season.cash(5_000), season.rice(1_500)], &of_team),
            ("loss", vec![season.rice(500)], &of_team),
            ("loss", vec![season.rice(1_000)], &json!({})),
            ("return", vec![season.cash(40_000)], &json!({})),
        ] {
            let told = city.centre().post("/ledger/entries", &season.entry(&app, kind, &lines, rest)).await;
            assert_eq!(told.status, 201, "{}", told.json);
            let moved: i64 = told.json["postings"].as_array().expect("postings").iter().map(|p| p["amount"].as_i64().expect("an amount")).sum();
            assert_eq!(moved, 0);
        }
        assert_eq!(holds(&city, &season, "store", Some(&east)).await, (5_000, 10_500));
        assert_eq!(holds(&city, &season, "team", Some(&team)).await, (55_000, 8_000));
        assert_eq!(holds(&city, &season, "source", Some(&season.fund)).await, (-100_000, -20_000));
        assert_eq!(holds(&city, &season, "loss", None).await, (0, 1_500));
        assert_eq!(holds(&city, &season, "returned", None).await, (40_000, 0));
        let sums = sums(&city, &season).await;
        assert_eq!(sums.len(), 2);
        let cash = sums.iter().find(|sum| sum["kind"] == "cash").expect("cash");
        assert_eq!((&cash["name"], &cash["received"], &cash["returned_to_source"]), (&json!("市级财政"), &json!(100_000), &json!(40_000)));
        let rice = sums.iter().find(|sum| sum["kind"] == "goods").expect("rice");
        assert_eq!((&rice["name"], &rice["unit"], &rice["lost"]), (&json!("大米"), &json!("袋"), &json!(1_500)));
    }

    async fn nobody_gives_what_they_do_not_hold(app: TestApp) {
        let (city, season) = stocked(&app).await;
        let centre = city.centre();
        let of_team = json!({"team_id": city.team("E1")});
        let refused = centre.post("/ledger/entries", &season.entry(&app, "issue", &[season.cash(1), season.rice(20_001)], &of_team)).await;
        assert_eq!(refused.problem(409), "not_enough_in_store");
        let other_store = json!({"team_id": city.team("E1"), "org_id": city.org("east1")});
        let refused = centre.post("/ledger/entries", &season.entry(&app, "issue", &[season.cash(1)], &other_store)).await;
        assert_eq!(refused.problem(409), "not_enough_in_store");
        for kind in ["return", "loss"] {
            let refused = centre.post("/ledger/entries", &season.entry(&app, kind, &[season.cash(1)], &of_team)).await;
            assert_eq!(refused.problem(409), "not_enough_with_team");
        }
        assert_eq!(holds(&city, &season, "store", None).await, (100_000, 20_000), "what was refused moved nothing");
        let entries = centre.get(&format!("/ledger/entries?campaign={}", season.campaign)).await.ok();
        assert_eq!(entries["items"].as_array().map(Vec::len), Some(1));
    }

    async fn an_entry_is_booked_once_however_often_it_is_sent(app: TestApp) {
        let (city, season) = stocked(&app).await;
        let issue = season.entry(&app, "issue", &[season.cash(70_000), season.rice(1_000)], &json!({"team_id": city.team("E1")}));
        let first = city.centre().post("/ledger/entries", &issue).await;
        let again = city.centre().post("/ledger/entries", &issue).await;
        assert_eq!((first.status, again.status), (201, 200));
        assert_eq!(first.json, again.json);
        let mut reordered = issue.clone();
        reordered["lines"] = json!([season.rice(1_000), season.cash(70_000)]);
        assert_eq!(city.centre().post("/ledger/entries", &reordered).await.status, 200, "the order of lines says nothing");
        for (name, value) in [("words", json!("另一次")), ("team_id", json!(city.team("E2"))), ("lines", json!([season.cash(1)]))] {
            let mut other = issue.clone();
            other[name] = value;
            assert_eq!(city.centre().post("/ledger/entries", &other).await.problem(409), "id_taken");
        }
        assert_eq!(holds(&city, &season, "store", None).await, (30_000, 19_000));
    }

    async fn a_mistake_is_reversed_once_by_an_entry_that_names_it(app: TestApp) {
        let (city, season) = stocked(&app).await;
        let centre = city.centre();
        let issue = season.entry(&app, "issue", &[season.cash(70_000)], &json!({"team_id": city.team("E1")}));
        centre.post("/ledger/entries", &issue).await.ok();
        let reversal = season.entry(&app, "reversal", &[], &json!({"reverses": issue["id"]}));
        let told = centre.post("/ledger/entries", &reversal).await.ok();
        assert_eq!(told["reverses"], issue["id"]);
        assert_eq!(holds(&city, &season, "store", None).await, (100_000, 20_000));
        let again = season.entry(&app, "reversal", &[], &json!({"reverses": issue["id"]}));
        assert_eq!(centre.post("/ledger/entries", &again).await.problem(409), "already_reversed");
        let of_reversal = season.entry(&app, "reversal", &[], &json!({"reverses": reversal["id"]}));
        assert_eq!(centre.post("/ledger/entries", &of_reversal).await.problem(409), "not_reversible");
        let entries = centre.get(&format!("/ledger/entries?campaign={}&limit=2", season.campaign)).await.ok();
        assert_eq!(entries["items"][0]["reverses"], issue["id"], "newest first");
        assert_eq!(entries["items"][1]["reversed_by"], reversal["id"]);
        let rest = centre.get(&format!("/ledger/entries?campaign={}&after={}", season.campaign, entries["next"].as_str().expect("more"))).await.ok();
        assert_eq!((rest["items"][0]["kind"].as_str(), rest["next"].as_str()), (Some("receipt"), None));
        let spent = season.entry(&app, "issue", &[season.cash(1)], &json!({"team_id": city.team("E1")}));
        centre.post("/ledger/entries", &spent).await.ok();
        let receipt = season.entry(&app, "reversal", &[], &json!({"reverses": rest["items"][0]["id"]}));
        assert_eq!(centre.post("/ledger/entries", &receipt).await.problem(409), "not_enough_in_store", "what was given on cannot be un-received");
    }

    async fn simultaneous_issues_never_overdraw_a_store(app: TestApp) {
        let (city, season) = stocked(&app).await;
        let entries: Vec<Value> =
            (0..8).map(|n| season.entry(&app, "issue", &[season.cash(30_000)], &json!({"team_id": city.team(["E1", "E2", "E3"][n % 3])}))).collect();
        let told = futures_util::future::join_all(entries.iter().map(|entry| city.centre().post("/ledger/entries", entry))).await;
        let booked = told.iter().filter(|reply| reply.status == 201).count();
        let refused = told.iter().filter(|reply| reply.status == 409 && reply.json["code"] == "not_enough_in_store").count();
        assert_eq!((booked, refused), (3, 5), "{told:?}");
        assert_eq!(holds(&city, &season, "store", None).await, (10_000, 20_000));
        sums(&city, &season).await;
    }

    async fn the_same_entry_sent_eight_times_at_once_is_booked_once(app: TestApp) {
        let (city, season) = stocked(&app).await;
        let entry = season.entry(&app, "issue", &[season.cash(10_000)], &json!({"team_id": city.team("E1")}));
        let told = futures_util::future::join_all((0..8).map(|_| city.centre().post("/ledger/entries", &entry))).await;
        let made: Vec<u16> = told.iter().map(|reply| reply.status).collect();
        assert_eq!((made.iter().filter(|s| **s == 201).count(), made.iter().filter(|s| **s == 200).count()), (1, 7), "{made:?}");
        assert_eq!(holds(&city, &season, "store", None).await.0, 90_000);
    }
}
