//! Rates with their intervals, and what they mean in money. Pure.
//!
//! In a stratum the interval is that of Clopper and Pearson. Overall each checked household of stratum `h` stands for `N_h / n_h`; the
//! share is the weighted one, and the interval is Clopper's and Pearson's for the sample's effective size: `n = (Σw)² / Σw²` (Kish), or
//! `(n − 1) / (1 − f)` where that is more, `f` being what part of the frame's variance has been looked at (the correction for a finite
//! population, and for a variance that is estimated: Korn and Graubard 1998). Where everybody was checked nothing is uncertain.

use std::collections::BTreeMap;

use crate::spotchecks::model::{Counted, Found, Kind, MoneyAtRisk, Sample, Share, StratumFound, StratumOf, Tally, Verdict};
use crate::spotchecks::rules::interval::{Interval, real, whole};
use crate::spotchecks::rules::sentence::sentence;

/// What was found in one stratum.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    pub(super) households: i64,
    pub(super) drawn: i64,
    pub(super) handed_fen: i64,
    pub(super) checked: i64,
    pub(super) unreachable: i64,
    pub(super) discrepancies: i64,
    pub(super) minor: i64,
    pub(super) found_fen: i64,
}

/// What comes out of a sample.
#[must_use]
pub fn found(sample: &Sample, strata: &[StratumOf], checks: &[Counted]) -> Found {
    let mut by_stratum: BTreeMap<&str, Sums> = BTreeMap::new();
    for of in strata {
        by_stratum.insert(&of.stratum, Sums { households: of.households, drawn: of.seats, handed_fen: of.handed_fen, ..Sums::default() });
    }
    for check in checks {
        let sums = by_stratum.entry(&check.stratum).or_default();
        if sample.kind == Kind::Targeted {
            (sums.households, sums.drawn) = (sums.households + 1, sums.drawn + 1);
        }
        add(sums, check);
    }
    let stands = sample.kind != Kind::Targeted;
    let all: Vec<&Sums> = by_stratum.values().collect();
    let overall = overall(&all, stands);
    let told = |(stratum, sums): (&&str, &Sums)| StratumFound { stratum: (*stratum).to_owned(), tally: plain(sums, stands) };
    Found {
        sample_id: sample.id,
        stands_for_the_frame: stands,
        strata: by_stratum.iter().map(told).collect(),
        uncovered: all.iter().filter(|sums| sums.checked == 0).map(|sums| sums.households).sum(),
        money: stands.then(|| money(&all)).flatten(),
        sentence: sentence(&overall),
        overall,
    }
}

fn add(sums: &mut Sums, check: &Counted) {
    match check.verdict {
        None => return,
        Some(Verdict::Unreachable) => {
            sums.unreachable += 1;
            return;
        }
        Some(Verdict::Minor) => sums.minor += 1,
        Some(verdict) => sums.discrepancies += i64::from(verdict.is_discrepancy()),
    }
    sums.checked += 1;
    sums.found_fen = sums.found_fen.saturating_add(check.at_risk_fen);
}

fn tally(sums: &Sums, share: Option<Share>, pessimistic: Option<Share>) -> Tally {
    let Sums { households, drawn, checked, unreachable, discrepancies, minor, .. } = *sums;
    Tally { households, drawn, checked, unreachable, discrepancies, minor, share, pessimistic }
}

fn plain(sums: &Sums, stands: bool) -> Tally {
    let asked = sums.checked + sums.unreachable;
    let share = |found: i64, asked: i64| {
        let here = Weighted { found: real(found), asked: real(asked), rate: real(found) / real(asked) };
        (stands && asked > 0).then(|| here.share(asked >= sums.households))
    };
    tally(sums, share(sums.discrepancies, sums.checked), share(sums.discrepancies + sums.unreachable, asked))
}

fn overall(strata: &[&Sums], stands: bool) -> Tally {
    let mut all = Sums::default();
    for of in strata {
        all.households += of.households;
        all.drawn += of.drawn;
        all.checked += of.checked;
        all.unreachable += of.unreachable;
        all.discrepancies += of.discrepancies;
        all.minor += of.minor;
    }
    let share = |found: fn(&Sums) -> i64, asked: fn(&Sums) -> i64| {
        let census = strata.iter().all(|of| asked(of) >= of.households);
        weighted(strata, found, asked).filter(|_| stands).map(|of| of.share(census))
    };
    let certain = share(|of| of.discrepancies, |of| of.checked);
    let pessimistic = share(|of| of.discrepancies + of.unreachable, |of| of.checked + of.unreachable);
    tally(&all, certain, pessimistic)
}

/// A weighted share: as if so many had been asked with one weight.
pub(super) struct Weighted {
    pub(super) found: f64,
    asked: f64,
    rate: f64,
}

impl Weighted {
    pub(super) fn interval(&self) -> Interval {
        Interval::of(self.found, self.asked)
    }

    fn share(&self, census: bool) -> Share {
        let ppm = |share: f64| whole(share * 1e6);
        let Interval { low, high } = if census { Interval { low: self.rate, high: self.rate } } else { self.interval() };
        Share { rate_ppm: ppm(self.rate), low_ppm: ppm(low), high_ppm: ppm(high) }
    }
}

pub(super) fn weighted(strata: &[&Sums], found: fn(&Sums) -> i64, asked: fn(&Sums) -> i64) -> Option<Weighted> {
    let (mut weights, mut squares, mut unseen, mut hits) = (0.0, 0.0, 0.0, 0.0);
    for of in strata.iter().filter(|of| asked(of) > 0) {
        let (households, asked) = (real(of.households), real(asked(of)));
        weights += households;
        squares += households * households / asked;
        unseen += households * (households - asked).max(0.0) / asked;
        hits += households * real(found(of)) / asked;
    }
    if weights <= 0.0 {
        return None;
    }
    // Where nothing but equal weights went in, nothing but whole counts come out.
    let near = |value: f64| if (value - value.round()).abs() < 1e-9 { value.round() } else { value };
    let (rate, alone) = (hits / weights, near(weights * weights / squares));
    let of_finite = if unseen > 0.0 { (alone - 1.0) * squares / unseen } else { alone };
    let asked = alone.max(of_finite);
    Some(Weighted { found: near(rate * asked), asked, rate })
}

/// The loss found in a stratum stands for the stratum; the interval is the share's, at the mean loss of a discrepancy. Where none was
/// found the whole of a handover is taken to be at risk.
fn money(strata: &[&Sums]) -> Option<MoneyAtRisk> {
    let share = weighted(strata, |of| of.discrepancies, |of| of.checked)?;
    let census = strata.iter().all(|of| of.checked >= of.households);
    let handed: i64 = strata.iter().map(|of| of.handed_fen).fold(0, i64::saturating_add);
    let found_fen = strata.iter().map(|of| of.found_fen).fold(0, i64::saturating_add);
    let estimate: f64 = strata.iter().filter(|of| of.checked > 0).map(|of| real(of.households) * real(of.found_fen) / real(of.checked)).sum();
    let interval = share.interval();
    let (low, high) = if census {
        (estimate, estimate)
    } else if share.rate > 0.0 {
        (estimate * interval.low / share.rate, estimate * interval.high / share.rate)
    } else {
        (0.0, real(handed) * interval.high)
    };
    let fen = |value: f64| whole(value).min(handed);
    Some(MoneyAtRisk { handed_fen: handed, found_fen, estimate_fen: fen(estimate), low_fen: fen(low), high_fen: fen(high) })
}
