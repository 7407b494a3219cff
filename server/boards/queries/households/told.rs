//! What is told of households.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::accounts::{PersonId, TeamId};
use crate::boards::model::{HouseholdRow, PersonNamed};
use crate::campaigns::CampaignId;
use crate::findings::Standing;
use crate::households::{Category, HouseholdId, Status};
use crate::kit::clock::Moment;
use crate::kit::db::schema::{entitlements, households, people, standings, teams, visits};
use crate::kit::db::{Conn, among};
use crate::kit::idnumber::IdNumber;
use crate::visits::{Outcome, VisitId};

diesel::alias!(people as whose: Whose, people as last: Last);

type LastTry = (Option<Standing>, Option<i64>, Option<VisitId>, Option<Moment>, Option<Outcome>);

#[derive(Queryable)]
struct Found {
    id: HouseholdId,
    version: i64,
    head_name: String,
    head_id_number: String,
    address: String,
    team: (Option<TeamId>, Option<String>),
    cadre: (Option<PersonId>, Option<String>),
    category: Category,
    status: Status,
    standing: LastTry,
    last_cadre: (Option<PersonId>, Option<String>),
    cash_fen: Option<i64>,
}

/// These households as they stand in a campaign, in the order of their ids as given.
pub(super) fn rows(conn: &mut Conn, campaign: CampaignId, ids: &[HouseholdId]) -> QueryResult<Vec<HouseholdRow>> {
    let here = standings::household_id.eq(households::id).and(standings::campaign_id.eq(campaign));
    let promised = entitlements::household_id.eq(households::id).and(entitlements::campaign_id.eq(campaign));
    let found: Vec<Found> = households::table
        .left_join(teams::table.on(teams::id.nullable().eq(households::team_id)))
        .left_join(whose.on(whose.field(people::id).nullable().eq(households::cadre_id)))
        .left_join(standings::table.on(here))
        .left_join(visits::table.on(visits::id.nullable().eq(standings::last_visit_id)))
        .left_join(last.on(last.field(people::id).eq(visits::cadre_id)))
        .left_join(entitlements::table.on(promised))
        .filter(among(households::id, ids))
        .select((
            households::id,
            households::version,
            households::head_name,
            households::head_id_number,
            households::address,
            (households::team_id, teams::name.nullable()),
            (households::cadre_id, whose.field(people::name).nullable()),
            households::category,
            households::status,
            (
                standings::standing.nullable(),
                standings::visits.nullable(),
                standings::last_visit_id.nullable(),
                standings::last_visit_at.nullable(),
                standings::last_outcome.nullable(),
            ),
            (last.field(people::id).nullable(), last.field(people::name).nullable()),
            entitlements::cash_fen.nullable(),
        ))
        .load(conn)?;
    let mut by_id: HashMap<HouseholdId, Found> = found.into_iter().map(|found| (found.id, found)).collect();
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).map(row).collect())
}

fn row(of: Found) -> HouseholdRow {
    let (standing, tries, last_visit_id, last_visit_at, last_outcome) = of.standing;
    let person = |(id, name): (Option<PersonId>, Option<String>)| id.zip(name).map(|(id, name)| PersonNamed { id, name });
    HouseholdRow {
        id: of.id,
        version: of.version,
        head_name: of.head_name,
        head_id_masked: IdNumber::parse(&of.head_id_number).map(|number| number.masked()).unwrap_or_default(),
        address: of.address,
        team_id: of.team.0,
        team_name: of.team.1,
        category: of.category,
        status: of.status,
        standing,
        cadre: person(of.cadre),
        tries: tries.unwrap_or_default(),
        last_visit_id,
        last_visit_at,
        last_outcome,
        last_cadre: person(of.last_cadre),
        entitlement_cash_fen: of.cash_fen,
    }
}
