//! Single households, with whoever was there last.

use std::collections::HashMap;

use diesel::prelude::*;

use super::assisted::handed_fen;
use super::names::{Names, team_codes};
use crate::accounts::{OrgId, PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::households::{Category, HouseholdId};
use crate::kit::db::schema::{households, orgs, standings, visits};
use crate::kit::db::{Conn, among};
use crate::spotchecks::model::Candidate;
use crate::visits::VisitId;

type Row = (HouseholdId, Category, OrgId, Option<TeamId>, Option<VisitId>, Option<PersonId>);

/// These households, as far as their files stand below an org.
pub(in crate::spotchecks) fn these(conn: &mut Conn, campaign: CampaignId, path: &str, of: &[HouseholdId]) -> QueryResult<Vec<Candidate>> {
    let here = standings::household_id.eq(households::id).and(standings::campaign_id.eq(campaign));
    let rows: Vec<Row> = households::table
        .inner_join(orgs::table.on(orgs::id.eq(households::org_id)))
        .left_join(standings::table.on(here))
        .left_join(visits::table.on(visits::id.nullable().eq(standings::last_visit_id)))
        .filter(among(households::id, of).and(orgs::path.like(format!("{path}%"))))
        .order(households::id)
        .select((households::id, households::category, households::org_id, visits::team_id.nullable(), visits::id.nullable(), visits::cadre_id.nullable()))
        .load(conn)?;
    let handed: HashMap<HouseholdId, i64> = handed_fen(conn, campaign, Some(of))?.into_iter().collect();
    let mut names = Names::new(team_codes(conn, rows.iter().filter_map(|(.., team, _, _)| *team))?);
    let candidate = |(household, category, org, team, visit, cadre): Row| {
        let handed_fen = handed.get(&household).copied().unwrap_or_default();
        Candidate { household, stratum: names.of(team, category), org, team, visit, cadre, handed_fen }
    };
    Ok(rows.into_iter().map(candidate).collect())
}
