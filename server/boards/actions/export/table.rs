//! The tables, each with who sees it and what its rows are.

use super::{checks, doors, means, people, progress, promises};
use crate::accounts::{self, Actor, SEE_PEOPLE, SEE_TEAMS};
use crate::boards::model::{Cell, ExportAsked, ExportTable};
use crate::boards::words;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::http::language::Language;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::Problem;
use crate::{campaigns, spotchecks};

/// The cells of a row, as many as the table has heads.
pub(super) type Row = Vec<Cell>;
/// Whether a table is there for somebody at all.
type Sees = fn(&Actor) -> Result<(), Problem>;
/// Some of its rows.
type Rows = fn(&mut Conn, &Asking, &PageQuery) -> Result<Page<Row>, Problem>;

/// Who asks for what, and in which language.
pub(super) struct Asking {
    /// Who asks.
    pub(super) actor: Actor,
    /// For what.
    pub(super) asked: ExportAsked,
    /// In whose words.
    pub(super) language: Language,
    /// When.
    pub(super) now: Moment,
}

impl Asking {
    /// A code in words.
    pub(super) fn say(&self, set: &str, code: &str) -> Cell {
        Cell::Text(self.word(set, code).to_owned())
    }

    /// A code in words, where there is one.
    pub(super) fn say_any(&self, set: &str, code: Option<&str>) -> Cell {
        code.map_or_else(|| Cell::Text(String::new()), |code| self.say(set, code))
    }

    /// A code in words, to be put into others.
    pub(super) fn word<'a>(&self, set: &str, code: &'a str) -> &'a str {
        words::code(self.language, set, code)
    }
}

/// A table that can be taken away.
#[derive(Clone, Copy)]
pub(super) struct Table {
    /// Whether it is there for somebody at all.
    pub(super) sees: Sees,
    /// Some of its rows.
    pub(super) rows: Rows,
}

impl Table {
    /// What a table is made of.
    pub(super) fn of(table: ExportTable) -> Self {
        let (sees, rows): (Sees, Rows) = match table {
            ExportTable::Households => (campaigns::must_read, doors::households),
            ExportTable::Visits => (campaigns::must_read, doors::visits),
            ExportTable::Findings => (campaigns::must_read, doors::findings),
            ExportTable::Needs => (campaigns::must_read, doors::needs),
            ExportTable::Entries => (campaigns::must_read, means::entries),
            ExportTable::Balances => (campaigns::must_read, means::balances),
            ExportTable::Sums => (campaigns::must_read, means::sums),
            ExportTable::Flow => (campaigns::must_read, means::flow),
            ExportTable::Slips => (campaigns::must_read, means::slips),
            ExportTable::ProgressTeams => (campaigns::must_read, progress::teams),
            ExportTable::ProgressCategories => (campaigns::must_read, progress::categories),
            ExportTable::ProgressDays => (campaigns::must_read, progress::days),
            ExportTable::ProgressAhead => (campaigns::must_read, progress::ahead_of_us),
            ExportTable::Entitlements => (campaigns::must_read, promises::entitlements),
            ExportTable::Standards => (campaigns::must_read, promises::standards),
            ExportTable::Funds => (campaigns::must_read, promises::funds),
            ExportTable::Goods => (campaigns::must_read, promises::goods),
            ExportTable::Campaigns => (campaigns::must_read, promises::campaigns),
            ExportTable::Samples => (spotchecks::must_read, checks::samples),
            ExportTable::Checks => (spotchecks::must_read, checks::checks),
            ExportTable::Strata => (spotchecks::must_read, checks::strata),
            ExportTable::People => (|actor| accounts::must_see(actor, &SEE_PEOPLE), people::people),
            ExportTable::Teams => (|actor| accounts::must_see(actor, &SEE_TEAMS), people::teams),
        };
        Self { sees, rows }
    }
}

/// A table that is read at once.
pub(super) const fn whole(items: Vec<Row>) -> Page<Row> {
    Page { items, next: None }
}

/// Text that may be missing.
pub(super) const NOTHING: Cell = Cell::Text(String::new());

/// A moment to the minute, in China.
pub(super) fn minute(at: Option<Moment>) -> Cell {
    Cell::Text(at.map(Moment::china_minute).unwrap_or_default())
}
