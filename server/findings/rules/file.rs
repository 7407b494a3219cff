//! The first witness: the household's file, and what it was promised.

use serde_json::{Value, json};

use super::story::Scene;
use super::{Draft, nothing};
use crate::findings::model::{File, Severity};
use crate::households::Status;
use crate::kit::clock::Moment;

/// F01, block: no approved file on the day of the visit (先建档、后帮扶). Days are China's; a file approved later on that day will do.
/// An enterprise or a group needs no household's file.
pub(super) fn no_approved_file(scene: &Scene<'_>) -> Vec<Draft> {
    if !scene.is_to_a_household() {
        return Vec::new();
    }
    let at = scene.visit.happened_at();
    let file = scene.case().file.as_ref();
    if file.is_some_and(|file| approved_on(file, at)) {
        return Vec::new();
    }
    let approved_at = file.and_then(|file| file.approved_at);
    let actual = json!({"status": file.map(|file| file.status), "approved_at": approved_at, "visited_at": at});
    vec![Draft::new(Severity::Block, "household", json!({"status": Status::Approved}), actual)]
}

/// F03, review: the file was closed, relieved or waived before the day of the visit.
pub(super) fn file_ended(scene: &Scene<'_>) -> Vec<Draft> {
    let Some(file) = &scene.case().file else { return Vec::new() };
    let ended = matches!(file.status, Status::Closed | Status::Relieved | Status::Waived);
    let at = scene.visit.happened_at();
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
