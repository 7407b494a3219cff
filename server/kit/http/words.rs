//! The words of problems and of field errors, in both languages.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::language::Language;

/// A problem's words.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Text {
    pub(super) title: String,
    pub(super) detail: String,
}

#[derive(Default, Deserialize)]
struct Book {
    problems: HashMap<String, Text>,
    fields: HashMap<String, String>,
}

static CHINESE: LazyLock<Book> = LazyLock::new(|| serde_json::from_str(include_str!("problems.zh-CN.json")).unwrap_or_default());
static ENGLISH: LazyLock<Book> = LazyLock::new(|| serde_json::from_str(include_str!("problems.en.json")).unwrap_or_default());
static NOTHING: LazyLock<Text> = LazyLock::new(Text::default);

fn book(language: Language) -> &'static Book {
    match language {
        Language::Chinese => &CHINESE,
        Language::English => &ENGLISH,
    }
}

pub(super) fn problem(language: Language, code: &str) -> &'static Text {
    book(language).problems.get(code).unwrap_or(&NOTHING)
}

pub(super) fn field(language: Language, code: &str) -> String {
    book(language).fields.get(code).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::http::problem::Code;

    #[test]
    fn every_problem_has_words_in_both_languages() {
        for language in [Language::Chinese, Language::English] {
            for code in Code::ALL {
                let text = problem(language, &code.word());
                assert!(!text.title.is_empty() && !text.detail.is_empty(), "{} has no words in {language}", code.word());
            }
            assert_eq!(book(language).problems.len(), Code::ALL.len(), "words for a problem that is gone in {language}");
        }
    }

    #[test]
    fn both_languages_know_the_same_field_errors() {
        let sorted = |language| {
            let mut keys: Vec<_> = book(language).fields.keys().collect();
            keys.sort();
            keys
        };
        assert_eq!(sorted(Language::Chinese), sorted(Language::English));
    }
}
