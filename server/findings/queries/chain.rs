//! The chains of phones: what proves when a visit was sealed, and where a chain has a gap or a fork.

use std::collections::{BTreeSet, HashMap};

use diesel::dsl::max;
use diesel::prelude::*;

use super::copies::keys_of;
use crate::accounts::DeviceId;
use crate::findings::model::{Fork, Key, Link};
use crate::kit::clock::Moment;
use crate::kit::db::schema::{links, visits};
use crate::kit::db::{Conn, among};
use crate::visits::VisitId;

diesel::alias!(links as other: Other);

/// How far back a signed server time is looked for, and how far ahead an arrival in time: the times that a phone holds only grow.
const REACH: i64 = 8;

#[derive(Queryable)]
struct Own {
    visit: VisitId,
    sequence: i64,
    previous: String,
    received_at: Moment,
    /// The newest time that it or one of those just before it carried.
    not_before: Option<Moment>,
}

/// A link with the same number as a visit's, or the one before: `(visit, number, item, hash)`.
type Beside = (VisitId, i64, String, String);

/// The links of these visits; `late` are those of them that arrived after their campaign's deadline.
pub(super) fn chains(conn: &mut Conn, ids: &[VisitId], late: &[VisitId]) -> QueryResult<HashMap<VisitId, Link>> {
    let same_phone = other.field(links::device_id).eq(links::device_id);
    let newest = other
        .filter(same_phone.and(other.field(links::sequence).between(links::sequence - REACH, links::sequence)))
        .select(max(other.field(links::not_before_at)))
        .single_value();
    let own: Vec<Own> =
        links::table.filter(among(links::item_id, ids)).select((links::item_id, links::sequence, links::previous, links::received_at, newest)).load(conn)?;
    if own.is_empty() {
        return Ok(HashMap::new());
    }
    let close = other.field(links::sequence).between(links::sequence - 1, links::sequence).and(other.field(links::item_id).ne(links::item_id));
    let beside: Vec<Beside> = links::table
        .inner_join(other.on(same_phone.and(close)))
        .filter(among(links::item_id, ids))
        .select((links::item_id, other.field(links::sequence), other.field(links::item_id), other.field(links::hash)))
        .load(conn)?;
    let mut by_visit: HashMap<VisitId, Vec<Beside>> = HashMap::with_capacity(own.len());
    for row in beside {
        by_visit.entry(row.0).or_default().push(row);
    }
    let is_lost = |link: &&Own| link.sequence > 1 && !by_visit.get(&link.visit).into_iter().flatten().any(|row| row.1 < link.sequence);
    let lost = last_before(conn, own.iter().filter(is_lost).map(|link| link.visit).collect())?;
    let twins: BTreeSet<&str> = own.iter().filter_map(|link| twin(link, by_visit.get(&link.visit)?)).map(|row| row.2.as_str()).collect();
    let twins = those_that_are_visits(conn, &twins)?;
    let mut in_time = if late.is_empty() { HashMap::new() } else { first_arrivals(conn, late)? };
    let link = |link: Own| {
        let rows = by_visit.get(&link.visit).map_or(&[][..], Vec::as_slice);
        let gap = lost.get(&link.visit).map(|last| (last + 1, link.sequence - 1));
        let not_after = in_time.remove(&link.visit).map_or(link.received_at, |at| at.min(link.received_at));
        let fork = fork(&link, rows, &twins);
        (link.visit, Link { sequence: link.sequence, not_before: link.not_before, not_after, gap, fork })
    };
    Ok(own.into_iter().map(link).collect())
}

/// Another item with the same number: the first by its id.
fn twin<'a>(link: &Own, rows: &'a [Beside]) -> Option<&'a Beside> {
    rows.iter().filter(|row| row.1 == link.sequence).min_by_key(|row| &row.2)
}

fn fork(link: &Own, rows: &[Beside], visits: &HashMap<String, VisitId>) -> Option<Fork> {
    if let Some(twin) = twin(link, rows) {
        return Some(Fork::SameNumber { visit: visits.get(&twin.2).copied() });
    }
    let mut hashes = rows.iter().filter(|row| row.1 == link.sequence - 1).map(|row| row.3.as_str()).peekable();
    // What was kept before hashes were kept is held against nobody.
    let differs = hashes.peek().is_some() && hashes.all(|hash| !hash.is_empty() && hash != link.previous);
    differs.then_some(Fork::OtherBefore)
}

fn those_that_are_visits(conn: &mut Conn, items: &BTreeSet<&str>) -> QueryResult<HashMap<String, VisitId>> {
    if items.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<VisitId> = visits::table.filter(among(visits::id, items)).select(visits::id).load(conn)?;
    Ok(found.into_iter().map(|visit| (visit.to_string(), visit)).collect())
}

/// The last number before each of these visits' links, where the one right before it is missing; nothing at all is 0.
fn last_before(conn: &mut Conn, lost: Vec<VisitId>) -> QueryResult<HashMap<VisitId, i64>> {
    if lost.is_empty() {
        return Ok(HashMap::new());
    }
    let last = other
        .filter(other.field(links::device_id).eq(links::device_id).and(other.field(links::sequence).lt(links::sequence)))
        .select(max(other.field(links::sequence)))
        .single_value();
    let rows: Vec<(VisitId, Option<i64>)> = links::table.filter(among(links::item_id, lost)).select((links::item_id, last)).load(conn)?;
    Ok(rows.into_iter().map(|(visit, last)| (visit, last.unwrap_or_default())).collect())
}

/// When the first of each one's later links arrived.
fn first_arrivals(conn: &mut Conn, late: &[VisitId]) -> QueryResult<HashMap<VisitId, Moment>> {
    let later = other.field(links::device_id).eq(links::device_id).and(other.field(links::sequence).between(links::sequence, links::sequence + REACH));
    let rows: Vec<(VisitId, Moment)> =
        links::table.inner_join(other.on(later)).filter(among(links::item_id, late)).select((links::item_id, other.field(links::received_at))).load(conn)?;
    let mut first = HashMap::new();
    for (visit, at) in rows {
        first.entry(visit).and_modify(|known: &mut Moment| *known = (*known).min(at)).or_insert(at);
    }
    Ok(first)
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
