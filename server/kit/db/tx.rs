//! What a writing closure is handed.

use std::time::{Duration, Instant};

use diesel::RunQueryDsl;
use diesel::sql_types::BigInt;
use sha2::{Digest, Sha256};

use super::Conn;
use crate::kit::clock::{Chance, Moment};
use crate::kit::http::problem::Problem;
use crate::kit::log::{Author, Event};

/// A transaction under way: the connection, the time it is stamped with, who writes, and the events so far.
pub struct Tx<'a> {
    /// The connection, for the rooms' stores.
    pub conn: &'a mut Conn,
    /// The time of this write.
    pub now: Moment,
    /// The random source.
    pub chance: &'a Chance,
    author: Option<&'a Author>,
    events: Vec<Event>,
    unchanged: bool,
    waited: Duration,
}

impl<'a> Tx<'a> {
    pub(super) const fn begin(conn: &'a mut Conn, now: Moment, chance: &'a Chance, author: Option<&'a Author>) -> Self {
        Self { conn, now, chance, author, events: Vec::new(), unchanged: false, waited: Duration::ZERO }
    }

    /// Records what happened; it is appended to the log in the same transaction.
    pub fn record(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Says that nothing changed (a repeat), so that a write without an event is no mistake.
    pub const fn unchanged(&mut self) {
        self.unchanged = true;
    }

    /// How many events were recorded so far.
    #[must_use]
    pub const fn recorded(&self) -> usize {
        self.events.len()
    }

    /// Runs a part that may fail alone: its rows and its events vanish with its error, the rest of the transaction stands.
    ///
    /// # Errors
    /// What the part says.
    pub fn savepoint<T>(&mut self, part: impl FnOnce(&mut Tx<'_>) -> Result<T, Problem>) -> Result<T, Problem> {
        use diesel::Connection;
        let (now, chance, author) = (self.now, self.chance, self.author);
        let (value, events, waited) = self.conn.transaction::<_, Problem, _>(|conn| {
            let mut inner = Tx::begin(conn, now, chance, author);
            let value = part(&mut inner)?;
            Ok((value, inner.events, inner.waited))
        })?;
        self.events.extend(events);
        self.waited += waited;
        Ok(value)
    }

    /// Waits until nobody else holds these keys, and holds them until the end of the transaction. On SQLite there is one writer.
    /// Keys are taken in one order, whatever the order given, so that two writes never wait for each other.
    ///
    /// # Errors
    /// When the wait is too long.
    pub fn lock(&mut self, mut keys: Vec<i64>) -> Result<(), Problem> {
        if let Conn::Postgres(conn) = self.conn {
            keys.sort_unstable();
            keys.dedup();
            let begun = Instant::now();
            diesel::sql_query("SELECT pg_advisory_xact_lock(key) FROM unnest($1) WITH ORDINALITY AS k (key, n) ORDER BY n")
                .bind::<diesel::sql_types::Array<BigInt>, _>(&keys)
                .execute(conn)?;
            self.waited += begun.elapsed();
        }
        Ok(())
    }

    /// How long it has waited for others that held its keys.
    #[must_use]
    pub const fn waited(&self) -> Duration {
        self.waited
    }

    pub(super) fn finish(self) -> Result<Vec<Event>, Problem> {
        if self.author.is_some() && self.events.is_empty() && !self.unchanged {
            return Err(Problem::unexpected("a write recorded no event"));
        }
        Ok(self.events)
    }
}

/// A lock's key: the first eight bytes of the SHA-256 of its name parts.
#[must_use]
pub fn lock_key(parts: &[&str]) -> i64 {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let digest = hash.finalize();
    digest.first_chunk::<8>().map_or(0, |bytes| i64::from_be_bytes(*bytes))
}
