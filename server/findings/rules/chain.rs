//! What the phone's own chain proves: no item can be slipped in, taken out or dated back unseen.

use serde_json::json;

use super::Draft;
use super::story::Scene;
use crate::campaigns::Policy;
use crate::findings::model::{Fork, Severity, Visit};
use crate::kit::clock::{HOUR_MS, Moment};

/// T06, review: the visit claims a time that cannot be. Back-dated: it claims to have ended before a signed server time that the phone
/// had already seen when it sealed it, by more than clocks may be off (`clock_skew_s`, default 5 minutes). Unbounded: it claims to be
/// before the deadline and arrived after it, and nothing bounds it: neither a server time that the phone ever held, nor a later item
/// of the same phone that arrived in time. An amendment that keeps the times of the visit it corrects claims nothing new. What came
/// without a place in a chain is held against nobody.
pub(super) fn time_not_bounded(scene: &Scene<'_>) -> Vec<Draft> {
    let (visit, season) = (scene.visit, scene.season());
    let Some(link) = &visit.link else { return Vec::new() };
    if scene.amended().is_some_and(|earlier| visit.keeps_the_times_of(earlier)) {
        return Vec::new();
    }
    if let Some(seen_at) = visit.back_dated(scene.policy()) {
        let actual = json!({"is": "back_dated", "ended_at": visit.ended_at});
        return vec![Draft::new(Severity::Review, "visit", json!({"seen_at": seen_at}), actual)];
    }
    let in_time_by_its_word = visit.started_at <= season.deadline_at;
    let in_time_for_sure = link.not_after.min(visit.received_at) <= season.deadline_at;
    if !in_time_by_its_word || in_time_for_sure || link.not_before.is_some() {
        return Vec::new();
    }
    let actual = json!({"is": "unbounded", "visited_at": visit.started_at, "received_at": visit.received_at});
    vec![Draft::new(Severity::Review, "visit", json!({"deadline_at": season.deadline_at}), actual)]
}

/// T07, review: a gap or a fork in the phone's own chain. A gap counts when the numbers before this one have not come `chain_wait_h`
/// (default 72 hours) after it did, and falls on the first item behind it. A fork counts at once: two items bear the same number, or
/// the item before is not the one that this one names. Amending does not mend a chain.
pub(super) fn gap_or_fork(scene: &Scene<'_>) -> Vec<Draft> {
    let Some(link) = &scene.visit.link else { return Vec::new() };
    let never_came = scene.case().now >= gap_counts_from(scene.visit, scene.policy());
    let gap = link.gap.filter(|_| never_came).map(|(from, to)| {
        let actual = json!({"is": "gap", "number": link.sequence, "from_number": from, "to_number": to});
        Draft::new(Severity::Review, "chain:gap", json!({"number": link.sequence - 1}), actual)
    });
    let fork = link.fork.map(|fork| {
        let actual = match fork {
            Fork::SameNumber { visit: Some(other) } => json!({"is": "fork", "number": link.sequence, "visit_id": other}),
            Fork::SameNumber { visit: None } => json!({"is": "fork", "number": link.sequence}),
            Fork::OtherBefore => json!({"is": "broken", "number": link.sequence}),
        };
        Draft::new(Severity::Review, "chain:fork", json!({"number": link.sequence}), actual)
    });
    gap.into_iter().chain(fork).collect()
}

/// From when on numbers that are missing before a visit count as never come.
pub(in crate::findings) fn gap_counts_from(visit: &Visit, policy: &Policy) -> Moment {
    visit.received_at.plus_ms(policy.chain_wait_h.saturating_mul(HOUR_MS))
}
