//! Visits to the households within reach, with how they stand.

use std::collections::HashMap;

use diesel::prelude::*;

use super::Reach;
use super::households::within;
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
use crate::visits::{Mode, Outcome, VisitId};

/// Visits named in one statement.
const MOST_NAMED: usize = 10_000;

type Row = (VisitId, Option<HouseholdId>, CampaignId, Outcome, Mode, Moment, Moment, String);

pub(in crate::field) fn visits(conn: &mut Conn, reach: &Reach, campaigns: &[CampaignId], language: Language) -> Result<Vec<VisitSeen>, Problem> {
    let rows: Vec<Row> = made::table
        .inner_join(people::table.on(people::id.eq(made::cadre_id)))
        .filter(made::household_id.eq_any(within!(reach).select(files::id.nullable())).and(made::campaign_id.eq_any(campaigns)))
        .order((made::started_at, made::id))
        .select((made::id, made::household_id, made::campaign_id, made::outcome, made::mode, made::started_at, made::ended_at, people::name))
        .load(conn)?;
    let ids: Vec<VisitId> = rows.iter().map(|row| row.0).collect();
    let (mut missing, mut seen) = (HashMap::new(), HashMap::new());
    // SQLite takes 32,766 variables in one statement; a first pull may name more visits than that.
    for some in ids.chunks(MOST_NAMED) {
        missing.extend(store::missing_evidence(conn, some)?);
        seen.extend(findings::seen(conn, some, language)?);
    }
    let mut visits = Vec::with_capacity(rows.len());
    for (id, household_id, campaign_id, outcome, mode, started_at, ended_at, cadre_name) in rows {
        let Some(household_id) = household_id else { continue };
        let (standing, findings) = seen.remove(&id).map_or((None, Vec::new()), |view| (view.standing, view.findings));
        let missing_evidence = missing.remove(&id).unwrap_or_default();
        visits.push(VisitSeen { id, household_id, campaign_id, outcome, mode, started_at, ended_at, cadre_name, standing, missing_evidence, findings });
    }
    Ok(visits)
}
