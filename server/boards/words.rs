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

/// That a file does not hold all rows.
pub(super) fn cut(language: Language) -> &'static str {
    code(language, "says", "cut")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::Role;
    use crate::campaigns::{CampaignStatus, Earmark, Purpose};
    use crate::findings::{How, Severity, Standing, Status as FindingStatus};
    use crate::households::{Category, Status};
    use crate::ledger::{AccountKind, EntryKind, FundSource, SlipKind, SlipState};
    use crate::needs::NeedState;
    use crate::spotchecks::{CheckState, Kind, Verdict};
    use crate::visits::{Mode, Outcome};

    macro_rules! sets {
        ($($set:literal: $of:ty),+ $(,)?) => { [$(($set, <$of>::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>())),+] };
    }

    #[test]
    fn every_code_of_a_table_has_words_in_both_languages() {
        let sets = sets! {
            "outcome": Outcome, "mode": Mode, "category": Category, "file_status": Status, "standing": Standing, "severity": Severity,
            "status": FindingStatus, "entry_kind": EntryKind, "holder": AccountKind, "need_state": NeedState, "slip_kind": SlipKind,
            "slip_state": SlipState, "campaign_status": CampaignStatus, "purpose": Earmark, "purpose": Purpose, "fund_source": FundSource,
            "sample_kind": Kind, "check_state": CheckState, "verdict": Verdict, "role": Role,
        };
        for language in [Language::Chinese, Language::English] {
            for (set, codes) in &sets {
                for one in codes {
                    assert!(book(language).codes.get(*set).is_some_and(|of| of.contains_key(*one)), "{set}.{one} in {language}");
                }
            }
            for (set, words) in &book(Language::Chinese).codes {
                assert_eq!(words.len(), book(language).codes.get(set).map_or(0, HashMap::len), "{set} in {language}");
            }
            assert_ne!(cut(language), "cut");
            for of in ExportTable::ALL {
                assert_eq!(table(language, *of).1.len(), table(Language::Chinese, *of).1.len(), "{of} in {language}");
                assert!(!table(language, *of).1.is_empty());
            }
        }
        assert_eq!(How::ALL.len(), 3, "how a finding is settled is told by its status");
    }
}
