//! What answers and verdicts may say. Pure.

use std::collections::BTreeSet;

use crate::campaigns::ItemId;
use crate::kit::clock::Moment;
use crate::kit::digest::is_sha256_hex;
use crate::kit::http::faults::Faults;
use crate::spotchecks::model::{Answers, How};

/// The most of anything that one household is given.
const MOST: i64 = 1_000_000_000;
const MOST_GOODS: usize = 50;
const MOST_EVIDENCE: usize = 20;
const LONGEST_NAME: usize = 80;
const LONGEST_WORDS: usize = 1_000;

/// Notes what is wrong with answers, and trims them.
pub fn check(faults: &mut Faults, answers: &mut Answers, known: &[ItemId], now: Moment) {
    let mut text = |text: &mut String, most, pointer: &str| {
        *text = if text.trim().is_empty() { String::new() } else { faults.text(text, most, pointer) };
    };
    text(&mut answers.who, LONGEST_NAME, "/who");
    text(&mut answers.signed_by, LONGEST_NAME, "/signed_by");
    text(&mut answers.words, LONGEST_WORDS, "/words");
    if let Some(day) = &answers.came_on {
        let read = Moment::parse(&format!("{day}T00:00:00+08:00")).ok().filter(|at| at.china_day() == *day);
        faults.unless(read.is_some(), "/came_on", "bad_format");
        faults.unless(read.is_none_or(|at| at <= now), "/came_on", "out_of_range");
    }
    faults.unless((0..=MOST).contains(&answers.cash_fen), "/cash_fen", "out_of_range");
    faults.unless(answers.goods.len() <= MOST_GOODS, "/goods", "too_many");
    let mut items = BTreeSet::new();
    for (n, line) in answers.goods.iter().enumerate() {
        faults.unless(items.insert(line.item_id), format!("/goods/{n}/item_id"), "duplicate");
        faults.unless(known.contains(&line.item_id), format!("/goods/{n}/item_id"), "unknown");
        faults.unless((1..=MOST).contains(&line.quantity_milli), format!("/goods/{n}/quantity_milli"), "out_of_range");
    }
    faults.unless(answers.evidence.len() <= MOST_EVIDENCE, "/evidence", "too_many");
    for (n, sha256) in answers.evidence.iter().enumerate() {
        faults.unless(is_sha256_hex(sha256), format!("/evidence/{n}"), "not_sha256");
    }
    if let Some(position) = &answers.position {
        faults.unless(answers.how == How::Visit, "/position", "must_be_empty");
        let on_earth = position.latitude.abs() <= 90.0 && position.longitude.abs() <= 180.0 && (0.0..=1_000_000.0).contains(&position.accuracy_m);
        faults.unless(on_earth, "/position", "out_of_range");
    }
}
