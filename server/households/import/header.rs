//! Which row is the header, and which column holds what.

use super::columns::Field;
use super::fold;
use super::table::{Row, Table};

/// The header stands within so many rows: titles and filling notes come before it.
pub const HEADER_WITHIN: u32 = 30;

/// The columns found, with their names as written.
#[derive(Debug)]
pub struct Header {
    /// The first row below it.
    pub body_from: u32,
    row: u32,
    columns: Vec<Column>,
}

#[derive(Debug, Clone)]
struct Column {
    field: Field,
    at: u32,
    written: String,
}

/// Finds the header: the first row that names both the head and the identity number.
#[must_use]
pub fn find(table: &Table) -> Option<Header> {
    table.rows().take_while(|(number, _)| *number <= HEADER_WITHIN).find_map(|(number, row)| {
        let mut columns = columns(row);
        if !names_a_person(&columns) {
            return None;
        }
        let below = table.row(number + 1).map(self::columns).unwrap_or_default();
        let is_second_line = !below.is_empty() && !below.iter().any(|c| matches!(c.field, Field::Name | Field::IdNumber));
        if is_second_line {
            // A header of two lines: the upper one groups what the lower one names.
            below.into_iter().for_each(|column| add(&mut columns, column));
        }
        Some(Header { body_from: number + 1 + u32::from(is_second_line), row: number, columns })
    })
}

impl Header {
    /// Where a field stands.
    #[must_use]
    pub fn at(&self, field: Field) -> Option<u32> {
        self.columns.iter().find(|column| column.field == field).map(|column| column.at)
    }

    /// The columns found: what each holds, where it stands, what it is called.
    pub fn known(&self) -> impl Iterator<Item = (Field, u32, String)> {
        self.columns.iter().map(|column| (column.field, column.at, column.written.clone()))
    }

    /// What the file calls a field; our own word where it has no such column.
    #[must_use]
    pub fn written(&self, field: Field) -> String {
        self.columns.iter().find(|column| column.field == field).map_or_else(|| field.usual().to_owned(), |column| column.written.clone())
    }

    /// Whether a row is this header again, as on each printed page.
    #[must_use]
    pub fn is_repeated_in(&self, number: u32, row: &Row) -> bool {
        number != self.row && names_a_person(&columns(row))
    }
}

fn names_a_person(columns: &[Column]) -> bool {
    let has = |field| columns.iter().any(|column| column.field == field);
    has(Field::Name) && has(Field::IdNumber)
}

fn columns(row: &Row) -> Vec<Column> {
    let mut columns = Vec::new();
    for (at, cell) in row.cells() {
        let text = cell.text();
        if let Some(field) = Field::named(&fold::key(&text)) {
            add(&mut columns, Column { field, at, written: fold::written(&text) });
        }
    }
    columns
}

/// The first column of a name counts: a second `电话` is somebody else's.
fn add(columns: &mut Vec<Column>, column: Column) {
    if !columns.iter().any(|known| known.field == column.field || known.at == column.at) {
        columns.push(column);
    }
}
