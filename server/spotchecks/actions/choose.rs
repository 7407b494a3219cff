//! `choose`: single households are to be checked because of what was found about them. They enter no rate.

use serde_json::json;

use super::draw::{NewSample, begin};
use super::for_supervisor;
use super::freeze::count;
use crate::accounts::Actor;
use crate::kit::db::Tx;
use crate::kit::http::made::Made;
use crate::kit::http::problem::{FieldProblem, Problem};
use crate::spotchecks::model::{CheckId, Frame, Kind, NewCheck, Rate, Sample, SampleId};
use crate::spotchecks::{queries, store};

/// Keeps what was chosen.
pub fn choose(tx: &mut Tx<'_>, actor: &Actor, new: &NewSample) -> Result<Made<Sample>, Problem> {
    let campaign = for_supervisor(tx.conn, actor, new.campaign_id)?;
    if let Some(found) = begin(tx, new)? {
        return Ok(Made::before(found));
    }
    let candidates = queries::these(tx.conn, campaign.id, &actor.org.path, &new.households)?;
    let known = |n: &usize| new.households.get(*n).is_some_and(|id| candidates.iter().any(|of| of.household == *id));
    let unknown: Vec<FieldProblem> =
        (0..new.households.len()).filter(|n| !known(n)).map(|n| FieldProblem::new(format!("/households/{n}"), "unknown")).collect();
    if !unknown.is_empty() {
        return Err(Problem::invalid(unknown));
    }
    let households = count(candidates.len());
    let sample = Sample {
        id: new.id.unwrap_or_else(|| SampleId::fresh(tx.now, tx.chance)),
        campaign_id: campaign.id,
        kind: Kind::Targeted,
        k: store::next_k(tx.conn, campaign.id, Kind::Targeted)?,
        team_id: None,
        words: new.words.clone(),
        rate: Rate::ALL,
        min_per_stratum: 0,
        policy_version: campaign.policy.version,
        households,
        size: households,
        seats: households,
        handed_fen: candidates.iter().map(|of| of.handed_fen).sum(),
        root: None,
        draw_seed: None,
        drawn_by: actor.id,
        drawn_at: tx.now,
    };
    store::insert(tx.conn, &sample, &[], &Frame::default())?;
    let checks: Vec<NewCheck> =
        (1..).zip(candidates).map(|(place, of)| NewCheck { id: CheckId::fresh(tx.now, tx.chance), of, place, replaces: None }).collect();
    store::insert_checks(tx.conn, sample.id, campaign.id, &checks, tx.now)?;
    let facts = json!({"campaign_id": campaign.id, "kind": sample.kind, "k": sample.k, "households": new.households});
    tx.record(actor.event("sample.chosen", "sample", sample.id, facts));
    Ok(Made::now(sample))
}
