//! A copy of the embedded database while it is used, and what SQLite finds wrong with one.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::sql_types::{Nullable, Text};
use diesel::{Connection, PgConnection, RunQueryDsl, SqliteConnection};

use super::Conn;
use super::conn::Manners;
use crate::kit::http::problem::Problem;

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(diesel::QueryableByName)]
struct Loose {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Nullable<Text>)]
    parent: Option<String>,
}

/// Writes everything that is committed now into a new file. Who writes meanwhile is not held up.
///
/// # Errors
/// When the database is not an embedded one, cannot be read, or the file cannot be written.
pub fn snapshot(url: &str, to: &Path) -> Result<(), Problem> {
    let path = url.strip_prefix("sqlite://").ok_or_else(|| Problem::unexpected("only an embedded database is copied; for PostgreSQL there is pg_dump"))?;
    let to = to.to_str().ok_or_else(|| Problem::unexpected("the path is not text"))?;
    if !Path::new(path).exists() {
        return Err(Problem::unexpected(format!("there is no database at {path}")));
    }
    let mut conn = open(path)?;
    conn.batch_execute("PRAGMA busy_timeout = 10000;")?;
    diesel::sql_query("VACUUM INTO ?").bind::<Text, _>(to).execute(&mut conn)?;
    Ok(())
}

/// What SQLite finds wrong with a file: damaged pages, rows an index does not know, rows that name what is not there. Empty for a sound one.
///
/// # Errors
/// When it cannot be opened at all.
pub fn unsound(path: &Path) -> Result<Vec<String>, Problem> {
    let mut conn = open(path.to_str().unwrap_or_default())?;
    let lines: Result<Vec<Line>, _> = diesel::sql_query("SELECT integrity_check AS line FROM pragma_integrity_check LIMIT 20").load(&mut conn);
    // A file that is damaged badly enough cannot even be checked.
    let lines = match lines {
        Ok(lines) => lines,
        Err(error) => return Ok(vec![error.to_string()]),
    };
    let mut wrong: Vec<String> = lines.into_iter().map(|line| line.line).filter(|line| line != "ok").collect();
    if wrong.is_empty() {
        let loose: Vec<Loose> = diesel::sql_query("SELECT \"table\", parent FROM pragma_foreign_key_check LIMIT 20").load(&mut conn)?;
        wrong.extend(loose.into_iter().map(|row| format!("a row of {} names one of {} that is not there", row.table, row.parent.unwrap_or_default())));
    }
    Ok(wrong)
}

/// Reads a file that nobody writes, and leaves nothing beside it.
///
/// # Errors
/// When it cannot be opened, and what the work says.
pub fn look_into<T>(path: &Path, work: impl FnOnce(&mut Conn) -> Result<T, Problem>) -> Result<T, Problem> {
    let url = format!("file:{}?immutable=1", path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23"));
    work(&mut Conn::Sqlite(open(&url)?))
}

/// Reads a database as it is, beside whoever uses it: nothing is brought up to date and nothing can be written.
///
/// # Errors
/// When it cannot be opened, is older than this program where the work looks, and what the work says.
pub fn look_at<T>(url: &str, work: impl FnOnce(&mut Conn) -> Result<T, Problem>) -> Result<T, Problem> {
    if let Some(path) = url.strip_prefix("sqlite://") {
        let mut conn = Conn::Sqlite(open(path)?);
        Manners { writes: false }.teach(&mut conn)?;
        return work(&mut conn);
    }
    let mut conn = PgConnection::establish(url).map_err(|cause| Problem::unexpected(format!("the database cannot be opened: {cause}")))?;
    conn.batch_execute("SET default_transaction_read_only = on")?;
    work(&mut Conn::Postgres(conn))
}

fn open(path: &str) -> Result<SqliteConnection, Problem> {
    SqliteConnection::establish(path).map_err(|cause| Problem::unexpected(format!("the database cannot be opened: {cause}")))
}
