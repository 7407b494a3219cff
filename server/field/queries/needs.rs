//! What the households within reach asked for, and what is not settled yet.

use diesel::prelude::*;

use super::Reach;
use super::households::within;
use crate::campaigns::CampaignId;
use crate::field::model::NeedSeen;
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{households as files, needs as asked, people, visits};
use crate::needs::{NeedCorrection, NeedState};
use crate::visits::VisitId;

type Row = (VisitId, i64, CampaignId, Option<HouseholdId>, String, String, String, Moment, String);

pub(in crate::field) fn needs(conn: &mut Conn, reach: &Reach, campaigns: &[CampaignId]) -> QueryResult<Vec<NeedSeen>> {
    let rows: Vec<Row> = asked::table
        .inner_join(visits::table.inner_join(people::table.on(people::id.eq(visits::cadre_id))).on(visits::id.eq(asked::visit_id)))
        .filter(asked::household_id.eq_any(within!(reach).select(files::id.nullable())).and(asked::campaign_id.eq_any(campaigns)))
        .filter(asked::state.ne(NeedState::Resolved))
        // What a correction said again stands there, and what it took out is asked for no more.
        .filter(asked::correction.eq(NeedCorrection::None))
        .order((asked::raised_at, asked::visit_id, asked::line))
        .select((
            asked::visit_id,
            asked::line,
            asked::campaign_id,
            asked::household_id,
            asked::kind,
            asked::words,
            asked::urgency,
            asked::raised_at,
            people::name,
        ))
        .load(conn)?;
    let seen = |(visit_id, line, campaign_id, household_id, kind, words, urgency, raised_at, by_name): Row| {
        household_id.map(|household_id| NeedSeen { visit_id, line, campaign_id, household_id, kind, words, urgency, raised_at, by_name })
    };
    Ok(rows.into_iter().filter_map(seen).collect())
}
