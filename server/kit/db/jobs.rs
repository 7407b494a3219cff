//! Work that may wait: put into a queue in the transaction that causes it, claimed by any worker of any server.
//!
//! A claim runs out. A worker that dies loses nothing: its jobs are claimed again, and counted.

use diesel::prelude::*;

use super::schema::jobs;
use super::{Conn, among};
use crate::kit::clock::Moment;
use crate::upsert_all;

/// A job that is ours until the claim runs out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What it is about.
    pub subject: String,
    /// How often it has been claimed, this time included.
    pub attempts: i64,
    ends_at: Moment,
}

/// Puts jobs into a queue, none of them twice. One that waits there already, or is being worked on, is due again: what it is about has
/// changed.
///
/// # Errors
/// When they cannot be written.
pub fn enqueue(conn: &mut Conn, queue: &str, subjects: &[impl AsRef<str>], due_at: Moment) -> QueryResult<()> {
    let row = |subject| (jobs::queue.eq(queue), jobs::subject.eq(subject), jobs::due_at.eq(due_at), jobs::attempts.eq(0_i64));
    let rows: Vec<_> = subjects.iter().map(|subject| row(subject.as_ref())).collect();
    upsert_all!(&mut *conn, &rows, jobs::table, "ON CONFLICT (queue, subject) DO UPDATE SET due_at = excluded.due_at, attempts = excluded.attempts")
}

/// Claims up to `limit` jobs that are due, the longest waiting first.
///
/// # Errors
/// When they cannot be read or written.
pub fn claim(conn: &mut Conn, queue: &str, now: Moment, lease_ms: i64, limit: i64) -> QueryResult<Vec<Claim>> {
    let ends_at = now.plus_ms(lease_ms);
    let due = jobs::table
        .filter(jobs::queue.eq(queue).and(jobs::due_at.le(now)))
        .order((jobs::due_at, jobs::subject))
        .limit(limit)
        .select((jobs::subject, jobs::attempts));
    let found: Vec<(String, i64)> = match conn {
        Conn::Sqlite(c) => due.load(c)?,
        // Another worker's rows are passed over, so that workers never wait for each other.
        Conn::Postgres(c) => due.for_update().skip_locked().load(c)?,
    };
    let subjects: Vec<&str> = found.iter().map(|(subject, _)| subject.as_str()).collect();
    diesel::update(jobs::table.filter(jobs::queue.eq(queue).and(among(jobs::subject, subjects))))
        .set((jobs::due_at.eq(ends_at), jobs::attempts.eq(jobs::attempts + 1)))
        .execute(conn)?;
    Ok(found.into_iter().map(|(subject, attempts)| Claim { subject, attempts: attempts + 1, ends_at }).collect())
}

/// Ends a job. One that was enqueued again while it was worked on stays, to be done with what came since.
///
/// # Errors
/// When it cannot be written.
pub fn done(conn: &mut Conn, queue: &str, claim: &Claim) -> QueryResult<()> {
    diesel::delete(jobs::table.find((queue, &claim.subject)).filter(jobs::due_at.eq(claim.ends_at))).execute(conn)?;
    Ok(())
}

/// Gives a claim back before it runs out, to be claimed again from `due_at` on.
///
/// # Errors
/// When it cannot be written.
pub fn give_back(conn: &mut Conn, queue: &str, claim: &Claim, due_at: Moment) -> QueryResult<()> {
    diesel::update(jobs::table.find((queue, &claim.subject)).filter(jobs::due_at.eq(claim.ends_at)))
        .set((jobs::due_at.eq(due_at), jobs::attempts.eq(claim.attempts - 1)))
        .execute(conn)?;
    Ok(())
}

/// Takes a job out of a queue, whoever has claimed it: somebody else has done it.
///
/// # Errors
/// When it cannot be written.
pub fn cancel(conn: &mut Conn, queue: &str, subject: &str) -> QueryResult<()> {
    diesel::delete(jobs::table.find((queue, subject))).execute(conn)?;
    Ok(())
}

/// Since when the first of the jobs that are due has been; none where none is.
///
/// # Errors
/// When it cannot be read.
pub fn due_since(conn: &mut Conn, queue: &str, now: Moment) -> QueryResult<Option<Moment>> {
    jobs::table.filter(jobs::queue.eq(queue).and(jobs::due_at.le(now))).order((jobs::due_at, jobs::subject)).select(jobs::due_at).first(conn).optional()
}

/// Which of these subjects wait in a queue.
///
/// # Errors
/// When they cannot be read.
pub fn waiting_of(conn: &mut Conn, queue: &str, subjects: &[impl AsRef<str>]) -> QueryResult<Vec<String>> {
    jobs::table.filter(jobs::queue.eq(queue).and(among(jobs::subject, subjects))).select(jobs::subject).load(conn)
}

/// How many jobs wait in a queue, claimed ones included.
///
/// # Errors
/// When they cannot be counted.
pub fn waiting(conn: &mut Conn, queue: &str) -> QueryResult<i64> {
    jobs::table.filter(jobs::queue.eq(queue)).count().get_result(conn)
}
