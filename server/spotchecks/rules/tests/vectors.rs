//! The vectors of the draw, which other implementations hold too.

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::households::HouseholdId;
use crate::kit::digest::{hex, unhex};
use crate::spotchecks::model::{Frame, Kind, Rate, Stratum, Terms};
use crate::spotchecks::rules::draw::{draw, draw_seed};

#[derive(Deserialize)]
struct Case {
    campaign_seed: String,
    commitment: String,
    kind: Kind,
    k: u8,
    draw_seed: String,
    rate: Rate,
    min_per_stratum: u64,
    frame: Vec<(HouseholdId, String)>,
    root: String,
    seats: BTreeMap<String, u64>,
    drawn: Vec<HouseholdId>,
}

#[derive(Deserialize)]
struct File {
    cases: Vec<Case>,
}

#[test]
fn every_draw_of_the_vectors_is_drawn_to_the_letter() {
    let file: File = serde_json::from_str(include_str!("../../../../tests/vectors/sampling.json")).unwrap();
    assert!(file.cases.len() >= 6);
    for case in file.cases {
        let campaign_seed = unhex::<32>(&case.campaign_seed).unwrap();
        assert_eq!(hex(&Sha256::digest(campaign_seed)), case.commitment);
        let seed = draw_seed(&campaign_seed, case.kind, case.k);
        assert_eq!(hex(&seed), case.draw_seed);
        let frame = Frame::of(case.frame.into_iter().map(|(id, stratum)| (id, Stratum::from(stratum))).collect());
        let made = draw(&frame, &Terms { seed, rate: case.rate, min_per_stratum: case.min_per_stratum });
        assert_eq!(hex(&made.root), case.root);
        assert_eq!(made.strata.iter().map(|of| (of.stratum.to_string(), of.seats)).collect::<BTreeMap<_, _>>(), case.seats);
        let mut drawn: Vec<HouseholdId> = made.drawn.iter().map(|drawn| drawn.household).collect();
        drawn.sort_unstable();
        assert_eq!(drawn, case.drawn);
    }
}
