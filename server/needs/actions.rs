//! Needs are listed, and steps are taken.

use std::collections::HashMap;

use serde_json::json;

use super::model::{NeedFilter, NeedId, NeedStep, NeedView, StepAsked, StepTaken};
use super::store::Row;
use super::{rules, store};
use crate::accounts::{Actor, Role};
use crate::campaigns;
use crate::kit::clock::Moment;
use crate::kit::db::{Conn, Tx, lock_key};
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::Event;
use crate::visits::VisitId;

/// Steps of one need: what goes on for longer is a need of its own.
const MOST_STEPS: i64 = 100;

/// The needs of a campaign, those that wait longest first.
///
/// # Errors
/// [`Code::NotFound`] for a campaign out of sight.
pub fn list(conn: &mut Conn, actor: &Actor, filter: &NeedFilter, page: &PageQuery) -> Result<Page<NeedView>, Problem> {
    campaigns::visible(conn, actor, filter.campaign)?;
    let limit = page.limit()?;
    let after = page.after()?.map(|key| place(&key).ok_or(Problem::of(Code::BadRequest))).transpose()?;
    let rows = Page::of(store::page(conn, actor, filter, after, limit + 1)?, limit, |row| format!("{} {}", row.raised_at.ms(), row.id()));
    let visits: Vec<VisitId> = rows.items.iter().map(|row| row.visit_id).collect();
    let mut steps = store::history(conn, &visits)?;
    Ok(rows.map(|row| view(actor, row, &mut steps)))
}

fn place(key: &str) -> Option<(Moment, NeedId)> {
    let (at, id) = key.split_once(' ')?;
    Some((Moment::from_ms(at.parse().ok()?), NeedId::parse(id)?))
}

/// Takes a step. The same once more changes nothing.
///
/// # Errors
/// [`Code::NotFound`] for a need out of sight, [`Code::Forbidden`] for who neither leads the team nor is the centre,
/// [`Code::NeedStepNotPossible`] where the need does not stand where the step begins, [`Code::IdTaken`] for another step's id.
pub(super) fn step(tx: &mut Tx<'_>, actor: &Actor, id: NeedId, asked: &StepAsked) -> Result<NeedView, Problem> {
    campaigns::must_read(actor)?;
    tx.lock(vec![lock_key(&["need", id.visit.as_str()])])?;
    let row = store::one(tx.conn, actor, id)?.ok_or(Problem::of(Code::NotFound))?;
    if !may_step(actor, &row) {
        return Err(Problem::of(Code::Forbidden));
    }
    if let Some(before) = store::step(tx.conn, asked.id)? {
        if before != (id, asked.step, asked.words.clone(), actor.id) {
            return Err(Problem::of(Code::IdTaken));
        }
        tx.unchanged();
    } else {
        let taken = store::taken(tx.conn, id)?;
        let to = rules::after(row.state, asked.step).filter(|_| taken < MOST_STEPS).ok_or(Problem::of(Code::NeedStepNotPossible))?;
        store::take(tx.conn, id, asked, (to, taken), (actor.id, tx.now))?;
        let facts = json!({"campaign_id": row.campaign_id, "household_id": row.household.0, "visit_id": row.visit_id, "state": to});
        tx.record(Event { chain: row.chain, by: None, verb: verb(asked.step), subject_kind: "need", subject: id.to_string(), facts });
    }
    let row = store::one(tx.conn, actor, id)?.ok_or(Problem::of(Code::NotFound))?;
    let mut steps = store::history(tx.conn, &[id.visit])?;
    Ok(view(actor, row, &mut steps))
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

fn view(actor: &Actor, row: Row, steps: &mut HashMap<(VisitId, i64), Vec<StepTaken>>) -> NeedView {
    let (id, (team_id, team_name), may_step) = (row.id(), row.team(), may_step(actor, &row));
    let (kind, words, urgency) = row.said;
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
        state: row.state,
        history: steps.remove(&(id.visit, id.line)).unwrap_or_default(),
        may_step,
    }
}
