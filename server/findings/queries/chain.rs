//! The chains of phones: what proves when a visit was sealed, and where a chain has a gap or a fork.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use super::copies::keys_of;
use crate::accounts::DeviceId;
use crate::findings::model::{Fork, Key, Link};
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{links, visits};
use crate::visits::VisitId;

diesel::alias!(links as other: Other);

/// How far back a signed server time is looked for, and how far ahead an arrival in time: the times that a phone holds only grow.
const REACH: i64 = 8;

#[derive(Queryable)]
struct Own {
    visit: VisitId,
    device: DeviceId,
    sequence: i64,
    previous: String,
    received_at: Moment,
}

type Beside = (VisitId, i64, String, String, Option<Moment>, Option<VisitId>);

/// The links of these visits; `late` are those of them that arrived after their campaign's deadline.
pub(super) fn chains(conn: &mut Conn, ids: &[VisitId], late: &[VisitId]) -> QueryResult<HashMap<VisitId, Link>> {
    let own: Vec<Own> = links::table
        .filter(links::item_id.eq_any(ids.iter().map(VisitId::as_str)))
        .select((links::item_id, links::device_id, links::sequence, links::previous, links::received_at))
        .load(conn)?;
    if own.is_empty() {
        return Ok(HashMap::new());
    }
    let earlier = other.field(links::device_id).eq(links::device_id).and(other.field(links::sequence).between(links::sequence - REACH, links::sequence));
    let beside: Vec<Beside> = links::table
        .inner_join(other.on(earlier))
        .left_join(visits::table.on(visits::id.eq(other.field(links::item_id))))
        .filter(links::item_id.eq_any(own.iter().map(|link| link.visit.as_str())))
        .order((links::item_id, other.field(links::sequence), other.field(links::item_id)))
        .select((
            links::item_id,
            other.field(links::sequence),
            other.field(links::item_id),
            other.field(links::hash),
            other.field(links::not_before_at),
            visits::id.nullable(),
        ))
        .load(conn)?;
    let mut by_visit: HashMap<VisitId, Vec<Beside>> = HashMap::new();
    for row in beside {
        by_visit.entry(row.0).or_default().push(row);
    }
    let mut in_time = if late.is_empty() { HashMap::new() } else { first_arrivals(conn, late)? };
    let mut found = HashMap::with_capacity(own.len());
    let mut lost: Vec<(VisitId, DeviceId, i64)> = Vec::new();
    for link in own {
        let rows = by_visit.remove(&link.visit).unwrap_or_default();
        let before: Vec<&Beside> = rows.iter().filter(|row| row.1 < link.sequence).collect();
        let gap = match before.last() {
            _ if link.sequence == 1 => None,
            Some(last) => (last.1 < link.sequence - 1).then(|| (last.1 + 1, link.sequence - 1)),
            None => {
                lost.push((link.visit, link.device, link.sequence));
                Some((1, link.sequence - 1))
            }
        };
        let not_after = in_time.remove(&link.visit).map_or(link.received_at, |at| at.min(link.received_at));
        let not_before = rows.iter().filter_map(|row| row.4).max();
        found.insert(link.visit, Link { sequence: link.sequence, not_before, not_after, gap, fork: fork(&link, &rows) });
    }
    far_back(conn, lost, &mut found)?;
    Ok(found)
}

fn fork(link: &Own, rows: &[Beside]) -> Option<Fork> {
    let twin = rows.iter().filter(|row| row.1 == link.sequence && row.2 != link.visit.as_str()).min_by_key(|row| &row.2);
    if let Some(twin) = twin {
        return Some(Fork::SameNumber { visit: twin.5 });
    }
    let mut hashes = rows.iter().filter(|row| row.1 == link.sequence - 1).map(|row| row.3.as_str()).peekable();
    // What was kept before hashes were kept is held against nobody.
    let differs = hashes.peek().is_some() && hashes.all(|hash| !hash.is_empty() && hash != link.previous);
    differs.then_some(Fork::OtherBefore)
}

/// When the first of each one's later links arrived.
fn first_arrivals(conn: &mut Conn, late: &[VisitId]) -> QueryResult<HashMap<VisitId, Moment>> {
    let later = other.field(links::device_id).eq(links::device_id).and(other.field(links::sequence).between(links::sequence, links::sequence + REACH));
    let rows: Vec<(VisitId, Moment)> = links::table
        .inner_join(other.on(later))
        .filter(links::item_id.eq_any(late.iter().map(VisitId::as_str)))
        .select((links::item_id, other.field(links::received_at)))
        .load(conn)?;
    let mut first = HashMap::new();
    for (visit, at) in rows {
        first.entry(visit).and_modify(|known: &mut Moment| *known = (*known).min(at)).or_insert(at);
    }
    Ok(first)
}

/// Where nothing near came before a link: from which number on it is missing. A phone that lost so many is rare.
fn far_back(conn: &mut Conn, lost: Vec<(VisitId, DeviceId, i64)>, found: &mut HashMap<VisitId, Link>) -> QueryResult<()> {
    let devices: BTreeSet<DeviceId> = lost.iter().map(|(_, device, _)| *device).collect();
    if devices.is_empty() {
        return Ok(());
    }
    let rows: Vec<(DeviceId, i64)> = links::table.filter(links::device_id.eq_any(devices)).select((links::device_id, links::sequence)).load(conn)?;
    let mut known: BTreeMap<DeviceId, BTreeSet<i64>> = BTreeMap::new();
    for (device, sequence) in rows {
        known.entry(device).or_default().insert(sequence);
    }
    for (visit, device, sequence) in lost {
        let last = known.get(&device).and_then(|known| known.range(..sequence).next_back());
        if let (Some(link), Some(last)) = (found.get_mut(&visit), last) {
            link.gap = Some((last + 1, sequence - 1));
        }
    }
    Ok(())
}

/// Where the visits stand that a link with one of these numbers may say something new about: its twins and those after it. Behind a
/// wide gap the first one, too.
pub(in crate::findings) fn keys_behind(conn: &mut Conn, device: DeviceId, sequences: &[i64]) -> QueryResult<Vec<Key>> {
    let (Some(first), Some(last)) = (sequences.iter().min(), sequences.iter().max()) else { return Ok(Vec::new()) };
    let later: Option<i64> =
        links::table.filter(links::device_id.eq(device).and(links::sequence.gt(last))).order(links::sequence).select(links::sequence).first(conn).optional()?;
    let until = later.map_or(last + REACH, |later| later.max(last + REACH));
    let ids: Vec<VisitId> = links::table
        .inner_join(visits::table.on(visits::id.eq(links::item_id)))
        .filter(links::device_id.eq(device).and(links::sequence.between(first, until)))
        .select(visits::id)
        .load(conn)?;
    keys_of(conn, &ids)
}
