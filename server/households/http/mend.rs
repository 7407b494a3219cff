//! What it takes to put a roster's rows right on the desk.

use serde::Serialize;
use utoipa::ToSchema;

use crate::households::import::{Field, Mend, MendRow, Verdict};

/// The cells of rows to be put right, and the numbers that are taken already.
#[derive(Debug, Serialize, ToSchema)]
pub struct MendBody {
    /// The columns that are read, from the left, under the names they are read by.
    columns: Vec<MendColumn>,
    /// Rows refused, and rows taken with something to know; at most 20,000.
    rows: Vec<MendCells>,
    /// How many more there are.
    untold: usize,
    /// The identity numbers of the good rows: no other row may have one of them.
    taken: Vec<TakenNumber>,
}

/// A column.
#[derive(Debug, Serialize, ToSchema)]
struct MendColumn {
    /// Its name in the file.
    name: String,
    /// What it holds.
    field: Field,
}

/// A row as it stands in the file.
#[derive(Debug, Serialize, ToSchema)]
struct MendCells {
    /// The sheet's row number.
    row: u32,
    /// One cell for each column.
    cells: Vec<String>,
    /// What is at fault.
    faults: Vec<Field>,
}

/// A good row's number.
#[derive(Debug, Serialize, ToSchema)]
struct TakenNumber {
    /// The sheet's row number.
    row: u32,
    /// As it was understood.
    id_number: String,
}

impl MendBody {
    pub(super) fn of(verdict: &Verdict) -> Self {
        let Mend { columns, rows, untold } = &verdict.mend;
        let cells = |MendRow { row, cells, faults }: &MendRow| MendCells { row: *row, cells: cells.clone(), faults: faults.clone() };
        let taken = verdict.accepted.iter().map(|good| TakenNumber { row: good.row, id_number: good.described.id_number.whole().to_owned() });
        Self {
            columns: columns.iter().map(|column| MendColumn { name: column.written.clone(), field: column.field }).collect(),
            rows: rows.iter().map(cells).collect(),
            untold: *untold,
            taken: taken.collect(),
        }
    }
}
