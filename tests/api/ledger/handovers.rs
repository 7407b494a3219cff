//! What visits hand over: never refused, booked once, taken back whole.

use std::sync::Arc;

use nuanfang::campaigns::{CampaignId, ItemId};
use nuanfang::households::HouseholdId;
use nuanfang::kit::clock::Moment;
use nuanfang::kit::log;
use nuanfang::ledger::{self, Commodity, FundId, Handover, Receiver};
use serde_json::json;

use super::{holds, stocked, sums};
use crate::both;
use crate::kit::TestApp;
use crate::kit::city::City;
use crate::kit::season::Season;

/// A handover of cash and rice by team E1.
pub fn handover(app: &TestApp, city: &City, season: &Season, cash_fen: i64, rice_milli: i64) -> Handover {
    let now: Moment = app.now();
    let chance = app.parts.db.chance();
    let cash = Commodity::Cash(FundId::parse(&season.fund).expect("a fund"));
    let rice = Commodity::Goods(ItemId::parse(&season.rice).expect("an item"));
    Handover {
        visit_id: app.id(),
        campaign_id: CampaignId::parse(&season.campaign).expect("a campaign"),
        team_id: city.team("E1"),
        receiver: Receiver::Household(HouseholdId::fresh(now, chance)),
        lines: [(cash, cash_fen), (rice, rice_milli)].into_iter().filter(|line| line.1 > 0).collect(),
        happened_at: now,
    }
}

/// Books handovers as the visits room does, in one transaction.
pub async fn hand_over(app: &TestApp, city: &City, handovers: &[Handover]) {
    let actor = app.actor(city.cadre()).await;
    let handovers: Arc<[Handover]> = handovers.into();
    let work = app.parts.db.write(actor.author(), move |tx| {
        tx.unchanged();
        let doer = actor.doer();
        let by_cadre: Vec<_> = handovers.iter().map(|handover| (&doer, handover.clone())).collect();
        ledger::hand_over(tx, &by_cadre)
    });
    work.await.expect("a handover is never refused");
}

/// Takes the handovers of visits back, as an amending visit does.
pub async fn reverse(app: &TestApp, city: &City, visits: &[String]) {
    let actor = app.actor(city.cadre()).await;
    let visits = visits.to_vec();
    let work = app.parts.db.write(actor.author(), move |tx| {
        tx.unchanged();
        let doer = actor.doer();
        let by_cadre: Vec<_> = visits.iter().map(|visit| (&doer, visit)).collect();
        ledger::reverse_handovers(tx, &by_cadre)
    });
    work.await.expect("a handover can be taken back");
}

both! {
    async fn what_a_team_did_not_hold_stands_unexplained_until_it_is_covered(app: TestApp) {
        let (city, season) = stocked(&app).await;
        let team = city.team("E1").to_string();
        let issue = |fen: i64| season.entry(&app, "issue", &[season.cash(fen)], &json!({"team_id": team}));
        city.centre().post("/ledger/entries", &issue(10_000)).await.ok();
        hand_over(&app, &city, &[handover(&app, &city, &season, 15_000, 2_000)]).await;
        assert_eq!(holds(&city, &season, "team", Some(&team)).await, (0, 0));
        assert_eq!(holds(&city, &season, "unexplained", Some(&team)).await, (-5_000, -2_000));
        let (campaign, id) = (CampaignId::parse(&season.campaign).expect("a campaign"), city.team("E1"));
        let overdrafts = app.parts.db.read(move |conn| ledger::overdrafts(conn, campaign, id)).await.expect("read");
        assert_eq!(overdrafts.iter().map(|(_, amount)| *amount).collect::<Vec<_>>(), [5_000, 2_000]);
        let cash = &sums(&city, &season).await[0];
        assert_eq!((&cash["handed_over"], &cash["unexplained"]), (&json!(15_000), &json!(5_000)));
        city.centre().post("/ledger/entries", &issue(8_000)).await.ok();
        assert_eq!(holds(&city, &season, "unexplained", Some(&team)).await, (0, -2_000));
        assert_eq!(holds(&city, &season, "team", Some(&team)).await, (3_000, 0));
        sums(&city, &season).await;
    }

    async fn a_visit_hands_over_once_however_often_it_is_heard_of(app: TestApp) {
        let (city, season) = stocked(&app).await;
        let given = handover(&app, &city, &season, 1_000, 0);
        hand_over(&app, &city, &[given.clone(), given.clone()]).await;
        hand_over(&app, &city, &[given.clone(), handover(&app, &city, &season, 1, 0)]).await;
        assert_eq!(holds(&city, &season, "unexplained", None).await, (-1_001, 0));
        let entries = city.centre().get(&format!("/ledger/entries?campaign={}", season.campaign)).await.ok();
        let of_visit = |entry: &&serde_json::Value| entry["visit_id"] == given.visit_id;
        let booked: Vec<_> = entries["items"].as_array().expect("entries").iter().filter(of_visit).cloned().collect();
        assert_eq!(booked.len(), 1);
        let by_hand = season.entry(&app, "reversal", &[], &json!({"reverses": booked[0]["id"]}));
        assert_eq!(city.centre().post("/ledger/entries", &by_hand).await.problem(409), "not_reversible", "an amending visit reverses it");
    }

    async fn an_amended_handover_is_taken_back_whole_and_once(app: TestApp) {
        let (city, season) = stocked(&app).await;
        let team = city.team("E1").to_string();
        let issue = |fen: i64| season.entry(&app, "issue", &[season.cash(fen)], &json!({"team_id": team}));
        city.centre().post("/ledger/entries", &issue(10_000)).await.ok();
        let wrong = handover(&app, &city, &season, 30_000, 0);
        hand_over(&app, &city, std::slice::from_ref(&wrong)).await;
        city.centre().post("/ledger/entries", &issue(5_000)).await.ok();
        for _ in 0..2 {
            reverse(&app, &city, &[wrong.visit_id.clone(), app.id()]).await;
            assert_eq!(holds(&city, &season, "team", Some(&team)).await, (15_000, 0));
            assert_eq!(holds(&city, &season, "unexplained", Some(&team)).await, (0, 0));
        }
        assert_eq!(sums(&city, &season).await[0]["handed_over"], 0);
        hand_over(&app, &city, &[wrong]).await;
        assert_eq!(holds(&city, &season, "team", Some(&team)).await, (15_000, 0), "a repeat of what was taken back gives nothing again");
    }

    async fn the_chain_of_the_teams_own_org_hears_of_its_custody(app: TestApp) {
        let (city, season) = stocked(&app).await;
        let issue = season.entry(&app, "issue", &[season.cash(1_000)], &json!({"team_id": city.team("E1")}));
        city.centre().post("/ledger/entries", &issue).await.ok();
        let (org, team) = (city.org("east1"), city.team("E1").to_string());
        let heard = app.parts.db.read(move |conn| {
            let chain = nuanfang::accounts::org(conn, org)?.expect("an org").chain;
            Ok(log::after(conn, &chain, 0, 1_000)?)
        });
        let heard = heard.await.expect("read");
        let custody = heard.iter().find(|row| row.verb == "custody.changed" && row.subject == team).expect("an event of the team");
        assert_eq!(custody.subject_kind, "team");
        assert_eq!(custody.facts, json!({"campaign_id": season.campaign}).to_string());
    }
}
