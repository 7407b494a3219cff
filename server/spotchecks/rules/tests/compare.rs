//! Side by side.

use std::collections::BTreeMap;

use crate::campaigns::{ItemId, Quantity};
use crate::kit::clock::Moment;
use crate::spotchecks::model::{Agreement, Answers, Field, How, Record, Verdict};
use crate::spotchecks::rules::compare::{at_risk_fen, compare};
use crate::visits::{Outcome, VisitId};

fn item(n: u8) -> ItemId {
    ItemId::parse(&format!("01900000-0000-7000-8000-0000000000{n:02x}")).unwrap()
}

fn rice(quantity_milli: i64) -> Quantity {
    Quantity { item_id: item(1), quantity_milli }
}

fn said() -> Answers {
    Answers {
        how: How::Phone,
        came: true,
        who: "小 王, 王建国".into(),
        came_on: Some("2027-01-26".into()),
        cash_fen: 50_000,
        goods: vec![rice(1_000), rice(1_000)],
        signed_by: "李秀英".into(),
        satisfied: serde_json::from_str("\"yes\"").unwrap(),
        words: String::new(),
        evidence: vec![],
        position: None,
    }
}

fn wrote() -> Record {
    Record {
        visit_id: VisitId::nil(),
        outcome: Outcome::Reached,
        started_at: Moment::parse("2027-01-26T07:30:00+08:00").unwrap(),
        cadre: "王建国".into(),
        cash_fen: 50_000,
        goods: vec![rice(2_000)],
        recipient: Some("李秀英".into()),
        relation: None,
        amended_since: false,
    }
}

fn agreement(said: &Answers, wrote: &Record, field: Field) -> Vec<Agreement> {
    compare(said, wrote).into_iter().filter(|of| of.field == field).map(|of| of.agreement).collect()
}

#[test]
fn what_is_the_same_is_the_same_however_it_was_put_together() {
    assert!(compare(&said(), &wrote()).iter().all(|of| of.agreement == Agreement::Same), "{:?}", compare(&said(), &wrote()));
}

#[test]
fn each_thing_that_differs_is_named_by_itself() {
    let other = Answers { cash_fen: 30_000, goods: vec![rice(1_000), Quantity { item_id: item(2), quantity_milli: 500 }], ..said() };
    assert_eq!(agreement(&other, &wrote(), Field::Cash), [Agreement::Differs]);
    assert_eq!(agreement(&other, &wrote(), Field::Goods), [Agreement::Differs, Agreement::Differs]);
    let other = Answers { came_on: Some("2027-01-20".into()), who: "一位女同志".into(), signed_by: "邻居".into(), ..said() };
    assert_eq!(agreement(&other, &wrote(), Field::CameOn), [Agreement::Differs]);
    assert_eq!(agreement(&other, &wrote(), Field::Who), [Agreement::Look]);
    assert_eq!(agreement(&other, &wrote(), Field::SignedBy), [Agreement::Look]);
    let silent = Answers { came_on: None, who: " ".into(), signed_by: String::new(), ..said() };
    for field in [Field::CameOn, Field::Who, Field::SignedBy] {
        assert_eq!(agreement(&silent, &wrote(), field), [Agreement::Unsaid]);
    }
}

#[test]
fn somebody_came_where_the_cadre_wrote_that_nobody_was_home() {
    let absent = Record { outcome: Outcome::Absent, cash_fen: 0, goods: vec![], recipient: None, ..wrote() };
    let nobody = Answers { came: false, who: String::new(), came_on: None, cash_fen: 0, goods: vec![], signed_by: String::new(), ..said() };
    assert_eq!(agreement(&nobody, &absent, Field::Came), [Agreement::Same]);
    assert_eq!(agreement(&said(), &absent, Field::Came), [Agreement::Differs]);
    assert_eq!(agreement(&nobody, &wrote(), Field::Came), [Agreement::Differs]);
}

#[test]
fn what_differs_is_at_risk_or_all_of_it_or_nothing() {
    let prices = BTreeMap::from([(item(1), 6_000), (item(2), 1_500)]);
    let risk = |verdict, said: &Answers| at_risk_fen(verdict, Some(said), Some(&wrote()), 62_000, &prices);
    let less = Answers { cash_fen: 30_000, goods: vec![rice(1_000), Quantity { item_id: item(2), quantity_milli: 500 }], ..said() };
    assert_eq!(risk(Verdict::Misdelivered, &less), 20_000 + 6_000 + 750);
    assert_eq!([Verdict::Ineligible, Verdict::NotReceived].map(|verdict| risk(verdict, &less)), [62_000; 2]);
    assert_eq!([Verdict::Agrees, Verdict::Minor, Verdict::Unreachable].map(|verdict| risk(verdict, &less)), [0; 3]);
    assert_eq!(at_risk_fen(Verdict::Misdelivered, None, None, 62_000, &prices), 62_000, "what cannot be reckoned is all of it");
}
