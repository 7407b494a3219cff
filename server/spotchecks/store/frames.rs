//! The frames of samples, as they were frozen.

use std::collections::HashSet;

use diesel::prelude::*;

use crate::campaigns::CampaignId;
use crate::households::HouseholdId;
use crate::insert_all;
use crate::kit::db::Conn;
use crate::kit::db::schema::{frame_lots, samples};
use crate::spotchecks::model::{Frame, Kind, Line, SampleId, lines_of};

/// Keeps a frame.
pub(super) fn insert(conn: &mut Conn, sample: SampleId, frame: &Frame) -> QueryResult<()> {
    for (lot, lines) in (0_i64..).zip(frame.lots()) {
        let row = (frame_lots::sample_id.eq(sample), frame_lots::lot.eq(lot), frame_lots::lines.eq(lines));
        insert_all!(&mut *conn, std::slice::from_ref(&row), |values| diesel::insert_into(frame_lots::table).values(values))?;
    }
    Ok(())
}

/// The households that stood in a frame of this kind before.
pub(in crate::spotchecks) fn framed(conn: &mut Conn, campaign: CampaignId, kind: Kind) -> QueryResult<HashSet<HouseholdId>> {
    let query = frame_lots::table.inner_join(samples::table.on(samples::id.eq(frame_lots::sample_id)));
    let lots: Vec<String> = query.filter(samples::campaign_id.eq(campaign).and(samples::kind.eq(kind))).select(frame_lots::lines).load(conn)?;
    Ok(lots.iter().flat_map(|lot| lines_of(lot)).map(|(household, _)| household).collect())
}

/// The lines of one lot of a frame; none after the last.
pub(in crate::spotchecks) fn frame_lot(conn: &mut Conn, sample: SampleId, lot: i64) -> QueryResult<Option<Vec<Line>>> {
    let found: Option<String> = frame_lots::table.find((sample, lot)).select(frame_lots::lines).first(conn).optional()?;
    Ok(found.map(|lines| lines_of(&lines).map(|(household, stratum)| (household, stratum.into())).collect()))
}

/// Those of a stratum, by household.
pub(in crate::spotchecks) fn frame_of(conn: &mut Conn, sample: SampleId, stratum: &str) -> QueryResult<Vec<HouseholdId>> {
    let query = frame_lots::table.filter(frame_lots::sample_id.eq(sample)).order(frame_lots::lot);
    let lots: Vec<String> = query.select(frame_lots::lines).load(conn)?;
    Ok(lots.iter().flat_map(|lot| lines_of(lot)).filter(|(_, here)| *here == stratum).map(|(household, _)| household).collect())
}
