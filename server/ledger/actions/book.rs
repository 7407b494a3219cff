//! `book`: what every entry goes through, in a few statements however many there are.

use std::collections::BTreeSet;

use serde_json::json;

use crate::accounts::{self, Doer, TeamId};
use crate::campaigns::{self, CampaignId, ItemId};
use crate::kit::db::{Tx, lock_key};
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::Event;
use crate::ledger::model::{Account, EntryKind, Links, Moved, Posting};
use crate::ledger::rules::{self, Movement, Nature, Prices, Refusal};
use crate::ledger::store::{self, Changed, EntryRow};

/// An entry and what it moves.
pub(super) struct Booking<'a> {
    /// Who did it.
    pub(super) by: &'a Doer,
    pub(super) entry: EntryRow,
    pub(super) movement: Movement,
    pub(super) nature: Nature,
    /// What kind of deed it does, or undoes.
    pub(super) deed: EntryKind,
}

/// Books entries of one campaign, all or none.
///
/// All accounts are locked before any balance is read: on PostgreSQL two writes that touch the same store come one after the other.
pub(super) fn book(tx: &mut Tx<'_>, campaign: CampaignId, bookings: &[Booking<'_>]) -> Result<(), Problem> {
    let accounts: BTreeSet<Account> = bookings.iter().flat_map(|booking| booking.movement.accounts()).collect();
    let accounts: Vec<Account> = accounts.into_iter().collect();
    tx.lock(accounts.iter().map(|account| lock_key(&["ledger", campaign.as_str(), account.kind().as_str(), account.id()])).collect())?;
    let mut balances = store::balances_of(tx.conn, campaign, &accounts)?;
    let (mut changed, mut flows) = (Changed::new(), Links::new());
    let mut booked = Vec::with_capacity(bookings.len());
    for booking in bookings {
        let postings = rules::post(&balances, &booking.movement, booking.nature).map_err(refused)?;
        rules::apply(&mut balances, &postings);
        for posting in &postings {
            let key = (posting.account, posting.commodity);
            let held = changed.entry(key).or_default();
            let value_fen = held.value_fen.saturating_add(posting.value_fen.unwrap_or_default());
            *held = Moved { amount: balances.get(&key).copied().unwrap_or_default(), value_fen };
        }
        for (link, moved) in rules::links(&postings, booking.deed, booking.entry.reverses.is_some()) {
            let flow = flows.entry(link).or_default();
            *flow = flow.plus(moved);
        }
        booked.push((booking.entry.id, postings));
    }
    let rows: Vec<EntryRow> = bookings.iter().map(|booking| booking.entry.clone()).collect();
    store::insert_entries(tx.conn, &rows)?;
    store::insert_postings(tx.conn, campaign, &booked)?;
    store::set_balances(tx.conn, campaign, &changed)?;
    store::add_flows(tx.conn, campaign, &flows)?;
    for (row, booking) in rows.iter().zip(bookings) {
        let facts = json!({"campaign_id": row.campaign_id, "kind": row.kind, "visit_id": row.visit_id, "reverses": row.reverses});
        tx.record(booking.by.event("entry.recorded", "entry", row.id, facts));
    }
    tell_teams(tx, campaign, &booked.into_iter().flat_map(|(_, postings)| postings).collect::<Vec<_>>())
}

/// What one unit of these items is worth now.
pub(super) fn prices_of(tx: &mut Tx<'_>, items: &[ItemId]) -> Result<Prices, Problem> {
    if items.is_empty() {
        return Ok(Prices::new());
    }
    Ok(campaigns::items_by_id(tx.conn, items)?.into_iter().map(|item| (item.id, item.unit_value_fen)).collect())
}

/// The phones of a team hear of its custody in the chain of the team's own org.
fn tell_teams(tx: &mut Tx<'_>, campaign: CampaignId, postings: &[Posting]) -> Result<(), Problem> {
    let of = |posting: &Posting| match posting.account {
        Account::Team(team) | Account::Unexplained(team) => Some(team),
        _ => None,
    };
    let teams: BTreeSet<TeamId> = postings.iter().filter_map(of).collect();
    for team in teams {
        if let Some(placed) = accounts::team(tx.conn, team)? {
            let facts = json!({"campaign_id": campaign});
            tx.record(Event { chain: placed.org.chain, by: None, verb: "custody.changed", subject_kind: "team", subject: team.to_string(), facts });
        }
    }
    Ok(())
}

fn refused(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::NotEnoughInStore(_) => Problem::of(Code::NotEnoughInStore),
        Refusal::NotEnoughWithTeam(_) => Problem::of(Code::NotEnoughWithTeam),
        Refusal::TooMuch(_) => Problem::field("/lines", "out_of_range"),
        Refusal::NeverReceived(_) => Problem::unexpected("an account that only receives would hold less than nothing"),
    }
}
