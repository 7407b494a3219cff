//! What a person needs to put a roster's rows right without going back to the file: their cells as they stand, and which are at fault.

use super::columns::Field;
use super::header::Header;
use super::table::Row;

/// Rows whose cells are told: past so many a column is wrong, not a row, and the file itself is to be mended.
pub const MOST_TOLD: usize = 20_000;
/// Without these there is no household: told as a column, empty, also where the file has none.
const NEEDED: [Field; 3] = [Field::Name, Field::IdNumber, Field::Category];

/// A column as the file calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it holds.
    pub field: Field,
    /// Its name in the file.
    pub written: String,
    at: Option<u32>,
}

/// A row to be put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MendRow {
    /// The sheet's row number.
    pub row: u32,
    /// One cell for each column.
    pub cells: Vec<String>,
    /// Which fields are at fault.
    pub faults: Vec<Field>,
}

/// The rows to be put right.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mend {
    /// The columns, from the left.
    pub columns: Vec<Column>,
    /// The rows, from the top.
    pub rows: Vec<MendRow>,
    /// How many more there are than are told.
    pub untold: usize,
}

impl Mend {
    /// Nothing to mend yet in a roster with this header.
    #[must_use]
    pub fn under(header: &Header) -> Self {
        let mut columns: Vec<Column> = header.known().map(|(field, at, written)| Column { field, written, at: Some(at) }).collect();
        columns.sort_by_key(|column| column.at);
        let missing = NEEDED.into_iter().filter(|field| header.at(*field).is_none());
        columns.extend(missing.map(|field| Column { field, written: field.usual().to_owned(), at: None }));
        Self { columns, rows: Vec::new(), untold: 0 }
    }

    /// Tells a row.
    pub fn tell(&mut self, number: u32, row: &Row, faults: Vec<Field>) {
        if self.rows.len() >= MOST_TOLD {
            self.untold += 1;
            return;
        }
        let cell = |column: &Column| column.at.and_then(|at| row.get(at)).map(super::table::Cell::text).unwrap_or_default();
        let cells = self.columns.iter().map(cell).collect();
        self.rows.push(MendRow { row: number, cells, faults });
    }
}
