//! The flow as a workbook: 合计, 流向, 明细. Every text is written as a text, so that none can act as a formula.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use crate::kit::http::problem::Problem;
use crate::ledger::actions::{EntryTold, FlowTold, Names};
use crate::ledger::model::{Commodity, EntryKind, Link, Moved, Place};
use crate::ledger::rules;

/// Entries read at once.
pub const PAGE: i64 = 500;
/// Most lines of entries.
const MOST: u32 = 100_000;

const SUMS: [&str; 11] = ["款物", "单位", "收入", "库存", "在组", "已发放", "损耗", "退回来源", "超出领用", "收入价值(元)", "账实相符"];
const LINKS: [&str; 7] = ["从", "到", "事项", "款物", "数量", "单位", "价值(元)"];
const ENTRIES: [&str; 10] = ["时间", "事项", "从", "到", "款物", "数量", "单位", "价值(元)", "说明", "凭证"];

/// A workbook on its way; rows go to the disk as they are written.
pub struct Workbook {
    book: rust_xlsxwriter::Workbook,
    /// The next row of 明细.
    row: u32,
}

/// What stands in a cell.
enum Cell<'a> {
    Text(&'a str),
    Number(f64),
}

impl Workbook {
    /// A workbook with the sums and what moved.
    pub fn of(told: &FlowTold) -> Result<Self, Problem> {
        let mut workbook = Self { book: rust_xlsxwriter::Workbook::new(), row: 1 };
        workbook.begin(told).map_err(Problem::unexpected)?;
        Ok(workbook)
    }

    /// Whether more entries fit.
    pub const fn has_room(&self) -> bool {
        self.row <= MOST
    }

    /// Adds entries, as many as fit.
    pub fn add(&mut self, names: &Names, entries: &[EntryTold]) -> Result<(), Problem> {
        self.write_entries(names, entries).map_err(Problem::unexpected)
    }

    /// The bytes.
    pub fn finish(mut self) -> Result<Vec<u8>, Problem> {
        self.book.save_to_buffer().map_err(Problem::unexpected)
    }

    fn begin(&mut self, told: &FlowTold) -> Result<(), XlsxError> {
        let sheet = self.sheet("合计", &SUMS)?;
        for (row, (commodity, (sum, agrees))) in (1..).zip(&told.sums) {
            let count = |amount: i64| Cell::Number(whole(*commodity, amount));
            let worth = Moved { amount: sum.received, value_fen: sum.value_fen }.worth_fen(*commodity);
            let (name, unit) = (told.names.name(commodity.id()).unwrap_or_default(), unit(&told.names, *commodity));
            let places = [sum.received, sum.in_store, sum.with_teams, sum.handed_over, sum.lost, sum.returned_to_source, sum.unexplained].map(count);
            let mut cells = vec![Cell::Text(&name), Cell::Text(&unit)];
            cells.extend(places);
            cells.extend([Cell::Number(yuan(worth)), Cell::Text(if *agrees { "是" } else { "否" })]);
            write(sheet, row, &cells)?;
        }
        let sheet = self.sheet("流向", &LINKS)?;
        for (row, (link, moved)) in (1..).zip(&told.links) {
            let (from, to) = (place(&told.names, link.from), place(&told.names, link.to));
            let (name, unit) = (told.names.name(link.commodity.id()).unwrap_or_default(), unit(&told.names, link.commodity));
            let (amount, worth) = (Cell::Number(whole(link.commodity, moved.amount)), Cell::Number(yuan(moved.worth_fen(link.commodity))));
            write(sheet, row, &[Cell::Text(&from), Cell::Text(&to), Cell::Text(deed(link.kind)), Cell::Text(&name), amount, Cell::Text(&unit), worth])?;
        }
        self.sheet("明细", &ENTRIES).map(drop)
    }

    fn sheet(&mut self, name: &str, head: &[&str]) -> Result<&mut Worksheet, XlsxError> {
        let sheet = self.book.add_worksheet_with_constant_memory();
        sheet.set_name(name)?;
        let bold = Format::new().set_bold();
        for (column, word) in (0..).zip(head) {
            sheet.set_column_width(column, 16)?;
            sheet.write_string_with_format(0, column, *word, &bold)?;
        }
        Ok(sheet)
    }

    fn write_entries(&mut self, names: &Names, entries: &[EntryTold]) -> Result<(), XlsxError> {
        let sheet = self.book.worksheet_from_name("明细")?;
        for told in entries {
            let (time, entry) = (told.entry.happened_at.china_minute(), &told.entry);
            for (link, moved) in rules::links(&told.postings, entry.kind, entry.reverses.is_some()) {
                if self.row > MOST {
                    return Ok(());
                }
                let Link { from, to, commodity, .. } = link;
                let (from, to, name, unit) = (place(names, from), place(names, to), names.name(commodity.id()).unwrap_or_default(), unit(names, commodity));
                let (amount, worth) = (Cell::Number(whole(commodity, moved.amount)), Cell::Number(yuan(moved.worth_fen(commodity))));
                let head = [Cell::Text(&time), Cell::Text(deed(entry.kind)), Cell::Text(&from), Cell::Text(&to), Cell::Text(&name)];
                let tail = [amount, Cell::Text(&unit), worth, Cell::Text(&entry.words), Cell::Text(entry.id.as_str())];
                write(sheet, self.row, &head.into_iter().chain(tail).collect::<Vec<_>>())?;
                self.row += 1;
            }
        }
        Ok(())
    }
}

fn write(sheet: &mut Worksheet, row: u32, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
    for (column, cell) in (0..).zip(cells) {
        match cell {
            Cell::Text(text) => sheet.write_string(row, column, *text)?,
            Cell::Number(number) => sheet.write_number(row, column, *number)?,
        };
    }
    Ok(())
}

fn place(names: &Names, place: Place) -> String {
    let kind = match place {
        Place::Source(_) => "来源",
        Place::Store(_) => "库房",
        Place::Team(_) => "走访组",
        Place::Households => "困难职工家庭",
        Place::Enterprises => "企业",
        Place::Persons => "其他受慰问人员",
        Place::Returned => "退回来源",
        Place::Loss => "损耗",
    };
    names.name(place.id()).map_or_else(|| kind.to_owned(), |name| format!("{kind}:{name}"))
}

const fn deed(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Receipt => "入库",
        EntryKind::Issue => "领用",
        EntryKind::Handover => "发放",
        EntryKind::Return => "退回",
        EntryKind::Loss => "损耗",
        EntryKind::Reversal => "冲正",
    }
}

fn unit(names: &Names, commodity: Commodity) -> String {
    match commodity {
        Commodity::Cash(_) => "元".to_owned(),
        Commodity::Goods(_) => names.unit(commodity).unwrap_or_default(),
    }
}

/// Yuan, or whole units.
fn whole(commodity: Commodity, amount: i64) -> f64 {
    match commodity {
        Commodity::Cash(_) => yuan(amount),
        Commodity::Goods(_) => decimal(amount, 3),
    }
}

fn yuan(fen: i64) -> f64 {
    decimal(fen, 2)
}

/// So many thousandths or hundredths as the nearest number there is: read from its digits, which loses less than dividing would.
fn decimal(amount: i64, places: usize) -> f64 {
    let sign = if amount < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", amount.unsigned_abs(), width = places + 1);
    let (whole, rest) = digits.split_at(digits.len() - places);
    format!("{sign}{whole}.{rest}").parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn amounts_are_told_in_whole_units_to_the_last_place() {
        for (amount, places, told) in [(0, 2, 0.0), (5, 2, 0.05), (-5, 2, -0.05), (123_456, 2, 1_234.56), (1_500, 3, 1.5), (-999, 3, -0.999), (100, 2, 1.0)] {
            assert!((decimal(amount, places) - told).abs() < f64::EPSILON, "{amount}");
        }
    }
}
