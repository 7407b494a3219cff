//! What visits name, looked up in the rooms before this one: four queries for however many visits.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::model::{Aid, Incoming, VisitSaid};
use crate::accounts::{Actor, TeamId};
use crate::campaigns::{CampaignId, ItemId};
use crate::households::HouseholdId;
use crate::kit::db::schema::{campaigns, funds, goods, households, orgs};
use crate::kit::db::{Conn, among};
use crate::kit::http::problem::FieldProblem;
use crate::ledger::FundId;

/// What exists of all that a batch of visits names.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// With the path of the org that runs it.
    campaigns: HashMap<CampaignId, String>,
    /// With the path of the org whose file it is.
    households: HashMap<HouseholdId, (Option<TeamId>, String)>,
    funds: HashMap<FundId, CampaignId>,
    items: HashSet<ItemId>,
}

impl Known {
    /// Looks up what these visits name.
    pub(super) fn of(conn: &mut Conn, incoming: &[(&Actor, &Incoming)]) -> QueryResult<Self> {
        let said = || incoming.iter().map(|(_, visit)| &visit.said);
        let named: Vec<CampaignId> = unique(said().map(|said| said.campaign_id));
        let campaigns: Vec<(CampaignId, String)> = campaigns::table
            .inner_join(orgs::table.on(orgs::id.eq(campaigns::org_id)))
            .filter(among(campaigns::id, named).and(campaigns::status.ne("draft")))
            .select((campaigns::id, orgs::path))
            .load(conn)?;
        let named: Vec<HouseholdId> = unique(said().filter_map(|said| said.household_id));
        let found: Vec<(HouseholdId, Option<TeamId>, String)> = households::table
            .inner_join(orgs::table.on(orgs::id.eq(households::org_id)))
            .filter(among(households::id, named))
            .select((households::id, households::team_id, orgs::path))
            .load(conn)?;
        let households = found.into_iter().map(|(id, team, path)| (id, (team, path))).collect();
        let aid = || said().flat_map(|said| said.aid.iter());
        let named: Vec<FundId> = unique(aid().filter_map(|aid| if let Aid::Cash { fund_id, .. } = aid { Some(*fund_id) } else { None }));
        let funds =
            if named.is_empty() { Vec::new() } else { funds::table.filter(among(funds::id, named)).select((funds::id, funds::campaign_id)).load(conn)? };
        let named: Vec<ItemId> = unique(aid().filter_map(|aid| if let Aid::Goods { item_id, .. } = aid { Some(*item_id) } else { None }));
        let items = if named.is_empty() { Vec::new() } else { goods::table.filter(among(goods::id, named)).select(goods::id).load(conn)? };
        Ok(Self { campaigns: campaigns.into_iter().collect(), households, funds: funds.into_iter().collect(), items: items.into_iter().collect() })
    }

    /// The team whose household it is.
    pub(super) fn team_of(&self, household: HouseholdId) -> Option<TeamId> {
        self.households.get(&household).and_then(|(team, _)| *team)
    }

    /// What a visit names that is not there, within the orgs above and below the actor.
    pub(super) fn faults(&self, actor: &Actor, said: &VisitSaid) -> Vec<FieldProblem> {
        let mut faults = Vec::new();
        let mut unless = |holds: bool, pointer: String, code: &str| {
            if !holds {
                faults.push(FieldProblem::new(pointer, code));
            }
        };
        // A cadre works for the campaigns of their own org and of those above it.
        let campaign = self.campaigns.get(&said.campaign_id).is_some_and(|path| actor.org.path.starts_with(path));
        let root = actor.org.path.split('/').find(|part| !part.is_empty()).map(|part| format!("/{part}/")).unwrap_or_default();
        let household = |id| self.households.get(&id).is_some_and(|(_, path)| path.starts_with(&root));
        unless(campaign, "/campaign_id".to_owned(), "unknown");
        unless(said.household_id.is_none_or(household), "/household_id".to_owned(), "unknown");
        for (n, aid) in said.aid.iter().enumerate() {
            match aid {
                Aid::Cash { fund_id, .. } => {
                    let campaign = self.funds.get(fund_id);
                    unless(campaign.is_some(), format!("/aid/{n}/fund_id"), "unknown");
                    unless(campaign.is_none_or(|campaign| *campaign == said.campaign_id), format!("/aid/{n}/fund_id"), "not_same_campaign");
                }
                Aid::Goods { item_id, .. } => unless(self.items.contains(item_id), format!("/aid/{n}/item_id"), "unknown"),
            }
        }
        faults
    }
}

fn unique<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}
