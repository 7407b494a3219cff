//! What others look up around a visit: its place, the people of its roster, what was asked for, its link in the phone's chain.

use diesel::prelude::*;

use super::AidRow;
use crate::accounts::{DeviceId, PersonId};
use crate::campaigns::CampaignId;
use crate::households::HouseholdId;
use crate::insert_all;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{links, needs, visit_aid, visit_persons, visit_places};
use crate::kit::idnumber::IdNumber;
use crate::visits::model::{Link, VisitId};

/// A place as a row.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = visit_places)]
pub(in crate::visits) struct PlaceRow {
    pub(in crate::visits) visit_id: VisitId,
    pub(in crate::visits) campaign_id: CampaignId,
    pub(in crate::visits) household_id: Option<HouseholdId>,
    pub(in crate::visits) cadre_id: PersonId,
    pub(in crate::visits) started_at: Moment,
    pub(in crate::visits) ended_at: Moment,
    pub(in crate::visits) latitude: f64,
    pub(in crate::visits) longitude: f64,
    pub(in crate::visits) accuracy_m: f64,
    pub(in crate::visits) row_e5: i64,
    pub(in crate::visits) column_e5: i64,
}

/// Somebody on a roster as a row.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = visit_persons)]
pub(in crate::visits) struct PersonRow {
    pub(in crate::visits) visit_id: VisitId,
    pub(in crate::visits) line: i64,
    pub(in crate::visits) campaign_id: CampaignId,
    pub(in crate::visits) id_number: IdNumber,
}

/// A need as a row.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = needs, treat_none_as_default_value = false)]
pub(in crate::visits) struct NeedRow {
    pub(in crate::visits) visit_id: VisitId,
    pub(in crate::visits) line: i64,
    pub(in crate::visits) campaign_id: CampaignId,
    pub(in crate::visits) household_id: Option<HouseholdId>,
    pub(in crate::visits) kind: String,
    pub(in crate::visits) words: String,
    pub(in crate::visits) urgency: String,
    pub(in crate::visits) raised_at: Moment,
    /// A thread of its own; a correction may join it to another.
    pub(in crate::visits) thread: String,
}

/// What stands around visits, in rows.
#[derive(Debug, Default)]
pub(in crate::visits) struct Around {
    pub(in crate::visits) aid: Vec<AidRow>,
    pub(in crate::visits) places: Vec<PlaceRow>,
    pub(in crate::visits) persons: Vec<PersonRow>,
    pub(in crate::visits) needs: Vec<NeedRow>,
}

#[derive(Insertable)]
#[diesel(table_name = links, treat_none_as_default_value = false)]
struct LinkRow<'a> {
    item_id: &'a str,
    device_id: DeviceId,
    sequence: i64,
    previous: &'a str,
    hash: &'a str,
    not_before_at: Option<Moment>,
    received_at: Moment,
}

/// Adds what was handed over, places, people and needs.
pub(in crate::visits) fn insert_around(conn: &mut Conn, around: &Around) -> QueryResult<()> {
    let Around { aid, places, persons, needs } = around;
    insert_all!(&mut *conn, aid, |values| diesel::insert_into(visit_aid::table).values(values))?;
    insert_all!(&mut *conn, places, |values| diesel::insert_into(visit_places::table).values(values))?;
    insert_all!(&mut *conn, persons, |values| diesel::insert_into(visit_persons::table).values(values))?;
    insert_all!(&mut *conn, needs, |values| diesel::insert_into(needs::table).values(values))?;
    Ok(())
}

/// Adds links of phones' chains.
pub(in crate::visits) fn insert_links(conn: &mut Conn, fresh: &[(DeviceId, Link)], received_at: Moment) -> QueryResult<()> {
    fn row((device_id, link): &(DeviceId, Link), received_at: Moment) -> LinkRow<'_> {
        let Link { item_id, sequence, previous, hash, not_before_at } = link;
        LinkRow { item_id, device_id: *device_id, sequence: *sequence, previous, hash, not_before_at: *not_before_at, received_at }
    }
    let rows: Vec<LinkRow<'_>> = fresh.iter().map(|link| row(link, received_at)).collect();
    insert_all!(&mut *conn, &rows, |values| diesel::insert_into(links::table).values(values))?;
    Ok(())
}
