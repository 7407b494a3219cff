//! How a roster comes in: bytes → table → header → rows cleaned or refused. All of it pure; nothing here knows a database.

mod clean;
mod columns;
mod csv;
mod fold;
mod header;
mod limits;
mod mend;
mod roster;
mod rows;
mod table;
#[cfg(test)]
mod tests;
mod verdict;
mod words;
mod xlsx;

pub use columns::Field;
pub use limits::LARGEST_FILE;
pub use mend::{Mend, MendRow};
pub use verdict::{Accepted, Notice, Refusal, Rejection, Verdict, Warning};

use chrono::NaiveDate;

use crate::kit::http::problem::{Code, Problem};

/// Judges a file. `today` is the day nobody in it can be born after.
///
/// # Errors
/// When it cannot be judged at all: [`Code::TooLarge`], [`Code::FileUnreadable`], [`Code::FileTooBigInside`], [`Code::HeaderNotFound`].
pub fn read(bytes: &[u8], today: NaiveDate) -> Result<Verdict, Problem> {
    if bytes.len() > LARGEST_FILE {
        return Err(Problem::of(Code::TooLarge));
    }
    if !bytes.starts_with(b"PK") {
        refuse_what_is_no_text(bytes)?;
        return judge(&csv::read(bytes)?, today);
    }
    let sheets = xlsx::read(bytes)?;
    let mut verdict = judge(&sheets.table, today)?;
    if sheets.others > 0 {
        verdict.warnings.insert(0, Warning { row: 0, code: Notice::SheetNotRead });
    }
    Ok(verdict)
}

fn judge(table: &table::Table, today: NaiveDate) -> Result<Verdict, Problem> {
    let header = header::find(table).ok_or(Problem::of(Code::HeaderNotFound))?;
    Ok(roster::judge(table, &header, today))
}

/// Old and encrypted workbooks, PDF and web pages would all read as odd text.
fn refuse_what_is_no_text(bytes: &[u8]) -> Result<(), Problem> {
    const OTHERS: [&[u8]; 5] = [b"\xD0\xCF\x11\xE0", b"%PDF", b"\x89PNG", b"\xFF\xD8\xFF", b"\x1F\x8B"];
    let is_markup = bytes.trim_ascii_start().starts_with(b"<");
    if is_markup || OTHERS.iter().any(|magic| bytes.starts_with(magic)) { Err(Problem::of(Code::FileUnreadable)) } else { Ok(()) }
}
