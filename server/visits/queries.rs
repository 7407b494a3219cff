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
    campaigns: HashSet<CampaignId>,
    households: HashMap<HouseholdId, Option<TeamId>>,
    funds: HashMap<FundId, CampaignId>,
    items: HashSet<ItemId>,
}

impl Known {
    /// Looks up what these visits name, within the orgs above and below the actor.
    pub(super) fn of(conn: &mut Conn, actor: &Actor, incoming: &[Incoming]) -> QueryResult<Self> {
        let said = || incoming.iter().map(|visit| &visit.said);
        let named: Vec<CampaignId> = unique(said().map(|said| said.campaign_id));
        let found: Vec<(CampaignId, String)> = campaigns::table
            .inner_join(orgs::table.on(orgs::id.eq(campaigns::org_id)))
            .filter(among(campaigns::id, named).and(campaigns::status.ne("draft")))
            .select((campaigns::id, orgs::path))
            .load(conn)?;
        // A cadre works for the campaigns of their own org and of those above it.
        let campaigns = found.into_iter().filter(|(_, path)| actor.org.path.starts_with(path)).map(|(id, _)| id).collect();
        let root = actor.org.path.split('/').find(|part| !part.is_empty()).map(|part| format!("/{part}/")).unwrap_or_default();
        let named: Vec<HouseholdId> = unique(said().filter_map(|said| said.household_id));
        let found: Vec<(HouseholdId, Option<TeamId>, String)> = households::table
            .inner_join(orgs::table.on(orgs::id.eq(households::org_id)))
            .filter(among(households::id, named))
            .select((households::id, households::team_id, orgs::path))
            .load(conn)?;
        let households = found.into_iter().filter(|(_, _, path)| path.starts_with(&root)).map(|(id, team, _)| (id, team)).collect();
        let aid = || said().flat_map(|said| said.aid.iter());
        let named: Vec<FundId> = unique(aid().filter_map(|aid| if let Aid::Cash { fund_id, .. } = aid { Some(*fund_id) } else { None }));
        let funds =
            if named.is_empty() { Vec::new() } else { funds::table.filter(among(funds::id, named)).select((funds::id, funds::campaign_id)).load(conn)? };
        let named: Vec<ItemId> = unique(aid().filter_map(|aid| if let Aid::Goods { item_id, .. } = aid { Some(*item_id) } else { None }));
        let items = if named.is_empty() { Vec::new() } else { goods::table.filter(among(goods::id, named)).select(goods::id).load(conn)? };
        Ok(Self { campaigns, households, funds: funds.into_iter().collect(), items: items.into_iter().collect() })
    }

    /// The team whose household it is.
    pub(super) fn team_of(&self, household: HouseholdId) -> Option<TeamId> {
        self.households.get(&household).copied().flatten()
    }

    /// What a visit names that is not there.
    pub(super) fn faults(&self, said: &VisitSaid) -> Vec<FieldProblem> {
        let mut faults = Vec::new();
        let mut unless = |holds: bool, pointer: String, code: &str| {
            if !holds {
                faults.push(FieldProblem::new(pointer, code));
            }
        };
        unless(self.campaigns.contains(&said.campaign_id), "/campaign_id".to_owned(), "unknown");
        unless(said.household_id.is_none_or(|id| self.households.contains_key(&id)), "/household_id".to_owned(), "unknown");
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
