//! How a world stands, told in names that are the same in every world.

use diesel::prelude::*;
use nuanfang::accounts::TeamId;
use nuanfang::campaigns::CampaignId;
use nuanfang::findings::{self, Key};
use nuanfang::households::HouseholdId;
use nuanfang::kit::db::schema::{balances, findings as found, standings, visits};
use nuanfang::visits::VisitId;

use super::world::World;
use crate::kit::TestApp;

type Finding = (String, String, String, String, String, String, String);
type Standing = (String, String, i64, bool, Option<String>, Option<i64>, (i64, i64, Option<String>));
type Balance = (String, String, String, String, i64);

impl World {
    /// Findings, standings and balances, in order.
    pub async fn state(&self, app: &TestApp) -> Vec<String> {
        let campaign = self.season.campaign.clone();
        let read = app.parts.db.read(move |conn| {
            let one: Vec<Finding> = found::table
                .filter(found::campaign_id.eq(&campaign).and(found::status.ne("gone")))
                .select((found::about_id, found::code, found::severity, found::subject, found::expected, found::actual, found::evidence))
                .load(conn)?;
            let two: Vec<Standing> = standings::table
                .filter(standings::campaign_id.eq(&campaign))
                .select((
                    standings::household_id,
                    standings::standing,
                    standings::visits,
                    standings::reached,
                    standings::last_visit_id,
                    standings::reached_at,
                    (standings::promised_fen, standings::handed_fen, standings::team_id),
                ))
                .load(conn)?;
            let three: Vec<Balance> = balances::table
                .filter(balances::campaign_id.eq(&campaign).and(balances::amount.ne(0)))
                .select((balances::account_kind, balances::account_id, balances::commodity_kind, balances::commodity_id, balances::amount))
                .load(conn)?;
            Ok((one, two, three))
        });
        let (one, two, three) = read.await.expect("the state");
        let mut lines: Vec<String> = Vec::new();
        lines.extend(
            one.iter().map(|(about, code, severity, subject, expected, actual, evidence)| {
                format!("{about} {code} {severity} {subject} {expected} {actual} {evidence}")
            }),
        );
        lines.extend(two.iter().map(|standing| format!("standing {standing:?}")));
        lines.extend(three.iter().map(|balance| format!("balance {balance:?}")));
        let mut lines: Vec<String> = lines.into_iter().map(|line| self.in_names(line)).collect();
        lines.sort();
        lines
    }

    fn in_names(&self, mut line: String) -> String {
        for (id, name) in &self.names {
            if line.contains(id.as_str()) {
                line = line.replace(id.as_str(), name);
            }
        }
        line
    }

    /// Every household, every visit without one, and every team is reconciled once more.
    pub async fn look_at_everything_anew(&self, app: &TestApp) {
        let campaign = CampaignId::parse(&self.season.campaign).expect("an id");
        let mut keys: Vec<Key> = self.homes.iter().map(|home| Key::Household(campaign, HouseholdId::parse(&home.id).expect("an id"))).collect();
        keys.extend(self.crew.teams.iter().map(|team| Key::Team(campaign, TeamId::parse(team).expect("an id"))));
        let work = app.parts.db.upkeep(move |tx| {
            let nobodys: Vec<VisitId> =
                visits::table.filter(visits::campaign_id.eq(campaign).and(visits::household_id.is_null())).select(visits::id).load(tx.conn)?;
            let all: Vec<Key> = keys.iter().copied().chain(nobodys.into_iter().map(|visit| Key::Visit(campaign, visit))).collect();
            findings::reconcile_keys(tx, &all)
        });
        work.await.expect("all of it");
        app.catch_up().await;
    }
}
