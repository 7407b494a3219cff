//! The draw: nobody can foresee it, choose it or quietly redo it, and anybody can repeat it. Pure.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::households::HouseholdId;
use crate::spotchecks::model::{Bytes, Draw, Drawn, Frame, Kind, Rate, Seats, Stratum, Terms};

/// The seed of one draw of a campaign: of its kind, and the how-manieth of that kind it is.
#[must_use]
pub fn draw_seed(campaign_seed: &Bytes, kind: Kind, k: u8) -> Bytes {
    Sha256::new().chain_update(campaign_seed).chain_update(kind.as_str()).chain_update([k]).finalize().into()
}

/// Draws.
#[must_use]
pub fn draw(frame: &Frame, terms: &Terms) -> Draw {
    let root = frame.root();
    let mut members: HashMap<&Stratum, Vec<HouseholdId>> = HashMap::new();
    for (household, stratum) in frame.lines() {
        members.entry(stratum).or_default().push(*household);
    }
    let mut counts: Vec<(Stratum, u64)> = members.iter().map(|(stratum, of)| (Stratum::clone(stratum), count(of.len()))).collect();
    counts.sort_unstable();
    let (size, strata) = seats(counts, terms.rate, terms.min_per_stratum);
    let mut drawn = Vec::new();
    for seats in &strata {
        let of = members.remove(&seats.stratum).unwrap_or_default();
        let first = smallest(of, seats.seats, &terms.seed, &root);
        drawn.extend((1..).zip(first).map(|(place, household)| Drawn { household, stratum: Stratum::clone(&seats.stratum), place }));
    }
    Draw { root, size, strata, drawn }
}

/// The households of one stratum in the order in which they are drawn: whoever stands behind the last seat replaces one that falls out.
#[must_use]
pub fn in_order(stratum: Vec<HouseholdId>, seed: &Bytes, root: &Bytes) -> Vec<HouseholdId> {
    let all = count(stratum.len());
    smallest(stratum, all, seed, root)
}

/// `floor(n·N_h/N)` each, the remainder by largest fraction, ties by name; then the least of each stratum on top.
fn seats(strata: Vec<(Stratum, u64)>, rate: Rate, least: u64) -> (u64, Vec<Seats>) {
    let all: u64 = strata.iter().map(|(_, households)| households).sum();
    if all == 0 {
        return (0, Vec::new());
    }
    let size = rate.of(all).max(1);
    let part = |households: u64| (u128::from(size) * u128::from(households) / u128::from(all), u128::from(size) * u128::from(households) % u128::from(all));
    let given: u128 = strata.iter().map(|(_, households)| part(*households).0).sum();
    let left = usize::try_from(u128::from(size).saturating_sub(given)).unwrap_or_default();
    let mut by_fraction: Vec<(std::cmp::Reverse<u128>, &Stratum)> =
        strata.iter().map(|(name, households)| (std::cmp::Reverse(part(*households).1), name)).collect();
    by_fraction.sort_unstable();
    let more: std::collections::BTreeSet<&Stratum> = by_fraction.into_iter().take(left).map(|(_, name)| name).collect();
    let seats = |(name, households): &(Stratum, u64)| {
        let share = u64::try_from(part(*households).0).unwrap_or(*households) + u64::from(more.contains(name));
        Seats { stratum: Stratum::clone(name), households: *households, seats: share.max(least.min(*households)) }
    };
    (size, strata.iter().map(seats).collect())
}

/// The first by `SHA-256(seed ‖ root ‖ id)`, in that order.
fn smallest(of: Vec<HouseholdId>, seats: u64, seed: &Bytes, root: &Bytes) -> Vec<HouseholdId> {
    let begun = Sha256::new().chain_update(seed).chain_update(root);
    let mut scored: Vec<(Bytes, HouseholdId)> = of.into_iter().map(|id| (begun.clone().chain_update(id.as_str()).finalize().into(), id)).collect();
    let seats = usize::try_from(seats).unwrap_or(usize::MAX);
    if let Some(last) = seats.checked_sub(1).filter(|last| last + 1 < scored.len()) {
        scored.select_nth_unstable(last);
    }
    scored.truncate(seats);
    scored.sort_unstable();
    scored.into_iter().map(|(_, id)| id).collect()
}

fn count(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}
