//! What a count must look like to be taken at all; whether it is the slip's own is for the ledger to say.

use crate::field::model::AcknowledgeSaid;
use crate::kit::http::faults::Faults;
use crate::kit::http::problem::FieldProblem;
use crate::ledger::{MOST, MOST_LINES};
use crate::visits::{self, Aid, EvidenceKind, EvidenceSource};

/// The most characters that say why a count differs.
const MOST_WORDS: usize = 500;

/// What keeps a count from being taken, all of it at once.
pub(in crate::field) fn faults(said: &AcknowledgeSaid) -> Result<(), Vec<FieldProblem>> {
    let mut faults = Faults::default();
    faults.unless(!said.lines.is_empty(), "/lines", "missing");
    faults.unless(said.lines.len() <= MOST_LINES, "/lines", "too_many");
    for (n, line) in said.lines.iter().take(MOST_LINES).enumerate() {
        let (amount, at) = match *line {
            Aid::Cash { amount_fen, .. } => (amount_fen, "amount_fen"),
            Aid::Goods { quantity_milli, .. } => (quantity_milli, "quantity_milli"),
        };
        faults.unless((0..=MOST).contains(&amount), format!("/lines/{n}/{at}"), "out_of_range");
        faults.unless(!said.lines.iter().take(n).any(|other| same(other, line)), format!("/lines/{n}"), "duplicate");
    }
    signature(said, &mut faults);
    faults.extend(visits::faults_of_ink(&said.signature_ink, "/signature_ink"));
    faults.unless(said.words.chars().count() <= MOST_WORDS, "/words", "too_long");
    faults.unless(!said.words.chars().any(|c| c.is_control() && c != '\n'), "/words", "bad_format");
    faults.or(()).map_err(|problem| problem.fields)
}

fn signature(said: &AcknowledgeSaid, faults: &mut Faults) {
    match said.evidence.as_slice() {
        [] => faults.add("/evidence", "missing"),
        [named] => {
            faults.unless(named.kind == EvidenceKind::Signature, "/evidence/0/kind", "wrong_kind");
            faults.unless(named.source == EvidenceSource::Ink, "/evidence/0/source", "wrong_kind");
            faults.extend(visits::faults_of_evidence(named, "/evidence/0"));
        }
        _ => faults.add("/evidence", "too_many"),
    }
}

/// Whether two lines count the same.
fn same(one: &Aid, other: &Aid) -> bool {
    match (one, other) {
        (Aid::Cash { fund_id, .. }, Aid::Cash { fund_id: other, .. }) => fund_id == other,
        (Aid::Goods { item_id, .. }, Aid::Goods { item_id: other, .. }) => item_id == other,
        _ => false,
    }
}
