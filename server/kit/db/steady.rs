//! Pieces of SQL that diesel would prepare anew each time, because it cannot know that their text never changes: upserts, and words that
//! must stand in a query as they stand in an index. Written so, their statements are kept; preparing them took a tenth of the writer's time.

use diesel::QueryResult;
use diesel::RunQueryDsl;
use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::Bool;

/// An insert, and what is done where its key is there already.
#[derive(Debug, Clone, Copy)]
pub struct Upsert<I> {
    /// The insert.
    pub insert: I,
    /// `ON CONFLICT (…) DO UPDATE SET …`, the same text for both engines.
    pub on_conflict: &'static str,
}

impl<DB: Backend, I: QueryFragment<DB>> QueryFragment<DB> for Upsert<I> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.insert.walk_ast(out.reborrow())?;
        out.push_sql(" ");
        out.push_sql(self.on_conflict);
        Ok(())
    }
}

impl<I> QueryId for Upsert<I> {
    type QueryId = ();
    /// It is known by its text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<I, Conn> RunQueryDsl<Conn> for Upsert<I> {}

/// A condition in so many words.
#[derive(Debug, Clone, Copy)]
pub struct Literally(pub &'static str);

impl<DB: Backend> QueryFragment<DB> for Literally {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(self.0);
        Ok(())
    }
}

impl QueryId for Literally {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Expression for Literally {
    type SqlType = Bool;
}

impl<QS: ?Sized> AppearsOnTable<QS> for Literally {}
impl<QS: ?Sized> SelectableExpression<QS> for Literally {}

impl<G> ValidGrouping<G> for Literally {
    type IsAggregate = is_aggregate::Never;
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use diesel::connection::{Connection, InstrumentationEvent, SimpleConnection};
    use diesel::prelude::*;

    use super::Literally;
    use crate::kit::db::Conn;
    use crate::kit::db::schema::jobs;
    use crate::upsert_all;

    #[test]
    fn upserts_and_words_are_prepared_once_however_often_they_are_run() {
        let mut conn = diesel::SqliteConnection::establish(":memory:").expect("a database");
        conn.batch_execute("CREATE TABLE jobs (queue TEXT, subject TEXT, due_at BIGINT, attempts BIGINT, PRIMARY KEY (queue, subject))").expect("a table");
        let kept = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&kept);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::CacheQuery { .. } = event {
                counted.fetch_add(1, Ordering::Relaxed);
            }
        });
        let mut conn = Conn::Sqlite(conn);
        for (due_at, subject) in [(1_i64, "a"), (2, "b"), (3, "a")] {
            let rows = [(jobs::queue.eq("q"), jobs::subject.eq(subject), jobs::due_at.eq(due_at), jobs::attempts.eq(0_i64))];
            upsert_all!(&mut conn, &rows, jobs::table, "ON CONFLICT (queue, subject) DO UPDATE SET due_at = excluded.due_at").expect("written");
            let query = jobs::table.filter(Literally("attempts = 0")).order(jobs::subject).select((jobs::subject, jobs::due_at));
            let first: (String, i64) = query.first(&mut conn).expect("a row");
            assert_eq!(first, ("a".to_owned(), if due_at == 3 { 3 } else { 1 }));
        }
        assert_eq!(kept.load(Ordering::Relaxed), 2, "one upsert, one query");
    }
}
