//! Single households, with whoever was there last.

use diesel::prelude::*;

use super::Names;
use super::assisted::handed_fen;
use crate::accounts::{OrgId, PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::households::{Category, HouseholdId};
use crate::kit::db::schema::{households, orgs, standings, teams, visits};
use crate::kit::db::{Conn, among};
use crate::spotchecks::model::{Candidate, stratum_of};
use crate::visits::VisitId;

type Row = (HouseholdId, Category, OrgId, Option<TeamId>, Option<String>, Option<VisitId>, Option<PersonId>);

/// These households, as far as their files stand below an org.
pub(in crate::spotchecks) fn these(conn: &mut Conn, campaign: CampaignId, path: &str, of: &[HouseholdId]) -> QueryResult<Vec<Candidate>> {
    let here = standings::household_id.eq(households::id).and(standings::campaign_id.eq(campaign));
    let rows: Vec<Row> = households::table
        .inner_join(orgs::table.on(orgs::id.eq(households::org_id)))
        .left_join(standings::table.on(here))
        .left_join(visits::table.on(visits::id.nullable().eq(standings::last_visit_id)))
        .left_join(teams::table.on(teams::id.nullable().eq(visits::team_id)))
        .filter(among(households::id, of).and(orgs::path.like(format!("{path}%"))))
        .order(households::id)
        .select((
            households::id,
            households::category,
            households::org_id,
            visits::team_id.nullable(),
            teams::code.nullable(),
            visits::id.nullable(),
            visits::cadre_id.nullable(),
        ))
        .load(conn)?;
    let handed = handed_fen(conn, campaign, Some(of))?;
    let mut names = Names::default();
    let candidate = |(household, category, org, team, code, visit, cadre): Row| {
        let stratum = names.of(stratum_of(code.as_deref(), category));
        let handed_fen = handed.get(household.as_str()).copied().unwrap_or_default();
        Candidate { household, stratum, org, team, visit, cadre, handed_fen }
    };
    Ok(rows.into_iter().map(candidate).collect())
}
