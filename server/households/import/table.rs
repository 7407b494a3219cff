//! A sheet as it was read: the cells that hold something, by row and column, and nothing between them.

use std::collections::BTreeMap;

use super::limits::{LAST_ROW, LONGEST_CELL, MOST_COLUMNS, MOST_HELD, MOST_TEXT};
use crate::kit::http::problem::{Code, Problem};

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text, as typed. What begins with `=`, `+`, `-` or `@` is text like any other.
    Text(String),
    /// A number; a long one has lost its last digits already.
    Number(f64),
    /// An error of the spreadsheet: `#REF!`.
    Broken,
}

/// The cells of one row by column, from 0, from the left: a list, for a roster has millions of them.
#[derive(Debug, Clone, Default)]
pub struct Row(Vec<(u32, Cell)>);

impl Row {
    /// The cell of a column.
    #[must_use]
    pub fn get(&self, column: u32) -> Option<&Cell> {
        let place = self.0.binary_search_by_key(&column, |(at, _)| *at).ok()?;
        self.0.get(place).map(|(_, cell)| cell)
    }

    /// All cells, from the left.
    pub fn cells(&self) -> impl Iterator<Item = (u32, &Cell)> {
        self.0.iter().map(|(column, cell)| (*column, cell))
    }

    /// Files write from the left; whatever does not is put where it belongs.
    fn put(&mut self, column: u32, cell: Cell) {
        match self.0.binary_search_by_key(&column, |(at, _)| *at) {
            Ok(place) => {
                if let Some(there) = self.0.get_mut(place) {
                    *there = (column, cell);
                }
            }
            Err(place) => self.0.insert(place, (column, cell)),
        }
    }
}

/// The rows of a sheet by their number as the spreadsheet shows it, from 1.
#[derive(Debug, Default)]
pub struct Table {
    rows: BTreeMap<u32, Row>,
    text: usize,
    held: usize,
}

impl Table {
    /// Puts a cell in its place.
    ///
    /// # Errors
    /// [`Code::FileTooBigInside`] outside the bounds.
    pub fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), Problem> {
        if let Cell::Text(text) = &cell {
            if text.trim().is_empty() {
                return Ok(());
            }
            self.text = self.text.saturating_add(text.len());
            if text.len() > LONGEST_CELL * 4 || self.text > MOST_TEXT {
                return Err(Problem::of(Code::FileTooBigInside));
            }
        }
        self.held = self.held.saturating_add(1);
        if row == 0 || row > LAST_ROW || column >= MOST_COLUMNS || self.held > MOST_HELD {
            return Err(Problem::of(Code::FileTooBigInside));
        }
        self.rows.entry(row).or_default().put(column, cell);
        Ok(())
    }

    /// The rows that hold something, from the top.
    pub fn rows(&self) -> impl Iterator<Item = (u32, &Row)> {
        self.rows.iter().map(|(number, row)| (*number, row))
    }

    /// A row.
    #[must_use]
    pub fn row(&self, number: u32) -> Option<&Row> {
        self.rows.get(&number)
    }
}

impl Cell {
    /// The cell in words: a whole number without a point, as a person reads it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) if number.fract() == 0.0 => format!("{number:.0}"),
            Self::Number(number) => number.to_string(),
            Self::Broken => String::new(),
        }
    }
}
