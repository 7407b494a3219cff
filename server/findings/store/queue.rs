//! Keys that wait to be reconciled. They are taken and worked off in one transaction: a worker that dies has taken nothing.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::kit::clock::Moment;
use crate::kit::db::schema::jobs;
use crate::kit::db::{Conn, among};
use crate::{each, upsert_all};

/// Puts subjects into a queue. One that waits already keeps its place, and the earlier of its times.
pub(in crate::findings) fn enqueue(conn: &mut Conn, queue: &str, subjects: &BTreeMap<String, Moment>) -> QueryResult<()> {
    let row = |(subject, due_at)| (jobs::queue.eq(queue), jobs::subject.eq(subject), jobs::due_at.eq(due_at), jobs::attempts.eq(0_i64));
    let rows: Vec<_> = subjects.iter().map(|(subject, due_at)| row((subject, *due_at))).collect();
    upsert_all!(
        &mut *conn,
        &rows,
        jobs::table,
        "ON CONFLICT (queue, subject) DO UPDATE SET due_at = CASE WHEN excluded.due_at < jobs.due_at THEN excluded.due_at ELSE jobs.due_at END"
    )
}

/// Whether anything is due in a queue.
pub(in crate::findings) fn has_due(conn: &mut Conn, queue: &str, now: Moment) -> QueryResult<bool> {
    let due = jobs::table.filter(jobs::queue.eq(queue).and(jobs::due_at.le(now))).select(jobs::subject);
    Ok(due.first::<String>(conn).optional()?.is_some())
}

/// What is due in a queue, the longest waiting first; it stays there.
pub(in crate::findings) fn due(conn: &mut Conn, queue: &str, now: Moment, limit: i64) -> QueryResult<Vec<String>> {
    let due = jobs::table.filter(jobs::queue.eq(queue).and(jobs::due_at.le(now)));
    due.order((jobs::due_at, jobs::subject)).limit(limit).select(jobs::subject).load(conn)
}

/// Takes these out of a queue; says how many were there.
pub(in crate::findings) fn take_these(conn: &mut Conn, queue: &str, subjects: &[String]) -> QueryResult<usize> {
    diesel::delete(jobs::table.filter(jobs::queue.eq(queue).and(among(jobs::subject, subjects)))).execute(conn)
}

/// Takes what is due out of a queue, the longest waiting first, each with how often it was put off.
pub(in crate::findings) fn take(conn: &mut Conn, queue: &str, now: Moment, limit: i64) -> QueryResult<Vec<(String, i64)>> {
    let due = jobs::table
        .filter(jobs::queue.eq(queue).and(jobs::due_at.le(now)))
        .order((jobs::due_at, jobs::subject))
        .limit(limit)
        .select((jobs::subject, jobs::attempts));
    let found: Vec<(String, i64)> = match conn {
        Conn::Sqlite(c) => due.load(c)?,
        // Another worker's rows are passed over.
        Conn::Postgres(c) => due.for_update().skip_locked().load(c)?,
    };
    if !found.is_empty() {
        let subjects = found.iter().map(|(subject, _)| subject.as_str());
        diesel::delete(jobs::table.filter(jobs::queue.eq(queue).and(among(jobs::subject, subjects)))).execute(conn)?;
    }
    Ok(found)
}

/// Puts something off.
pub(in crate::findings) fn postpone(conn: &mut Conn, queue: &str, subject: &str, due_at: Moment, attempts: i64) -> QueryResult<()> {
    let row = (jobs::queue.eq(queue), jobs::subject.eq(subject), jobs::due_at.eq(due_at), jobs::attempts.eq(attempts));
    each!(&mut *conn, |c| diesel::insert_into(jobs::table).values(row).on_conflict_do_nothing().execute(c)).map(drop)
}
