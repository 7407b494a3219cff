//! When it happened. Times are corrected by the phone's offset, and never later than the server's receipt.

use serde_json::json;

use super::Draft;
use super::story::Scene;
use crate::findings::model::Severity;
use crate::kit::clock::{DAY_MS, MINUTE_MS, SECOND_MS};
use crate::visits::{EvidenceKind, Outcome};

/// T01, block: begun before the campaign's first moment or after its last. What arrives later than the deadline but happened before
/// it is in time.
pub(super) fn outside_the_campaign(scene: &Scene<'_>) -> Vec<Draft> {
    let season = scene.season();
    let at = scene.happened_at();
    if season.opens_at <= at && at <= season.deadline_at {
        return Vec::new();
    }
    let expected = json!({"opens_at": season.opens_at, "deadline_at": season.deadline_at});
    vec![Draft::new(Severity::Block, "visit", expected, json!({"visited_at": at}))]
}

/// T02, info: the phone's clock differs from the server's by more than the campaign allows (default 5 minutes).
pub(super) fn clock_off(scene: &Scene<'_>) -> Vec<Draft> {
    let limit_s = scene.policy().clock_skew_s;
    let off_ms = scene.visit.clock_offset_ms.saturating_abs();
    if off_ms <= limit_s.saturating_mul(SECOND_MS) {
        return Vec::new();
    }
    vec![Draft::new(Severity::Info, "visit", json!({"clock_off_s": limit_s}), json!({"clock_off_s": off_ms / SECOND_MS}))]
}

/// T03, review: a photo was taken more minutes than the campaign's `photo_slack_min` (default 30) before the visit began or after it
/// ended, both by the phone's own clock. A photo that says no time is held against nobody.
pub(super) fn photo_at_another_time(scene: &Scene<'_>) -> Vec<Draft> {
    let said = &scene.visit.said;
    let slack_min = scene.policy().photo_slack_min;
    let slack_ms = slack_min.saturating_mul(MINUTE_MS);
    let (from, to) = (said.started_at.plus_ms(-slack_ms), said.ended_at.plus_ms(slack_ms));
    let photos = said.evidence.iter().filter(|evidence| evidence.kind == EvidenceKind::Photo);
    let elsewhen = photos.filter(|photo| photo.taken_at < from || photo.taken_at > to);
    let expected = json!({"started_at": said.started_at, "ended_at": said.ended_at, "within_min": slack_min});
    elsewhen.map(|photo| Draft::of_picture(Severity::Review, &photo.sha256, expected.clone(), json!({"taken_at": photo.taken_at}))).collect()
}

/// T04, info: a household was reached in less than the campaign's minimum (default 2 minutes). A knock at a closed door, a call and
/// a letter take no time.
pub(super) fn too_short(scene: &Scene<'_>) -> Vec<Draft> {
    let (visit, said) = (scene.visit, &scene.visit.said);
    let minimum_s = scene.policy().minimum_visit_s;
    let lasted_ms = visit.ended_at.since(visit.started_at);
    let short = said.outcome == Outcome::Reached && said.mode.has_a_place() && lasted_ms < minimum_s.saturating_mul(SECOND_MS);
    if !short {
        return Vec::new();
    }
    vec![Draft::new(Severity::Info, "visit", json!({"lasted_s": minimum_s}), json!({"lasted_s": lasted_ms / SECOND_MS}))]
}

/// T05, info: it reached the server more days after it ended than the campaign expects (default 3).
pub(super) fn late(scene: &Scene<'_>) -> Vec<Draft> {
    let visit = scene.visit;
    let days = scene.policy().late_days;
    let waited_ms = visit.received_at.since(visit.ended_at);
    if waited_ms <= days.saturating_mul(DAY_MS) {
        return Vec::new();
    }
    vec![Draft::new(Severity::Info, "visit", json!({"days": days}), json!({"days": waited_ms / DAY_MS}))]
}
