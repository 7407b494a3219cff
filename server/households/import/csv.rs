//! Text files: comma, semicolon or tab; UTF-8, UTF-16 with its mark, or GB 18030, which Chinese spreadsheets still write.

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, GB18030};

use super::table::{Cell, Table};
use crate::kit::http::problem::{Code, Problem};

/// Reads a text file.
///
/// # Errors
/// [`Code::FileUnreadable`] for bytes that are no text, [`Code::FileTooBigInside`] past the bounds.
pub fn read(bytes: &[u8]) -> Result<Table, Problem> {
    let mut text = decode(bytes)?;
    // A last line without its end would look one line shorter than the others.
    text.push('\n');
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(&text)).from_reader(text.as_bytes());
    let (mut table, mut record) = (Table::default(), StringRecord::new());
    let (mut row, mut line) = (0_u32, 1_u64);
    while reader.read_record(&mut record).map_err(|_| Problem::of(Code::FileUnreadable))? {
        // The reader skips empty lines; a spreadsheet counts them. A line break inside a cell begins no row.
        let after = reader.position().line();
        let inside = record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        let lines = after.saturating_sub(line).saturating_sub(u64::try_from(inside).unwrap_or_default()).max(1);
        row = row.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        line = after;
        for (column, cell) in (0_u32..).zip(record.iter()) {
            if !cell.trim().is_empty() {
                table.put(row, column, Cell::Text(cell.to_owned()))?;
            }
        }
    }
    Ok(table)
}

fn decode(bytes: &[u8]) -> Result<String, Problem> {
    let unreadable = || Problem::of(Code::FileUnreadable);
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let body = bytes.get(mark..).unwrap_or_default();
        return encoding.decode_without_bom_handling_and_without_replacement(body).map(Into::into).ok_or_else(unreadable);
    }
    if bytes.contains(&0) {
        return Err(unreadable());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into).ok_or_else(unreadable),
    }
}

/// The mark that stands most often in the first lines.
fn delimiter(text: &str) -> u8 {
    let head: Vec<&str> = text.lines().take(30).collect();
    let count = |mark: char| head.iter().map(|line| line.matches(mark).count()).sum::<usize>();
    [(b'\t', count('\t')), (b';', count(';')), (b',', count(','))].into_iter().max_by_key(|(_, count)| *count).map_or(b',', |(mark, _)| mark)
}
