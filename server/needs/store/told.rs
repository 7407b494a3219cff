//! What is told of a need beside its words: steps, how it was put before, what took it out.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::accounts::PersonId;
use crate::kit::clock::Moment;
use crate::kit::db::schema::{need_steps, needs, people, visits};
use crate::kit::db::{Conn, among};
use crate::needs::model::{NeedBefore, NeedCorrection, NeedId, NeedStep, NeedWithdrawal, StepId, StepTaken};
use crate::visits::VisitId;

use super::Row;

/// By thread, or by visit.
#[derive(Debug, Default)]
pub(in crate::needs) struct Told {
    pub(in crate::needs) steps: HashMap<String, Vec<StepTaken>>,
    pub(in crate::needs) before: HashMap<String, Vec<NeedBefore>>,
    pub(in crate::needs) withdrawals: HashMap<VisitId, NeedWithdrawal>,
}

/// What is told of these needs.
pub(in crate::needs) fn told(conn: &mut Conn, of: &[Row]) -> QueryResult<Told> {
    type Taken = (String, StepId, NeedStep, String, (PersonId, String), Moment);
    let threads = || of.iter().map(|row| row.thread.as_str());
    let taken: Vec<Taken> = need_steps::table
        .inner_join(needs::table.on(needs::visit_id.eq(need_steps::visit_id).and(needs::line.eq(need_steps::line))))
        .inner_join(people::table.on(people::id.eq(need_steps::made_by)))
        .filter(among(needs::thread, threads()))
        .order((need_steps::made_at, need_steps::visit_id, need_steps::line, need_steps::place))
        .select((needs::thread, need_steps::id, need_steps::step, need_steps::words, (people::id, people::name), need_steps::made_at))
        .load(conn)?;
    let mut told = Told::default();
    for (thread, id, step, words, (by, by_name), at) in taken {
        told.steps.entry(thread).or_default().push(StepTaken { id, step, words, by, by_name, at });
    }
    let before: Vec<(String, VisitId, String, String, String)> = needs::table
        .inner_join(visits::table.on(visits::id.eq(needs::visit_id)))
        .inner_join(people::table.on(people::id.eq(visits::cadre_id)))
        .filter(among(needs::thread, threads()).and(needs::correction.eq(NeedCorrection::Carried)))
        .order((visits::received_at, needs::visit_id, needs::line))
        .select((needs::thread, needs::visit_id, needs::kind, needs::words, people::name))
        .load(conn)?;
    for (thread, visit_id, kind, words, by_name) in before {
        told.before.entry(thread).or_default().push(NeedBefore { visit_id, kind, words, by_name });
    }
    let out = of.iter().filter(|row| row.correction == NeedCorrection::Withdrawn).map(|row| row.visit_id);
    let correcting: Vec<(Option<VisitId>, VisitId, String, Moment)> = visits::table
        .inner_join(people::table.on(people::id.eq(visits::cadre_id)))
        .filter(among(visits::amends, out))
        .order((visits::received_at.desc(), visits::id.desc()))
        .select((visits::amends, visits::id, people::name, visits::received_at))
        .load(conn)?;
    for (corrected, visit_id, by_name, at) in correcting {
        told.withdrawals.extend(corrected.map(|corrected| (corrected, NeedWithdrawal { visit_id, by_name, at })));
    }
    Ok(told)
}

/// A step that was taken before: in which thread, what, in which words, by whom.
pub(in crate::needs) fn step(conn: &mut Conn, id: StepId) -> QueryResult<Option<(String, NeedStep, String, PersonId)>> {
    need_steps::table
        .inner_join(needs::table.on(needs::visit_id.eq(need_steps::visit_id).and(needs::line.eq(need_steps::line))))
        .filter(need_steps::id.eq(id))
        .select((needs::thread, need_steps::step, need_steps::words, need_steps::made_by))
        .first(conn)
        .optional()
}

/// Where the steps of a thread were taken, one entry for each.
pub(in crate::needs) fn taken(conn: &mut Conn, thread: &str) -> QueryResult<Vec<NeedId>> {
    let rows: Vec<(VisitId, i64)> = need_steps::table
        .inner_join(needs::table.on(needs::visit_id.eq(need_steps::visit_id).and(needs::line.eq(need_steps::line))))
        .filter(needs::thread.eq(thread))
        .select((need_steps::visit_id, need_steps::line))
        .load(conn)?;
    Ok(rows.into_iter().map(|(visit, line)| NeedId { visit, line }).collect())
}
