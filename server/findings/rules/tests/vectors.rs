use serde::Deserialize;
use serde_json::Value;

use super::custody::OF_CUSTODY;
use crate::findings::model::{Case, Code, Settled, Severity, Standing};
use crate::findings::rules::{RULES, reconcile};
use crate::visits::VisitId;

#[derive(Deserialize)]
struct Vectors {
    base: Value,
    cases: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    name: String,
    patch: Value,
    findings: Vec<Expected>,
    standing: Standing,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Expected {
    visit: VisitId,
    code: Code,
    severity: Severity,
}

fn read() -> Vectors {
    serde_json::from_str(include_str!("../../../../tests/vectors/reconciliation.json")).expect("vectors")
}

/// JSON merge patch, RFC 7396.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    let object = target.as_object_mut().expect("an object");
    for (key, value) in patch {
        if value.is_null() {
            object.remove(key);
        } else {
            merge(object.entry(key.clone()).or_insert(Value::Null), value);
        }
    }
}

pub(super) fn case(base: &Value, patch: &Value) -> Case {
    let mut whole = base.clone();
    merge(&mut whole, patch);
    let object = whole.as_object_mut().expect("an object");
    let visit = object.remove("visit").expect("a visit");
    let others = object.remove("others").expect("others");
    let mut visits = vec![visit.clone()];
    for other in others.as_array().expect("a list") {
        let mut another = visit.clone();
        merge(&mut another, other);
        visits.push(another);
    }
    object.insert("visits".into(), visits.into());
    serde_json::from_value(whole).expect("a case")
}

#[test]
fn every_vector_holds() {
    let vectors = read();
    let mut wrong = Vec::new();
    for vector in &vectors.cases {
        let verdict = reconcile(&case(&vectors.base, &vector.patch));
        let found: Vec<Expected> =
            verdict.findings.iter().map(|f| Expected { visit: f.about.visit().expect("a visit"), code: f.code, severity: f.severity }).collect();
        if found != vector.findings || verdict.standing != vector.standing {
            wrong.push(format!("{}: {found:?} {}", vector.name, verdict.standing));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_is_seen_to_speak_and_to_be_silent() {
    let vectors = read();
    let mut spoken: Vec<Code> = vectors.cases.iter().flat_map(|v| v.findings.iter().map(|f| f.code)).collect();
    spoken.extend(OF_CUSTODY);
    assert!(vectors.cases.iter().any(|vector| vector.findings.is_empty()));
    for code in Code::ALL {
        assert!(spoken.contains(code), "no vector raises {code}");
        let rules = RULES.iter().filter(|(of, ..)| of == code).count();
        assert_eq!(rules, usize::from(!OF_CUSTODY.contains(code)), "{code} has no rule, or two");
    }
    assert!(RULES.is_sorted_by_key(|(code, ..)| *code), "rules stand in the order in which findings are told");
}

#[test]
fn what_was_settled_on_these_facts_stays_settled_and_opens_again_on_others() {
    let vectors = read();
    let vector = vectors.cases.iter().find(|vector| vector.name == "one fen more than promised").expect("the vector");
    let mut case = case(&vectors.base, &vector.patch);
    let finding = reconcile(&case).findings.remove(0);
    let visit = finding.about.visit().expect("a visit");
    let facts_hash = finding.facts_hash();
    case.settled.push(Settled { visit, code: finding.code, subject: finding.subject, facts_hash });
    assert_eq!(reconcile(&case).standing, Standing::Settled);
    let Some(crate::visits::Aid::Cash { amount_fen, .. }) = case.visits[0].said.aid.first_mut() else { panic!("cash comes first") };
    *amount_fen += 1;
    assert_eq!(reconcile(&case).standing, Standing::Disputed);
}

#[test]
fn what_was_settled_of_another_visit_code_or_subject_settles_nothing_here_and_hides_nothing() {
    let vectors = read();
    let vector = vectors.cases.iter().find(|vector| vector.name == "one fen more than promised").expect("the vector");
    let mut case = case(&vectors.base, &vector.patch);
    let finding = reconcile(&case).findings.remove(0);
    let visit = finding.about.visit().expect("a visit");
    let this = Settled { visit, code: finding.code, subject: finding.subject.clone(), facts_hash: finding.facts_hash() };
    let others = [
        Settled { visit: VisitId::nil(), ..this.clone() },
        Settled { code: Code::A02, ..this.clone() },
        Settled { subject: "visit".to_owned(), ..this.clone() },
    ];
    case.settled = others.to_vec();
    assert_eq!(reconcile(&case).standing, Standing::Disputed);
    case.settled = others.map(|other| Settled { facts_hash: String::new(), ..other }).into_iter().chain([this]).collect();
    assert_eq!(reconcile(&case).standing, Standing::Settled);
}

#[test]
fn what_is_found_of_a_picture_points_at_it() {
    let of_pictures: Vec<_> = all_findings().into_iter().filter(|finding| finding.subject.starts_with("evidence:")).collect();
    assert!(!of_pictures.is_empty());
    for finding in of_pictures {
        assert_eq!(finding.evidence.first().map(|sha256| format!("evidence:{sha256}")), Some(finding.subject), "{}", finding.code);
    }
}

#[test]
fn findings_name_nobody() {
    let vectors = read();
    for vector in &vectors.cases {
        for finding in reconcile(&case(&vectors.base, &vector.patch)).findings {
            let said = format!("{} {} {}", finding.subject, finding.expected, finding.actual);
            for name in ["王秀兰", "李明", "赵六", "孙七", "甲", "乙"] {
                assert!(!said.contains(name), "{}: {said}", vector.name);
            }
        }
    }
}

pub(super) fn base() -> Case {
    let vectors = read();
    case(&vectors.base, &serde_json::json!({}))
}

/// Everything that is found in the vectors.
pub(in crate::findings) fn all_findings() -> Vec<crate::findings::model::Finding> {
    let vectors = read();
    let custody = super::custody::all_findings();
    vectors.cases.iter().flat_map(|vector| reconcile(&case(&vectors.base, &vector.patch)).findings).chain(custody).collect()
}
