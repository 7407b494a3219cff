//! Lists in pages: `?limit=` and `?after=`, answered with `{items, next}`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::problem::{Code, Problem};

const USUAL: i64 = 50;
const MOST: i64 = 500;

/// Which part of a list is asked for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// How many at most: 1 to 500, 50 where nothing is said.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

impl PageQuery {
    /// The bounded limit.
    ///
    /// # Errors
    /// When it is out of range.
    pub fn limit(&self) -> Result<i64, Problem> {
        match self.limit.unwrap_or(USUAL) {
            limit @ 1..=MOST => Ok(limit),
            _ => Err(Problem::field("/limit", "out_of_range")),
        }
    }

    /// The key after which the page begins, as [`Page::of`] put it into `next`.
    ///
    /// # Errors
    /// When the cursor was not made by this server.
    pub fn after(&self) -> Result<Option<String>, Problem> {
        let Some(text) = &self.after else { return Ok(None) };
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Problem::of(Code::BadRequest))?;
        String::from_utf8(bytes).map(Some).map_err(|_| Problem::of(Code::BadRequest))
    }
}

/// Longest text searched for, in characters.
const LONGEST_PART: usize = 100;

/// A part of a text, as LIKE reads it behind a backslash: what stands for itself is said so. None where nothing is searched for.
///
/// # Errors
/// When it is too long.
pub fn part(q: Option<&str>) -> Result<Option<String>, Problem> {
    let q = q.unwrap_or_default().trim();
    if q.is_empty() {
        return Ok(None);
    }
    if q.chars().count() > LONGEST_PART {
        return Err(Problem::field("/q", "too_long"));
    }
    let plain: String = q.chars().flat_map(|c| matches!(c, '\\' | '%' | '_').then_some('\\').into_iter().chain([c])).collect();
    Ok(Some(format!("%{plain}%")))
}

/// One page of a list.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the next page begins; null on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Cuts a page out of rows that were asked for with `limit + 1`.
    #[must_use]
    pub fn of(mut rows: Vec<T>, limit: i64, key: impl Fn(&T) -> String) -> Self {
        let limit = usize::try_from(limit).unwrap_or_default();
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(|row| URL_SAFE_NO_PAD.encode(key(row))) } else { None };
        Self { items: rows, next }
    }

    /// The same page with other items.
    #[must_use]
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }
}
