//! Rows into a file, some at a time, until there are no more or no more fit.

use super::table::{NOTHING, Row};
use crate::boards::model::Cell;
use crate::boards::sheet::Sheet;
use crate::boards::words;
use crate::kit::http::language::Language;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::Problem;

/// Rows read at once.
pub(super) const PAGE: i64 = 500;

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    /// Rows of the table.
    pub(super) rows: usize,
    /// Whether there were more.
    pub(super) is_cut: bool,
}

/// Writes what is read, at most so many rows; where there are more, the last row of the file says so.
pub(super) fn written(
    sheet: &mut Sheet,
    most: usize,
    language: Language,
    mut read: impl FnMut(&PageQuery) -> Result<Page<Row>, Problem>,
) -> Result<Written, Problem> {
    let mut rows = 0;
    let mut page = PageQuery { limit: Some(PAGE), after: None };
    loop {
        let some = read(&page)?;
        for mut row in some.items {
            if rows >= most {
                row.fill(NOTHING);
                if let Some(first) = row.first_mut() {
                    *first = Cell::Text(words::cut(language).to_owned());
                }
                sheet.add(&row)?;
                return Ok(Written { rows, is_cut: true });
            }
            sheet.add(&row)?;
            rows += 1;
        }
        if some.next.is_none() {
            return Ok(Written { rows, is_cut: false });
        }
        page.after = some.next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boards::model::ExportFormat;

    /// A file of at most so many of a table's rows, and what is said of it; the table hands out three at a time.
    fn file(rows: usize, most: usize, language: Language) -> (String, Written) {
        let mut sheet = Sheet::begin(ExportFormat::Csv, "x", &["n", "m"]).unwrap();
        let done = written(&mut sheet, most, language, |page| {
            let from: usize = page.after.as_deref().map_or(0, |after| after.parse().unwrap());
            let to = rows.min(from + 3);
            let items = (from..to).map(|n| vec![Cell::count(i64::try_from(n).unwrap()), Cell::Text("x".to_owned())]).collect();
            Ok(Page { items, next: (to < rows).then(|| to.to_string()) })
        });
        (String::from_utf8(sheet.finish().unwrap()).unwrap(), done.unwrap())
    }

    #[test]
    fn all_that_fits_is_written_and_what_does_not_is_told_in_the_last_row() {
        for rows in 0..12 {
            let (text, done) = file(rows, 7, Language::English);
            assert_eq!(done, Written { rows: rows.min(7), is_cut: rows > 7 }, "{rows}");
            assert_eq!(text.lines().count(), 1 + rows.min(7) + usize::from(rows > 7), "{text}");
            assert_eq!(text.contains("100,000"), rows > 7, "{text}");
        }
        assert!(file(8, 7, Language::Chinese).0.lines().last().unwrap().contains("筛选"));
    }
}
