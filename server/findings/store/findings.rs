//! `findings`.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::accounts::{OrgId, PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::findings::model::{About, AboutKind, Code, FindingId, How, Settled, Severity, Status};
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::schema::{findings, people, settlements};
use crate::kit::db::{Conn, among};
use crate::visits::VisitId;
use crate::{each, upsert_all};

/// A finding as it is written.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = findings, treat_none_as_default_value = false)]
pub(in crate::findings) struct FindingRow {
    pub(in crate::findings) id: FindingId,
    pub(in crate::findings) campaign_id: CampaignId,
    pub(in crate::findings) org_id: OrgId,
    pub(in crate::findings) team_id: Option<TeamId>,
    pub(in crate::findings) household_id: Option<HouseholdId>,
    pub(in crate::findings) visit_id: Option<VisitId>,
    pub(in crate::findings) about_kind: AboutKind,
    pub(in crate::findings) about_id: String,
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
#[derive(Debug, Clone)]
pub(in crate::findings) struct Stored {
    pub(in crate::findings) id: FindingId,
    pub(in crate::findings) campaign_id: CampaignId,
    pub(in crate::findings) about: About,
    pub(in crate::findings) code: Code,
    pub(in crate::findings) subject: String,
    pub(in crate::findings) facts_hash: String,
    pub(in crate::findings) status: Status,
}

type StoredRow = (FindingId, CampaignId, (AboutKind, String), Code, String, String, Status);

/// What is stored about these.
pub(in crate::findings) fn stored(conn: &mut Conn, campaigns: &[CampaignId], about: &[&str]) -> QueryResult<Vec<Stored>> {
    if about.is_empty() {
        return Ok(Vec::new());
    }
    let columns = (
        findings::id,
        findings::campaign_id,
        (findings::about_kind, findings::about_id),
        findings::code,
        findings::subject,
        findings::facts_hash,
        findings::status,
    );
    let rows: Vec<StoredRow> =
        findings::table.filter(among(findings::about_id, about).and(among(findings::campaign_id, campaigns))).select(columns).load(conn)?;
    let stored = |(id, campaign_id, (kind, about), code, subject, facts_hash, status): StoredRow| {
        Some(Stored { id, campaign_id, about: About::named(kind, &about)?, code, subject, facts_hash, status })
    };
    Ok(rows.into_iter().filter_map(stored).collect())
}

/// Of those, what somebody settled, by visit.
pub(in crate::findings) fn settled(stored: &[Stored]) -> HashMap<VisitId, Vec<Settled>> {
    let mut settled: HashMap<VisitId, Vec<Settled>> = HashMap::new();
    for (visit, of) in stored.iter().filter(|of| of.status.is_settled()).filter_map(|of| of.about.visit().map(|visit| (visit, of))) {
        let one = Settled { visit, code: of.code, subject: of.subject.clone(), facts_hash: of.facts_hash.clone() };
        settled.entry(visit).or_default().push(one);
    }
    settled
}

/// Writes findings that are new, or whose facts changed: those are open again, and keep who settled them last.
pub(in crate::findings) fn insert_or_change(conn: &mut Conn, rows: &[FindingRow]) -> QueryResult<()> {
    upsert_all!(
        &mut *conn,
        rows,
        findings::table,
        "ON CONFLICT (about_id, campaign_id, code, subject) DO UPDATE SET severity = excluded.severity, expected = excluded.expected,
         actual = excluded.actual, evidence = excluded.evidence, facts_hash = excluded.facts_hash, status = excluded.status"
    )
}

/// Notes that these are no longer found.
pub(in crate::findings) fn mark_gone(conn: &mut Conn, ids: &[FindingId]) -> QueryResult<()> {
    if !ids.is_empty() {
        diesel::update(findings::table.filter(among(findings::id, ids))).set(findings::status.eq(Status::Gone)).execute(conn)?;
    }
    Ok(())
}

/// How findings were settled: `(which, on which facts)`.
#[derive(Debug, Clone, Copy)]
pub(in crate::findings) struct Settling<'a> {
    pub(in crate::findings) how: How,
    pub(in crate::findings) by: PersonId,
    pub(in crate::findings) at: Moment,
    pub(in crate::findings) words: &'a str,
}

/// Notes how findings were settled, and keeps that for good.
pub(in crate::findings) fn settle(conn: &mut Conn, settled: &[(FindingId, String)], of: Settling<'_>) -> QueryResult<()> {
    let Settling { how, by, at, words } = of;
    let ids: Vec<FindingId> = settled.iter().map(|(id, _)| *id).collect();
    let set =
        (findings::status.eq(Status::from(how)), findings::settled_by.eq(Some(by)), findings::settled_at.eq(Some(at)), findings::settled_words.eq(Some(words)));
    diesel::update(findings::table.filter(among(findings::id, ids))).set(set).execute(conn)?;
    let row = |(id, facts_hash)| {
        (
            (settlements::finding_id.eq(id), settlements::settled_at.eq(at), settlements::how.eq(how)),
            (settlements::words.eq(words), settlements::settled_by.eq(by), settlements::facts_hash.eq(facts_hash)),
        )
    };
    let rows: Vec<_> = settled.iter().map(|(id, facts_hash)| row((*id, facts_hash))).collect();
    // The same moment twice: the later words stand on the finding, the history keeps the first.
    each!(&mut *conn, |c| diesel::insert_into(settlements::table).values(&rows).on_conflict_do_nothing().execute(c)).map(drop)
}

/// One line of a finding's history.
type SettledRow = (FindingId, How, PersonId, String, Moment, String);

/// Every time these findings were settled, the first first.
pub(in crate::findings) fn history(conn: &mut Conn, ids: &[FindingId]) -> QueryResult<Vec<SettledRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    settlements::table
        .inner_join(people::table.on(people::id.eq(settlements::settled_by)))
        .filter(among(settlements::finding_id, ids))
        .order((settlements::finding_id, settlements::settled_at))
        .select((settlements::finding_id, settlements::how, people::id, people::name, settlements::settled_at, settlements::words))
        .load(conn)
}

/// The visits about which I02 is found in these campaigns, with what it says: they are few.
pub(in crate::findings) fn i02_in(conn: &mut Conn, campaigns: &[CampaignId]) -> QueryResult<Vec<(VisitId, String)>> {
    findings::table
        .filter(among(findings::campaign_id, campaigns).and(findings::code.eq(Code::I02)))
        .filter(findings::status.ne(Status::Gone).and(findings::visit_id.is_not_null()))
        .select((findings::visit_id.assume_not_null(), findings::actual))
        .load(conn)
}

/// The visits of a team about which A06 is found, with what it says.
pub(in crate::findings) fn a06_of_team(conn: &mut Conn, campaign: CampaignId, team: TeamId) -> QueryResult<Vec<(VisitId, String, String)>> {
    findings::table
        .filter(findings::campaign_id.eq(campaign).and(findings::team_id.eq(team)))
        .filter(findings::code.eq(Code::A06).and(findings::status.ne(Status::Gone)).and(findings::visit_id.is_not_null()))
        .select((findings::visit_id.assume_not_null(), findings::subject, findings::expected))
        .load(conn)
}
