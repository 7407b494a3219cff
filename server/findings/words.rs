//! The words of findings: what was expected, what was found, what to do next.
//!
//! A template names a fact by its path, `{actual.distance_m}`; the unit in its name says how it is written.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use super::model::Code;
use super::queries::Names;
use crate::kit::clock::Moment;
use crate::kit::http::language::Language;

#[derive(Default, Deserialize)]
struct Book {
    /// By code, or by code and what it `is`.
    says: HashMap<String, String>,
    /// Words of closed sets: outcomes, relations, states of a file.
    terms: HashMap<String, String>,
}

static CHINESE: LazyLock<Book> = LazyLock::new(|| serde_json::from_str(include_str!("words.zh-CN.json")).unwrap_or_default());
static ENGLISH: LazyLock<Book> = LazyLock::new(|| serde_json::from_str(include_str!("words.en.json")).unwrap_or_default());

fn book(language: Language) -> &'static Book {
    match language {
        Language::Chinese => &CHINESE,
        Language::English => &ENGLISH,
    }
}

/// A finding in words.
pub(super) fn says(language: Language, code: Code, expected: &Value, actual: &Value, names: &Names) -> String {
    let book = book(language);
    let is = actual.get("is").and_then(Value::as_str).unwrap_or_default();
    let template = book.says.get(&format!("{code}.{is}")).or_else(|| book.says.get(code.as_str())).map_or("", String::as_str);
    let mut said = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        let Some((path, after)) = after.split_once('}') else { break };
        said.push_str(&fact(book, path, expected, actual, names));
        rest = after;
    }
    said.push_str(rest);
    said
}

fn fact(book: &Book, path: &str, expected: &Value, actual: &Value, names: &Names) -> String {
    let (side, key) = path.split_once('.').unwrap_or(("actual", path));
    let facts = if side == "expected" { expected } else { actual };
    if key == "unit" {
        return facts.get("item_id").and_then(Value::as_str).map(|id| names.unit(id)).unwrap_or_default().to_owned();
    }
    match facts.get(key) {
        Some(Value::String(text)) if ["item_id", "fund_id", "team_id"].contains(&key) => names.name(text).to_owned(),
        Some(Value::String(text)) if key.ends_with("_at") => Moment::parse(text).map_or_else(|_| text.clone(), china_time),
        Some(Value::String(text)) => book.terms.get(text).unwrap_or(text).clone(),
        Some(Value::Number(number)) if key.ends_with("_fen") => parts(number.as_i64().unwrap_or_default(), 100, 2, false),
        Some(Value::Number(number)) if key.ends_with("_milli") => parts(number.as_i64().unwrap_or_default(), 1_000, 3, true),
        Some(Value::Number(number)) => number.to_string(),
        _ => "—".to_owned(),
    }
}

/// `2027-01-26 10:05`, in China's time.
fn china_time(at: Moment) -> String {
    let minutes = at.since(at.china_day_start()) / crate::kit::clock::MINUTE_MS;
    format!("{} {:02}:{:02}", at.china_day(), minutes / 60, minutes % 60)
}

/// A whole number of small units as a number of large ones.
fn parts(amount: i64, in_one: i64, digits: usize, trimmed: bool) -> String {
    let text = format!("{}{}.{:0digits$}", if amount < 0 { "-" } else { "" }, (amount / in_one).abs(), (amount % in_one).abs());
    if trimmed { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn placeholders(template: &str) -> Vec<&str> {
        let mut found: Vec<&str> = template.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(path, _)| path)).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn every_code_has_words_and_both_languages_speak_of_the_same_facts() {
        for code in Code::ALL {
            let with = |language: Language| book(language).says.keys().filter(|key| key.split('.').next() == Some(code.as_str())).count();
            assert!(with(Language::Chinese) > 0, "{code} has no words");
            assert_eq!(with(Language::Chinese), with(Language::English), "{code}");
        }
        for (key, chinese) in &CHINESE.says {
            assert!(Code::parse(key.split('.').next().unwrap_or_default()).is_some(), "{key} is no code");
            assert_eq!(placeholders(chinese), placeholders(&ENGLISH.says[key]), "{key}");
        }
        let mut terms: [Vec<&String>; 2] = [CHINESE.terms.keys().collect(), ENGLISH.terms.keys().collect()];
        terms.iter_mut().for_each(|keys| keys.sort());
        assert_eq!(terms[0], terms[1]);
    }

    #[test]
    fn every_vector_is_said_without_gaps() {
        for finding in crate::findings::rules::vectors_findings() {
            for language in [Language::Chinese, Language::English] {
                let said = says(language, finding.code, &finding.expected, &finding.actual, &Names::default());
                assert!(said.chars().count() > 10 && !said.contains(['{', '}']), "{} {language}: {said}", finding.code);
                let nameless = finding.actual.get("item_id").or(finding.actual.get("fund_id")).or(finding.actual.get("team_id")).is_some();
                assert!(nameless || !said.contains('—') || finding.actual["approved_at"].is_null(), "{} {language}: {said}", finding.code);
            }
        }
    }

    #[test]
    fn units_are_written_as_people_read_them() {
        let says = |code, expected, actual| says(Language::English, code, &expected, &actual, &Names::default());
        assert!(says(Code::A01, json!({"cash_fen": 50000}), json!({"cash_fen": 50001})).contains("500.01"));
        assert!(
            says(Code::A03, json!({"item_id": "x", "quantity_milli": 2000}), json!({"item_id": "x", "quantity_milli": 1500, "is": "missing"})).contains("1.5")
        );
        assert!(
            says(Code::T01, json!({"opens_at": "2027-01-09T16:00:00Z", "deadline_at": "2027-02-05T15:59:59Z"}), json!({"visited_at": "2027-02-05T16:05:00Z"}))
                .contains("2027-02-06 00:05")
        );
    }
}
