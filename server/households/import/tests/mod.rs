//! The importer held against rosters as union offices send them, and against files made to hurt.

mod bombs;
mod cells;
mod samples;
mod shapes;

use chrono::NaiveDate;

use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 1, 26).unwrap()
}

/// A text file of lines.
fn judged(lines: &[&str]) -> Verdict {
    read(lines.join("\n").as_bytes(), today()).unwrap()
}

fn code(outcome: Result<Verdict, Problem>) -> Code {
    outcome.unwrap_err().code
}
