//! `replace`: a household that cannot be checked any more gives its place to the next by score in its stratum.

use serde_json::json;

use super::check::{CheckView, for_writing, view};
use crate::accounts::Actor;
use crate::kit::db::{Tx, lock_key};
use crate::kit::digest::unhex;
use crate::kit::http::faults::Faults;
use crate::kit::http::problem::{Code, Problem};
use crate::spotchecks::model::{Candidate, Check, CheckId, CheckState, Fallen, Kind, NewCheck, Sample, Stratum};
use crate::spotchecks::{queries, rules, store};

/// Notes why a household fell out, and draws the next. Answers the check that takes its place.
pub fn replace(tx: &mut Tx<'_>, actor: &Actor, id: CheckId, reason: Fallen, words: &str) -> Result<CheckView, Problem> {
    let (check, _) = for_writing(tx.conn, actor, id)?;
    tx.lock(vec![lock_key(&["check", id.as_str()]), lock_key(&["sample", check.sample_id.as_str()])])?;
    let (check, _) = for_writing(tx.conn, actor, id)?;
    if check.state == CheckState::Judged {
        return Err(Problem::of(Code::CheckJudged));
    }
    let mut faults = Faults::default();
    let words = faults.text(words, 500, "/words");
    faults.or(())?;
    let sample = store::sample(tx.conn, check.sample_id)?.ok_or(Problem::of(Code::NotFound))?;
    let (of, place) = next(tx, &sample, &check)?.ok_or(Problem::of(Code::NobodyLeft))?;
    let taken = CheckId::fresh(tx.now, tx.chance);
    store::set_state(tx.conn, id, CheckState::Replaced, None)?;
    store::insert_replacement(tx.conn, id, (reason, &words), actor.id, tx.now)?;
    store::insert_checks(tx.conn, sample.id, sample.campaign_id, &[NewCheck { id: taken, of, place, replaces: Some(id) }], tx.now)?;
    tx.record(actor.event("check.replaced", "check", id, json!({"sample_id": sample.id, "reason": reason, "by": taken})));
    let (check, household) = queries::check(tx.conn, taken)?.ok_or(Problem::of(Code::NotFound))?;
    view(tx.conn, check, household)
}

/// The next in the order of the draw that has no check yet, and its place.
fn next(tx: &mut Tx<'_>, sample: &Sample, check: &Check) -> Result<Option<(Candidate, i64)>, Problem> {
    let (Some(seed), Some(root)) = (sample.draw_seed.as_deref().and_then(unhex::<32>), sample.root.as_deref().and_then(unhex::<32>)) else {
        return Ok(None);
    };
    let stratum = Stratum::from(check.stratum.as_str());
    let framed = store::frame_of(tx.conn, sample.id, &stratum)?;
    let taken = store::in_sample(tx.conn, sample.id)?;
    let order = rules::draw::in_order(framed, &seed, &root);
    let Some((place, household)) = (1..).zip(order).find(|(_, household)| !taken.contains(household)) else { return Ok(None) };
    let found = if sample.kind == Kind::Assisted { queries::assisted(tx.conn, sample.campaign_id, Some(&[household]))? } else { Vec::new() };
    let found = if found.is_empty() { queries::these(tx.conn, sample.campaign_id, "/", &[household])? } else { found };
    // Its stratum is the one it was framed in, whatever has become of its file since.
    Ok(found.into_iter().next().map(|of| (Candidate { stratum, ..of }, place)))
}
