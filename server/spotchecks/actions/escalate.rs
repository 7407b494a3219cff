//! `escalate`: too much was found in one team; every household it helped is to be checked.

use super::freeze::{Freezing, freeze};
use crate::accounts::Actor;
use crate::campaigns::{self, Seals};
use crate::kit::db::{Tx, lock_key};
use crate::kit::http::problem::Problem;
use crate::spotchecks::model::{Check, Kind, Rate, SampleId, Verdict};
use crate::spotchecks::{queries, store};

/// Makes the check of a team a full one where the campaign's policy says so, once.
pub(super) fn escalate(tx: &mut Tx<'_>, actor: &Actor, seals: &Seals, check: &Check) -> Result<(), Problem> {
    let Some(team) = check.team_id else { return Ok(()) };
    let (campaign, _) = campaigns::visible(tx.conn, actor, check.campaign_id)?;
    let threshold = campaign.policy.check_escalates_after;
    if threshold == 0 || store::verdicts_in_team(tx.conn, campaign.id, team, Verdict::Misdelivered)? < threshold {
        return Ok(());
    }
    tx.lock(vec![lock_key(&["samples", campaign.id.as_str()])])?;
    if store::is_escalated(tx.conn, campaign.id, team)? {
        return Ok(());
    }
    let checked = store::checked_or_waiting(tx.conn, campaign.id)?;
    let helped = queries::helped_by(tx.conn, campaign.id, team)?;
    let mut candidates = queries::assisted(tx.conn, campaign.id, Some(&helped))?;
    candidates.retain(|candidate| candidate.team == Some(team) && !checked.contains(&candidate.household));
    if candidates.is_empty() {
        return Ok(());
    }
    // Everybody is drawn: whether the seed is published already does not matter.
    let seed = seals.commit(tx, campaign.id)?;
    let seed = seals.seed_of(&seed)?;
    let how = Freezing { kind: Kind::Escalation, team: Some(team), rate: Rate::ALL, least: 0 };
    let id = SampleId::fresh(tx.now, tx.chance);
    let (_, facts) = freeze(tx.conn, &campaign, &seed, how, candidates)?.keep(tx, &campaign, id, actor.id)?;
    tx.record(actor.event("sample.escalated", "sample", id, facts));
    Ok(())
}
