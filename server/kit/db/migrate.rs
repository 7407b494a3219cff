//! Bringing the schema up to date.

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::Conn;
use crate::each;
use crate::kit::http::problem::Problem;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
const SQLITE_GUARDS: &str = include_str!("../../../migrations/guards.sqlite.sql");
const POSTGRES_GUARDS: &str = include_str!("../../../migrations/guards.postgres.sql");

/// Runs what has not run yet, then rebuilds the append-only guards.
pub(super) fn up(conn: &mut Conn) -> Result<(), Problem> {
    if let Conn::Postgres(pg) = conn {
        // Several servers may start at once; one of them migrates. The lock ends with the session.
        pg.batch_execute("SELECT pg_advisory_lock(7281945)")?;
    }
    each!(&mut *conn, |c| c.run_pending_migrations(MIGRATIONS).map(drop)).map_err(|cause| Problem::unexpected(format!("a migration failed: {cause}")))?;
    match conn {
        Conn::Sqlite(c) => c.batch_execute(SQLITE_GUARDS)?,
        Conn::Postgres(c) => {
            c.batch_execute(POSTGRES_GUARDS)?;
            c.batch_execute("SELECT pg_advisory_unlock(7281945)")?;
        }
    }
    Ok(())
}

/// Brings an empty or older database up to date: what [`Db::open`](super::Db::open) does before anything else.
///
/// # Errors
/// When a script fails.
pub fn migrations_up(conn: &mut Conn) -> Result<(), Problem> {
    up(conn)
}

/// Takes every migration back: what the tests hold the down scripts with.
///
/// # Errors
/// When a script fails.
pub fn migrations_down(conn: &mut Conn) -> Result<(), Problem> {
    let wrap = |cause: Box<dyn std::error::Error + Send + Sync>| Problem::unexpected(format!("a migration failed: {cause}"));
    each!(&mut *conn, |c| c.revert_all_migrations(MIGRATIONS).map(drop)).map_err(wrap)
}

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// The schema as sorted lines `table.column type nullability`, the same on both engines.
///
/// # Errors
/// When the catalogue cannot be read.
pub fn schema_dump(conn: &mut Conn) -> Result<Vec<String>, Problem> {
    let lines: Vec<Line> = match conn {
        Conn::Sqlite(c) => diesel::sql_query(
            "SELECT m.name || '.' || p.name || ' ' || lower(p.type) || CASE WHEN p.\"notnull\" THEN ' not null' ELSE '' END AS line
             FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY 1",
        )
        .load(c)?,
        Conn::Postgres(c) => diesel::sql_query(
            "SELECT table_name || '.' || column_name || ' ' || data_type || CASE WHEN is_nullable = 'NO' THEN ' not null' ELSE '' END AS line
             FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_%' ORDER BY 1",
        )
        .load(c)?,
    };
    let mut lines: Vec<String> = lines.into_iter().map(|row| row.line).collect();
    lines.sort_unstable();
    Ok(lines)
}
