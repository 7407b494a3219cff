//! The words of exported tables, in both languages.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::model::ExportTable;
use crate::kit::http::language::Language;

#[derive(Default, Deserialize)]
struct Book {
    /// By table: its name, then its columns.
    tables: HashMap<String, Vec<String>>,
    /// By set of codes and code: `outcome.reached`.
    codes: HashMap<String, HashMap<String, String>>,
}

static CHINESE: LazyLock<Book> = LazyLock::new(|| serde_json::from_str(include_str!("words.zh-CN.json")).unwrap_or_default());
static ENGLISH: LazyLock<Book> = LazyLock::new(|| serde_json::from_str(include_str!("words.en.json")).unwrap_or_default());

fn book(language: Language) -> &'static Book {
    match language {
        Language::Chinese => &CHINESE,
        Language::English => &ENGLISH,
    }
}

/// A table's name, and the heads of its columns.
pub(super) fn table(language: Language, table: ExportTable) -> (&'static str, Vec<&'static str>) {
    let words = book(language).tables.get(table.as_str()).map(Vec::as_slice).unwrap_or_default();
    let mut words = words.iter().map(String::as_str);
    (words.next().unwrap_or_default(), words.collect())
}

/// A code in words; as it is where there are none.
pub(super) fn code<'a>(language: Language, set: &str, code: &'a str) -> &'a str {
    book(language).codes.get(set).and_then(|codes| codes.get(code)).map_or(code, String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::{How, Severity, Standing, Status as FindingStatus};
    use crate::households::{Category, Status};
    use crate::ledger::EntryKind;
    use crate::visits::{Mode, Outcome};

    #[test]
    fn every_code_of_a_table_has_words_in_both_languages() {
        let sets: [(&str, Vec<&str>); 8] = [
            ("outcome", Outcome::ALL.iter().map(|one| one.as_str()).collect()),
            ("mode", Mode::ALL.iter().map(|one| one.as_str()).collect()),
            ("category", Category::ALL.iter().map(|one| one.as_str()).collect()),
            ("file_status", Status::ALL.iter().map(|one| one.as_str()).collect()),
            ("standing", Standing::ALL.iter().map(|one| one.as_str()).collect()),
            ("severity", Severity::ALL.iter().map(|one| one.as_str()).collect()),
            ("status", FindingStatus::ALL.iter().map(|one| one.as_str()).collect()),
            ("entry_kind", EntryKind::ALL.iter().map(|one| one.as_str()).collect()),
        ];
        for language in [Language::Chinese, Language::English] {
            for (set, codes) in &sets {
                for one in codes {
                    assert!(book(language).codes.get(*set).is_some_and(|of| of.contains_key(*one)), "{set}.{one} in {language}");
                }
            }
            for of in ExportTable::ALL {
                assert_eq!(table(language, *of).1.len(), table(Language::Chinese, *of).1.len(), "{of} in {language}");
                assert!(!table(language, *of).1.is_empty());
            }
        }
        assert_eq!(How::ALL.len(), 3, "how a finding is settled is told by its status");
    }
}
