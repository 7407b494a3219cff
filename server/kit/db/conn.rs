//! One connection type over both engines.

use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool};
use diesel::{PgConnection, RunQueryDsl, SqliteConnection};

use crate::kit::http::problem::Problem;

/// A connection to either engine. Most diesel queries run on it as they are; the few that cannot go through [`each!`](crate::each!).
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// Embedded.
    Sqlite(SqliteConnection),
    /// A server of its own.
    Postgres(PgConnection),
}

/// Writes a query once and compiles it for each engine: upserts, batch inserts and `as_returning()` need it.
#[macro_export]
macro_rules! each {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::kit::db::Conn::Sqlite($c) => $body,
            $crate::kit::db::Conn::Postgres($c) => $body,
        }
    };
}

/// Inserts many rows. SQLite takes them one after the other through a statement that is kept; PostgreSQL a thousand together: a statement
/// of it takes 65,535 values.
#[macro_export]
macro_rules! insert_all {
    ($conn:expr, $rows:expr, |$values:ident| $insert:expr) => {{
        let rows: &[_] = $rows;
        match $conn {
            $crate::kit::db::Conn::Sqlite(conn) => rows.iter().try_for_each(|$values| diesel::RunQueryDsl::execute($insert, conn).map(drop)),
            $crate::kit::db::Conn::Postgres(conn) => rows.chunks(1_000).try_for_each(|$values| diesel::RunQueryDsl::execute($insert, conn).map(drop)),
        }
    }};
}

/// The same for rows that may be there already: `on_conflict` says what is done with those.
#[macro_export]
macro_rules! upsert_all {
    ($conn:expr, $rows:expr, $table:expr, $on_conflict:literal) => {
        $crate::insert_all!($conn, $rows, |values| $crate::kit::db::Upsert { insert: diesel::insert_into($table).values(values), on_conflict: $on_conflict })
    };
}

/// A pool of connections.
pub type ConnPool = Pool<ConnectionManager<Conn>>;

/// SQLite before this version can corrupt a database in WAL mode (the WAL-reset bug).
const OLDEST_SQLITE: i32 = 3_051_003;

/// What every connection is told before its first use.
#[derive(Debug, Clone, Copy)]
pub struct Manners {
    /// Whether this connection may write (SQLite: the writer thread's own only).
    pub writes: bool,
}

impl Manners {
    /// Sets the session up.
    ///
    /// # Errors
    /// When the engine refuses a setting.
    pub fn teach(self, conn: &mut Conn) -> diesel::QueryResult<()> {
        match conn {
            Conn::Sqlite(c) => {
                let query_only = if self.writes { "OFF" } else { "ON" };
                // The log is carried over every 64 MiB: a page that is written again and again, as those of indexes are, is carried over once.
                // KiB of the cache: the inner pages of a large database's indexes; more only costs: after each commit in which pages of an index
                // were divided, SQLite looks through the whole of it. Readers are several, and what one lacks the machine's own cache has.
                let cache = if self.writes { 16_384 } else { 4_096 };
                let pragmas = format!(
                    "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                     PRAGMA temp_store = MEMORY; PRAGMA cache_size = -{cache}; PRAGMA journal_size_limit = 67108864;
                     PRAGMA wal_autocheckpoint = 16000; PRAGMA query_only = {query_only};"
                );
                diesel::connection::SimpleConnection::batch_execute(c, &pragmas)
            }
            Conn::Postgres(c) => diesel::connection::SimpleConnection::batch_execute(
                c,
                "SET lock_timeout = '10s'; SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '60s'; SET client_min_messages = warning;",
            ),
        }
    }
}

impl CustomizeConnection<Conn, diesel::r2d2::Error> for Manners {
    fn on_acquire(&self, conn: &mut Conn) -> Result<(), diesel::r2d2::Error> {
        self.teach(conn).map_err(diesel::r2d2::Error::QueryError)
    }
}

#[derive(diesel::QueryableByName)]
struct Version {
    #[diesel(sql_type = diesel::sql_types::Text)]
    version: String,
}

/// Refuses an SQLite that is known to lose data.
///
/// # Errors
/// When the linked SQLite is too old.
pub fn check_engine(conn: &mut Conn) -> Result<(), Problem> {
    if let Conn::Sqlite(c) = conn {
        let found: Version = diesel::sql_query("SELECT sqlite_version() AS version").get_result(c)?;
        let mut parts = found.version.split('.').map(|part| part.parse::<i32>().unwrap_or_default());
        let mut next = || parts.next().unwrap_or_default();
        let number = next() * 1_000_000 + next() * 1_000 + next();
        if number < OLDEST_SQLITE {
            return Err(Problem::unexpected(format!("SQLite {} can corrupt a database in WAL mode; 3.51.3 or newer is needed", found.version)));
        }
    }
    Ok(())
}
