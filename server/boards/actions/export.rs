//! A table of the desk is written down whole, page by page from one snapshot; that it was is recorded. Which rows, in which order and
//! for whom says the room whose table it is: each asks exactly what its page asks.

mod checks;
mod doors;
mod means;
mod people;
mod progress;
mod promises;
mod table;
mod written;

use serde_json::json;
use tokio::sync::Semaphore;

use self::table::{Asking, Table};
use self::written::written;
use crate::accounts::{Actor, Role};
use crate::boards::model::{ExportAsked, ExportFormat, Exported};
use crate::boards::sheet::{MOST_ROWS, Sheet};
use crate::boards::words;
use crate::kit::db::Db;
use crate::kit::http::language::Language;
use crate::kit::http::problem::Problem;
use crate::kit::id::Id;

/// Files written at a time: each may be read for some seconds and hold some tens of megabytes.
static WRITING: Semaphore = Semaphore::const_new(2);
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Writes a table, and records that it was.
///
/// # Errors
/// What the table itself says; [`crate::kit::http::problem::Code::Forbidden`] for cadres.
pub(in crate::boards) async fn export(db: &Db, actor: &Actor, asked: ExportAsked, language: Language) -> Result<Exported, Problem> {
    let table = Table::of(asked.table);
    (table.sees)(actor)?;
    actor.must_be(&[Role::Lead, Role::Supervisor, Role::Centre, Role::Auditor, Role::Admin])?;
    if asked.household_ids.as_ref().is_some_and(|ids| ids.len() > MOST_ROWS) {
        return Err(Problem::field("/household_ids", "too_many"));
    }
    let _turn = WRITING.acquire().await.map_err(Problem::unexpected)?;
    let asking = Asking { actor: actor.clone(), asked: asked.clone(), language, now: db.clock().now() };
    let (bytes, done) = db
        .read(move |conn| {
            let (name, heads) = words::table(language, asking.asked.table);
            let mut sheet = Sheet::begin(asking.asked.format, name, &heads)?;
            let done = written(&mut sheet, MOST_ROWS, language, |page| (table.rows)(conn, &asking, page))?;
            Ok((sheet.finish()?, done))
        })
        .await?;
    let (author, writer) = (actor.author(), actor.clone());
    let facts = json!({
        "campaign_id": asked.campaign, "sample_id": asked.sample, "table": asked.table, "format": asked.format, "rows": done.rows, "cut": done.is_cut,
        "team_id": asked.team, "searched": asked.q.is_some(),
    });
    db.write(author, move |tx| {
        let id = Id::fresh(tx.now, tx.chance);
        tx.record(writer.event("export.made", "export", id.as_str(), facts.clone()));
        Ok(())
    })
    .await?;
    let media_type = if asked.format == ExportFormat::Csv { "text/csv; charset=utf-8" } else { XLSX };
    Ok(Exported { name: format!("{}.{}", asked.table, asked.format), media_type, bytes, is_cut: done.is_cut })
}
