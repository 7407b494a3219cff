//! Workbooks: the first sheet with a header is read, the others are named.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx};

use super::header::{self, HEADER_WITHIN};
use super::limits::{MOST_CELLS, MOST_SHEETS, check_archive};
use super::table::{Cell, Table};
use crate::kit::http::problem::{Code, Problem};

/// The sheet that is read, and how many others hold a roster too.
#[derive(Debug)]
pub struct Sheets {
    /// The first sheet with a header.
    pub table: Table,
    /// Sheets after it that have a header of their own.
    pub others: usize,
}

/// Reads a workbook.
///
/// # Errors
/// [`Code::FileUnreadable`], [`Code::FileTooBigInside`] or [`Code::HeaderNotFound`].
pub fn read(bytes: &[u8]) -> Result<Sheets, Problem> {
    check_archive(bytes)?;
    // The parser of a hostile file may hit a place nobody thought of; that is the file's fault, not ours.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes))).unwrap_or_else(|_| Err(Problem::of(Code::FileUnreadable)))
}

fn sheets(bytes: &[u8]) -> Result<Sheets, Problem> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Problem::of(Code::FileUnreadable))?;
    let mut cells_left = MOST_CELLS;
    let mut found: Option<Sheets> = None;
    for name in book.sheet_names().into_iter().take(MOST_SHEETS) {
        // A sheet after the first is only looked at for a header of its own.
        let Some(table) = sheet(&mut book, &name, found.is_some(), &mut cells_left)? else { continue };
        match &mut found {
            Some(sheets) => sheets.others += 1,
            None => found = Some(Sheets { table, others: 0 }),
        }
    }
    found.ok_or(Problem::of(Code::HeaderNotFound))
}

/// A sheet with a header; none for a chart or a sheet without one.
fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, header_only: bool, cells_left: &mut usize) -> Result<Option<Table>, Problem> {
    use calamine::XlsxError::{NotAWorksheet, WorksheetNotFound};
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        Err(NotAWorksheet(_) | WorksheetNotFound(_)) => return Ok(None),
        Err(_) => return Err(Problem::of(Code::FileUnreadable)),
    };
    let mut table = Table::default();
    let mut header_seen = false;
    while let Some(cell) = cells.next_cell().map_err(|_| Problem::of(Code::FileUnreadable))? {
        *cells_left = cells_left.checked_sub(1).ok_or(Problem::of(Code::FileTooBigInside))?;
        let (row, column) = cell.get_position();
        if !header_seen && row >= HEADER_WITHIN {
            header_seen = header::find(&table).is_some();
            if header_only || !header_seen {
                return Ok(header_seen.then_some(table));
            }
        }
        if let Some(value) = value(cell.get_value()) {
            table.put(row.saturating_add(1), column, value)?;
        }
    }
    Ok(if header_seen || header::find(&table).is_some() { Some(table) } else { None })
}

fn value(data: &DataRef<'_>) -> Option<Cell> {
    Some(match data {
        DataRef::Empty => return None,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Int(number) => Cell::Text(number.to_string()),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::DateTime(date) => Cell::Number(date.as_f64()),
        DataRef::Bool(flag) => Cell::Text(if *flag { "是" } else { "否" }.to_owned()),
        _ => Cell::Broken,
    })
}
