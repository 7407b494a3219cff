//! `findings`.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::upsert::excluded;

use crate::accounts::{OrgId, PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::each;
use crate::findings::model::{Code, FindingId, How, Settled, Severity, Status};
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::findings;
use crate::visits::VisitId;

/// SQLite takes 32,766 values in a statement; a finding has fifteen.
const ROWS_A_STATEMENT: usize = 1_000;

/// A finding as it is written.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = findings, treat_none_as_default_value = false)]
pub(in crate::findings) struct FindingRow {
    pub(in crate::findings) id: FindingId,
    pub(in crate::findings) campaign_id: CampaignId,
    pub(in crate::findings) org_id: OrgId,
    pub(in crate::findings) team_id: Option<TeamId>,
    pub(in crate::findings) household_id: Option<HouseholdId>,
    pub(in crate::findings) visit_id: VisitId,
    pub(in crate::findings) code: Code,
    pub(in crate::findings) severity: Severity,
    pub(in crate::findings) subject: String,
    pub(in crate::findings) expected: String,
    pub(in crate::findings) actual: String,
    pub(in crate::findings) evidence: String,
    pub(in crate::findings) facts_hash: String,
    pub(in crate::findings) status: Status,
    pub(in crate::findings) found_at: Moment,
}

/// What is stored of a finding, as far as a new verdict is held against it.
#[derive(Debug, Clone, Queryable)]
pub(in crate::findings) struct Stored {
    pub(in crate::findings) id: FindingId,
    pub(in crate::findings) visit_id: VisitId,
    pub(in crate::findings) code: Code,
    pub(in crate::findings) subject: String,
    pub(in crate::findings) facts_hash: String,
    pub(in crate::findings) status: Status,
}

/// What is stored about these visits.
pub(in crate::findings) fn stored(conn: &mut Conn, visits: &[VisitId]) -> QueryResult<Vec<Stored>> {
    if visits.is_empty() {
        return Ok(Vec::new());
    }
    findings::table
        .filter(findings::visit_id.eq_any(visits))
        .select((findings::id, findings::visit_id, findings::code, findings::subject, findings::facts_hash, findings::status))
        .load(conn)
}

/// Of those, what somebody settled, by visit.
pub(in crate::findings) fn settled(stored: &[Stored]) -> HashMap<VisitId, Vec<Settled>> {
    let mut settled: HashMap<VisitId, Vec<Settled>> = HashMap::new();
    for of in stored.iter().filter(|of| of.status.is_settled()) {
        let one = Settled { visit: of.visit_id, code: of.code, subject: of.subject.clone(), facts_hash: of.facts_hash.clone() };
        settled.entry(of.visit_id).or_default().push(one);
    }
    settled
}

/// Writes findings that are new, or whose facts changed: those are open again, and keep who settled them last.
pub(in crate::findings) fn insert_or_change(conn: &mut Conn, rows: &[FindingRow]) -> QueryResult<()> {
    for rows in rows.chunks(ROWS_A_STATEMENT) {
        let change = (
            findings::severity.eq(excluded(findings::severity)),
            findings::expected.eq(excluded(findings::expected)),
            findings::actual.eq(excluded(findings::actual)),
            findings::evidence.eq(excluded(findings::evidence)),
            findings::facts_hash.eq(excluded(findings::facts_hash)),
            findings::status.eq(excluded(findings::status)),
        );
        let key = (findings::visit_id, findings::code, findings::subject);
        each!(&mut *conn, |c| diesel::insert_into(findings::table).values(rows).on_conflict(key).do_update().set(change).execute(c))?;
    }
    Ok(())
}

/// Notes that these are no longer found.
pub(in crate::findings) fn mark_gone(conn: &mut Conn, ids: &[FindingId]) -> QueryResult<()> {
    if !ids.is_empty() {
        diesel::update(findings::table.filter(findings::id.eq_any(ids))).set(findings::status.eq(Status::Gone)).execute(conn)?;
    }
    Ok(())
}

/// Notes how a finding was settled.
pub(in crate::findings) fn settle(conn: &mut Conn, id: FindingId, how: How, by: PersonId, at: Moment, words: &str) -> QueryResult<()> {
    let set =
        (findings::status.eq(Status::from(how)), findings::settled_by.eq(Some(by)), findings::settled_at.eq(Some(at)), findings::settled_words.eq(Some(words)));
    diesel::update(findings::table.find(id)).set(set).execute(conn).map(drop)
}

/// The visits of a team about which A06 is found, with what it says.
pub(in crate::findings) fn a06_of_team(conn: &mut Conn, campaign: CampaignId, team: TeamId) -> QueryResult<Vec<(VisitId, String, String)>> {
    findings::table
        .filter(findings::campaign_id.eq(campaign).and(findings::team_id.eq(team)))
        .filter(findings::code.eq(Code::A06).and(findings::status.ne(Status::Gone)))
        .select((findings::visit_id, findings::subject, findings::expected))
        .load(conn)
}
