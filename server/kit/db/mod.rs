//! The database: one text of queries and migrations for SQLite and PostgreSQL, one way to read and one way to write.
//!
//! [`Db::write`] is the only transaction that people's deeds go through: it begins, runs the closure, appends its events to the
//! log and commits. What it answered survives a crash. [`Db::upkeep`] is the same for what no person did. [`Db::read`] reads.

mod among;
mod conn;
mod engine;
mod gather;
pub mod jobs;
mod migrate;
mod pace;
pub mod schema;
mod snapshot;
mod steady;
mod tx;
mod writer;

pub use among::{Among, among};
pub use conn::{Conn, ConnPool};
pub use gather::{Gather, Place, Together};
pub use migrate::{migrations_down, migrations_up, schema_dump};
pub use snapshot::{look_at, look_into, snapshot, unsound};
pub use steady::{Literally, Upsert};
pub use tx::{Tx, lock_key};

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::kit::clock::{Chance, Clock};
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::Author;
use engine::Engine;
use pace::Pace;

/// How long a request waits for its turn before it is told to come back.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// A write that would wait longer than this in a queue is not let in: whoever comes back later fares better, and those who are in
/// are answered while their line still holds.
const LONGEST_QUEUE: Duration = Duration::from_secs(2);

/// The database, as every room sees it. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    engine: Arc<Engine>,
    turns: Arc<Semaphore>,
    waiting: Arc<Waiting>,
    paces: Arc<RwLock<Vec<Arc<Pace>>>>,
    clock: Clock,
    chance: Chance,
}

/// Who waits for a turn, and how many may.
#[derive(Debug)]
struct Waiting {
    now: AtomicUsize,
    most: usize,
}

impl Db {
    /// Opens the database of a URL (`sqlite://path` or `postgres://…`), brings its schema up to date and rebuilds the guards.
    ///
    /// # Errors
    /// When it cannot be reached, is not ours, or its engine is known to lose data.
    pub fn open(url: &str, connections: u32, clock: Clock, chance: Chance) -> Result<Self, Problem> {
        let pace = Arc::new(Pace::of(1));
        let engine = Engine::open(url, connections, Arc::clone(&pace))?;
        let turns = usize::try_from(connections).unwrap_or(8).saturating_mul(64);
        let waiting = Arc::new(Waiting { now: AtomicUsize::new(0), most: turns });
        Ok(Self { engine: Arc::new(engine), turns: Arc::new(Semaphore::new(turns)), waiting, paces: Arc::new(RwLock::new(vec![pace])), clock, chance })
    }

    /// Runs queries that change nothing.
    ///
    /// # Errors
    /// What the closure says, or [`Code::Busy`] when no connection came free in time.
    pub async fn read<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, Problem> + Send + 'static,
    {
        let engine = Arc::clone(&self.engine);
        self.in_turn(move || engine.read(work)).await
    }

    /// The only way to write what somebody did: all of the closure and its events, or nothing. May run the closure again when two
    /// writes met; a closure that recorded no event and did not say [`Tx::unchanged`] is refused.
    ///
    /// # Errors
    /// What the closure says, [`Code::Busy`], or [`Code::Internal`] when the commit failed.
    pub async fn write<T, F>(&self, author: Author, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, Problem> + Send + 'static,
    {
        self.transact(Some(author), work).await
    }

    /// A transaction for what no person did and no phone needs to hear of: claims of work, token rotation, renditions.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn upkeep<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, Problem> + Send + 'static,
    {
        self.transact(None, work).await
    }

    /// Whether all writes go one after the other (SQLite).
    #[must_use]
    pub fn has_one_writer(&self) -> bool {
        matches!(&*self.engine, Engine::Sqlite { .. })
    }

    /// The clock that stamps every write.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The random source that makes ids.
    #[must_use]
    pub const fn chance(&self) -> &Chance {
        &self.chance
    }

    /// An upkeep that reads much and writes little. On SQLite `read` runs beside the writer, and again in the writer's turn where
    /// anything else was written in between; on PostgreSQL both run in one transaction. What two of these write at the same time must
    /// not be read by either: each takes its work out of a queue and asks there whether it is still its own.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn upkeep_beside<R, T, F, G>(&self, read: F, write: G) -> Result<T, Problem>
    where
        R: Send + 'static,
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<R, Problem> + Send + Sync + 'static,
        G: Fn(&mut Tx<'_>, R) -> Result<T, Problem> + Send + 'static,
    {
        let Engine::Sqlite { writer, .. } = &*self.engine else {
            return self.upkeep(move |tx| read(tx).and_then(|found| write(tx, found))).await;
        };
        let (engine, clock, chance, read) = (Arc::clone(&self.engine), self.clock.clone(), self.chance.clone(), Arc::new(read));
        let reading = Arc::clone(&read);
        let mark = writer.mark();
        let found = self.in_turn(move || engine.read(|conn| reading(&mut Tx::begin(conn, clock.now(), &chance, None)))).await?;
        let stands = writer.stands_at();
        let work = move |tx: &mut Tx<'_>| {
            let found = if stands(mark) { found } else { read(tx)? };
            write(tx, found)
        };
        writer.run_apart(None, self.clock.clone(), self.chance.clone(), work).await
    }

    async fn transact<T, F>(&self, author: Option<Author>, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, Problem> + Send + 'static,
    {
        let (clock, chance) = (self.clock.clone(), self.chance.clone());
        match &*self.engine {
            Engine::Sqlite { writer, .. } => writer.run(author, clock, chance, work).await,
            Engine::Postgres { .. } => {
                let engine = Arc::clone(&self.engine);
                self.in_turn(move || engine.write_on_postgres(author.as_ref(), &clock, &chance, &work)).await
            }
        }
    }

    /// Whether more has come than can be done in the time anybody waits. Cheap: asked before a request is read.
    #[must_use]
    pub fn is_crowded(&self) -> bool {
        let paces = self.paces.read().unwrap_or_else(PoisonError::into_inner);
        paces.iter().any(|pace| pace.wait() > LONGEST_QUEUE) || self.waiting.now.load(Ordering::Relaxed) >= self.waiting.most
    }

    /// Whether somebody waits to write.
    #[must_use]
    pub fn has_company(&self) -> bool {
        let paces = self.paces.read().unwrap_or_else(PoisonError::into_inner);
        // The first is the writer's own queue, in which upkeep stands, too.
        paces.iter().skip(1).any(|pace| pace.is_waited_for())
    }

    /// The pace of one more queue that writes stand in, of which so much is done together.
    fn new_pace(&self, lot: u64) -> Arc<Pace> {
        let pace = Arc::new(Pace::of(lot));
        self.paces.write().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&pace));
        pace
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let turns = Arc::clone(&self.turns);
        if let Ok(turn) = Arc::clone(&turns).try_acquire_owned() {
            return Ok(turn);
        }
        if self.waiting.now.fetch_add(1, Ordering::Relaxed) >= self.waiting.most {
            self.waiting.now.fetch_sub(1, Ordering::Relaxed);
            return Err(Problem::of(Code::Busy));
        }
        let _seat = Seat(Arc::clone(&self.waiting));
        match tokio::time::timeout(LONGEST_WAIT, turns.acquire_owned()).await {
            Ok(Ok(turn)) => Ok(turn),
            _ => Err(Problem::of(Code::Busy)),
        }
    }

    async fn in_turn<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, Problem> + Send + 'static,
    {
        let turn = self.turn().await?;
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        })
        .await
        .map_err(|lost| Problem::unexpected(format!("a database task ended early: {lost}")))?
    }
}

/// A seat among those who wait for a turn; whoever hangs up leaves it.
struct Seat(Arc<Waiting>);

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, Ordering::Relaxed);
    }
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Db")
    }
}
