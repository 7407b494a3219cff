//! Pictures that look like one another.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use super::visits::keys_naming;
use crate::evidence::{bits_of, probes};
use crate::findings::model::{Alike, Key};
use crate::kit::db::schema::{evidence, likenesses, visit_evidence};
use crate::kit::db::{Conn, among};
use crate::visits::{EvidenceKind, VisitId};

/// The most bits in which pictures may differ that are looked for: no policy asks for more.
const MOST_BITS: u32 = 7;
/// Pictures that are told as alike, the likest first.
const MOST_LIKE: usize = 200;
/// SQLite takes 32,766 values in a statement.
const MOST_NAMED: usize = 10_000;
/// Pictures read for one band: a picture that looks like so many others says nothing.
const MOST_IN_A_BAND: i64 = 20_000;

/// The perceptual hashes of visits' photos: `(visit, sha256, bits)`.
pub(super) type Hashes = Vec<(VisitId, String, u64)>;

type Near = HashMap<u64, Vec<(String, u32)>>;

/// The pictures whose hash differs from one of these in a few bits.
fn near(conn: &mut Conn, wanted: &BTreeSet<u64>) -> QueryResult<Near> {
    let mut by_band: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    for (band, values) in wanted.iter().flat_map(|bits| probes(*bits)) {
        by_band.entry(band).or_default().extend(values);
    }
    let mut kept: HashMap<(i64, i64), Vec<(String, u64)>> = HashMap::new();
    for (band, values) in by_band {
        let values: Vec<i64> = values.into_iter().collect();
        for some in values.chunks(MOST_NAMED) {
            let rows: Vec<(i64, String, i64)> = likenesses::table
                .filter(likenesses::band.eq(band).and(likenesses::value.eq_any(some)))
                .limit(MOST_IN_A_BAND)
                .select((likenesses::value, likenesses::sha256, likenesses::bits))
                .load(conn)?;
            for (value, sha256, bits) in rows {
                kept.entry((band, value)).or_default().push((sha256, bits.cast_unsigned()));
            }
        }
    }
    let mut found = Near::new();
    for bits in wanted {
        let places = probes(*bits).into_iter().flat_map(|(band, values)| values.into_iter().map(move |value| (band, value)));
        let close = |other: u64| Some((bits ^ other).count_ones()).filter(|distance| *distance <= MOST_BITS);
        let alike: BTreeMap<String, u32> = places
            .filter_map(|place| kept.get(&place))
            .flatten()
            .filter_map(|(sha256, other)| close(*other).map(|distance| (sha256.clone(), distance)))
            .collect();
        found.insert(*bits, alike.into_iter().collect());
    }
    Ok(found)
}

/// The pictures that look like this one, with the bits in which they differ; none where it shows nothing, or has not been drawn yet.
///
/// # Errors
/// When the database fails.
pub fn like(conn: &mut Conn, sha256: &str) -> QueryResult<HashMap<String, i64>> {
    let hash: Option<Option<String>> = evidence::table.filter(evidence::sha256.eq(sha256)).select(evidence::perceptual_hash).first(conn).optional()?;
    let Some(bits) = hash.flatten().as_deref().and_then(bits_of) else { return Ok(HashMap::new()) };
    let mut near = near(conn, &BTreeSet::from([bits]))?.remove(&bits).unwrap_or_default();
    near.sort_by_key(|(_, distance)| *distance);
    Ok(near.into_iter().take(MOST_LIKE).map(|(sha256, distance)| (sha256, i64::from(distance))).collect())
}

/// For each visit, its photos that look like photos of other visits.
pub(super) fn alike(conn: &mut Conn, hashes: &Hashes) -> QueryResult<HashMap<VisitId, BTreeMap<String, Vec<Alike>>>> {
    let mut found: HashMap<VisitId, BTreeMap<String, Vec<Alike>>> = HashMap::new();
    if hashes.is_empty() {
        return Ok(found);
    }
    let near = near(conn, &hashes.iter().map(|(.., bits)| *bits).collect())?;
    let others = |sha256: &str, bits: &u64| near.get(bits).into_iter().flatten().filter(move |(other, _)| other != sha256).cloned().collect::<Vec<_>>();
    let pictures: BTreeSet<String> = hashes.iter().flat_map(|(_, sha256, bits)| others(sha256, bits)).map(|(sha256, _)| sha256).collect();
    if pictures.is_empty() {
        return Ok(found);
    }
    let rows: Vec<(String, VisitId)> = visit_evidence::table
        .filter(among(visit_evidence::sha256, pictures).and(visit_evidence::kind.eq(EvidenceKind::Photo)))
        .select((visit_evidence::sha256, visit_evidence::visit_id))
        .load(conn)?;
    let mut named: HashMap<String, Vec<VisitId>> = HashMap::new();
    for (sha256, visit) in rows {
        named.entry(sha256).or_default().push(visit);
    }
    for (visit, sha256, bits) in hashes {
        for (other, distance) in others(sha256, bits) {
            let visits = named.get(&other).into_iter().flatten().filter(|other| *other != visit);
            let alike = visits.map(|visit| Alike { visit: *visit, sha256: other.clone(), distance: i64::from(distance) });
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

/// Where the visits stand that name one of these pictures and another like it, or that other one.
pub(in crate::findings) fn keys_like(conn: &mut Conn, pictures: &[&str]) -> QueryResult<BTreeSet<Key>> {
    let hashes: Vec<(String, Option<String>)> = evidence::table
        .filter(among(evidence::sha256, pictures).and(evidence::perceptual_hash.is_not_null()))
        .select((evidence::sha256, evidence::perceptual_hash))
        .load(conn)?;
    let hashes: Vec<(&str, u64)> = hashes.iter().filter_map(|(sha256, hash)| Some((sha256.as_str(), bits_of(hash.as_deref()?)?))).collect();
    if hashes.is_empty() {
        return Ok(BTreeSet::new());
    }
    let near = near(conn, &hashes.iter().map(|(_, bits)| *bits).collect())?;
    let mut alike: BTreeSet<&str> = BTreeSet::new();
    for (sha256, bits) in hashes {
        let others = || near.get(&bits).into_iter().flatten().map(|(other, _)| other.as_str()).filter(|other| *other != sha256);
        alike.extend(others().next().map(|_| sha256));
        alike.extend(others());
    }
    let alike: Vec<&str> = alike.into_iter().collect();
    Ok(keys_naming(conn, &alike)?.into_iter().map(|(_, key)| key).collect())
}
