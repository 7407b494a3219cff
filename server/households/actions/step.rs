//! Take a file one step on: appraised, made public, objected to, answered.

use serde_json::{Value, json};

use super::{Rewrite, all_seen, lock, must_be, own_orgs};
use crate::accounts::{Actor, Role};
use crate::households::model::{Answer, Change, Household, HouseholdId, Notice, Objection, ObjectionId, Status, Step, Turn};
use crate::households::store;
use crate::kit::clock::Moment;
use crate::kit::db::{Db, Tx};
use crate::kit::http::problem::{Code, Problem};
use crate::kit::http::version::IfMatch;
use crate::kit::log::Event;

/// The steps that many files take together: a meeting, a notice or a cut-off decides for all of them, and one reason is every one's.
/// What is said against a file, and a death, a move or a refusal, is looked at file by file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Together {
    /// 民主评议
    Review,
    /// 公示
    Publish,
    /// Their lives end, or go on, for this reason.
    Turn(Turn, String),
}

impl Together {
    /// Whether a file stands where the step leads, and where it leads from where the file stands.
    const fn of(&self, status: Status) -> (bool, Option<Status>) {
        match self {
            Self::Review => (matches!(status, Status::Reviewed), status.reviewed()),
            Self::Publish => (matches!(status, Status::Noticed), status.published()),
            Self::Turn(Turn::Waive, _) => (matches!(status, Status::Waived), status.turned(Turn::Waive)),
            Self::Turn(Turn::Relieve, _) => (matches!(status, Status::Relieved), status.turned(Turn::Relieve)),
            Self::Turn(Turn::Restore, _) => (matches!(status, Status::Applied | Status::Approved), status.turned(Turn::Restore)),
        }
    }

    const fn verb(&self) -> &'static str {
        match self {
            Self::Review => "household.reviewed",
            Self::Publish => "household.noticed",
            Self::Turn(turn, _) => turn.verb(),
        }
    }
}

/// When a file ended that stands here now.
fn ended_at(to: Status, file: &Household, now: Moment) -> Option<Moment> {
    if to.is_over() { file.ended_at.or(Some(now)) } else { file.ended_at.filter(|_| file.status == to) }
}

/// What a reason leaves in the history of a file.
fn reason(words: &str) -> Change {
    Change { field: "reason", old: None, new: Some(words.to_owned()) }
}

/// What came of a step that many files were to take.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stepped {
    /// Files that took it now.
    pub taken: usize,
    /// Files that stand there already.
    pub unchanged: usize,
    /// Files whose state does not allow it.
    pub refused: Vec<(HouseholdId, Status)>,
}

/// What a step makes of a file.
struct Taken {
    to: Status,
    verb: &'static str,
    facts: Value,
}

/// Takes a file one step on and answers its new version. An objection or an answer that is there already changes nothing, whatever
/// version the repeat names: the first answer may have been lost.
///
/// # Errors
/// [`Code::NotFound`] out of sight, [`Code::Forbidden`] for others than the centre, [`Code::StaleVersion`] when somebody was faster,
/// [`Code::StepNotPossible`] from where the file stands, [`Code::IdTaken`] for another objection's id.
pub async fn step(db: &Db, actor: &Actor, id: HouseholdId, version: IfMatch, step: Step) -> Result<i64, Problem> {
    super::look(db, actor, id).await?;
    must_be(actor, &[Role::Centre])?;
    let actor = actor.clone();
    db.write(actor.author(), move |tx| {
        lock(tx)?;
        let orgs = own_orgs(tx.conn, &actor)?;
        let file = all_seen(tx.conn, &actor, &orgs, &[id])?.pop().ok_or(Problem::of(Code::NotFound))?;
        let org = orgs.get(&file.org_id).ok_or(Problem::of(Code::Forbidden))?;
        if is_done(tx, &file, &step)? {
            tx.unchanged();
            return Ok(file.version);
        }
        version.must_be(file.version)?;
        let taken = take(tx, &actor, &file, step.clone())?;
        let (chain, subject) = (org.chain.clone(), id.to_string());
        tx.record(Event { chain, by: None, verb: taken.verb, subject_kind: "household", subject, facts: taken.facts });
        // Kept also where the file stays where it is, as with a second objection.
        let change = Change { field: "status", old: Some(file.status.to_string()), new: Some(taken.to.to_string()) };
        let why = if let Step::Turn { words, .. } = &step { Some(reason(words)) } else { None };
        let ended_at = ended_at(taken.to, &file, tx.now);
        let after = Household { status: taken.to, ended_at, ..file };
        let version = after.version + 1;
        let mut rewrite = Rewrite::new();
        rewrite.add(tx, Some(actor.id), after, &std::iter::once(change).chain(why).collect::<Vec<_>>());
        rewrite.write(tx)?;
        Ok(version)
    })
    .await
}

/// Takes many files one step on; those that cannot take it stay where they are and are named.
///
/// # Errors
/// [`Code::Forbidden`] for others than the centre, [`Code::NotFound`] when one of them is out of sight.
pub async fn step_together(db: &Db, actor: &Actor, ids: Vec<HouseholdId>, step: Together) -> Result<Stepped, Problem> {
    must_be(actor, &[Role::Centre])?;
    let actor = actor.clone();
    db.write(actor.author(), move |tx| {
        lock(tx)?;
        let orgs = own_orgs(tx.conn, &actor)?;
        let (mut outcome, mut rewrite, mut notices) = (Stepped::default(), Rewrite::new(), Vec::new());
        for file in all_seen(tx.conn, &actor, &orgs, &ids)? {
            let (is_there, possible) = step.of(file.status);
            if is_there {
                outcome.unchanged += 1;
                continue;
            }
            let Some((org, to)) = orgs.get(&file.org_id).zip(possible) else {
                outcome.refused.push((file.id, file.status));
                continue;
            };
            let (chain, subject) = (org.chain.clone(), file.id.to_string());
            tx.record(Event { chain, by: None, verb: step.verb(), subject_kind: "household", subject, facts: json!({}) });
            notices.push(Notice { household_id: file.id, published_at: tx.now, published_by: actor.id });
            let change = Change { field: "status", old: Some(file.status.to_string()), new: Some(to.to_string()) };
            let why = if let Together::Turn(_, words) = &step { Some(reason(words)) } else { None };
            let after = Household { status: to, ended_at: ended_at(to, &file, tx.now), ..file };
            rewrite.add(tx, Some(actor.id), after, &std::iter::once(change).chain(why).collect::<Vec<_>>());
            outcome.taken += 1;
        }
        if outcome.taken == 0 {
            tx.unchanged();
        }
        if step == Together::Publish {
            store::add_notices(tx.conn, &notices)?;
        }
        rewrite.write(tx)?;
        Ok(outcome)
    })
    .await
}

/// Whether this very step was taken before.
fn is_done(tx: &mut Tx<'_>, file: &Household, step: &Step) -> Result<bool, Problem> {
    match step {
        Step::Review | Step::Publish | Step::Turn { .. } => Ok(false),
        Step::Object { id, words } => match store::objection(tx.conn, *id)? {
            Some(there) if there.household_id == file.id && there.words == *words => Ok(true),
            Some(_) => Err(Problem::of(Code::IdTaken)),
            None => Ok(false),
        },
        Step::Answer { objection, upheld, words } => match to_this_file(tx, file, *objection)?.answer {
            Some(there) if there.upheld == *upheld && there.words == *words => Ok(true),
            Some(_) => Err(Problem::of(Code::StepNotPossible)),
            None => Ok(false),
        },
    }
}

fn to_this_file(tx: &mut Tx<'_>, file: &Household, id: ObjectionId) -> Result<Objection, Problem> {
    let found = store::objection(tx.conn, id)?.filter(|objection| objection.household_id == file.id);
    found.ok_or_else(|| Problem::field("/objection_id", "unknown"))
}

fn take(tx: &mut Tx<'_>, actor: &Actor, file: &Household, step: Step) -> Result<Taken, Problem> {
    let possible = |to: Option<Status>| to.ok_or(Problem::of(Code::StepNotPossible));
    let (household_id, by, now) = (file.id, actor.id, tx.now);
    match step {
        Step::Review => Ok(Taken { to: possible(file.status.reviewed())?, verb: "household.reviewed", facts: json!({}) }),
        Step::Turn { turn, .. } => Ok(Taken { to: possible(file.status.turned(turn))?, verb: turn.verb(), facts: json!({}) }),
        Step::Publish => {
            let to = possible(file.status.published())?;
            store::add_notices(tx.conn, &[Notice { household_id, published_at: now, published_by: by }])?;
            Ok(Taken { to, verb: "household.noticed", facts: json!({}) })
        }
        Step::Object { id, words } => {
            let to = possible(file.status.objected())?;
            store::add_objection(tx.conn, Objection { id, household_id, words, raised_at: now, raised_by: by, answer: None })?;
            Ok(Taken { to, verb: "household.objected", facts: json!({"objection_id": id}) })
        }
        Step::Answer { objection, upheld, words } => {
            let others = store::objections_of(tx.conn, &[household_id])?.iter().any(|other| other.id != objection && other.answer.is_none());
            let to = file.status.answered(upheld, others, file.approved_at.is_some());
            store::answer_objection(tx.conn, objection, Answer { answered_at: now, answered_by: by, upheld, words })?;
            Ok(Taken { to, verb: "household.objection_answered", facts: json!({"objection_id": objection, "upheld": upheld}) })
        }
    }
}
