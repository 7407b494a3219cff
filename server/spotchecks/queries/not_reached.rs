//! The households whom nobody is said to have found: "nobody home" is the cheapest lie.

use diesel::prelude::*;

use super::names::{Names, team_codes};
use crate::accounts::{OrgId, PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::households::{Category, HouseholdId};
use crate::kit::db::Conn;
use crate::kit::db::schema::{households, standings, visits};
use crate::spotchecks::model::Candidate;
use crate::visits::{Outcome, VisitId};

const NOT_REACHED: [Outcome; 4] = [Outcome::Absent, Outcome::Moved, Outcome::Refused, Outcome::NotFound];

type Row = (HouseholdId, Category, OrgId, Option<TeamId>, VisitId, PersonId);

/// All of a campaign's households whose last outcome was absent, moved, refused or not found.
pub(in crate::spotchecks) fn not_reached(conn: &mut Conn, campaign: CampaignId) -> QueryResult<Vec<Candidate>> {
    let rows: Vec<Row> = standings::table
        .inner_join(households::table.on(households::id.eq(standings::household_id)))
        .inner_join(visits::table.on(visits::id.nullable().eq(standings::last_visit_id)))
        .filter(standings::campaign_id.eq(campaign).and(standings::last_outcome.eq_any(NOT_REACHED)))
        .select((households::id, households::category, households::org_id, visits::team_id, visits::id, visits::cadre_id))
        .load(conn)?;
    let mut names = Names::new(team_codes(conn, rows.iter().filter_map(|(.., team, _, _)| *team))?);
    let candidate = |(household, category, org, team, visit, cadre): Row| Candidate {
        household,
        stratum: names.of(team, category),
        org,
        team,
        visit: Some(visit),
        cadre: Some(cadre),
        handed_fen: 0,
    };
    Ok(rows.into_iter().map(candidate).collect())
}
