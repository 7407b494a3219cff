//! What a check's item must look like to be taken at all; what the household said is for the spot check to judge.

use crate::field::model::CheckSaid;
use crate::kit::http::faults::Faults;
use crate::kit::http::problem::FieldProblem;
use crate::spotchecks::How;
use crate::visits::{self, EvidenceKind};

/// The most photos of one check.
const MOST_PHOTOS: usize = 20;

/// What keeps answers from being taken, all of it at once.
pub(in crate::field) fn faults(said: &CheckSaid) -> Result<(), Vec<FieldProblem>> {
    let mut faults = Faults::default();
    faults.unless(said.answers.evidence.is_empty(), "/answers/evidence", "must_be_empty");
    faults.unless(said.answers.how == How::Visit || said.evidence.is_empty(), "/evidence", "must_be_empty");
    faults.unless(said.evidence.len() <= MOST_PHOTOS, "/evidence", "too_many");
    for (n, named) in said.evidence.iter().take(MOST_PHOTOS).enumerate() {
        faults.unless(named.kind == EvidenceKind::Photo, format!("/evidence/{n}/kind"), "wrong_kind");
        faults.unless(!said.evidence.iter().take(n).any(|other| other.sha256 == named.sha256), format!("/evidence/{n}/sha256"), "duplicate");
        faults.extend(visits::faults_of_evidence(named, &format!("/evidence/{n}")));
    }
    faults.or(()).map_err(|problem| problem.fields)
}
