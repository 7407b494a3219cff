//! The one event log: audit trail and change feed in one, a hash chain for each reporting org.
//!
//! `hash = SHA-256(previous_hash LF sequence LF at LF actor LF verb LF subject_kind LF subject LF facts)`, in hexadecimal.
//! Facts name things by id and code, never by personal data.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde_json::Value;

use super::clock::Moment;
use super::db::Conn;
use super::db::schema::{chains, log};
use super::digest::sha256_hex;
use super::http::problem::Problem;
use crate::{each, insert_all, upsert_all};

/// Who writes: a person's id, or the system itself.
#[derive(Debug, Clone, Default)]
pub struct Author(pub Option<String>);

impl Author {
    /// The server itself: deadlines, background work, the command line.
    #[must_use]
    pub const fn system() -> Self {
        Self(None)
    }
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// The reporting org whose chain it belongs to.
    pub chain: String,
    /// The person who did it, where it is not the author of the whole write.
    pub by: Option<String>,
    /// What was done: `visit.recorded`.
    pub verb: &'static str,
    /// What kind of thing it was done to: `visit`.
    pub subject_kind: &'static str,
    /// Which one.
    pub subject: String,
    /// Ids, codes and amounts; never personal data.
    pub facts: Value,
}

/// A row of the log.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = log, treat_none_as_default_value = false)]
pub struct LogRow {
    /// The chain.
    pub chain: String,
    /// The place in it, from 1, without gaps, in the order of commit.
    pub sequence: i64,
    /// When.
    pub at: Moment,
    /// The person, or none for the system.
    pub actor: Option<String>,
    /// What was done.
    pub verb: String,
    /// To what kind of thing.
    pub subject_kind: String,
    /// To which one.
    pub subject: String,
    /// JSON.
    pub facts: String,
    /// The hash of the row before; empty for the first.
    pub previous_hash: String,
    /// The hash of this row.
    pub hash: String,
}

impl LogRow {
    /// The hash this row should carry.
    #[must_use]
    pub fn expected_hash(&self) -> String {
        let actor = self.actor.as_deref().unwrap_or_default();
        let text = format!(
            "{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}",
            self.previous_hash,
            self.sequence,
            self.at.ms(),
            actor,
            self.verb,
            self.subject_kind,
            self.subject,
            self.facts
        );
        sha256_hex(text.as_bytes())
    }
}

/// Appends events at the end of a write. On PostgreSQL the head of each chain is locked until the commit, so that the order of
/// sequence numbers is the order of commits.
pub(super) fn append(conn: &mut Conn, now: Moment, author: Option<&Author>, events: Vec<Event>) -> Result<(), Problem> {
    let mut by_chain: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for event in events {
        by_chain.entry(event.chain.clone()).or_default().push(event);
    }
    for (chain, events) in by_chain {
        append_to(conn, now, author, &chain, events)?;
    }
    Ok(())
}

fn append_to(conn: &mut Conn, now: Moment, author: Option<&Author>, chain: &str, events: Vec<Event>) -> Result<(), Problem> {
    let (mut sequence, mut previous_hash) = head(conn, chain)?;
    let mut rows = Vec::with_capacity(events.len());
    for event in events {
        sequence += 1;
        let mut row = LogRow {
            chain: chain.to_owned(),
            sequence,
            at: now,
            actor: event.by.or_else(|| author.and_then(|author| author.0.clone())),
            verb: event.verb.to_owned(),
            subject_kind: event.subject_kind.to_owned(),
            subject: event.subject,
            facts: event.facts.to_string(),
            previous_hash,
            hash: String::new(),
        };
        row.hash = row.expected_hash();
        previous_hash = row.hash.clone();
        rows.push(row);
    }
    insert_all!(&mut *conn, &rows, |values| diesel::insert_into(log::table).values(values))?;
    let end = [(chains::chain.eq(chain), chains::sequence.eq(sequence), chains::hash.eq(previous_hash))];
    upsert_all!(&mut *conn, &end, chains::table, "ON CONFLICT (chain) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash")?;
    Ok(())
}

fn head(conn: &mut Conn, chain: &str) -> Result<(i64, String), Problem> {
    let columns = (chains::sequence, chains::hash);
    loop {
        let found: Option<(i64, String)> = match conn {
            Conn::Sqlite(c) => chains::table.find(chain).select(columns).first(c).optional()?,
            Conn::Postgres(c) => chains::table.find(chain).select(columns).for_update().first(c).optional()?,
        };
        if let Some(head) = found {
            return Ok(head);
        }
        let row = (chains::chain.eq(chain), chains::sequence.eq(0_i64), chains::hash.eq(""));
        each!(&mut *conn, |c| diesel::insert_into(chains::table).values(row).on_conflict_do_nothing().execute(c))?;
    }
}

/// Events of one chain after a sequence number, oldest first.
///
/// # Errors
/// When the log cannot be read.
pub fn after(conn: &mut Conn, chain: &str, sequence: i64, limit: i64) -> QueryResult<Vec<LogRow>> {
    log::table.filter(log::chain.eq(chain).and(log::sequence.gt(sequence))).order(log::sequence).limit(limit).select(LogRow::as_select()).load(conn)
}

/// The heads of all chains: `(chain, sequence, hash)`.
///
/// # Errors
/// When they cannot be read.
pub fn heads(conn: &mut Conn) -> QueryResult<Vec<(String, i64, String)>> {
    chains::table.order(chains::chain).load(conn)
}

/// Rows of the log read at once.
const PAGE: i64 = 10_000;

/// The first place where a chain does not hold: a row that is missing, was changed, or does not follow the one before; or a head that is
/// not where the rows end. None where all of it holds.
///
/// # Errors
/// When the log cannot be read.
pub fn first_break(conn: &mut Conn) -> Result<Option<(String, i64)>, Problem> {
    for (chain, head, head_hash) in heads(conn)? {
        let (mut sequence, mut hash) = (0, String::new());
        loop {
            let rows = after(conn, &chain, sequence, PAGE)?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                if row.sequence != sequence + 1 || row.previous_hash != hash || row.hash != row.expected_hash() {
                    return Ok(Some((chain, sequence + 1)));
                }
                (sequence, hash) = (row.sequence, row.hash);
            }
        }
        if (sequence, &hash) != (head, &head_hash) {
            return Ok(Some((chain, sequence + 1)));
        }
    }
    Ok(None)
}
