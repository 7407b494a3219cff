//! Findings and standings of visits, as a phone is told.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::Value;

use super::names::Names;
use crate::findings::model::{Code, FindingId, FindingSeen, Severity, Standing, Status, VisitSeen};
use crate::findings::words;
use crate::kit::db::schema::{findings, standings, visits};
use crate::kit::db::{Conn, among};
use crate::kit::http::language::Language;
use crate::visits::VisitId;

/// A stored finding.
#[derive(Debug, Clone, Queryable)]
pub(in crate::findings) struct SeenRow {
    pub(in crate::findings) id: FindingId,
    pub(in crate::findings) code: Code,
    pub(in crate::findings) severity: Severity,
    pub(in crate::findings) subject: String,
    pub(in crate::findings) expected: String,
    pub(in crate::findings) actual: String,
    pub(in crate::findings) evidence: String,
    pub(in crate::findings) status: Status,
}

impl SeenRow {
    /// What the witnesses say.
    pub(in crate::findings) fn expected(&self) -> Value {
        serde_json::from_str(&self.expected).unwrap_or_default()
    }

    /// What the visit says.
    pub(in crate::findings) fn actual(&self) -> Value {
        serde_json::from_str(&self.actual).unwrap_or_default()
    }

    /// Puts it into words.
    pub(in crate::findings) fn in_words(self, language: Language, names: &Names) -> FindingSeen {
        let (expected, actual) = (self.expected(), self.actual());
        let says = words::says(language, self.code, &expected, &actual, names);
        let evidence = serde_json::from_str(&self.evidence).unwrap_or_default();
        FindingSeen { id: self.id, code: self.code, severity: self.severity, subject: self.subject, says, expected, actual, evidence, status: self.status }
    }
}

/// What does not agree about these visits.
fn of_visits(conn: &mut Conn, ids: &[VisitId]) -> QueryResult<Vec<(VisitId, SeenRow)>> {
    findings::table
        .filter(among(findings::about_id, ids).and(findings::visit_id.is_not_null()).and(findings::status.ne(Status::Gone)))
        .select((
            findings::visit_id.assume_not_null(),
            (findings::id, findings::code, findings::severity, findings::subject, findings::expected, findings::actual, findings::evidence, findings::status),
        ))
        .load(conn)
}

/// Where the households of these visits stand.
fn standings_of_visits(conn: &mut Conn, ids: &[VisitId]) -> QueryResult<Vec<(VisitId, Option<Standing>)>> {
    let same = standings::campaign_id.eq(visits::campaign_id).and(standings::household_id.nullable().eq(visits::household_id));
    visits::table.left_join(standings::table.on(same)).filter(among(visits::id, ids)).select((visits::id, standings::standing.nullable())).load(conn)
}

/// What is known about these visits, in a few queries however many there are.
///
/// # Errors
/// When the database fails.
pub fn seen(conn: &mut Conn, visits: &[VisitId], language: Language) -> QueryResult<HashMap<VisitId, VisitSeen>> {
    let mut seen: HashMap<VisitId, VisitSeen> = HashMap::new();
    for (visit, standing) in standings_of_visits(conn, visits)? {
        seen.entry(visit).or_default().standing = standing;
    }
    let rows = of_visits(conn, visits)?;
    let facts: Vec<Value> = rows.iter().flat_map(|(_, row)| [row.expected(), row.actual()]).collect();
    let names = Names::of(conn, facts.iter())?;
    for (visit, row) in rows {
        seen.entry(visit).or_default().findings.push(row.in_words(language, &names));
    }
    for of in seen.values_mut() {
        of.findings.sort_by(|a, b| (a.code, &a.subject).cmp(&(b.code, &b.subject)));
    }
    Ok(seen)
}
