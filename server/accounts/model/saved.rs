//! A table of the desk as one person looks at it, under a name of their own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PersonId;

const MOST_FILTERS: usize = 20;
const MOST_COLUMNS: usize = 30;
const LONGEST_NAME: usize = 40;
const LONGEST_VALUE: usize = 200;

crate::id!(
    /// A saved view's id.
    ViewId
);

crate::words! {
    /// Which table of the desk is looked at.
    ViewTable {
        /// Households with where they stand.
        Households = "households",
    }
}

/// What a table shows, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewContent {
    /// What is asked for, by the filter's name; at most 20.
    #[serde(default)]
    pub filters: BTreeMap<String, String>,
    /// The columns shown, from the left; at most 30.
    #[serde(default)]
    pub columns: Vec<String>,
    /// The order's name.
    pub order: Option<String>,
    /// The other way round.
    #[serde(default)]
    pub descending: bool,
}

/// A saved view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SavedView {
    /// Its id.
    pub id: ViewId,
    /// Which table.
    pub table: ViewTable,
    /// Its name, one of its own among those of the table.
    pub name: String,
    /// What is shown, and how.
    pub content: ViewContent,
    /// Whether the table opens with it.
    pub is_default: bool,
    /// Whose it is; shown to nobody else.
    #[serde(skip, default = "PersonId::nil")]
    #[schema(ignore)]
    pub person_id: PersonId,
}

impl ViewContent {
    /// The word for what is wrong with it, and where.
    #[must_use]
    pub fn fault(&self) -> Option<(&'static str, &'static str)> {
        let is_name = |name: &str| !name.is_empty() && name.len() <= LONGEST_NAME && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if self.filters.len() > MOST_FILTERS {
            return Some(("/content/filters", "too_many"));
        }
        if self.filters.iter().any(|(name, value)| !is_name(name) || value.chars().count() > LONGEST_VALUE || value.chars().any(char::is_control)) {
            return Some(("/content/filters", "bad_format"));
        }
        if self.columns.len() > MOST_COLUMNS {
            return Some(("/content/columns", "too_many"));
        }
        if !self.columns.iter().all(|name| is_name(name)) {
            return Some(("/content/columns", "bad_format"));
        }
        self.order.as_deref().filter(|order| !is_name(order)).map(|_| ("/content/order", "bad_format"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_desk_would_save_is_refused() {
        let filters =
            |of: &[(&str, &str)]| ViewContent { filters: of.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(), ..ViewContent::default() };
        assert_eq!(filters(&[("standing", "unreached,attempted"), ("q", "王")]).fault(), None);
        assert_eq!(filters(&[("Standing", "x")]).fault(), Some(("/content/filters", "bad_format")));
        assert_eq!(filters(&[("q", &"王".repeat(201))]).fault(), Some(("/content/filters", "bad_format")));
        assert_eq!(filters(&[("q", "a\nb")]).fault(), Some(("/content/filters", "bad_format")));
        let columns = |n: usize| ViewContent { columns: vec!["team".to_owned(); n], ..ViewContent::default() };
        assert_eq!((columns(30).fault(), columns(31).fault()), (None, Some(("/content/columns", "too_many"))));
        let order = ViewContent { order: Some("name; drop".to_owned()), ..ViewContent::default() };
        assert_eq!(order.fault(), Some(("/content/order", "bad_format")));
    }
}
