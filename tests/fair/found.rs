//! What was found, read where it is kept: no session runs out, no page ends.

use std::collections::BTreeMap;

use diesel::prelude::*;
use nuanfang::each;
use nuanfang::kit::db::schema::findings;

use crate::kit::TestApp;

/// A finding that stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Queryable)]
pub struct Found {
    pub about: String,
    pub code: String,
    pub severity: String,
    pub subject: String,
    pub expected: String,
    pub actual: String,
}

impl TestApp {
    /// Rewrites what the database has, as if it had always been so.
    pub async fn sql(&self, text: String) {
        let work = self.parts.db.upkeep(move |tx| {
            each!(&mut *tx.conn, |c| diesel::sql_query(text.clone()).execute(c))?;
            Ok(())
        });
        work.await.expect("written");
    }

    /// All findings that stand.
    pub async fn found(&self) -> Vec<Found> {
        let read = self.parts.db.read(|conn| {
            Ok(findings::table
                .filter(findings::status.ne("gone"))
                .order((findings::code, findings::about_id, findings::subject))
                .select((findings::about_id, findings::code, findings::severity, findings::subject, findings::expected, findings::actual))
                .load::<Found>(conn)?)
        });
        read.await.expect("findings")
    }
}

/// How many of each code and weight.
pub fn counted(found: &[Found]) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for one in found {
        *counts.entry((one.severity.clone(), one.code.clone())).or_insert(0) += 1;
    }
    counts
}
