//! The two engines behind one door.

use std::fs::OpenOptions;
use std::os::fd::{IntoRawFd, RawFd};
use std::sync::Arc;
use std::time::Duration;

use diesel::Connection;
use diesel::connection::SimpleConnection;
use diesel::r2d2::{ConnectionManager, Pool, PooledConnection};
use rustix::fs::FallocateFlags;

use super::conn::{Conn, ConnPool, Manners, check_engine};
use super::migrate;
use super::pace::Pace;
use super::tx::Tx;
use super::writer::Writer;
use crate::kit::clock::{Chance, Clock};
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::{self, Author};

/// How long a blocking task waits for a connection.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// How soon a database that is gone is asked again: the pool takes half of its own patience for the longest pause between two tries.
const RETRY_WITHIN: Duration = Duration::from_millis(500);
/// The index of a log of half a gigabyte: eight times what it is cut back to.
const INDEX_BYTES: u64 = 1 << 20;
/// How often a write is tried again when PostgreSQL broke a tie between two.
const TRIES: u32 = 5;

pub(super) enum Engine {
    Sqlite { readers: ConnPool, writer: Writer },
    Postgres { pool: ConnPool },
}

impl Engine {
    pub(super) fn open(url: &str, connections: u32, pace: Arc<Pace>) -> Result<Self, Problem> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            let mut conn = Conn::Sqlite(establish(diesel::SqliteConnection::establish(path))?);
            Manners { writes: true }.teach(&mut conn)?;
            check_engine(&mut conn)?;
            migrate::up(&mut conn)?;
            lengthen_the_index(path);
            let readers = pool(path, connections, false);
            return Ok(Self::Sqlite { readers, writer: Writer::start(conn, pace)? });
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let mut conn = Conn::Postgres(establish(diesel::PgConnection::establish(url))?);
            migrate::up(&mut conn)?;
            drop(conn);
            return Ok(Self::Postgres { pool: pool(url, connections, true) });
        }
        Err(Problem::unexpected("the database URL begins with neither sqlite:// nor postgres://"))
    }

    pub(super) fn read<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T, Problem>) -> Result<T, Problem> {
        let (Self::Sqlite { readers: pool, .. } | Self::Postgres { pool }) = self;
        let mut pooled = taken(pool)?;
        let conn: &mut Conn = &mut pooled;
        conn.transaction::<_, Problem, _>(|conn| {
            if let Conn::Postgres(pg) = conn {
                // One snapshot for all of a read's queries, so that its parts agree with each other.
                pg.batch_execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")?;
            }
            work(conn)
        })
    }

    pub(super) fn write_on_postgres<T>(
        &self,
        author: Option<&Author>,
        clock: &Clock,
        chance: &Chance,
        work: &dyn Fn(&mut Tx<'_>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let (Self::Sqlite { readers: pool, .. } | Self::Postgres { pool }) = self;
        let mut pooled = taken(pool)?;
        let conn: &mut Conn = &mut pooled;
        let mut tries = 1;
        loop {
            let answer = conn.transaction::<_, Problem, _>(|conn| {
                let now = clock.now();
                let mut tx = Tx::begin(conn, now, chance, author);
                let value = work(&mut tx)?;
                let events = tx.finish()?;
                log::append(conn, now, author, events)?;
                Ok(value)
            });
            match answer {
                Err(problem) if problem.may_pass_on_retry() && tries < TRIES => tries += 1,
                other => return other,
            }
        }
    }
}

/// Makes the index of SQLite's log as long as it may get. SQLite lengthens it behind a commit's sync, and says "disk I/O error" where the
/// disk is full by then, which nobody can tell from a disk that failed. Where it cannot be done all is as without.
fn lengthen_the_index(path: &str) {
    let lengthened = OpenOptions::new().read(true).write(true).open(format!("{path}-shm")).and_then(|file| {
        let done = rustix::fs::fallocate(&file, FallocateFlags::empty(), 0, INDEX_BYTES);
        // Never closed: that would give up the locks which SQLite holds on it in this process.
        let _kept: RawFd = file.into_raw_fd();
        Ok(done?)
    });
    if let Err(error) = lengthened {
        tracing::warn!(%error, "the index of the database's log is not lengthened");
    }
}

fn pool(url: &str, connections: u32, writes: bool) -> ConnPool {
    Pool::builder()
        .max_size(connections.max(1))
        .min_idle(Some(1))
        .connection_timeout(RETRY_WITHIN * 2)
        // A line to a server may have gone; a file does not.
        .test_on_check_out(writes)
        .connection_customizer(Box::new(Manners { writes }))
        // Whether there is anybody at all was seen just now.
        .build_unchecked(ConnectionManager::new(url))
}

fn taken(pool: &ConnPool) -> Result<PooledConnection<ConnectionManager<Conn>>, Problem> {
    pool.get_timeout(LONGEST_WAIT).map_err(|_| Problem::of(Code::Busy))
}

fn establish<C>(opened: diesel::ConnectionResult<C>) -> Result<C, Problem> {
    opened.map_err(|cause| Problem::unexpected(format!("the database cannot be opened: {cause}")))
}
