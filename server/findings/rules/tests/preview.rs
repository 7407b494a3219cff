//! The rules that the phone also holds a visit against before it leaves the door: one file of vectors for both.

use serde::Deserialize;
use serde_json::Value;

use super::vectors::case;
use crate::findings::model::{Code, Finding, Severity};
use crate::findings::rules::reconcile;
use crate::visits::VisitId;

/// What the phone can know at the door.
const PREVIEWED: [Code; 13] =
    [Code::I01, Code::P01, Code::P02, Code::P03, Code::T01, Code::T04, Code::E01, Code::E02, Code::A01, Code::A02, Code::A03, Code::A07, Code::G01];

#[derive(Deserialize)]
struct Vectors {
    base: Value,
    cases: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    name: String,
    patch: Value,
    findings: Vec<Told>,
}

/// A finding without the pictures it points at.
#[derive(Debug, PartialEq, Deserialize)]
struct Told {
    code: Code,
    severity: Severity,
    subject: String,
    expected: Value,
    actual: Value,
}

impl From<Finding> for Told {
    fn from(Finding { code, severity, subject, expected, actual, .. }: Finding) -> Self {
        Self { code, severity, subject, expected, actual }
    }
}

fn read() -> Vectors {
    serde_json::from_str(include_str!("../../../../tests/vectors/preview.json")).expect("vectors")
}

/// What is found about the visit itself; the earlier ones are only there to leave it something, or nothing.
fn told(base: &Value, vector: &Vector) -> Vec<Told> {
    let visit: VisitId = serde_json::from_value(base["visit"]["id"].clone()).expect("an id");
    let findings = reconcile(&case(base, &vector.patch)).findings.into_iter();
    findings.filter(|finding| finding.about.visit() == Some(visit) && PREVIEWED.contains(&finding.code)).map(Told::from).collect()
}

#[test]
fn the_phones_vectors_hold_here_too() {
    let vectors = read();
    let wrong: Vec<String> = vectors
        .cases
        .iter()
        .map(|vector| (vector, told(&vectors.base, vector)))
        .filter(|(vector, found)| *found != vector.findings)
        .map(|(vector, found)| format!("{}: {found:?}", vector.name))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_previewed_rule_is_seen_to_speak_and_to_be_silent() {
    let cases = read().cases;
    for code in PREVIEWED {
        let speaks = |vector: &&Vector| vector.findings.iter().any(|finding| finding.code == code);
        assert!(cases.iter().any(|vector| speaks(&vector)), "no vector raises {code}");
        assert!(cases.iter().any(|vector| !speaks(&vector)), "every vector raises {code}");
    }
    assert!(cases.len() >= 200);
}
