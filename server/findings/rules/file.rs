//! The first witness: the household's file, and what it was promised.

use serde_json::{Value, json};

use super::story::Scene;
use super::{Draft, nothing};
use crate::findings::model::{File, Objection, Severity};
use crate::households::Status;
use crate::kit::clock::{DAY_MS, Moment};

/// F01, block: no approved file on the day of the visit (先建档、后帮扶). Days are China's; a file approved later on that day will do.
/// An enterprise or a group needs no household's file.
pub(super) fn no_approved_file(scene: &Scene<'_>) -> Vec<Draft> {
    if !scene.is_to_a_household() {
        return Vec::new();
    }
    let at = scene.happened_at();
    let file = scene.case().file.as_ref();
    if file.is_some_and(|file| approved_on(file, at)) {
        return Vec::new();
    }
    let approved_at = file.and_then(|file| file.approved_at);
    let actual = json!({"status": file.map(|file| file.status), "approved_at": approved_at, "visited_at": at});
    vec![Draft::new(Severity::Block, "household", json!({"status": Status::Approved}), actual)]
}

/// F02, block: on the day of the visit the public notice of the name was not over, or an objection to it was open (公示期满无异议后方可
/// 帮扶). A notice lasts the campaign's `notice_days` (default 7), each of 24 hours, from when it was published; the last one published
/// before the visit counts. A file of which no notice is on record is held against nobody here.
pub(super) fn notice_not_over(scene: &Scene<'_>) -> Vec<Draft> {
    let Some(file) = &scene.case().file else { return Vec::new() };
    let at = scene.happened_at();
    let length_ms = scene.policy().notice_days.saturating_mul(DAY_MS);
    let notice = file.notices.iter().copied().filter(|published_at| *published_at <= at).max().filter(|published_at| at < published_at.plus_ms(length_ms));
    let is_open = |objection: &&Objection| objection.raised_at <= at && objection.answered_at.is_none_or(|answered_at| at < answered_at);
    let objection = file.objections.iter().filter(is_open).map(|objection| objection.raised_at).min();
    let notice = notice.map(|published_at| {
        let actual = json!({"is": "notice", "published_at": published_at, "visited_at": at});
        Draft::new(Severity::Block, "notice", json!({"over_at": published_at.plus_ms(length_ms)}), actual)
    });
    let objection =
        objection.map(|raised_at| Draft::new(Severity::Block, "objection", nothing(), json!({"is": "objection", "raised_at": raised_at, "visited_at": at})));
    notice.into_iter().chain(objection).collect()
}

/// F03, review: the file was closed, relieved or waived before the day of the visit.
pub(super) fn file_ended(scene: &Scene<'_>) -> Vec<Draft> {
    let Some(file) = &scene.case().file else { return Vec::new() };
    let ended = matches!(file.status, Status::Closed | Status::Relieved | Status::Waived);
    let at = scene.happened_at();
    match file.ended_at {
        Some(ended_at) if ended && before_the_day(ended_at, at) => {
            let actual = json!({"status": file.status, "ended_at": ended_at});
            vec![Draft::new(Severity::Review, "household", json!({"status": Status::Approved}), actual)]
        }
        _ => Vec::new(),
    }
}

/// F04, review: the household has no entitlement in this campaign.
pub(super) fn no_entitlement(scene: &Scene<'_>) -> Vec<Draft> {
    let missing = scene.case().file.is_some() && scene.entitlement().is_none();
    if missing { vec![Draft::new(Severity::Review, "household", nothing(), Value::Null)] } else { Vec::new() }
}

/// F05, info: the household belonged to another team on that day.
pub(super) fn another_teams_household(scene: &Scene<'_>) -> Vec<Draft> {
    match (scene.visit.homes_team, scene.visit.team) {
        (Some(homes), Some(team)) if homes != team => vec![Draft::new(Severity::Info, "household", json!({"team_id": homes}), json!({"team_id": team}))],
        _ => Vec::new(),
    }
}

/// Approved by the end of that day, and not since thrown out before it.
fn approved_on(file: &File, at: Moment) -> bool {
    let approved = file.approved_at.is_some_and(|approved_at| !before_the_day(at, approved_at));
    let thrown_out = matches!(file.status, Status::Rejected | Status::Withdrawn) && file.ended_at.is_some_and(|ended_at| before_the_day(ended_at, at));
    approved && !thrown_out
}

/// Whether `early` lies on a day before that of `late`.
fn before_the_day(early: Moment, late: Moment) -> bool {
    early < late.china_day_start()
}
