//! What a file may hold. A 511 KB workbook can become gigabytes, and one cell at XFD1048576 asks for a table of 17 thousand million
//! cells: everything is counted while it is read, and nothing a file says about itself is believed.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::kit::http::problem::{Code, Problem};

/// Bytes of a file.
pub const LARGEST_FILE: usize = 24 * 1024 * 1024;
/// The last row that may hold anything: 100,000 households and the lines around them.
pub const LAST_ROW: u32 = 100_050;
/// Columns that may hold anything.
pub const MOST_COLUMNS: u32 = 200;
/// Characters of one cell, the limit of Excel itself.
pub const LONGEST_CELL: usize = 32_767;
/// Bytes of text in the sheet that is read. A shared string counts each time it is used.
pub const MOST_TEXT: usize = 64 * 1024 * 1024;
/// Cells that hold something in the sheet that is read: 100,000 rows of 20.
pub const MOST_HELD: usize = 2_000_000;
/// Cells looked at in all sheets together, empty ones too.
pub const MOST_CELLS: usize = 6_000_000;
/// Sheets looked at: a workbook may name one part a thousand times.
pub const MOST_SHEETS: usize = 20;

const MOST_ENTRIES: usize = 1_000;
const LARGEST_ENTRY: u64 = 128 * 1024 * 1024;
const LARGEST_WHOLE: u64 = 192 * 1024 * 1024;
const MOST_SHARED_STRINGS: u64 = 2_000_000;

/// Inflates every entry of a zip archive once, counting.
///
/// # Errors
/// [`Code::FileTooBigInside`] past a limit, [`Code::FileUnreadable`] for an archive that is broken or encrypted.
pub fn check_archive(bytes: &[u8]) -> Result<(), Problem> {
    let unreadable = |_: zip::result::ZipError| Problem::of(Code::FileUnreadable);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if archive.len() > MOST_ENTRIES {
        return Err(Problem::of(Code::FileTooBigInside));
    }
    let mut whole = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(unreadable)?;
        let name = entry.name().map_err(unreadable)?.to_ascii_lowercase();
        let mut part = Part { is_xml: name.ends_with(".xml") || name.ends_with(".rels"), shared: name.ends_with("sharedstrings.xml").then(Vec::new) };
        whole += part.inflate(entry, LARGEST_ENTRY.min(LARGEST_WHOLE - whole))?;
    }
    Ok(())
}

struct Part {
    is_xml: bool,
    /// The part with the shared strings is kept: the reader reserves memory for as many as it declares.
    shared: Option<Vec<u8>>,
}

impl Part {
    fn inflate(&mut self, mut entry: impl Read, limit: u64) -> Result<u64, Problem> {
        let mut buffer = vec![0; 64 * 1024];
        let mut size = 0;
        loop {
            let read = entry.read(&mut buffer).map_err(|_| Problem::of(Code::FileUnreadable))?;
            let Some(chunk) = buffer.get(..read).filter(|chunk| !chunk.is_empty()) else { break };
            size += u64::try_from(read).unwrap_or(u64::MAX);
            if size > limit {
                return Err(Problem::of(Code::FileTooBigInside));
            }
            // Office writes UTF-8. A part in UTF-16 would pass the look at its attributes below unread.
            if self.is_xml && chunk.contains(&0) {
                return Err(Problem::of(Code::FileUnreadable));
            }
            if let Some(kept) = &mut self.shared {
                kept.extend_from_slice(chunk);
            }
        }
        match &self.shared {
            Some(kept) if declares_too_many_strings(kept) => Err(Problem::of(Code::FileTooBigInside)),
            _ => Ok(size),
        }
    }
}

fn declares_too_many_strings(part: &[u8]) -> bool {
    const NAME: &[u8] = b"uniqueCount";
    part.windows(NAME.len()).enumerate().filter(|(_, window)| *window == NAME).any(|(at, _)| {
        let rest = part.get(at + NAME.len()..).unwrap_or_default().iter();
        let digits = rest.skip_while(|b| b"= \t\r\n\"'+".contains(b)).take_while(|b| b.is_ascii_digit());
        digits.fold(0_u64, |number, b| number.saturating_mul(10).saturating_add(u64::from(b - b'0'))) > MOST_SHARED_STRINGS
    })
}
