//! A table of the desk is written down whole, page by page from one snapshot; that it was is recorded.

use serde_json::json;
use tokio::sync::Semaphore;

use crate::accounts::{Actor, Role};
use crate::boards::model::{Cell, ExportAsked, ExportFormat, ExportTable, Exported, HouseholdRow, VisitRow};
use crate::boards::sheet::{MOST_ROWS, Sheet};
use crate::boards::{queries, words};
use crate::campaigns;
use crate::findings::{self, FindingView};
use crate::kit::clock::Moment;
use crate::kit::db::{Conn, Db};
use crate::kit::http::language::Language;
use crate::kit::http::page::PageQuery;
use crate::kit::http::problem::Problem;
use crate::kit::id::Id;
use crate::ledger::{self, LineTold};

/// Files written at a time: each may be read for some seconds and hold some tens of megabytes.
static WRITING: Semaphore = Semaphore::const_new(2);
/// Rows read at once.
const PAGE: i64 = 500;
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Writes a table, and records that it was.
///
/// # Errors
/// What the table itself says; [`crate::kit::http::problem::Code::Forbidden`] for cadres.
pub(in crate::boards) async fn export(db: &Db, actor: &Actor, asked: ExportAsked, language: Language) -> Result<Exported, Problem> {
    campaigns::must_read(actor)?;
    actor.must_be(&[Role::Lead, Role::Supervisor, Role::Centre, Role::Auditor])?;
    if asked.household_ids.as_ref().is_some_and(|ids| ids.len() > MOST_ROWS) {
        return Err(Problem::field("/household_ids", "too_many"));
    }
    let _turn = WRITING.acquire().await.map_err(Problem::unexpected)?;
    let (reader, of) = (actor.clone(), asked.clone());
    let (bytes, rows) = db.read(move |conn| written(conn, &reader, &of, language)).await?;
    let (author, writer) = (actor.author(), actor.clone());
    let (table, format) = (asked.table, asked.format);
    let facts = json!({"campaign_id": asked.campaign, "table": table, "format": format, "rows": rows, "team_id": asked.team, "searched": asked.q.is_some()});
    db.write(author, move |tx| {
        let id = Id::fresh(tx.now, tx.chance);
        tx.record(writer.event("export.made", "export", id.as_str(), facts.clone()));
        Ok(())
    })
    .await?;
    let media_type = if format == ExportFormat::Csv { "text/csv; charset=utf-8" } else { XLSX };
    Ok(Exported { name: format!("{table}.{format}"), media_type, bytes })
}

fn written(conn: &mut Conn, actor: &Actor, asked: &ExportAsked, language: Language) -> Result<(Vec<u8>, usize), Problem> {
    campaigns::visible(conn, actor, asked.campaign)?;
    let (name, heads) = words::table(language, asked.table);
    let mut sheet = Sheet::begin(asked.format, name, &heads)?;
    let say = |set: &str, code: &str| Cell::Text(words::code(language, set, code).to_owned());
    let mut rows = 0;
    let mut page = PageQuery { limit: Some(PAGE), after: None };
    let mut lines_after = None;
    let mut named = asked.household_ids.as_deref().unwrap_or_default().chunks(usize::try_from(PAGE).unwrap_or(1)).peekable();
    loop {
        let (cells, more): (Vec<Vec<Cell>>, bool) = match asked.table {
            ExportTable::Households if asked.household_ids.is_some() => {
                let read = queries::households_of(conn, actor, asked.campaign, named.next().unwrap_or_default())?;
                (read.into_iter().map(|row| household(row, &say)).collect(), named.peek().is_some())
            }
            ExportTable::Households => {
                let read = queries::households(conn, actor, &asked.of_households(), &page)?;
                page.after = read.next;
                (read.items.into_iter().map(|row| household(row, &say)).collect(), page.after.is_some())
            }
            ExportTable::Visits => {
                let read = queries::visits(conn, actor, &asked.of_visits(), &page)?;
                page.after = read.next;
                (read.items.into_iter().map(|row| visit(row, &say)).collect(), page.after.is_some())
            }
            ExportTable::Findings => {
                let read = findings::listed(conn, actor, &of_findings(asked), &page, language)?;
                page.after = read.next;
                (read.items.into_iter().map(|row| finding(row, &say)).collect(), page.after.is_some())
            }
            ExportTable::Entries => {
                let (lines, next) = ledger::lines(conn, actor, asked.campaign, lines_after, PAGE)?;
                lines_after = next;
                (lines.into_iter().map(|line| entry(line, &say)).collect(), next.is_some())
            }
        };
        for cells in cells {
            if rows >= MOST_ROWS {
                return Ok((sheet.finish()?, rows));
            }
            sheet.add(&cells)?;
            rows += 1;
        }
        if !more {
            return Ok((sheet.finish()?, rows));
        }
    }
}

const fn of_findings(asked: &ExportAsked) -> findings::Filter {
    findings::Filter {
        campaign: Some(asked.campaign),
        status: asked.status,
        code: asked.code,
        severity: asked.severity,
        team: asked.team,
        household: None,
        about: None,
        cadre: asked.cadre,
    }
}

fn minute(at: Option<Moment>) -> Cell {
    Cell::Text(at.map(Moment::china_minute).unwrap_or_default())
}

fn household(row: HouseholdRow, say: &impl Fn(&str, &str) -> Cell) -> Vec<Cell> {
    vec![
        Cell::Text(row.head_name),
        Cell::Text(row.head_id_masked),
        Cell::Text(row.address),
        Cell::text(row.team_name),
        Cell::text(row.cadre.map(|cadre| cadre.name)),
        say("category", row.category.as_str()),
        say("file_status", row.status.as_str()),
        row.standing.map_or(Cell::Text(String::new()), |standing| say("standing", standing.as_str())),
        Cell::count(row.tries),
        minute(row.last_visit_at),
        row.last_outcome.map_or(Cell::Text(String::new()), |outcome| say("outcome", outcome.as_str())),
        Cell::text(row.last_cadre.map(|cadre| cadre.name)),
        row.entitlement_cash_fen.map_or(Cell::Text(String::new()), Cell::yuan),
    ]
}

fn visit(row: VisitRow, say: &impl Fn(&str, &str) -> Cell) -> Vec<Cell> {
    let cash = row.aid.iter().filter(|line| line.kind == "cash").map(|line| line.amount).fold(0, i64::saturating_add);
    let goods = row.aid.iter().filter(|line| line.kind != "cash").count();
    vec![
        minute(Some(row.started_at)),
        minute(Some(row.ended_at)),
        minute(Some(row.received_at)),
        Cell::text(row.head_name),
        say("mode", row.mode.as_str()),
        say("outcome", row.outcome.as_str()),
        Cell::Text(row.cadre.name),
        Cell::text(row.team.map(|team| team.name)),
        Cell::yuan(cash),
        Cell::count(i64::try_from(goods).unwrap_or(i64::MAX)),
        Cell::count(row.open_findings),
        Cell::text(row.amends),
        Cell::text(Some(row.id)),
    ]
}

fn finding(row: FindingView, say: &impl Fn(&str, &str) -> Cell) -> Vec<Cell> {
    let (visit, settled) = (row.visit, row.settled);
    vec![
        Cell::Text(row.finding.code.as_str().to_owned()),
        say("severity", row.finding.severity.as_str()),
        Cell::Text(row.finding.says),
        Cell::text(row.household.map(|household| household.head_name)),
        Cell::text(row.team.map(|team| team.name)),
        Cell::text(visit.as_ref().map(|visit| &visit.cadre_name)),
        minute(visit.as_ref().map(|visit| visit.started_at)),
        minute(Some(row.found_at)),
        say("status", row.finding.status.as_str()),
        Cell::text(settled.as_ref().map(|settled| &settled.by_name)),
        minute(settled.as_ref().map(|settled| settled.at)),
        Cell::text(settled.map(|settled| settled.words)),
    ]
}

fn entry(line: LineTold, say: &impl Fn(&str, &str) -> Cell) -> Vec<Cell> {
    let place = |(kind, name): (ledger::AccountKind, Option<String>)| match (say("place", kind.as_str()), name) {
        (Cell::Text(kind), Some(name)) => Cell::Text(format!("{kind}: {name}")),
        (kind, _) => kind,
    };
    let unit = line.unit.unwrap_or_default();
    vec![
        minute(Some(line.happened_at)),
        say("entry_kind", line.kind.as_str()),
        place(line.from),
        place(line.to),
        Cell::text(line.name),
        Cell::places(line.amount, if line.is_cash { 2 } else { 3 }),
        say("unit", &unit),
        Cell::yuan(line.value_fen),
        Cell::Text(line.words),
        Cell::text(Some(line.entry)),
    ]
}
