//! Pictures that look like one another.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::copies::first_naming;
use super::visits::keys_naming;
use crate::each;
use crate::evidence::{bits_of, probes};
use crate::findings::model::{Alike, Key};
use crate::kit::db::schema::{evidence, visit_evidence};
use crate::kit::db::{Conn, among};
use crate::visits::{EvidenceKind, VisitId};

/// The most bits in which pictures may differ that are looked for: no policy asks for more.
const MOST_BITS: u32 = 7;
/// Pictures that are told as alike, the likest first.
const MOST_LIKE: usize = 200;
/// Pictures like one that its visit is held against, the likest first: a camera that sees the same wall all day makes thousands, and what
/// each said of all the others would be their square.
const FIRST_LIKE: usize = 32;
/// Visits that are read for one of those.
const FIRST_NAMING: usize = 8;
/// Pictures, or values of a band, that are asked for in one statement.
const MOST_NAMED: usize = 10_000;
/// Rows of one band that are read at once, and rows under one value of it that are read at all.
const A_PAGE: usize = 20_000;

/// The perceptual hashes of visits' photos: `(visit, sha256, bits)`.
pub(super) type Hashes = Vec<(VisitId, String, u64)>;

/// By hash: pictures and in how many bits theirs differ, the likest first, then by their SHA-256.
type Near = HashMap<u64, BTreeSet<(u32, String)>>;

/// The first pictures whose hash differs from one of these in a few bits; a picture that has one of these hashes is among its own.
fn near(conn: &mut Conn, wanted: &BTreeSet<u64>, most: usize) -> QueryResult<Near> {
    let mut by_band: BTreeMap<i64, BTreeMap<i64, Vec<u64>>> = BTreeMap::new();
    for bits in wanted {
        for (band, values) in probes(*bits) {
            let seekers = by_band.entry(band).or_default();
            values.into_iter().for_each(|value| seekers.entry(value).or_default().push(*bits));
        }
    }
    let mut found = Near::new();
    for (band, seekers) in by_band {
        let values: Vec<i64> = seekers.keys().copied().collect();
        let mut rest = values.as_slice();
        while !rest.is_empty() {
            let (some, others) = rest.split_at(MOST_NAMED.min(rest.len()));
            let rows = page(conn, band, some)?;
            let is_whole = rows.len() < A_PAGE;
            let ends = rows.first().map(|row| row.value).zip(rows.last().map(|row| row.value));
            rest = match ends {
                // All of them under one value: what else stands there is left.
                Some((first, last)) if !is_whole && first == last => rest.get(rest.partition_point(|value| *value <= last)..).unwrap_or_default(),
                Some((_, last)) if !is_whole => rest.get(rest.partition_point(|value| *value < last)..).unwrap_or_default(),
                _ => others,
            };
            for Row { value, sha256, bits: other } in rows {
                for bits in seekers.get(&value).into_iter().flatten() {
                    keep(found.entry(*bits).or_default(), (bits ^ other.cast_unsigned()).count_ones(), &sha256, most);
                }
            }
        }
    }
    Ok(found)
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    value: i64,
    #[diesel(sql_type = Text)]
    sha256: String,
    #[diesel(sql_type = BigInt)]
    bits: i64,
}

fn page(conn: &mut Conn, band: i64, values: &[i64]) -> QueryResult<Vec<Row>> {
    each!(conn, |c| diesel::sql_query(UNDER_VALUES)
        .bind::<BigInt, _>(band)
        .bind::<Text, _>(serde_json::json!(values).to_string())
        .bind::<BigInt, _>(i64::try_from(A_PAGE).unwrap_or(i64::MAX))
        .load(c))
}

// One value, not thousands: PostgreSQL holds every row against each element of an array whose length it does not know beforehand.
const UNDER_VALUES: &str = "SELECT value, sha256, bits FROM likenesses \
    WHERE band = $1 AND value IN (SELECT CAST(wanted.value AS BIGINT) FROM json_each($2) AS wanted) ORDER BY value, sha256 LIMIT $3";

/// Keeps a picture where it is like enough and among the first.
fn keep(near: &mut BTreeSet<(u32, String)>, distance: u32, sha256: &str, most: usize) {
    let is_among_them = near.len() < most || near.last().is_some_and(|(bits, last)| (distance, sha256) < (*bits, last));
    if distance <= MOST_BITS && is_among_them {
        near.insert((distance, sha256.to_owned()));
        if near.len() > most {
            near.pop_last();
        }
    }
}

/// The first of those that are not the picture itself.
fn others<'a>(near: &'a Near, sha256: &'a str, bits: u64) -> impl Iterator<Item = &'a (u32, String)> {
    near.get(&bits).into_iter().flatten().filter(move |(_, other)| other != sha256).take(FIRST_LIKE)
}

/// The pictures that look like this one, with the bits in which they differ; none where it shows nothing, or has not been drawn yet.
///
/// # Errors
/// When the database fails.
pub fn like(conn: &mut Conn, sha256: &str) -> QueryResult<HashMap<String, i64>> {
    let hash: Option<Option<String>> = evidence::table.filter(evidence::sha256.eq(sha256)).select(evidence::perceptual_hash).first(conn).optional()?;
    let Some(bits) = hash.flatten().as_deref().and_then(bits_of) else { return Ok(HashMap::new()) };
    let near = near(conn, &BTreeSet::from([bits]), MOST_LIKE)?.remove(&bits).unwrap_or_default();
    Ok(near.into_iter().map(|(distance, sha256)| (sha256, i64::from(distance))).collect())
}

/// For each visit, its photos that look like photos of other visits: the likest of those, and the first visits by id that name each.
pub(super) fn alike(conn: &mut Conn, hashes: &Hashes) -> QueryResult<HashMap<VisitId, BTreeMap<String, Vec<Alike>>>> {
    let mut found: HashMap<VisitId, BTreeMap<String, Vec<Alike>>> = HashMap::new();
    if hashes.is_empty() {
        return Ok(found);
    }
    let near = near(conn, &hashes.iter().map(|(.., bits)| *bits).collect(), FIRST_LIKE + 1)?;
    let pictures: BTreeSet<&str> = hashes.iter().flat_map(|(_, sha256, bits)| others(&near, sha256, *bits)).map(|(_, sha256)| sha256.as_str()).collect();
    let named = first_naming(conn, &pictures, &[EvidenceKind::Photo], FIRST_NAMING)?;
    for (visit, sha256, bits) in hashes {
        for (distance, other) in others(&near, sha256, *bits) {
            let visits = named.get(other).into_iter().flatten().filter(|other| *other != visit);
            let alike = visits.map(|visit| Alike { visit: *visit, sha256: other.clone(), distance: i64::from(*distance) });
            found.entry(*visit).or_default().entry(sha256.clone()).or_default().extend(alike);
        }
    }
    found.values_mut().flat_map(BTreeMap::values_mut).for_each(|alike| alike.sort());
    Ok(found)
}

/// The same for the photos of these visits.
pub(in crate::findings) fn keys_like_those_of(conn: &mut Conn, ids: &[VisitId]) -> QueryResult<BTreeSet<Key>> {
    let pictures: Vec<String> = visit_evidence::table
        .filter(among(visit_evidence::visit_id, ids).and(visit_evidence::kind.eq(EvidenceKind::Photo)))
        .select(visit_evidence::sha256)
        .load(conn)?;
    let pictures: Vec<&str> = pictures.iter().map(String::as_str).collect();
    let mut keys = BTreeSet::new();
    for some in pictures.chunks(MOST_NAMED) {
        keys.extend(keys_like(conn, some)?);
    }
    Ok(keys)
}

/// Where the visits stand that name one of these pictures and another like it, or that other one: of those the likest.
pub(in crate::findings) fn keys_like(conn: &mut Conn, pictures: &[&str]) -> QueryResult<BTreeSet<Key>> {
    let hashes: Vec<(String, Option<String>)> = evidence::table
        .filter(among(evidence::sha256, pictures).and(evidence::perceptual_hash.is_not_null()))
        .select((evidence::sha256, evidence::perceptual_hash))
        .load(conn)?;
    let hashes: Vec<(&str, u64)> = hashes.iter().filter_map(|(sha256, hash)| Some((sha256.as_str(), bits_of(hash.as_deref()?)?))).collect();
    if hashes.is_empty() {
        return Ok(BTreeSet::new());
    }
    let near = near(conn, &hashes.iter().map(|(_, bits)| *bits).collect(), FIRST_LIKE + 1)?;
    let mut alike: BTreeSet<&str> = BTreeSet::new();
    for (sha256, bits) in hashes {
        let others: Vec<&str> = others(&near, sha256, bits).map(|(_, other)| other.as_str()).collect();
        alike.extend(others.first().map(|_| sha256));
        alike.extend(others);
    }
    let alike: Vec<&str> = alike.into_iter().collect();
    Ok(keys_naming(conn, &alike)?.into_iter().map(|(_, key)| key).collect())
}
