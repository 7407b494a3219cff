//! Where it happened. Positions are soft evidence, compared in WGS 84; metres are geodesic.

use serde_json::{Value, json};

use super::Draft;
use super::story::Scene;
use crate::findings::model::{Severity, Spot};
use crate::kit::geo::Point;
use crate::visits::{EvidenceKind, Mode, Position};

/// A photo may be this far from the visit, beyond both accuracies.
const PHOTO_LIMIT_M: f64 = 500.0;
/// Past this many times the limit nobody was at that home.
const BLOCK_FACTOR: f64 = 10.0;

/// P01, review: no position, for a mode that has a place (home, ward, workplace, collective).
pub(super) fn no_position(scene: &Scene<'_>) -> Vec<Draft> {
    let said = &scene.visit.said;
    let missing = said.mode.has_a_place() && said.position.is_none();
    if missing { vec![Draft::new(Severity::Review, "position", json!({"mode": said.mode}), Value::Null)] } else { Vec::new() }
}

/// P02, info: the accuracy radius is worse than the campaign's limit (default 100 m).
pub(super) fn poor_accuracy(scene: &Scene<'_>) -> Vec<Draft> {
    let limit = scene.policy().accuracy_limit_m;
    match &scene.visit.said.position {
        Some(position) if position.accuracy_m > exact(limit) => {
            vec![Draft::new(Severity::Info, "position", json!({"accuracy_m": limit}), json!({"accuracy_m": whole(position.accuracy_m)}))]
        }
        _ => Vec::new(),
    }
}

/// P03, review, block beyond ten times the limit: a visit at home happened further from the home than limit + accuracy (default limit
/// 200 m). The accuracy counts for the cadre both times. Wards and workplaces are elsewhere by nature.
pub(super) fn far_from_home(scene: &Scene<'_>) -> Vec<Draft> {
    let said = &scene.visit.said;
    let home = scene.case().file.as_ref().and_then(|file| file.home);
    let (Mode::Home, Some(position), Some(home)) = (said.mode, &said.position, home) else { return Vec::new() };
    let limit = scene.policy().distance_limit_m;
    let distance_m = point(position).distance_m(home.wgs84());
    let beyond = |times: f64| distance_m > times.mul_add(exact(limit), position.accuracy_m);
    if !beyond(1.0) {
        return Vec::new();
    }
    let severity = if beyond(BLOCK_FACTOR) { Severity::Block } else { Severity::Review };
    let actual = json!({"distance_m": whole(distance_m), "accuracy_m": whole(position.accuracy_m)});
    vec![Draft::new(severity, "position", json!({"distance_m": limit}), actual)]
}

/// P04, review: a photo was taken more than 500 m + both accuracies from the visit. What a picture lacks is held against nobody.
pub(super) fn photo_far_away(scene: &Scene<'_>) -> Vec<Draft> {
    let said = &scene.visit.said;
    let Some(here) = &said.position else { return Vec::new() };
    let far = |there: &Position| {
        let distance_m = point(here).distance_m(point(there));
        (distance_m > PHOTO_LIMIT_M + here.accuracy_m + there.accuracy_m).then_some(distance_m)
    };
    let photos = said.evidence.iter().filter(|evidence| evidence.kind == EvidenceKind::Photo);
    let drafts = photos.filter_map(|photo| photo.position.as_ref().and_then(far).map(|distance_m| (photo, distance_m)));
    drafts
        .map(|(photo, distance_m)| {
            let actual = json!({"distance_m": whole(distance_m)});
            Draft::of_picture(Severity::Review, &photo.sha256, json!({"distance_m": whole(PHOTO_LIMIT_M)}), actual)
        })
        .collect()
}

fn point(position: &Position) -> Point {
    Spot { latitude: position.latitude, longitude: position.longitude, datum: position.datum }.wgs84()
}

/// A limit as a number to measure against.
fn exact(limit: i64) -> f64 {
    i32::try_from(limit).map_or(f64::MAX, f64::from)
}

/// Whole metres: what a person reads, and what does not change with the last digits of a float.
fn whole(metres: f64) -> i64 {
    format!("{metres:.0}").parse().unwrap_or(i64::MAX)
}
