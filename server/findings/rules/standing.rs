//! Where the household stands.

use std::collections::HashSet;

use super::evidence::missing;
use super::story::{Story, delivers};
use crate::findings::model::{Finding, Severity, Standing};

/// `unreached` → `attempted` → `pending` → `matched` or `disputed` → `settled`. What is open at review or block is told at once, even
/// while evidence is on its way: waiting cannot mend it.
pub(super) fn standing(story: &Story<'_>, findings: &[Finding], settled: &HashSet<usize>) -> Standing {
    if story.counted().next().is_none() {
        return Standing::Unreached;
    }
    if !story.counted().any(delivers) {
        return Standing::Attempted;
    }
    let weighty = || findings.iter().enumerate().filter(|(_, finding)| finding.severity >= Severity::Review);
    if weighty().any(|(n, _)| !settled.contains(&n)) {
        return Standing::Disputed;
    }
    if story.counted().any(|visit| missing(visit).next().is_some()) {
        return Standing::Pending;
    }
    if weighty().next().is_some() { Standing::Settled } else { Standing::Matched }
}
