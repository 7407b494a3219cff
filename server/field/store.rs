//! The tables of this room.

use std::collections::HashMap;

use diesel::prelude::*;

use super::model::{Device, ItemKey, ItemKind};
use crate::accounts::{DeviceId, PersonId};
use crate::kit::clock::Moment;
use crate::kit::db::schema::{acknowledgements, check_evidence, devices, evidence, items, set_aside, visit_evidence};
use crate::kit::db::{Conn, among};
use crate::visits::VisitId;
use crate::{each, insert_all, upsert_all};

/// An item as a row: what was sent and what it was answered.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = items, treat_none_as_default_value = false)]
pub(super) struct ItemRow {
    pub(super) id: ItemKey,
    pub(super) device_id: DeviceId,
    pub(super) person_id: PersonId,
    pub(super) sequence: i64,
    pub(super) previous: String,
    pub(super) kind: ItemKind,
    pub(super) content_hash: String,
    pub(super) made_at: Moment,
    pub(super) not_before_at: Option<Moment>,
    pub(super) status: String,
    pub(super) problem: Option<String>,
    pub(super) receipt: String,
    pub(super) received_at: Moment,
    pub(super) brought_by: Option<PersonId>,
}

/// An item whose id stood for other content.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = set_aside)]
pub(super) struct SetAsideRow {
    pub(super) item_id: ItemKey,
    pub(super) content_hash: String,
    pub(super) device_id: DeviceId,
    pub(super) person_id: PersonId,
    pub(super) item: String,
    pub(super) received_at: Moment,
}

/// The items already decided among these ids.
pub(super) fn decided(conn: &mut Conn, ids: &[ItemKey]) -> QueryResult<HashMap<ItemKey, ItemRow>> {
    let rows: Vec<ItemRow> = items::table.filter(among(items::id, ids)).select(ItemRow::as_select()).load(conn)?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

pub(super) fn insert(conn: &mut Conn, rows: &[ItemRow], aside: &[SetAsideRow]) -> QueryResult<()> {
    insert_all!(&mut *conn, rows, |values| diesel::insert_into(items::table).values(values))?;
    for row in aside {
        each!(&mut *conn, |c| diesel::insert_into(set_aside::table).values(row).on_conflict_do_nothing().execute(c))?;
    }
    Ok(())
}

/// How far phones' chains had come: everything through the first number, the second the highest seen; nothing where one is new.
pub(super) type Chains = HashMap<DeviceId, (i64, i64)>;

pub(super) fn chains(conn: &mut Conn, ids: &[DeviceId]) -> QueryResult<Chains> {
    let rows: Vec<(DeviceId, i64, i64)> =
        devices::table.filter(among(devices::id, ids)).select((devices::id, devices::accepted_through, devices::highest)).load(conn)?;
    Ok(rows.into_iter().map(|(id, through, highest)| (id, (through, highest))).collect())
}

/// Whose phone it is; none where it has never been heard of.
pub(super) fn person_of(conn: &mut Conn, device: DeviceId) -> QueryResult<Option<PersonId>> {
    devices::table.find(device).select(devices::person_id).first(conn).optional()
}

/// Numbers known beyond a gap, ascending; bounded, so that a phone with a broken chain costs no more than another.
pub(super) fn beyond(conn: &mut Conn, device: DeviceId, through: i64) -> QueryResult<Vec<i64>> {
    items::table.filter(items::device_id.eq(device).and(items::sequence.gt(through))).order(items::sequence).limit(1_000).select(items::sequence).load(conn)
}

/// A phone as a row.
#[derive(Debug, Insertable)]
#[diesel(table_name = devices)]
struct DeviceRow<'a> {
    id: DeviceId,
    person_id: PersonId,
    app_version: &'a str,
    clock_offset_ms: i64,
    accepted_through: i64,
    highest: i64,
    first_seen_at: Moment,
    last_seen_at: Moment,
}

/// Remembers phones: whose each is, its version, its clock and its chain. None is named twice.
pub(super) fn remember(conn: &mut Conn, seen: &[(PersonId, &Device, (i64, i64))], now: Moment) -> QueryResult<()> {
    let mut rows: Vec<DeviceRow<'_>> = Vec::with_capacity(seen.len());
    for (person_id, device, (accepted_through, highest)) in seen {
        rows.push(DeviceRow {
            id: device.id,
            person_id: *person_id,
            app_version: &device.app_version,
            clock_offset_ms: device.clock_offset_ms,
            accepted_through: *accepted_through,
            highest: *highest,
            first_seen_at: now,
            last_seen_at: now,
        });
    }
    upsert_all!(
        conn,
        &rows,
        devices::table,
        "ON CONFLICT (id) DO UPDATE SET person_id = excluded.person_id, app_version = excluded.app_version, clock_offset_ms = excluded.clock_offset_ms,
         accepted_through = excluded.accepted_through, highest = excluded.highest, last_seen_at = excluded.last_seen_at"
    )
}

/// The named evidence that has not arrived, by visit, in the order named.
pub(super) fn missing_evidence(conn: &mut Conn, visits: &[VisitId]) -> QueryResult<HashMap<VisitId, Vec<String>>> {
    let rows: Vec<(VisitId, String)> = visit_evidence::table
        .left_join(evidence::table.on(evidence::sha256.eq(visit_evidence::sha256)))
        .filter(among(visit_evidence::visit_id, visits).and(evidence::sha256.nullable().is_null()))
        .order((visit_evidence::visit_id, visit_evidence::line))
        .select((visit_evidence::visit_id, visit_evidence::sha256))
        .load(conn)?;
    let mut missing: HashMap<VisitId, Vec<String>> = HashMap::new();
    for (visit, sha256) in rows {
        missing.entry(visit).or_default().push(sha256);
    }
    Ok(missing)
}

/// The signatures of counts that have not arrived, by item.
pub(super) fn missing_signatures(conn: &mut Conn, items: &[ItemKey]) -> QueryResult<HashMap<ItemKey, Vec<String>>> {
    if items.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(ItemKey, String)> = acknowledgements::table
        .left_join(evidence::table.on(evidence::sha256.eq(acknowledgements::signature_sha256)))
        .filter(among(acknowledgements::item_id, items).and(evidence::sha256.nullable().is_null()))
        .select((acknowledgements::item_id, acknowledgements::signature_sha256))
        .load(conn)?;
    Ok(rows.into_iter().map(|(item, sha256)| (item, vec![sha256])).collect())
}

/// The pictures of checks that have not arrived, by item, in the order named.
pub(super) fn missing_of_checks(conn: &mut Conn, items: &[ItemKey]) -> QueryResult<HashMap<ItemKey, Vec<String>>> {
    if items.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(ItemKey, String)> = check_evidence::table
        .left_join(evidence::table.on(evidence::sha256.eq(check_evidence::sha256)))
        .filter(among(check_evidence::item_id, items).and(evidence::sha256.nullable().is_null()))
        .order((check_evidence::item_id, check_evidence::line))
        .select((check_evidence::item_id, check_evidence::sha256))
        .load(conn)?;
    let mut missing: HashMap<ItemKey, Vec<String>> = HashMap::new();
    for (item, sha256) in rows {
        missing.entry(item).or_default().push(sha256);
    }
    Ok(missing)
}
