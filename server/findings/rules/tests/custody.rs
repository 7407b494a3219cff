use crate::accounts::TeamId;
use crate::findings::model::{About, Code, Counted, Custody, Finding, Held, Season, Severity, Slip};
use crate::findings::rules::custody;
use crate::kit::clock::Moment;
use crate::ledger::EntryId;

/// The codes that are found about custody, not about visits.
pub(super) const OF_CUSTODY: [Code; 2] = [Code::C01, Code::C02];

const CASH: &str = "0198f000-0000-7000-8000-000000000003";
const RICE: &str = "0198f000-0000-7000-8000-000000000004";

fn at(text: &str) -> Moment {
    Moment::parse(text).expect("a time")
}

fn team() -> TeamId {
    TeamId::parse("0198f000-0000-7000-8000-000000000006").expect("an id")
}

fn entry(n: u8) -> EntryId {
    EntryId::parse(&format!("0198f000-0000-7000-8000-0000000002{n:02}")).expect("an id")
}

fn held(commodity_id: &str, amount: i64) -> Held {
    Held { commodity_id: commodity_id.into(), is_cash: commodity_id == CASH, amount }
}

fn counted(commodity_id: &str, booked: i64, counted: i64) -> Counted {
    Counted { commodity_id: commodity_id.into(), is_cash: commodity_id == CASH, booked, counted }
}

fn of(now: &str, held: Vec<Held>, slips: Vec<Slip>) -> Custody {
    let season =
        Season { opens_at: at("2027-01-10T00:00:00+08:00"), deadline_at: at("2027-02-05T23:59:59.999+08:00"), policy: crate::campaigns::Policy::default() };
    Custody { now: at(now), season, team: team(), held, slips }
}

const LAST_MOMENT: &str = "2027-02-05T23:59:59.999+08:00";
const A_MOMENT_LATER: &str = "2027-02-06T00:00:00+08:00";

#[test]
fn a_team_may_hold_what_it_likes_until_the_last_moment() {
    assert!(custody(&of(LAST_MOMENT, vec![held(CASH, 1), held(RICE, 1)], Vec::new())).is_empty());
}

#[test]
fn after_it_every_fund_and_every_item_still_held_is_found() {
    let found = custody(&of(A_MOMENT_LATER, vec![held(RICE, 1), held(CASH, 1)], Vec::new()));
    let said: Vec<(Code, Severity, About, &str)> = found.iter().map(|f| (f.code, f.severity, f.about, f.subject.as_str())).collect();
    let subject = |id: &str| format!("custody:{id}");
    let (cash, rice) = (subject(CASH), subject(RICE));
    assert_eq!(said, [(Code::C01, Severity::Block, About::Team(team()), &*cash), (Code::C01, Severity::Block, About::Team(team()), &*rice)]);
    assert_eq!((found[0].actual["cash_fen"].as_i64(), found[0].actual["fund_id"].as_str()), (Some(1), Some(CASH)));
    assert_eq!((found[1].actual["quantity_milli"].as_i64(), found[1].actual["item_id"].as_str()), (Some(1), Some(RICE)));
    assert_eq!(found[0].expected["deadline_at"], found[1].expected["deadline_at"]);
}

#[test]
fn a_team_that_holds_nothing_answers_for_nothing() {
    assert!(custody(&of(A_MOMENT_LATER, vec![held(CASH, 0), held(RICE, -1)], Vec::new())).is_empty());
    assert!(custody(&of(A_MOMENT_LATER, Vec::new(), Vec::new())).is_empty());
}

#[test]
fn every_line_that_was_counted_differently_is_found_in_whatever_order_slips_are_told() {
    let first = Slip { entry: entry(1), lines: vec![counted(RICE, 2_000, 1_999), counted(CASH, 50_000, 50_001)] };
    let second = Slip { entry: entry(2), lines: vec![counted(CASH, 7, 7), counted(RICE, 1, 0)] };
    let found = custody(&of(LAST_MOMENT, Vec::new(), vec![second.clone(), first.clone()]));
    assert_eq!(found, custody(&of(LAST_MOMENT, Vec::new(), vec![first, second])));
    let said: Vec<(About, i64, i64)> = found
        .iter()
        .map(|f| {
            assert_eq!((f.code, f.severity), (Code::C02, Severity::Review));
            let amount = |value: &serde_json::Value| value["cash_fen"].as_i64().or(value["quantity_milli"].as_i64()).expect("an amount");
            (f.about, amount(&f.expected), amount(&f.actual))
        })
        .collect();
    assert_eq!(said, [(About::Slip(entry(1)), 50_000, 50_001), (About::Slip(entry(1)), 2_000, 1_999), (About::Slip(entry(2)), 1, 0)]);
    assert_eq!(found[0].subject, format!("custody:{CASH}"));
}

/// What is found of custody, for the words.
pub(super) fn all_findings() -> Vec<Finding> {
    let lines = vec![counted(RICE, 2_000, 1_999), counted(CASH, 50_000, 50_001)];
    custody(&of(A_MOMENT_LATER, vec![held(CASH, 1), held(RICE, 1)], vec![Slip { entry: entry(1), lines }]))
}
