//! `hand_over` and `reverse_handovers`: what visits did.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Display;

use super::book::{Booking, book, prices_of};
use crate::accounts::Doer;
use crate::campaigns::{CampaignId, ItemId};
use crate::kit::db::Tx;
use crate::kit::http::problem::Problem;
use crate::ledger::model::{Account, EntryId, EntryKind, Handover, Lines, Posting};
use crate::ledger::rules::{Movement, Nature, Prices};
use crate::ledger::store::{self, EntryRow};

/// Books what visits handed over, each with who did it. A visit makes one handover however often it comes; one that handed over nothing makes none.
/// It is never refused for what an account holds: what the team's custody does not cover stands on its unexplained account.
///
/// A visit that an amending one has already replaced must not be given here.
///
/// # Errors
/// When the database fails, or a line is not above nothing.
pub fn hand_over(tx: &mut Tx<'_>, handovers: &[(&Doer, Handover)]) -> Result<(), Problem> {
    let given: Vec<&(&Doer, Handover)> = handovers.iter().filter(|(_, handover)| !handover.lines.is_empty()).collect();
    let visits: Vec<String> = given.iter().map(|(_, handover)| handover.visit_id.clone()).collect();
    if visits.is_empty() {
        return Ok(());
    }
    let prices = prices(tx, &given)?;
    let mut done: HashSet<String> = store::handed_over(tx.conn, &visits)?.into_iter().collect();
    let mut by_campaign: BTreeMap<CampaignId, Vec<Booking<'_>>> = BTreeMap::new();
    for (by, handover) in given {
        if !done.insert(handover.visit_id.clone()) {
            continue;
        }
        let lines = Lines::adding_up(&handover.lines).ok_or_else(|| Problem::unexpected("a handover of nothing"))?;
        let movement = Movement::between(Account::Team(handover.team_id), handover.receiver.account()?, lines.as_slice(), &prices);
        let entry = EntryRow {
            id: EntryId::fresh(tx.now, tx.chance),
            campaign_id: handover.campaign_id,
            kind: EntryKind::Handover,
            visit_id: Some(handover.visit_id.clone()),
            reverses: None,
            // The visit is held against its repeats by its own content.
            content_hash: String::new(),
            happened_at: handover.happened_at,
            made_by: by.id,
            made_at: tx.now,
            words: String::new(),
        };
        by_campaign.entry(handover.campaign_id).or_default().push(Booking { by, entry, movement, nature: Nature::Happened, deed: EntryKind::Handover });
    }
    book_each(tx, by_campaign)
}

/// What the goods of these handovers are worth now.
fn prices(tx: &mut Tx<'_>, given: &[&(&Doer, Handover)]) -> Result<Prices, Problem> {
    let items: BTreeSet<ItemId> = given.iter().flat_map(|(_, handover)| &handover.lines).filter_map(|(commodity, _)| commodity.item_id()).collect();
    prices_of(tx, &items.into_iter().collect::<Vec<_>>())
}

/// Takes back the handovers of visits that are amended, each with who did it; one that made none, or was taken back before, is passed over.
///
/// # Errors
/// When the database fails.
pub fn reverse_handovers(tx: &mut Tx<'_>, visits: &[(&Doer, impl Display)]) -> Result<(), Problem> {
    if visits.is_empty() {
        return Ok(());
    }
    let by: BTreeMap<String, &Doer> = visits.iter().map(|(by, visit)| (visit.to_string(), *by)).collect();
    let visits: Vec<&String> = by.keys().collect();
    let handovers = store::standing_handovers(tx.conn, &visits)?;
    let ids: Vec<EntryId> = handovers.iter().map(|row| row.id).collect();
    let mut postings: BTreeMap<EntryId, Vec<Posting>> = BTreeMap::new();
    for (entry, posting) in store::postings_of(tx.conn, &ids)? {
        postings.entry(entry).or_default().push(posting);
    }
    let mut by_campaign: BTreeMap<CampaignId, Vec<Booking<'_>>> = BTreeMap::new();
    for handover in handovers {
        let Some(by) = handover.visit_id.as_ref().and_then(|visit| by.get(visit)) else { continue };
        let movement = Movement::undoing(postings.get(&handover.id).map(Vec::as_slice).unwrap_or_default());
        let entry = EntryRow {
            id: EntryId::fresh(tx.now, tx.chance),
            kind: EntryKind::Reversal,
            reverses: Some(handover.id),
            happened_at: tx.now,
            made_by: by.id,
            made_at: tx.now,
            ..handover
        };
        by_campaign.entry(entry.campaign_id).or_default().push(Booking { by, entry, movement, nature: Nature::Happened, deed: EntryKind::Handover });
    }
    book_each(tx, by_campaign)
}

fn book_each(tx: &mut Tx<'_>, by_campaign: BTreeMap<CampaignId, Vec<Booking<'_>>>) -> Result<(), Problem> {
    by_campaign.into_iter().try_for_each(|(campaign, bookings)| book(tx, campaign, &bookings))
}
