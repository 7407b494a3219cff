//! What visits name, looked up in the rooms before this one and among the visits that are here: five queries for however many visits.

use std::collections::HashMap;

use diesel::prelude::*;

use super::model::{Aid, Incoming, VisitId, VisitSaid};
use crate::accounts::{Actor, PersonId, TeamId};
use crate::campaigns::{CampaignId, ItemId};
use crate::households::HouseholdId;
use crate::kit::db::schema::{campaigns, funds, goods, households, orgs, visits};
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
    /// With its campaign, and the path of the org that runs that.
    funds: HashMap<FundId, (CampaignId, String)>,
    /// With the path of the org in whose catalogue it stands.
    items: HashMap<ItemId, String>,
    /// Visits that are amended, with who made them, for which team; one that has not arrived is not among them.
    amended: HashMap<VisitId, (PersonId, Option<TeamId>)>,
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
        let funds = if named.is_empty() { Vec::new() } else { funds_named(conn, &named)? };
        let named: Vec<ItemId> = unique(aid().filter_map(|aid| if let Aid::Goods { item_id, .. } = aid { Some(*item_id) } else { None }));
        let items = if named.is_empty() { Vec::new() } else { items_named(conn, &named)? };
        let named: Vec<VisitId> = unique(said().filter_map(|said| said.amends));
        let amended = if named.is_empty() {
            Vec::new()
        } else {
            visits::table.filter(among(visits::id, named)).select((visits::id, (visits::cadre_id, visits::team_id))).load(conn)?
        };
        let amended = amended.into_iter().collect();
        Ok(Self { amended, campaigns: campaigns.into_iter().collect(), households, funds: funds.into_iter().collect(), items: items.into_iter().collect() })
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
        let runs = self.campaigns.get(&said.campaign_id).filter(|path| actor.org.path.starts_with(path.as_str()));
        // As in the ledger: the catalogues of the campaign's org, of those above it and of those below it.
        let related = |path: &String| runs.is_none_or(|runs| path.starts_with(runs.as_str()) || runs.starts_with(path.as_str()));
        let item = |id| self.items.get(id).is_some_and(related);
        let root = actor.org.path.split('/').find(|part| !part.is_empty()).map(|part| format!("/{part}/")).unwrap_or_default();
        let household = |id| self.households.get(&id).is_some_and(|(_, path)| path.starts_with(&root));
        unless(runs.is_some(), "/campaign_id".to_owned(), "unknown");
        unless(said.household_id.is_none_or(household), "/household_id".to_owned(), "unknown");
        // What an amendment takes back is the amender's own, or their team's. One that has not arrived is so, or nobody could name it.
        let own = |id| self.amended.get(&id).is_none_or(|(cadre, team)| *cadre == actor.id || team.is_some_and(|team| actor.is_of(team)));
        unless(said.amends.is_none_or(own), "/amends".to_owned(), "unknown");
        for (n, aid) in said.aid.iter().enumerate() {
            match aid {
                Aid::Cash { fund_id, .. } => {
                    // Of another district's fund nobody is told that it is there.
                    let of = self.funds.get(fund_id).filter(|(_, path)| actor.org.path.starts_with(path.as_str()));
                    unless(of.is_some(), format!("/aid/{n}/fund_id"), "unknown");
                    unless(of.is_none_or(|(campaign, _)| *campaign == said.campaign_id), format!("/aid/{n}/fund_id"), "not_same_campaign");
                }
                Aid::Goods { item_id, .. } => unless(item(item_id), format!("/aid/{n}/item_id"), "unknown"),
            }
        }
        faults
    }
}

/// Funds with their campaigns and the paths of the orgs that run those.
fn funds_named(conn: &mut Conn, ids: &[FundId]) -> QueryResult<Vec<(FundId, (CampaignId, String))>> {
    funds::table
        .inner_join(campaigns::table.on(campaigns::id.eq(funds::campaign_id)))
        .inner_join(orgs::table.on(orgs::id.eq(campaigns::org_id)))
        .filter(among(funds::id, ids))
        .select((funds::id, (funds::campaign_id, orgs::path)))
        .load(conn)
}

/// Goods with the paths of the orgs in whose catalogues they stand.
fn items_named(conn: &mut Conn, ids: &[ItemId]) -> QueryResult<Vec<(ItemId, String)>> {
    goods::table.inner_join(orgs::table.on(orgs::id.eq(goods::org_id))).filter(among(goods::id, ids)).select((goods::id, orgs::path)).load(conn)
}

fn unique<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}
