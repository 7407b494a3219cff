//! Visits to the households within reach, with how they stand.

use std::collections::HashMap;

use diesel::prelude::*;

use super::Reach;
use super::households::within;
use crate::accounts::PersonId;
use crate::campaigns::CampaignId;
use crate::field::model::VisitSeen;
use crate::field::store;
use crate::findings;
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{households as files, people, visits as made};
use crate::kit::http::language::Language;
use crate::kit::http::problem::Problem;
use crate::visits::{Mode, Outcome, VisitId, aid_of};

/// Visits named in one statement.
const MOST_NAMED: usize = 10_000;

#[derive(Queryable)]
struct Row {
    id: VisitId,
    household_id: Option<HouseholdId>,
    campaign_id: CampaignId,
    outcome: Outcome,
    mode: Mode,
    started_at: Moment,
    ended_at: Moment,
    amends: Option<VisitId>,
    cadre_id: PersonId,
    cadre_name: String,
}

pub(in crate::field) fn visits(conn: &mut Conn, reach: &Reach, campaigns: &[CampaignId], language: Language) -> Result<Vec<VisitSeen>, Problem> {
    let rows: Vec<Row> = made::table
        .inner_join(people::table.on(people::id.eq(made::cadre_id)))
        .filter(made::household_id.eq_any(within!(reach).select(files::id.nullable())).and(made::campaign_id.eq_any(campaigns)))
        .order((made::started_at, made::id))
        .select((
            made::id,
            made::household_id,
            made::campaign_id,
            made::outcome,
            made::mode,
            made::started_at,
            made::ended_at,
            made::amends,
            made::cadre_id,
            people::name,
        ))
        .load(conn)?;
    let ids: Vec<VisitId> = rows.iter().map(|row| row.id).collect();
    let amended_by: HashMap<(VisitId, Option<HouseholdId>), VisitId> =
        rows.iter().filter_map(|row| row.amends.map(|amended| ((amended, row.household_id), row.id))).collect();
    let (mut missing, mut seen, mut handed) = (HashMap::new(), HashMap::new(), HashMap::new());
    // SQLite takes 32,766 variables in one statement; a first pull may name more visits than that.
    for some in ids.chunks(MOST_NAMED) {
        missing.extend(store::missing_evidence(conn, some)?);
        seen.extend(findings::seen(conn, some, language)?);
        handed.extend(aid_of(conn, some)?);
    }
    let visit = |row: Row| {
        let Row { id, campaign_id, outcome, mode, started_at, ended_at, amends, cadre_id, cadre_name, .. } = row;
        let household_id = row.household_id?;
        let (standing, findings) = seen.remove(&id).map_or((None, Vec::new()), |view| (view.standing, view.findings));
        Some(VisitSeen {
            id,
            household_id,
            campaign_id,
            outcome,
            mode,
            started_at,
            ended_at,
            cadre_id,
            cadre_name,
            aid: handed.remove(&id).unwrap_or_default(),
            amends,
            amended_by: amended_by.get(&(id, row.household_id)).copied(),
            standing,
            missing_evidence: missing.remove(&id).unwrap_or_default(),
            findings,
        })
    };
    Ok(rows.into_iter().filter_map(visit).collect())
}

/// The text of a visit that this person made.
pub(in crate::field) fn said(conn: &mut Conn, of: PersonId, id: VisitId) -> QueryResult<Option<String>> {
    made::table.filter(made::id.eq(id).and(made::cadre_id.eq(of))).select(made::body).first(conn).optional()
}
