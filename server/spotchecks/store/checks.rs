//! Checks.

use std::collections::HashSet;

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::campaigns::CampaignId;
use crate::households::HouseholdId;
use crate::insert_all;
use crate::kit::clock::Moment;
use crate::kit::db::schema::checks;
use crate::kit::db::{Conn, among};
use crate::spotchecks::model::{CheckState, NewCheck, SampleId};

/// Adds checks of a sample, all of them waiting.
pub(in crate::spotchecks) fn insert_checks(conn: &mut Conn, sample: SampleId, campaign: CampaignId, new: &[NewCheck], now: Moment) -> QueryResult<()> {
    let row = |new: &NewCheck| {
        let of = &new.of;
        (
            (checks::id.eq(new.id), checks::sample_id.eq(sample), checks::campaign_id.eq(campaign), checks::household_id.eq(of.household)),
            (checks::stratum.eq(of.stratum.to_string()), checks::place.eq(new.place), checks::org_id.eq(of.org), checks::team_id.eq(of.team)),
            (checks::visit_id.eq(of.visit), checks::cadre_id.eq(of.cadre), checks::handed_fen.eq(of.handed_fen), checks::replaces.eq(new.replaces)),
            (checks::state.eq(CheckState::Waiting), checks::made_at.eq(now)),
        )
    };
    let rows: Vec<_> = new.iter().map(row).collect();
    insert_all!(&mut *conn, &rows, |values| diesel::insert_into(checks::table).values(values))
}

/// The households of a campaign that are checked, or waiting to be.
pub(in crate::spotchecks) fn checked_or_waiting(conn: &mut Conn, campaign: CampaignId) -> QueryResult<HashSet<HouseholdId>> {
    let here = checks::table.filter(checks::campaign_id.eq(campaign).and(checks::state.ne(CheckState::Replaced)));
    Ok(here.select(checks::household_id).load(conn)?.into_iter().collect())
}

/// How many checks of a sample stand where.
pub(in crate::spotchecks) fn count_checks(conn: &mut Conn, sample: SampleId) -> QueryResult<Vec<(CheckState, i64)>> {
    checks::table.filter(checks::sample_id.eq(sample)).group_by(checks::state).select((checks::state, count_star())).load(conn)
}

/// Those of these samples in which somebody has not been asked yet.
pub(in crate::spotchecks) fn waiting_in(conn: &mut Conn, samples: &[SampleId]) -> QueryResult<HashSet<SampleId>> {
    let waiting = checks::table.filter(among(checks::sample_id, samples).and(checks::state.eq(CheckState::Waiting)));
    Ok(waiting.select(checks::sample_id).distinct().load(conn)?.into_iter().collect())
}

/// The households of a sample that have a check, replaced ones among them.
pub(in crate::spotchecks) fn in_sample(conn: &mut Conn, sample: SampleId) -> QueryResult<HashSet<HouseholdId>> {
    Ok(checks::table.filter(checks::sample_id.eq(sample)).select(checks::household_id).load(conn)?.into_iter().collect())
}
