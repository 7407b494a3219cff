//! What has arrived from one phone, item by item and picture by picture.

use std::collections::HashMap;

use diesel::dsl::{count, count_star};
use diesel::prelude::*;

use crate::accounts::{DeviceId, PersonId};
use crate::field::model::{ItemKey, ItemKind, ItemStatus, TallyItem};
use crate::kit::db::schema::{acknowledgements, check_evidence, evidence, items, set_aside, visit_evidence};
use crate::kit::db::{Conn, among};

/// Items that are listed.
const MOST_ITEMS: i64 = 2_000;
/// Missing pictures that are named.
const MOST_MISSING: i64 = 1_000;

/// How many pictures are named, and how many are here.
pub(in crate::field) type Pictures = (i64, i64);

/// The newest items that this person's phone has sent, with their pictures; of another's phone there are none.
pub(in crate::field) fn newest_items(conn: &mut Conn, device: DeviceId, person: PersonId) -> QueryResult<Vec<TallyItem>> {
    let rows: Vec<(ItemKey, i64, ItemKind, String)> = items::table
        .filter(items::device_id.eq(device).and(items::person_id.eq(person)))
        .order((items::sequence.desc(), items::id))
        .limit(MOST_ITEMS)
        .select((items::id, items::sequence, items::kind, items::status))
        .load(conn)?;
    let ids: Vec<ItemKey> = rows.iter().map(|row| row.0).collect();
    let named: Vec<(ItemKey, i64, i64)> = visit_evidence::table
        .left_join(evidence::table.on(evidence::sha256.eq(visit_evidence::sha256)))
        .filter(among(visit_evidence::visit_id, &ids))
        .group_by(visit_evidence::visit_id)
        .select((visit_evidence::visit_id, count_star(), count(evidence::sha256.nullable())))
        .load(conn)?;
    let checked: Vec<(ItemKey, i64, i64)> = check_evidence::table
        .left_join(evidence::table.on(evidence::sha256.eq(check_evidence::sha256)))
        .filter(among(check_evidence::item_id, &ids))
        .group_by(check_evidence::item_id)
        .select((check_evidence::item_id, count_star(), count(evidence::sha256.nullable())))
        .load(conn)?;
    let signed: Vec<(ItemKey, Option<String>)> = acknowledgements::table
        .left_join(evidence::table.on(evidence::sha256.eq(acknowledgements::signature_sha256)))
        .filter(among(acknowledgements::item_id, &ids))
        .select((acknowledgements::item_id, evidence::sha256.nullable()))
        .load(conn)?;
    let doubled: Vec<ItemKey> =
        set_aside::table.filter(among(set_aside::item_id, &ids).and(set_aside::device_id.eq(device))).select(set_aside::item_id).load(conn)?;
    let mut pictures: HashMap<ItemKey, Pictures> = named.into_iter().chain(checked).map(|(id, named, held)| (id, (named, held))).collect();
    pictures.extend(signed.into_iter().map(|(id, held)| (id, (1, i64::from(held.is_some())))));
    let item = |(id, sequence, kind, status): (ItemKey, i64, ItemKind, String)| {
        let (pictures_named, pictures_held) = pictures.get(&id).copied().unwrap_or_default();
        let state = match status.as_str() {
            _ if doubled.contains(&id) => ItemStatus::Conflict,
            "stored" => ItemStatus::Stored,
            _ => ItemStatus::Refused,
        };
        TallyItem { id, sequence, kind, state, pictures_named, pictures_held }
    };
    Ok(rows.into_iter().map(item).collect())
}

/// The visits that are kept, and the pictures of everything that is.
pub(in crate::field) fn totals(conn: &mut Conn, device: DeviceId, person: PersonId) -> QueryResult<(i64, Pictures)> {
    let own = || items::device_id.eq(device).and(items::person_id.eq(person));
    let visits: i64 = items::table.filter(own().and(items::kind.eq(ItemKind::Visit)).and(items::status.eq("stored"))).count().get_result(conn)?;
    let (named, held): Pictures = items::table
        .inner_join(visit_evidence::table.on(visit_evidence::visit_id.eq(items::id)))
        .left_join(evidence::table.on(evidence::sha256.eq(visit_evidence::sha256)))
        .filter(own())
        .select((count_star(), count(evidence::sha256.nullable())))
        .first(conn)?;
    let (signatures, here): Pictures = items::table
        .inner_join(acknowledgements::table.on(acknowledgements::item_id.eq(items::id)))
        .left_join(evidence::table.on(evidence::sha256.eq(acknowledgements::signature_sha256)))
        .filter(own())
        .select((count_star(), count(evidence::sha256.nullable())))
        .first(conn)?;
    let (photos, arrived): Pictures = items::table
        .inner_join(check_evidence::table.on(check_evidence::item_id.eq(items::id)))
        .left_join(evidence::table.on(evidence::sha256.eq(check_evidence::sha256)))
        .filter(own())
        .select((count_star(), count(evidence::sha256.nullable())))
        .first(conn)?;
    Ok((visits, (named + signatures + photos, held + here + arrived)))
}

/// The pictures that are named and not here, those of the earliest items first.
pub(in crate::field) fn missing_pictures(conn: &mut Conn, device: DeviceId, person: PersonId) -> QueryResult<Vec<String>> {
    let own = || items::device_id.eq(device).and(items::person_id.eq(person));
    let mut missing: Vec<String> = items::table
        .inner_join(visit_evidence::table.on(visit_evidence::visit_id.eq(items::id)))
        .left_join(evidence::table.on(evidence::sha256.eq(visit_evidence::sha256)))
        .filter(own().and(evidence::sha256.nullable().is_null()))
        .order((items::sequence, visit_evidence::line))
        .limit(MOST_MISSING)
        .select(visit_evidence::sha256)
        .load(conn)?;
    let signatures: Vec<String> = items::table
        .inner_join(acknowledgements::table.on(acknowledgements::item_id.eq(items::id)))
        .left_join(evidence::table.on(evidence::sha256.eq(acknowledgements::signature_sha256)))
        .filter(own().and(evidence::sha256.nullable().is_null()))
        .order(items::sequence)
        .limit(MOST_MISSING)
        .select(acknowledgements::signature_sha256)
        .load(conn)?;
    let checked: Vec<String> = items::table
        .inner_join(check_evidence::table.on(check_evidence::item_id.eq(items::id)))
        .left_join(evidence::table.on(evidence::sha256.eq(check_evidence::sha256)))
        .filter(own().and(evidence::sha256.nullable().is_null()))
        .order((items::sequence, check_evidence::line))
        .limit(MOST_MISSING)
        .select(check_evidence::sha256)
        .load(conn)?;
    missing.extend(signatures);
    missing.extend(checked);
    missing.truncate(usize::try_from(MOST_MISSING).unwrap_or(usize::MAX));
    Ok(missing)
}
