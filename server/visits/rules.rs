//! What a visit must look like to be stored at all: bounds and forms, never whether it is true.

use super::model::{Aid, Ink, NamedEvidence, Position, SixKnows, VisitSaid};
use crate::kit::clock::DAY_MS;
use crate::kit::digest::is_sha256_hex;
use crate::kit::http::problem::FieldProblem;

/// Longest name, in characters.
const NAME: usize = 100;
/// Longest words, in characters.
const WORDS: usize = 2_000;
/// Longest words about one of the six knows, in characters.
const KNOWN: usize = 500;
/// Most pieces of evidence in one visit.
const MOST_EVIDENCE: usize = 200;
/// Most lines of aid in one visit.
const MOST_AID: usize = 50;
/// Most recipients of a group visit.
const MOST_RECIPIENTS: usize = 500;
/// Largest amount: ten million yuan in fen, ten million units in thousandths.
const LARGEST: i64 = 10_000_000_000;
/// Largest evidence file in bytes.
const LARGEST_FILE: i64 = 15 * 1_048_576;

/// Collects what is wrong with a body, all of it at once.
#[derive(Default)]
struct Faults(Vec<FieldProblem>);

impl Faults {
    fn unless(&mut self, holds: bool, pointer: impl Into<String>, code: &str) {
        if !holds {
            self.0.push(FieldProblem::new(pointer, code));
        }
    }

    fn text(&mut self, text: &str, most: usize, pointer: impl Into<String>) {
        self.unless(text.chars().count() <= most, pointer, "too_long");
    }

    fn name(&mut self, name: &str, pointer: &str) {
        self.unless(!name.trim().is_empty(), pointer, "missing");
        self.text(name, NAME, pointer);
    }

    fn position(&mut self, position: &Position, pointer: &str) {
        let on_earth = position.latitude.abs() <= 90.0 && position.longitude.abs() <= 180.0;
        self.unless(on_earth && (0.0..=1_000_000.0).contains(&position.accuracy_m), pointer, "out_of_range");
    }

    fn evidence(&mut self, evidence: &NamedEvidence, pointer: &str) {
        self.unless(is_sha256_hex(&evidence.sha256), format!("{pointer}/sha256"), "not_sha256");
        self.unless(evidence.original_sha256.as_deref().is_none_or(is_sha256_hex), format!("{pointer}/original_sha256"), "not_sha256");
        self.unless((1..=LARGEST_FILE).contains(&evidence.bytes), format!("{pointer}/bytes"), "out_of_range");
        self.text(&evidence.media_type, 100, format!("{pointer}/media_type"));
        if let Some(position) = &evidence.position {
            self.position(position, &format!("{pointer}/position"));
        }
    }

    fn ink(&mut self, ink: &Ink, pointer: &str) {
        let fine = [ink.strokes, ink.points, ink.box_px[0], ink.box_px[1]].iter().all(|n| (0..=1_000_000).contains(n));
        self.unless(fine, pointer, "out_of_range");
    }

    fn amount(&mut self, amount: i64, pointer: String) {
        self.unless((1..=LARGEST).contains(&amount), pointer, "out_of_range");
    }
}

/// What keeps a visit from being stored; empty when nothing does.
pub(super) fn faults(said: &VisitSaid) -> Vec<FieldProblem> {
    let mut faults = Faults::default();
    whom(said, &mut faults);
    faults.unless(said.started_at <= said.ended_at, "/ended_at", "wrong_order");
    faults.unless(said.ended_at.since(said.started_at) <= 2 * DAY_MS, "/ended_at", "out_of_range");
    if let Some(position) = &said.position {
        faults.position(position, "/position");
    }
    what(said, &mut faults);
    faults.unless(said.evidence.len() <= MOST_EVIDENCE, "/evidence", "too_many");
    for (n, evidence) in said.evidence.iter().take(MOST_EVIDENCE).enumerate() {
        faults.evidence(evidence, &format!("/evidence/{n}"));
        let twice = said.evidence.iter().take(n).any(|other| other.sha256 == evidence.sha256);
        faults.unless(!twice, format!("/evidence/{n}/sha256"), "duplicate");
    }
    if let Some(ink) = &said.signature_ink {
        faults.ink(ink, "/signature_ink");
    }
    faults.text(&said.notes, WORDS, "/notes");
    faults.unless(said.needs.len() <= 20, "/needs", "too_many");
    for (n, need) in said.needs.iter().take(20).enumerate() {
        faults.text(&need.kind, 50, format!("/needs/{n}/kind"));
        faults.text(&need.urgency, 50, format!("/needs/{n}/urgency"));
        faults.text(&need.words, WORDS, format!("/needs/{n}/words"));
    }
    for (name, words) in said.six_knows.iter().flat_map(SixKnows::said) {
        faults.text(words, KNOWN, format!("/six_knows/{name}"));
    }
    let amending = said.amends.is_some();
    let reason = said.amend_reason.as_deref().unwrap_or_default();
    faults.unless(!amending || !reason.trim().is_empty(), "/amend_reason", "missing");
    faults.text(reason, WORDS, "/amend_reason");
    faults.0
}

/// What keeps a piece of evidence from being named, also where no visit names it.
#[must_use]
pub fn faults_of_evidence(evidence: &NamedEvidence, pointer: &str) -> Vec<FieldProblem> {
    let mut faults = Faults::default();
    faults.evidence(evidence, pointer);
    faults.0
}

/// What keeps ink from being a signature's, also where no visit has it.
#[must_use]
pub fn faults_of_ink(ink: &Ink, pointer: &str) -> Vec<FieldProblem> {
    let mut faults = Faults::default();
    faults.ink(ink, pointer);
    faults.0
}

fn whom(said: &VisitSaid, faults: &mut Faults) {
    let named = usize::from(said.household_id.is_some()) + usize::from(said.enterprise_id.is_some()) + usize::from(said.found.is_some());
    let collective = said.group.is_some();
    faults.unless(named <= 1, "/household_id", "must_be_empty");
    faults.unless(named == 1 || collective, "/household_id", "missing");
    if let Some(found) = &said.found {
        faults.name(&found.name, "/found/name");
        faults.text(&found.address, 300, "/found/address");
        faults.text(&found.words, WORDS, "/found/words");
    }
    if let Some(recipient) = &said.recipient {
        faults.name(&recipient.name, "/recipient/name");
        faults.text(recipient.proxy_reason.as_deref().unwrap_or_default(), 500, "/recipient/proxy_reason");
    }
}

fn what(said: &VisitSaid, faults: &mut Faults) {
    faults.unless(said.aid.len() <= MOST_AID, "/aid", "too_many");
    for (n, aid) in said.aid.iter().take(MOST_AID).enumerate() {
        match *aid {
            Aid::Cash { amount_fen, .. } => faults.amount(amount_fen, format!("/aid/{n}/amount_fen")),
            Aid::Goods { quantity_milli, .. } => faults.amount(quantity_milli, format!("/aid/{n}/quantity_milli")),
        }
    }
    let Some(group) = &said.group else { return };
    faults.unless((1..=MOST_RECIPIENTS).contains(&group.recipients.len()), "/group/recipients", "too_many");
    faults.unless((0..=LARGEST).contains(&group.total_fen), "/group/total_fen", "out_of_range");
    for (n, recipient) in group.recipients.iter().take(MOST_RECIPIENTS).enumerate() {
        faults.name(&recipient.name, &format!("/group/recipients/{n}/name"));
        faults.unless((0..=LARGEST).contains(&recipient.amount_fen), format!("/group/recipients/{n}/amount_fen"), "out_of_range");
        faults.unless(recipient.signature.as_deref().is_none_or(is_sha256_hex), format!("/group/recipients/{n}/signature"), "not_sha256");
        faults.text(recipient.id_number.as_deref().unwrap_or_default(), 32, format!("/group/recipients/{n}/id_number"));
    }
}
