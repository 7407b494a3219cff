use proptest::prelude::*;

use super::vectors::base;
use crate::accounts::TeamId;
use crate::findings::model::{Case, Visit};
use crate::findings::rules::reconcile;
use crate::kit::clock::MINUTE_MS;
use crate::visits::{Aid, Outcome, VisitId};

/// What may differ between the visits of a household.
#[derive(Debug, Clone)]
struct Deed {
    minute: i64,
    outcome: Outcome,
    cash_fen: Option<i64>,
    shares_a_picture: bool,
    amends: Option<usize>,
    arrived: bool,
}

fn deed() -> impl Strategy<Value = Deed> {
    let outcome = prop_oneof![3 => Just(Outcome::Reached), 1 => Just(Outcome::Absent)];
    (0..3_i64, outcome, proptest::option::of(1..60_000_i64), any::<bool>(), proptest::option::of(0..6_usize), any::<bool>())
        .prop_map(|(minute, outcome, cash_fen, shares_a_picture, amends, arrived)| Deed { minute, outcome, cash_fen, shares_a_picture, amends, arrived })
}

fn id(n: usize) -> VisitId {
    VisitId::parse(&format!("0198f000-0000-7000-8000-{n:012}")).expect("an id")
}

fn visit(n: usize, deed: &Deed, like: &Visit) -> Visit {
    let mut visit = like.clone();
    visit.id = id(n);
    visit.team = TeamId::parse(&format!("0198f000-0000-7000-8000-{:012}", 50 + n % 2));
    visit.started_at = like.started_at.plus_ms(deed.minute * MINUTE_MS);
    visit.said.outcome = deed.outcome;
    visit.said.amends = deed.amends.map(id);
    match (visit.said.aid.first_mut(), deed.cash_fen) {
        (Some(Aid::Cash { amount_fen, .. }), Some(cash)) => *amount_fen = cash,
        _ => visit.said.aid.clear(),
    }
    if !deed.shares_a_picture {
        for evidence in &mut visit.said.evidence {
            evidence.sha256 = crate::kit::digest::sha256_hex(format!("{n}{}", evidence.sha256).as_bytes());
        }
    }
    if deed.arrived {
        visit.arrived = visit.said.evidence.iter().map(|evidence| (evidence.sha256.clone(), crate::findings::model::Arrival::default())).collect();
    }
    visit
}

fn case(deeds: &[Deed]) -> Case {
    let base = base();
    let visits = deeds.iter().enumerate().map(|(n, deed)| visit(n, deed, &base.visits[0])).collect();
    Case { visits, ..base }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_arrival_gives_the_same_verdict((deeds, order) in proptest::collection::vec(deed(), 0..6)
        .prop_flat_map(|deeds| { let n: Vec<usize> = (0..deeds.len()).collect(); (Just(deeds), Just(n).prop_shuffle()) })) {
        let told = case(&deeds);
        let visits = order.iter().map(|n| told.visits[*n].clone()).collect();
        prop_assert_eq!(reconcile(&told), reconcile(&Case { visits, ..told.clone() }));
    }

    #[test]
    fn exactly_one_handover_at_a_door_is_the_first(deeds in proptest::collection::vec(deed(), 1..6)) {
        let told = case(&deeds.into_iter().map(|deed| Deed { amends: None, ..deed }).collect::<Vec<_>>());
        let handovers = told.visits.iter().filter(|visit| visit.hands_over()).count();
        let verdict = reconcile(&told);
        let second = verdict.findings.iter().filter(|f| f.code == crate::findings::Code::A04).count();
        prop_assert_eq!(second, handovers.saturating_sub(1));
    }

    #[test]
    fn a_copied_picture_is_found_on_every_visit_that_names_it_and_none_names_itself(deeds in proptest::collection::vec(deed(), 1..6)) {
        let told = case(&deeds.into_iter().map(|deed| Deed { amends: None, shares_a_picture: true, ..deed }).collect::<Vec<_>>());
        let copies: Vec<_> = reconcile(&told).findings.into_iter().filter(|f| f.code == crate::findings::Code::E03).collect();
        let expected = if told.visits.len() == 1 { 0 } else { told.visits.len() * 2 };
        prop_assert_eq!(copies.len(), expected);
        for copy in copies {
            prop_assert_ne!(copy.actual["visit_id"].as_str(), Some(copy.about.id()));
        }
    }
}
