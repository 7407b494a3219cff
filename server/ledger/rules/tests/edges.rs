//! Boundary by boundary.

use super::book::{commodity, fund, owed, prices, receiver, store, team, team_id};
use super::*;
use crate::ledger::model::{EntryKind, Link, Links, Moved, Place};

fn line(what: u8, amount: i64) -> [Line; 1] {
    [Line { commodity: commodity(what), amount }]
}

fn posting(account: Account, what: u8, amount: i64, value_fen: Option<i64>) -> Posting {
    Posting { account, commodity: commodity(what), amount, value_fen }
}

#[test]
fn what_is_held_can_be_given_to_the_last_fen_and_not_one_more() {
    for (from, refusal) in [(store(0), Refusal::NotEnoughInStore(commodity(0))), (team(0), Refusal::NotEnoughWithTeam(commodity(0)))] {
        let held = Balances::from([((from, commodity(0)), 10)]);
        let give = |amount| post(&held, &Movement::between(from, Account::Loss, &line(0, amount), &prices()), Nature::Asked);
        assert_eq!(give(10).map(|postings| postings.len()), Ok(2));
        assert_eq!(give(11), Err(refusal));
    }
}

#[test]
fn an_account_that_only_receives_never_gives() {
    for account in [receiver(0), receiver(4), receiver(6), Account::Returned, Account::Loss] {
        let undo = |held: i64| {
            let balances = Balances::from([((account, commodity(0)), held), ((team(0), commodity(0)), 0)]);
            post(&balances, &Movement::undoing(&[posting(team(0), 0, -5, None), posting(account, 0, 5, None)]), Nature::Happened)
        };
        assert!(undo(5).is_ok());
        assert_eq!(undo(4), Err(Refusal::NeverReceived(commodity(0))));
    }
}

#[test]
fn what_an_overdraft_owes_is_covered_before_anything_is_held() {
    let balances = Balances::from([((owed(0), commodity(0)), -7), ((store(0), commodity(0)), 100)]);
    let issue = |amount| post(&balances, &Movement::between(store(0), team(0), &line(0, amount), &prices()), Nature::Asked);
    assert_eq!(issue(7), Ok(vec![posting(store(0), 0, -7, None), posting(owed(0), 0, 7, None)]));
    assert_eq!(issue(8), Ok(vec![posting(store(0), 0, -8, None), posting(team(0), 0, 1, None), posting(owed(0), 0, 7, None)]));
    assert_eq!(issue(3), Ok(vec![posting(store(0), 0, -3, None), posting(owed(0), 0, 3, None)]), "still owing is no reason to refuse what is given");
}

#[test]
fn a_sum_beyond_counting_is_refused_and_never_wraps() {
    for (held, amount, is_fine) in [(i64::MAX, 1, false), (i64::MAX - 1, 1, true)] {
        let balances = Balances::from([((store(0), commodity(0)), held)]);
        let movement = Movement::between(Account::Source(fund(0)), store(0), &line(0, amount), &prices());
        let told = post(&balances, &movement, Nature::Asked);
        assert_eq!(told.is_ok(), is_fine);
        assert!(is_fine || told == Err(Refusal::TooMuch(commodity(0))));
    }
    let dear = prices().into_keys().map(|item| (item, i64::MAX)).collect();
    let movement = Movement::between(Account::Source(fund(0)), store(0), &line(1, 2_000), &dear);
    assert_eq!(post(&Balances::new(), &movement, Nature::Asked), Err(Refusal::TooMuch(commodity(1))), "worth is counted too");
}

#[test]
fn goods_are_booked_at_their_worth_and_both_parts_of_a_team_share_it() {
    let balances = Balances::from([((team(0), commodity(1)), 500)]);
    let given = Movement::between(team(0), receiver(0), &line(1, 1_500), &prices());
    // 1.5 units at 3 fen are 4.5 fen, 5 when rounded; a third of it is 1.67, and the rest is the rest.
    let told = vec![posting(team(0), 1, -500, Some(-2)), posting(owed(0), 1, -1_000, Some(-3)), posting(receiver(0), 1, 1_500, Some(5))];
    assert_eq!(post(&balances, &given, Nature::Happened), Ok(told.clone()));
    let mut after = balances;
    apply(&mut after, &told);
    let dearer = Movement::undoing(&told);
    let back = vec![posting(team(0), 1, 500, Some(2)), posting(owed(0), 1, 1_000, Some(3)), posting(receiver(0), 1, -1_500, Some(-5))];
    assert_eq!(post(&after, &dearer, Nature::Happened), Ok(back), "undoing takes back the very worth");
    let unknown = Movement::between(team(0), receiver(0), &line(1, 100), &Prices::new());
    assert!(post(&after, &unknown, Nature::Happened).unwrap().iter().all(|posting| posting.value_fen.is_none()));
    let half_known = Movement::undoing(&[posting(team(0), 1, -1, Some(-2)), posting(owed(0), 1, -1, None), posting(receiver(0), 1, 2, None)]);
    assert!(post(&after, &half_known, Nature::Happened).is_ok_and(|told| told.iter().all(|posting| posting.value_fen.is_none())));
}

#[test]
fn a_movement_names_both_sides_of_a_team_once() {
    let movement = Movement::undoing(&[posting(team(0), 0, -1, None), posting(owed(0), 0, -1, None), posting(receiver(0), 0, 2, None)]);
    let mut accounts = vec![team(0), owed(0), receiver(0)];
    accounts.sort_unstable();
    assert_eq!(movement.accounts(), accounts);
}

fn link(from: Account, to: Account, kind: EntryKind) -> Link {
    Link { from: Place::of(from), to: Place::of(to), kind, commodity: commodity(1) }
}

#[test]
fn an_entry_is_one_link_for_each_commodity_and_its_reversal_takes_it_away() {
    let postings = [posting(team(0), 1, -500, Some(-2)), posting(owed(0), 1, -1_000, Some(-3)), posting(receiver(0), 1, 1_500, Some(5))];
    let given = links(&postings, EntryKind::Handover, false);
    let moved = Moved { amount: 1_500, value_fen: 5 };
    assert_eq!(given, Links::from([(link(team(0), receiver(0), EntryKind::Handover), moved)]));
    let undone = postings.map(|p| Posting { amount: -p.amount, value_fen: p.value_fen.map(|value| -value), ..p });
    assert_eq!(links(&undone, EntryKind::Handover, true), Links::from([(link(team(0), receiver(0), EntryKind::Handover), moved.turned())]));
    assert_eq!(links(&postings[2..], EntryKind::Handover, false), Links::new(), "what nobody gave is no link");
}

#[test]
fn what_a_team_moves_between_its_own_two_accounts_is_given_by_nobody() {
    let postings = [posting(store(0), 1, -5, None), posting(team(0), 1, -3, None), posting(owed(0), 1, 3, None), posting(Account::Loss, 1, 5, None)];
    let lost = links(&postings, EntryKind::Loss, false);
    assert_eq!(lost[&link(store(0), Account::Loss, EntryKind::Loss)], Moved { amount: 5, value_fen: 0 });
    assert!(lost.keys().all(|link| link.from == Place::of(store(0))));
}

#[test]
fn what_had_moved_is_what_moved_without_what_moved_since() {
    let (issue, given) = (link(store(0), team(0), EntryKind::Issue), link(team(0), receiver(0), EntryKind::Handover));
    let of = |amount, value_fen| Moved { amount, value_fen };
    let all = Links::from([(issue, of(10, 6)), (given, of(4, 2))]);
    let later = Links::from([(given, of(4, 2)), (issue, of(3, 1))]);
    let had = left(all, &later);
    assert_eq!(had, Links::from([(issue, of(7, 5)), (given, of(0, 0))]));
    assert_eq!(left(Links::new(), &later)[&issue], of(-3, -1), "what was undone since stood then");
}

#[test]
fn a_team_that_gave_more_than_it_had_owes_it() {
    let (item, of) = (commodity(1), |amount, value_fen| Moved { amount, value_fen });
    for (issued, holder) in [(5, Some((team(0), of(1, 1)))), (4, None), (3, Some((owed(0), of(-1, -1))))] {
        let links = Links::from([
            (link(Account::Source(fund(0)), store(0), EntryKind::Receipt), of(10, 10)),
            (link(store(0), team(0), EntryKind::Issue), of(issued, issued)),
            (link(team(0), receiver(0), EntryKind::Handover), of(2, 2)),
            (link(team(0), receiver(4), EntryKind::Handover), of(1, 1)),
            (link(team(0), receiver(6), EntryKind::Handover), of(1, 1)),
            (link(store(0), Account::Loss, EntryKind::Loss), of(2, 2)),
            (link(store(0), Account::Returned, EntryKind::Return), of(1, 1)),
        ]);
        let mut held = BTreeMap::from([
            ((Account::Source(fund(0)), item), of(-10, -10)),
            ((store(0), item), of(7 - issued, 7 - issued)),
            ((Account::Loss, item), of(2, 2)),
            ((Account::Returned, item), of(1, 1)),
        ]);
        held.extend(holder.map(|(account, moved)| ((account, item), moved)));
        assert_eq!(holdings(&links), held);
        let sum = sums(&links)[&item];
        let (with_teams, unexplained) = ((issued - 4).max(0), (4 - issued).max(0));
        let told = Sum { received: 10, in_store: 7 - issued, with_teams, handed_over: 4, lost: 2, returned_to_source: 1, unexplained, value_fen: 10 };
        assert_eq!(sum, told);
        assert!(sum.adds_up());
        assert!(!Sum { lost: 1, ..sum }.adds_up() && !Sum { unexplained: 9, ..sum }.adds_up());
        assert_eq!(sum.folded(), Sum { with_teams: issued - 4, unexplained: 0, ..sum });
    }
}

#[test]
fn a_slip_is_what_the_store_wrote_whichever_account_of_the_team_took_it() {
    let issue = [posting(store(0), 1, -1_500, Some(-5)), posting(team(0), 1, 500, Some(2)), posting(owed(0), 1, 1_000, Some(3))];
    assert_eq!(written(&issue), BTreeMap::from([(commodity(1), 1_500)]));
    assert_eq!(written(&[posting(team(0), 0, -3, None), posting(store(0), 0, 3, None)]), BTreeMap::from([(commodity(0), 3)]));
    assert_eq!(Place::of(owed(0)), Place::Team(team_id(0)));
}

#[test]
fn a_count_names_every_line_of_its_slip_and_says_why_it_differs() {
    let wrote = BTreeMap::from([(commodity(0), 100), (commodity(1), 2_000)]);
    let both = |cash, rice| vec![(commodity(0), cash), (commodity(1), rice)];
    assert_eq!(count(&wrote, &both(100, 2_000), ""), Ok(true));
    assert_eq!(count(&wrote, &both(100, 2_000), "一"), Ok(true), "nothing has to be said where nothing differs");
    assert_eq!(count(&wrote, &both(100, 0), "少了"), Ok(false));
    assert_eq!(count(&wrote, &both(101, 2_000), " 多了 "), Ok(false));
    let faults = |counted: &[(Commodity, i64)], words: &str| -> Vec<(String, String)> {
        count(&wrote, counted, words).unwrap_err().into_iter().map(|fault| (fault.pointer, fault.code)).collect()
    };
    let fault = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    assert_eq!(faults(&both(99, 2_000), " "), [fault("/words", "missing")]);
    assert_eq!(faults(&both(99, 2_000), " 少 "), [fault("/words", "too_short")]);
    assert_eq!(faults(&both(100, 2_000)[..1], ""), [fault("/lines", "missing")]);
    let strange = (Commodity::Cash(fund(1)), 100);
    assert_eq!(faults(&[(commodity(0), 100), strange], "有出入"), [fault("/lines/1", "unknown"), fault("/lines", "missing")]);
}
