//! Rows as a file that Excel opens: CSV with a mark of its encoding, or a workbook. No cell of text can act as a formula.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::model::{Cell, ExportFormat};
use crate::kit::http::problem::Problem;

/// Most rows of a file.
pub(super) const MOST_ROWS: usize = 100_000;

/// A file under way.
pub(super) enum Sheet {
    Csv(Box<csv::Writer<Vec<u8>>>),
    Xlsx(Box<Workbook>, u32),
}

impl Sheet {
    /// Begins a file with these heads.
    pub(super) fn begin(format: ExportFormat, name: &str, heads: &[&str]) -> Result<Self, Problem> {
        match format {
            ExportFormat::Csv => {
                // Excel takes UTF-8 for what it is only where this mark says so.
                let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
                writer.write_record(heads).map_err(Problem::unexpected)?;
                Ok(Self::Csv(Box::new(writer)))
            }
            ExportFormat::Xlsx => {
                let mut book = Workbook::new();
                head(book.add_worksheet_with_constant_memory(), name, heads).map_err(Problem::unexpected)?;
                Ok(Self::Xlsx(Box::new(book), 1))
            }
        }
    }

    /// Adds a row.
    pub(super) fn add(&mut self, cells: &[Cell]) -> Result<(), Problem> {
        match self {
            Self::Csv(writer) => writer.write_record(cells.iter().map(plain)).map_err(Problem::unexpected),
            Self::Xlsx(book, row) => {
                let sheet = book.worksheet_from_index(0).map_err(Problem::unexpected)?;
                write(sheet, *row, cells).map_err(Problem::unexpected)?;
                *row += 1;
                Ok(())
            }
        }
    }

    /// The bytes.
    pub(super) fn finish(self) -> Result<Vec<u8>, Problem> {
        match self {
            Self::Csv(writer) => writer.into_inner().map_err(Problem::unexpected),
            Self::Xlsx(mut book, _) => book.save_to_buffer().map_err(Problem::unexpected),
        }
    }
}

/// Text that a table program would take for a formula is marked as text.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']) => format!("'{text}"),
        Cell::Text(text) | Cell::Number(text) => text.clone(),
    }
}

fn head(sheet: &mut Worksheet, name: &str, heads: &[&str]) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    let bold = Format::new().set_bold();
    for (column, word) in (0..).zip(heads) {
        sheet.set_column_width(column, 16)?;
        sheet.write_string_with_format(0, column, *word, &bold)?;
    }
    Ok(())
}

fn write(sheet: &mut Worksheet, row: u32, cells: &[Cell]) -> Result<(), XlsxError> {
    for (column, cell) in (0..).zip(cells) {
        match cell {
            Cell::Text(text) => sheet.write_string(row, column, text)?,
            Cell::Number(digits) => sheet.write_number(row, column, digits.parse::<f64>().unwrap_or_default())?,
        };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_acts_as_a_formula_and_a_number_stays_one() {
        let mut sheet = Sheet::begin(ExportFormat::Csv, "x", &["甲", "乙"]).unwrap();
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "1, 2"] {
            sheet.add(&[Cell::Text(text.to_owned()), Cell::yuan(-1_205)]).unwrap();
        }
        let text = String::from_utf8(sheet.finish().unwrap()).unwrap();
        assert_eq!(text, "\u{feff}甲,乙\r\n'=1+1,-12.05\r\n'+1,-12.05\r\n'-1,-12.05\r\n'@SUM(A1),-12.05\r\n'\t=1,-12.05\r\n\"1, 2\",-12.05\r\n");
    }

    #[test]
    fn amounts_are_told_to_their_last_place() {
        for (amount, places, told) in [(0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (123_456, 2, "1234.56"), (1_500, 3, "1.500")] {
            assert_eq!(Cell::places(amount, places), Cell::Number(told.to_owned()));
        }
    }
}
