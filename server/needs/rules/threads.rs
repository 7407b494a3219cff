//! What corrections make of the needs heard at a visit: pure, and the same in whatever order visits arrive.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::led_to;
use super::pairs::pairs;
use crate::needs::model::{LastStep, NeedCorrection, NeedId, NeedState, Said, Spoken};
use crate::visits::VisitId;

/// What became of a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::needs) struct Stand {
    /// The first that said it.
    pub(in crate::needs) thread: NeedId,
    pub(in crate::needs) correction: NeedCorrection,
    pub(in crate::needs) state: NeedState,
}

/// What became of the needs of visits that correct one another. A need stands as the last step says that was taken on it while it said
/// the same: put otherwise it is open again, and put back it stands where it stood. Where two visits correct the same one and say the
/// same, the later stands for both.
pub(in crate::needs) fn settle(family: &[Spoken], steps: &HashMap<NeedId, LastStep>) -> BTreeMap<NeedId, Stand> {
    let parents = parents(family);
    let amended: BTreeSet<VisitId> = parents.values().copied().collect();
    let said: BTreeMap<NeedId, &Said> = family.iter().flat_map(|visit| &visit.needs).map(|need| (need.id, need)).collect();
    let again = said_again(family, &parents);
    let carried: BTreeSet<NeedId> = again.values().copied().collect();
    let mut threads: BTreeMap<NeedId, Vec<NeedId>> = BTreeMap::new();
    for id in said.keys() {
        threads.entry(first(*id, &again)).or_default().push(*id);
    }
    let mut stands = BTreeMap::new();
    for (thread, of_one) in threads {
        let ends: Vec<NeedId> = of_one.iter().copied().filter(|id| !carried.contains(id)).collect();
        let standing: Vec<NeedId> = ends.iter().copied().filter(|id| !amended.contains(&id.visit)).collect();
        for id in &of_one {
            let says_the_same = |other: &NeedId| said.get(other).zip(said.get(id)).is_some_and(|(other, one)| other.says_the_same(one));
            let correction = if standing.contains(id) && !standing.iter().any(|other| other > id && says_the_same(other)) {
                NeedCorrection::None
            } else if standing.is_empty() && ends.last() == Some(id) {
                NeedCorrection::Withdrawn
            } else {
                NeedCorrection::Carried
            };
            let taken =
                of_one.iter().filter(|other| says_the_same(other)).filter_map(|other| steps.get(other).map(|(at, place, step)| (*at, *other, *place, *step)));
            let state = taken.max_by_key(|(at, of, place, _)| (*at, *of, *place)).map_or(NeedState::Open, |(.., step)| led_to(step));
            stands.insert(*id, Stand { thread, correction, state });
        }
    }
    stands
}

/// Which visit each corrects, of the same household in the same campaign. Visits that correct one another in a ring correct nothing.
fn parents(family: &[Spoken]) -> BTreeMap<VisitId, VisitId> {
    let about: BTreeMap<VisitId, _> = family.iter().map(|visit| (visit.id, visit.about)).collect();
    let named = family.iter().filter_map(|visit| visit.amends.filter(|amended| about.get(amended) == Some(&visit.about)).map(|amended| (visit.id, amended)));
    let named: BTreeMap<VisitId, VisitId> = named.collect();
    let in_a_ring = |visit: VisitId| {
        let (mut at, mut seen) = (visit, BTreeSet::new());
        while let Some(next) = named.get(&at).filter(|next| seen.insert(**next)) {
            at = *next;
        }
        seen.contains(&visit)
    };
    named.iter().filter(|(visit, _)| !in_a_ring(**visit)).map(|(visit, amended)| (*visit, *amended)).collect()
}

/// Which need of the corrected visit each need of a correction says again.
fn said_again(family: &[Spoken], parents: &BTreeMap<VisitId, VisitId>) -> BTreeMap<NeedId, NeedId> {
    let by_id: BTreeMap<VisitId, &Spoken> = family.iter().map(|visit| (visit.id, visit)).collect();
    let mut again = BTreeMap::new();
    for (later, earlier) in parents {
        let (Some(later), Some(earlier)) = (by_id.get(later), by_id.get(earlier)) else { continue };
        for (before, place) in earlier.needs.iter().zip(pairs(&earlier.needs, &later.needs)) {
            again.extend(place.and_then(|place| later.needs.get(place)).map(|after| (after.id, before.id)));
        }
    }
    again
}

fn first(id: NeedId, again: &BTreeMap<NeedId, NeedId>) -> NeedId {
    let mut at = id;
    while let Some(before) = again.get(&at) {
        at = *before;
    }
    at
}

#[cfg(test)]
#[path = "threads_tests.rs"]
mod tests;
