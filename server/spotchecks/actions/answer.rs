//! `answer`: what the household says, before the supervisor has seen what the cadre wrote. It is kept once and never changed.

use serde_json::json;

use super::check::{CheckView, for_writing, view};
use crate::accounts::Actor;
use crate::campaigns::{self, ItemId};
use crate::kit::db::{Tx, lock_key};
use crate::kit::http::faults::Faults;
use crate::kit::http::problem::{Code, Problem};
use crate::spotchecks::model::{Answers, CheckId, CheckState};
use crate::spotchecks::{rules, store};

/// Keeps the answers, and shows the cadre's record beside them.
pub fn answer(tx: &mut Tx<'_>, actor: &Actor, id: CheckId, mut said: Answers) -> Result<CheckView, Problem> {
    tx.lock(vec![lock_key(&["check", id.as_str()])])?;
    let (mut check, household) = for_writing(tx.conn, actor, id)?;
    let items: Vec<ItemId> = said.goods.iter().map(|line| line.item_id).collect();
    let known = if items.is_empty() { Vec::new() } else { campaigns::known_items(tx.conn, &actor.org, &items)? };
    let mut faults = Faults::default();
    rules::answers::check(&mut faults, &mut said, &known, tx.now);
    faults.or(())?;
    if let Some((before, ..)) = store::answers(tx.conn, id)? {
        if before != said {
            return Err(Problem::of(Code::AlreadyAnswered));
        }
        tx.unchanged();
        return view(tx.conn, check, household);
    }
    store::insert_answers(tx.conn, id, &said, actor.id, tx.now)?;
    // Whoever could not be asked at first has been asked now; that verdict stands until there is another.
    store::set_state(tx.conn, id, CheckState::Answered, check.verdict)?;
    check.state = CheckState::Answered;
    tx.record(actor.event("check.answered", "check", id, json!({"sample_id": check.sample_id, "how": said.how, "evidence": said.evidence})));
    view(tx.conn, check, household)
}
