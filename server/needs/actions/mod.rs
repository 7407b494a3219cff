//! Needs are listed, and steps are taken.

mod carry;

pub use carry::{carry_over, carry_over_late};

use serde_json::json;

use super::model::{NeedBefore, NeedCorrection, NeedFilter, NeedId, NeedStep, NeedView, StepAsked};
use super::store::{Row, Told};
use super::{rules, store};
use crate::accounts::{Actor, Role};
use crate::campaigns;
use crate::kit::clock::Moment;
use crate::kit::db::{Conn, Tx};
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::Event;
use crate::visits::lock_of;

/// Steps of one need: what goes on for longer is a need of its own.
const MOST_STEPS: usize = 100;

/// The needs of a campaign, those that wait longest first.
///
/// # Errors
/// [`Code::NotFound`] for a campaign out of sight.
pub fn list(conn: &mut Conn, actor: &Actor, filter: &NeedFilter, page: &PageQuery) -> Result<Page<NeedView>, Problem> {
    campaigns::visible(conn, actor, filter.campaign)?;
    let limit = page.limit()?;
    let after = page.after()?.map(|key| place(&key).ok_or(Problem::of(Code::BadRequest))).transpose()?;
    let rows = Page::of(store::page(conn, actor, filter, after, limit + 1)?, limit, |row| format!("{} {}", row.raised_at.ms(), row.id()));
    let told = store::told(conn, &rows.items)?;
    Ok(rows.map(|row| view(actor, row, &told)))
}

fn place(key: &str) -> Option<(Moment, NeedId)> {
    let (at, id) = key.split_once(' ')?;
    Some((Moment::from_ms(at.parse().ok()?), NeedId::parse(id)?))
}

/// Takes a step. The same once more changes nothing. A need that a correction said again is the same need.
///
/// # Errors
/// [`Code::NotFound`] for a need out of sight, [`Code::Forbidden`] for who neither leads the team nor is the centre,
/// [`Code::NeedStepNotPossible`] where the need does not stand where the step begins, [`Code::IdTaken`] for another step's id.
pub(super) fn step(tx: &mut Tx<'_>, actor: &Actor, id: NeedId, asked: &StepAsked) -> Result<NeedView, Problem> {
    campaigns::must_read(actor)?;
    let seen = store::one(tx.conn, actor, id)?.ok_or(Problem::of(Code::NotFound))?;
    tx.lock(vec![lock_of(seen.campaign_id, seen.household.0)])?;
    let mut row = store::one(tx.conn, actor, id)?.ok_or(Problem::of(Code::NotFound))?;
    if row.correction == NeedCorrection::Carried {
        row = store::standing(tx.conn, actor, &row)?.unwrap_or(row);
    }
    if !may_step(actor, &row) {
        return Err(Problem::of(Code::Forbidden));
    }
    if let Some(before) = store::step(tx.conn, asked.id)? {
        if before != (row.thread.clone(), asked.step, asked.words.clone(), actor.id) {
            return Err(Problem::of(Code::IdTaken));
        }
        tx.unchanged();
    } else {
        let taken = store::taken(tx.conn, &row.thread)?;
        let stands = row.correction != NeedCorrection::Carried && taken.len() < MOST_STEPS;
        let to = rules::after(row.state(), asked.step).filter(|_| stands).ok_or(Problem::of(Code::NeedStepNotPossible))?;
        let here = taken.iter().filter(|at| **at == row.id()).map(|_| 1_i64).sum();
        store::take(tx.conn, &row, asked, (to, here), (actor.id, tx.now))?;
        let facts = json!({"campaign_id": row.campaign_id, "household_id": row.household.0, "visit_id": row.visit_id, "state": to});
        tx.record(Event { chain: row.chain.clone(), by: None, verb: verb(asked.step), subject_kind: "need", subject: row.id().to_string(), facts });
    }
    let row = store::one(tx.conn, actor, row.id())?.ok_or(Problem::of(Code::NotFound))?;
    let told = store::told(tx.conn, std::slice::from_ref(&row))?;
    Ok(view(actor, row, &told))
}

const fn verb(step: NeedStep) -> &'static str {
    match step {
        NeedStep::Answer => "need.answered",
        NeedStep::Resolve => "need.resolved",
        NeedStep::Reopen => "need.reopened",
    }
}

/// The centre of the subtree, and who leads the team that visits, or that was there.
fn may_step(actor: &Actor, row: &Row) -> bool {
    let leads = [row.home.0, row.visiting.0].into_iter().flatten().any(|team| actor.leads(team));
    actor.has(&[Role::Centre]) || (actor.has(&[Role::Lead]) && leads)
}

fn view(actor: &Actor, row: Row, told: &Told) -> NeedView {
    let (id, (team_id, team_name), state) = (row.id(), row.team(), row.state());
    let may_step = may_step(actor, &row) && row.correction == NeedCorrection::None;
    let withdrawal = told.withdrawals.get(&row.visit_id).filter(|_| row.correction == NeedCorrection::Withdrawn).cloned();
    let (kind, words, urgency) = row.said;
    let before = told.before.get(&row.thread).into_iter().flatten().filter(|said| (&said.kind, said.words.trim()) != (&kind, words.trim()));
    let mut before: Vec<NeedBefore> = before.cloned().collect();
    before.dedup_by(|later, earlier| (&later.kind, later.words.trim()) == (&earlier.kind, earlier.words.trim()));
    NeedView {
        id: id.to_string(),
        campaign_id: row.campaign_id,
        visit_id: row.visit_id,
        household_id: row.household.0,
        head_name: row.household.1,
        team_id,
        team_name,
        kind,
        words,
        urgency,
        raised_at: row.raised_at,
        by_name: row.by_name,
        state,
        history: told.steps.get(&row.thread).cloned().unwrap_or_default(),
        before,
        withdrawal,
        may_step,
    }
}
