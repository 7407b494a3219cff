//! Reconciliation, pure: a household's visits held against file, entitlement, custody and evidence.
//!
//! The same facts give the same findings in the same order, whatever order they arrived in. To add a rule, write one function from a
//! [`Scene`] to [`Draft`]s, and give it a row in [`RULES`].

mod aid;
mod chain;
mod custody;
mod evidence;
mod file;
mod place;
mod recipient;
mod standing;
mod story;
mod time;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use serde_json::{Value, json};

use super::model::{About, Case, Code, Finding, Severity, Standing};
pub(super) use chain::gap_counts_from;
pub use custody::custody;
pub(super) use evidence::{missing, overdue_at};
use story::{Scene, Story};

/// What a rule says; its code stands in the table.
#[derive(Debug, Clone, PartialEq)]
struct Draft {
    severity: Severity,
    subject: String,
    expected: Value,
    actual: Value,
    evidence: Vec<String>,
}

impl Draft {
    fn new(severity: Severity, subject: impl Into<String>, expected: Value, actual: Value) -> Self {
        Self { severity, subject: subject.into(), expected, actual, evidence: Vec::new() }
    }

    /// About one picture.
    fn of_picture(severity: Severity, sha256: &str, expected: Value, actual: Value) -> Self {
        let evidence = vec![sha256.to_owned()];
        Self { evidence, ..Self::new(severity, format!("evidence:{sha256}"), expected, actual) }
    }
}

type Check = fn(&Scene<'_>) -> Vec<Draft>;

/// Whose visits a rule looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// Those that stand: a visit that another amends answers for nothing any more.
    Standing,
    /// All: an amendment must not wipe out what it cannot put right.
    All,
}

/// Every rule, in the order in which findings are told.
const RULES: &[(Code, Of, Check)] = &[
    (Code::F01, Of::Standing, file::no_approved_file),
    (Code::F02, Of::Standing, file::notice_not_over),
    (Code::F03, Of::Standing, file::file_ended),
    (Code::F04, Of::Standing, file::no_entitlement),
    (Code::F05, Of::Standing, file::another_teams_household),
    (Code::I01, Of::Standing, recipient::unknown_recipient),
    (Code::I02, Of::Standing, recipient::received_elsewhere),
    (Code::P01, Of::Standing, place::no_position),
    (Code::P02, Of::Standing, place::poor_accuracy),
    (Code::P03, Of::Standing, place::far_from_home),
    (Code::P04, Of::Standing, place::photo_far_away),
    (Code::P05, Of::Standing, place::too_fast),
    (Code::P06, Of::Standing, place::copied_position),
    (Code::T01, Of::Standing, time::outside_the_campaign),
    (Code::T02, Of::Standing, time::clock_off),
    (Code::T03, Of::Standing, time::photo_at_another_time),
    (Code::T04, Of::Standing, time::too_short),
    (Code::T05, Of::Standing, time::late),
    (Code::T06, Of::Standing, chain::time_not_bounded),
    (Code::T07, Of::All, chain::gap_or_fork),
    (Code::E01, Of::Standing, evidence::too_few_photos),
    (Code::E02, Of::Standing, evidence::no_signature),
    (Code::E03, Of::All, evidence::same_picture_elsewhere),
    (Code::E04, Of::All, evidence::alike_elsewhere),
    (Code::E05, Of::Standing, evidence::never_arrived),
    (Code::E06, Of::Standing, evidence::not_from_the_camera),
    (Code::A01, Of::Standing, aid::more_cash),
    (Code::A02, Of::Standing, aid::less_cash),
    (Code::A03, Of::Standing, aid::other_goods),
    (Code::A04, Of::Standing, aid::second_handover),
    (Code::A05, Of::Standing, aid::wrong_fund),
    (Code::A06, Of::Standing, aid::beyond_custody),
    (Code::A07, Of::Standing, aid::without_being_reached),
    (Code::G01, Of::Standing, recipient::roster_does_not_add_up),
];

/// What comes of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Everything that does not agree: by visit (when it happened, then id), then code, then subject.
    pub findings: Vec<Finding>,
    /// Where the household stands.
    pub standing: Standing,
    /// The visits that stand, in the order they happened.
    pub counted: Vec<crate::visits::VisitId>,
}

/// Holds a household's visits against everything known. Pure: no order of arrival, no clock but the case's own.
#[must_use]
pub fn reconcile(case: &Case) -> Verdict {
    let story = Story::of(case);
    let mut findings = Vec::new();
    for scene in story.scenes() {
        let rules = RULES.iter().filter(|(_, of, _)| scene.stands || *of == Of::All);
        for (code, _, check) in rules {
            let mut drafts = check(&scene);
            drafts.sort_by(|a, b| a.subject.cmp(&b.subject));
            findings.extend(drafts.into_iter().map(|draft| finding(&scene, *code, draft)));
        }
    }
    let settled = settled(case, &findings);
    let standing = standing::standing(&story, &findings, &settled);
    Verdict { findings, standing, counted: story.counted().map(|visit| visit.id).collect() }
}

fn finding(scene: &Scene<'_>, code: Code, draft: Draft) -> Finding {
    let Draft { severity, subject, expected, actual, evidence } = draft;
    Finding { about: About::Visit(scene.visit.id), code, severity, subject, expected, actual, evidence }
}

/// The places of the findings that were settled on these very facts.
fn settled(case: &Case, findings: &[Finding]) -> HashSet<usize> {
    if case.settled.is_empty() {
        return HashSet::new();
    }
    let is_settled = |finding: &Finding| {
        let same = |s: &&super::model::Settled| Some(s.visit) == finding.about.visit() && s.code == finding.code && s.subject == finding.subject;
        case.settled.iter().find(same).is_some_and(|settled| settled.facts_hash == finding.facts_hash())
    };
    findings.iter().enumerate().filter(|(_, finding)| is_settled(finding)).map(|(n, _)| n).collect()
}

/// Nothing to compare with.
fn nothing() -> Value {
    json!({})
}

#[cfg(test)]
pub(super) use tests::vectors_findings;
