//! Two counts of one slip.

use std::collections::BTreeMap;

use crate::kit::http::problem::FieldProblem;
use crate::ledger::model::{Account, Commodity, Posting};

/// The fewest characters that say why a count differs.
const FEWEST_WORDS: usize = 2;

/// What the store wrote on a slip: its own side of the entry, because a team's may stand on two accounts.
#[must_use]
pub fn written(postings: &[Posting]) -> BTreeMap<Commodity, i64> {
    let of_store = postings.iter().filter(|posting| matches!(posting.account, Account::Store(_)));
    of_store.map(|posting| (posting.commodity, posting.amount.saturating_abs())).collect()
}

/// Whether a lead counted what the store wrote.
///
/// # Errors
/// What keeps the count from being one of this slip: a line that is not on it, one that is missing, or no word for why it differs.
pub fn count(written: &BTreeMap<Commodity, i64>, counted: &[(Commodity, i64)], words: &str) -> Result<bool, Vec<FieldProblem>> {
    let unknown = counted.iter().enumerate().filter(|(_, (commodity, _))| !written.contains_key(commodity));
    let mut faults: Vec<FieldProblem> = unknown.map(|(n, _)| FieldProblem::new(format!("/lines/{n}"), "unknown")).collect();
    if !written.keys().all(|commodity| counted.iter().any(|(named, _)| named == commodity)) {
        faults.push(FieldProblem::new("/lines", "missing"));
    }
    let agrees = counted.iter().all(|(commodity, amount)| written.get(commodity) == Some(amount));
    let said = words.trim().chars().count();
    if !agrees && said < FEWEST_WORDS {
        faults.push(FieldProblem::new("/words", if said == 0 { "missing" } else { "too_short" }));
    }
    if faults.is_empty() { Ok(agrees) } else { Err(faults) }
}
