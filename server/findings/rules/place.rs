//! Where it happened. Positions are soft evidence, compared in WGS 84; metres are geodesic.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Draft;
use super::story::Scene;
use crate::findings::model::{Neighbour, Severity, Spot};
use crate::households::HouseholdId;
use crate::kit::clock::SECOND_MS;
use crate::kit::geo::Point;
use crate::visits::{EvidenceKind, Mode, Outcome, Position};

/// Positions this close together are one position, copied: no two honest fixes are.
const SAME_SPOT_M: f64 = 1.0;
/// Metres in a millisecond, as kilometres in an hour.
const KMH: f64 = 3_600.0;

/// P01, review: no position, for a mode that has a place (home, ward, workplace, collective). A correction that keeps the times of the
/// visit it amends and says nothing of the place stands where that one stood, for this rule and for those below.
pub(super) fn no_position(scene: &Scene<'_>) -> Vec<Draft> {
    let said = &scene.visit.said;
    let missing = said.mode.has_a_place() && scene.placed().said.position.is_none();
    if missing { vec![Draft::new(Severity::Review, "position", json!({"mode": said.mode}), Value::Null)] } else { Vec::new() }
}

/// P02, info: the accuracy radius is worse than the campaign's limit (default 100 m).
pub(super) fn poor_accuracy(scene: &Scene<'_>) -> Vec<Draft> {
    let limit = scene.policy().accuracy_limit_m;
    match &scene.placed().said.position {
        Some(position) if position.accuracy_m > exact(limit) => {
            vec![Draft::new(Severity::Info, "position", json!({"accuracy_m": limit}), json!({"accuracy_m": whole(position.accuracy_m)}))]
        }
        _ => Vec::new(),
    }
}

/// P03, review, block beyond `distance_block_times` (default 10) the limit: a visit at home happened further from the home than
/// `distance_limit_m` + accuracy (default 200 m). The accuracy counts for the cadre both times. Of the homes that the file named on that
/// day and since, the nearest counts; a visit that found nobody living there any more answers only for that day's. Wards and workplaces
/// are elsewhere by nature.
pub(super) fn far_from_home(scene: &Scene<'_>) -> Vec<Draft> {
    let said = &scene.visit.said;
    let (Mode::Home, Some(position), Some(file)) = (said.mode, &scene.placed().said.position, &scene.case().file) else { return Vec::new() };
    let gone = matches!(said.outcome, Outcome::Moved | Outcome::NotFound);
    let homes = file.homes_since(scene.happened_at()).take(if gone { 1 } else { usize::MAX });
    let Some(distance_m) = homes.flatten().map(|home| point(position).distance_m(home.wgs84())).min_by(f64::total_cmp) else { return Vec::new() };
    let limit = scene.policy().distance_limit_m;
    let beyond = |times: f64| distance_m > times.mul_add(exact(limit), position.accuracy_m);
    if !beyond(1.0) {
        return Vec::new();
    }
    let severity = if beyond(exact(scene.policy().distance_block_times)) { Severity::Block } else { Severity::Review };
    let actual = json!({"distance_m": whole(distance_m), "accuracy_m": whole(position.accuracy_m)});
    vec![Draft::new(severity, "position", json!({"distance_m": limit}), actual)]
}

/// P04, review: a photo was taken more than `photo_distance_m` (default 500 m) + both accuracies from the visit. What a picture lacks is held against nobody.
pub(super) fn photo_far_away(scene: &Scene<'_>) -> Vec<Draft> {
    let said = &scene.visit.said;
    let Some(here) = &scene.placed().said.position else { return Vec::new() };
    let limit = scene.policy().photo_distance_m;
    let far = |there: &Position| {
        let distance_m = point(here).distance_m(point(there));
        (distance_m > exact(limit) + here.accuracy_m + there.accuracy_m).then_some(distance_m)
    };
    let photos = said.evidence.iter().filter(|evidence| evidence.kind == EvidenceKind::Photo);
    let drafts = photos.filter_map(|photo| photo.position.as_ref().and_then(far).map(|distance_m| (photo, distance_m)));
    drafts
        .map(|(photo, distance_m)| {
            let actual = json!({"distance_m": whole(distance_m)});
            Draft::of_picture(Severity::Review, &photo.sha256, json!({"distance_m": limit}), actual)
        })
        .collect()
}

/// P05, review: getting here from the same cadre's previous visit needs more than `travel_speed_kmh` (default 120 km/h). From the way,
/// both accuracies and `travel_slack_m` (default 500 m) are taken off first, for positions drift; the time runs from the end of the
/// one to the beginning of the other. Visits without a position, by phone or by letter, are no stop on the way.
pub(super) fn too_fast(scene: &Scene<'_>) -> Vec<Draft> {
    let (visit, policy) = (scene.placed(), scene.policy());
    let (Some(before), Some(position), true) = (&visit.before, &visit.said.position, visit.said.mode.has_a_place()) else { return Vec::new() };
    let distance_m = point(position).distance_m(before.at);
    let way_m = distance_m - position.accuracy_m - before.accuracy_m - exact(policy.travel_slack_m);
    let between_ms = visit.started_at.since(before.ended_at).max(0);
    if way_m <= 0.0 || way_m * KMH <= exact(policy.travel_speed_kmh) * exact(between_ms) {
        return Vec::new();
    }
    let actual = json!({"distance_m": whole(distance_m), "between_s": between_ms / SECOND_MS, "visit_id": before.visit});
    vec![Draft::new(Severity::Review, "position", json!({"kmh": policy.travel_speed_kmh}), actual)]
}

/// P06, review: `copied_households` (default 3) or more different households were visited on one and the same spot, to within a metre:
/// a copied position. Fixes that a phone really takes scatter by more, even in one courtyard. Names the visit with the lowest id there.
pub(super) fn copied_position(scene: &Scene<'_>) -> Vec<Draft> {
    let (visit, policy) = (scene.placed(), scene.policy());
    let said = &visit.said;
    let (Some(position), true, Some(_)) = (&said.position, said.mode.has_a_place(), said.household_id) else { return Vec::new() };
    let here = point(position);
    let same: Vec<&Neighbour> = visit.nearby.iter().filter(|other| here.distance_m(other.at) <= SAME_SPOT_M).collect();
    let households: BTreeSet<HouseholdId> = same.iter().map(|other| other.household).collect();
    let is_copied = i64::try_from(households.len() + 1).is_ok_and(|households| households >= policy.copied_households);
    let first = same.iter().map(|other| other.visit).min();
    match first {
        Some(first) if is_copied => {
            vec![Draft::new(Severity::Review, "position", json!({"households": policy.copied_households}), json!({"visit_id": first}))]
        }
        _ => Vec::new(),
    }
}

fn point(position: &Position) -> Point {
    Spot { latitude: position.latitude, longitude: position.longitude, datum: position.datum }.wgs84()
}

/// A limit as a number to measure against: exact below nine thousand million million.
#[expect(clippy::as_conversions, reason = "limits and times in the life of a campaign lie far below 2^53")]
const fn exact(limit: i64) -> f64 {
    limit as f64
}

/// Whole metres: what a person reads, and what does not change with the last digits of a float.
fn whole(metres: f64) -> i64 {
    format!("{metres:.0}").parse().unwrap_or(i64::MAX)
}
