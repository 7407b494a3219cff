//! Repeats a draw from its exported proof, and says where the proof differs from it. Pure.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::households::HouseholdId;
use crate::kit::digest::{hex, unhex};
use crate::spotchecks::model::{Draw, FORMAT, Frame, Proof, Stratum, Terms};
use crate::spotchecks::rules::draw;

/// Differences told one by one; past these they are only counted.
const MOST_TOLD: usize = 20;

/// Where a proof differs from the draw that its own frame and seed make; empty where it does not.
#[must_use]
pub fn differences(proof: &Proof) -> Vec<String> {
    let mut told = Vec::new();
    let head = &proof.head;
    if head.format != FORMAT {
        told.push(format!("format: {} is not {FORMAT}", head.format));
    }
    seeds(proof, &mut told);
    let Some(seed) = unhex::<32>(&head.draw_seed) else {
        told.push("draw_seed: no 32 bytes in hexadecimal".to_owned());
        return told;
    };
    let Some(frame) = frame(proof, &mut told) else { return told };
    let made = draw::draw(&frame, &Terms { seed, rate: head.rate, min_per_stratum: head.min_per_stratum });
    results(proof, &made, &mut told);
    told
}

/// Whether what the campaign promised is what the draw used; only once the campaign's seed is published.
fn seeds(proof: &Proof, told: &mut Vec<String>) {
    let head = &proof.head;
    let Some(text) = &head.campaign_seed else { return };
    let Some(seed) = unhex::<32>(text) else {
        told.push("campaign_seed: no 32 bytes in hexadecimal".to_owned());
        return;
    };
    differs(told, "commitment", &head.commitment, &hex(&Sha256::digest(seed)));
    differs(told, "draw_seed", &head.draw_seed, &hex(&draw::draw_seed(&seed, head.kind, head.k)));
}

fn frame(proof: &Proof, told: &mut Vec<String>) -> Option<Frame> {
    let mut names: BTreeSet<Stratum> = BTreeSet::new();
    let mut lines = Vec::with_capacity(proof.frame.len());
    for (n, (id, stratum)) in proof.frame.iter().enumerate() {
        let Some(household) = HouseholdId::parse(id).filter(|household| household.as_str() == id) else {
            told.push(format!("frame, line {}: {id:?} is no id in lower case", n + 1));
            return None;
        };
        let name = names.get(stratum.as_str()).cloned().unwrap_or_else(|| Stratum::from(stratum.as_str()));
        names.insert(Stratum::clone(&name));
        lines.push((household, name));
    }
    let frame = Frame::of(lines);
    if frame.lines().len() != proof.frame.len() {
        told.push(format!("frame: {} of its lines name a household twice", proof.frame.len() - frame.lines().len()));
    }
    Some(frame)
}

fn results(proof: &Proof, made: &Draw, told: &mut Vec<String>) {
    let head = &proof.head;
    let all: u64 = made.strata.iter().map(|stratum| stratum.households).sum();
    differs(told, "households", &head.households.to_string(), &all.to_string());
    differs(told, "root", &head.root, &hex(&made.root));
    differs(told, "size", &head.size.to_string(), &made.size.to_string());
    let seats: BTreeMap<&str, u64> = made.strata.iter().map(|of| (&*of.stratum, of.seats)).collect();
    let strata: BTreeSet<&str> = seats.keys().copied().chain(head.seats.keys().map(String::as_str)).collect();
    let text = |count: Option<&u64>| count.map_or_else(|| "none".to_owned(), ToString::to_string);
    for stratum in strata {
        differs(told, &format!("seats of {stratum}"), &text(head.seats.get(stratum)), &text(seats.get(stratum)));
    }
    let said: BTreeSet<&str> = proof.drawn.iter().map(String::as_str).collect();
    let drawn: BTreeSet<&str> = made.drawn.iter().map(|drawn| drawn.household.as_str()).collect();
    let wrong: Vec<String> = said
        .difference(&drawn)
        .map(|id| format!("drawn: {id} is told, and not drawn by this seed"))
        .chain(drawn.difference(&said).map(|id| format!("drawn: {id} is drawn by this seed, and not told")))
        .collect();
    let more = wrong.len().saturating_sub(MOST_TOLD);
    told.extend(wrong.into_iter().take(MOST_TOLD));
    if more > 0 {
        told.push(format!("drawn: {more} more differ"));
    }
}

fn differs(told: &mut Vec<String>, what: &str, said: &str, made: &str) {
    if said != made {
        told.push(format!("{what}: the file says {said}, repeated it is {made}"));
    }
}
