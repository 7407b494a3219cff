//! The change feed, as one phone hears it.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use serde_json::Value;

use crate::accounts::Actor;
use crate::field::model::{Cursor, LogHead};
use crate::households::HouseholdId;
use crate::kit::db::Conn;
use crate::kit::db::schema::{chains, orgs};
use crate::kit::digest::sha256_hex;
use crate::kit::http::problem::Problem;
use crate::kit::log;

/// Past this many events a phone is better served with everything.
const MOST_EVENTS: i64 = 5_000;

/// What a phone has missed.
#[derive(Debug)]
pub(in crate::field) enum Changed {
    /// Too much, or it cannot be told: everything is sent.
    Everything,
    /// These households, in one way or another.
    Households(BTreeSet<HouseholdId>),
}

/// The chains that concern somebody: of their own org and of those above it. With them, the cursor that says "all heard so far".
pub(in crate::field) fn chains_heard(conn: &mut Conn, actor: &Actor) -> Result<(Cursor, Vec<LogHead>), Problem> {
    let line: Vec<&str> = actor.org.path.split('/').filter(|part| !part.is_empty()).collect();
    let names: Vec<String> = orgs::table.filter(orgs::id.eq_any(line)).select(orgs::chain).distinct().load(conn)?;
    let heads: Vec<(String, i64, String)> = chains::table.filter(chains::chain.eq_any(&names)).order(chains::chain).load(conn)?;
    let mut places: BTreeMap<String, i64> = names.into_iter().map(|name| (name, 0)).collect();
    places.extend(heads.iter().map(|(chain, sequence, _)| (chain.clone(), *sequence)));
    let heads = heads.into_iter().map(|(chain, sequence, hash)| LogHead { chain, sequence, hash }).collect();
    Ok((Cursor { view: view_of(actor), chains: places, checks: None }, heads))
}

/// Names what a person sees: another org, role or team makes another view.
pub(in crate::field) fn view_of(actor: &Actor) -> String {
    let mut parts = vec![actor.id.to_string(), actor.org.path.clone()];
    parts.extend(actor.roles.iter().map(ToString::to_string));
    parts.extend(actor.teams.iter().map(|team| format!("{}{}", team.id, team.is_lead)));
    sha256_hex(parts.join(" ").as_bytes()).get(..16).unwrap_or_default().to_owned()
}

/// What happened since a cursor.
pub(in crate::field) fn changed_since(conn: &mut Conn, since: &Cursor, now: &Cursor) -> Result<Changed, Problem> {
    if since.view != now.view || now.chains.iter().any(|(chain, head)| since.chains.get(chain).is_none_or(|seen| seen > head)) {
        return Ok(Changed::Everything);
    }
    changed_between(conn, &since.chains, &now.chains)
}

/// What happened on these chains behind the one place and up to the other; where the one is ahead, nothing.
pub(in crate::field) fn changed_between(conn: &mut Conn, since: &BTreeMap<String, i64>, now: &BTreeMap<String, i64>) -> Result<Changed, Problem> {
    let mut households = BTreeSet::new();
    for (chain, head) in now {
        let Some(seen) = since.get(chain).copied() else { return Ok(Changed::Everything) };
        if head - seen > MOST_EVENTS {
            return Ok(Changed::Everything);
        }
        if seen < *head {
            // A handful of chains at most: the orgs from the root down to the actor's own.
            for event in log::after(conn, chain, seen, MOST_EVENTS)? {
                households.extend(household_of(&event));
            }
        }
    }
    Ok(Changed::Households(households))
}

fn household_of(event: &log::LogRow) -> Option<HouseholdId> {
    if event.subject_kind == "household" {
        return HouseholdId::parse(&event.subject);
    }
    let facts: Value = serde_json::from_str(&event.facts).ok()?;
    facts.get("household_id").and_then(Value::as_str).and_then(HouseholdId::parse)
}
