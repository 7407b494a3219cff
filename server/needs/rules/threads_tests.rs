use proptest::prelude::*;

use super::*;
use crate::campaigns::CampaignId;
use crate::kit::clock::Moment;
use crate::needs::model::NeedStep;

fn visit_id(n: usize) -> VisitId {
    VisitId::parse(&format!("01900000-0000-7000-8000-{n:012}")).expect("an id")
}

fn need(visit: usize, line: i64) -> NeedId {
    NeedId { visit: visit_id(visit), line }
}

/// A visit that says these needs, all of one kind.
fn visit(n: usize, amends: Option<usize>, words: &[&str]) -> Spoken {
    let said = |(line, words): (i64, &&str)| Said { id: need(n, line), kind: "work".to_owned(), words: (*words).to_owned() };
    let campaign = CampaignId::parse("01900000-0000-7000-8000-00000000000c").expect("an id");
    Spoken { id: visit_id(n), amends: amends.map(visit_id), about: (campaign, None), needs: (0..).zip(words).map(said).collect() }
}

fn steps(taken: &[(NeedId, i64, NeedStep)]) -> HashMap<NeedId, LastStep> {
    taken.iter().map(|(id, at, step)| (*id, (Moment::from_ms(*at), 1, *step))).collect()
}

fn stand(thread: NeedId, correction: NeedCorrection, state: NeedState) -> Stand {
    Stand { thread, correction, state }
}

#[test]
fn what_is_said_again_keeps_its_history_over_any_number_of_corrections() {
    let family = [visit(1, None, &["药"]), visit(2, Some(1), &["药"]), visit(3, Some(2), &["药"])];
    let settled = settle(&family, &steps(&[(need(1, 0), 5, NeedStep::Resolve)]));
    assert_eq!(settled.get(&need(1, 0)), Some(&stand(need(1, 0), NeedCorrection::Carried, NeedState::Resolved)));
    assert_eq!(settled.get(&need(3, 0)), Some(&stand(need(1, 0), NeedCorrection::None, NeedState::Resolved)));
}

#[test]
fn what_is_put_otherwise_is_open_again_and_put_back_stands_where_it_stood() {
    let taken = steps(&[(need(1, 0), 5, NeedStep::Resolve)]);
    let otherwise = [visit(1, None, &["药"]), visit(2, Some(1), &["两种药"])];
    assert_eq!(settle(&otherwise, &taken).get(&need(2, 0)), Some(&stand(need(1, 0), NeedCorrection::None, NeedState::Open)));
    let back = [visit(1, None, &["药"]), visit(2, Some(1), &["两种药"]), visit(3, Some(2), &["药"])];
    assert_eq!(settle(&back, &taken).get(&need(3, 0)), Some(&stand(need(1, 0), NeedCorrection::None, NeedState::Resolved)));
}

#[test]
fn what_is_taken_out_is_withdrawn_unless_another_correction_still_says_it() {
    let out = [visit(1, None, &["药"]), visit(2, Some(1), &[])];
    assert_eq!(settle(&out, &HashMap::new()).get(&need(1, 0)), Some(&stand(need(1, 0), NeedCorrection::Withdrawn, NeedState::Open)));
    let both = [visit(1, None, &["药"]), visit(2, Some(1), &[]), visit(3, Some(1), &["药"])];
    let settled = settle(&both, &HashMap::new());
    assert_eq!(settled.get(&need(1, 0)).map(|one| one.correction), Some(NeedCorrection::Carried));
    assert_eq!(settled.get(&need(3, 0)).map(|one| one.correction), Some(NeedCorrection::None));
}

#[test]
fn two_corrections_that_say_the_same_are_one_need_and_two_that_do_not_are_both_seen() {
    let corrections = |settled: &BTreeMap<NeedId, Stand>| [2, 3].map(|n| settled.get(&need(n, 0)).map(|one| one.correction));
    let same = [visit(1, None, &["药"]), visit(2, Some(1), &["药"]), visit(3, Some(1), &["药"])];
    assert_eq!(corrections(&settle(&same, &HashMap::new())), [Some(NeedCorrection::Carried), Some(NeedCorrection::None)]);
    let other = [visit(1, None, &["药"]), visit(2, Some(1), &["药片"]), visit(3, Some(1), &["药水"])];
    assert_eq!(corrections(&settle(&other, &HashMap::new())), [Some(NeedCorrection::None), Some(NeedCorrection::None)]);
}

#[test]
fn a_ring_of_corrections_loses_nothing() {
    let ring = [visit(1, Some(2), &["药"]), visit(2, Some(1), &["药"]), visit(3, Some(3), &["煤"])];
    assert!(settle(&ring, &HashMap::new()).values().all(|one| one.correction == NeedCorrection::None));
}

prop_compose! {
    /// Visits that amend any other, also themselves, and one that has not come.
    fn families()(told in prop::collection::vec((prop::option::of(0_usize..7), prop::collection::vec(0_usize..3, 0..4)), 1..7)) -> Vec<Spoken> {
        let all = ["药", "煤", "找工作"];
        let words = |said: &[usize]| said.iter().filter_map(|word| all.get(*word).copied()).collect::<Vec<&str>>();
        told.iter().enumerate().map(|(n, (amends, said))| visit(n, *amends, &words(said))).collect()
    }
}

proptest! {
    #[test]
    fn no_need_is_lost_and_the_order_of_arrival_changes_nothing(family in families(), taken in prop::collection::vec((0_usize..6, 0_i64..4, 0_i64..9), 0..6)) {
        let taken: Vec<_> = taken.into_iter().map(|(visit, line, at)| (need(visit, line), at, NeedStep::Resolve)).collect();
        let steps = steps(&taken);
        let settled = settle(&family, &steps);
        let mut turned = family.clone();
        turned.reverse();
        prop_assert_eq!(&settled, &settle(&turned, &steps));
        let said = family.iter().map(|visit| visit.needs.len()).sum::<usize>();
        prop_assert_eq!(settled.len(), said);
        // Of every thread something is seen: one that stands, or the one that was withdrawn, and never both.
        let threads: BTreeSet<NeedId> = settled.values().map(|one| one.thread).collect();
        for thread in threads {
            let of_one: Vec<&Stand> = settled.values().filter(|one| one.thread == thread).collect();
            let count = |correction| of_one.iter().filter(|one| one.correction == correction).count();
            let (standing, withdrawn) = (count(NeedCorrection::None), count(NeedCorrection::Withdrawn));
            prop_assert!(standing > 0 && withdrawn == 0 || standing == 0 && withdrawn == 1, "{} stand and {} are withdrawn", standing, withdrawn);
        }
        // Whatever no visit amends stands.
        for visit in family.iter().filter(|visit| !family.iter().any(|other| other.amends == Some(visit.id))) {
            for need in &visit.needs {
                let seen = settled.get(&need.id).map(|one| one.correction);
                prop_assert!(seen == Some(NeedCorrection::None) || seen == Some(NeedCorrection::Carried));
            }
        }
    }
}
