//! Rates, money and the sentence.

use crate::accounts::PersonId;
use crate::campaigns::CampaignId;
use crate::kit::clock::Moment;
use crate::spotchecks::model::{Counted, Found, Kind, Rate, Sample, SampleId, Share, StratumOf, Verdict};
use crate::spotchecks::rules::outcome::found;

pub(super) fn sample(kind: Kind) -> Sample {
    Sample {
        id: SampleId::nil(),
        campaign_id: CampaignId::nil(),
        kind,
        k: 1,
        team_id: None,
        words: String::new(),
        rate: Rate::of_ppm(70_000).unwrap(),
        min_per_stratum: 1,
        policy_version: 1,
        households: 0,
        size: 0,
        seats: 0,
        handed_fen: 0,
        root: None,
        draw_seed: None,
        drawn_by: PersonId::nil(),
        drawn_at: Moment::from_ms(0),
    }
}

/// So many households, so many seats, and how often each verdict was given.
type Stratum<'a> = (i64, i64, &'a [(Verdict, i64)]);

/// Strata of so many households with so many seats, each household having received 100 yuan; and so many verdicts in each.
fn of(kind: Kind, strata: &[Stratum<'_>]) -> Found {
    let name = |n: usize| format!("T{n}/sudden");
    let rows: Vec<StratumOf> = strata
        .iter()
        .enumerate()
        .map(|(n, (households, seats, _))| StratumOf { stratum: name(n), households: *households, seats: *seats, handed_fen: households * 10_000 })
        .collect();
    let mut checks = Vec::new();
    for (n, (_, seats, verdicts)) in strata.iter().enumerate() {
        let counted = |verdict: Option<Verdict>| {
            let at_risk_fen = if verdict.is_some_and(Verdict::is_discrepancy) { 10_000 } else { 0 };
            Counted { stratum: name(n), verdict, at_risk_fen }
        };
        let judged: Vec<Counted> = verdicts.iter().flat_map(|(verdict, times)| (0..*times).map(|_| counted(Some(*verdict)))).collect();
        let waiting = seats - i64::try_from(judged.len()).unwrap();
        checks.extend(judged);
        checks.extend((0..waiting).map(|_| counted(None)));
    }
    found(&sample(kind), if kind == Kind::Targeted { &[] } else { &rows }, &checks)
}

#[test]
fn the_sentence_is_the_one_a_report_needs() {
    let told = of(Kind::Assisted, &[(200, 14, &[(Verdict::Agrees, 12), (Verdict::Minor, 1), (Verdict::Misdelivered, 1)])]);
    assert_eq!(told.sentence.english, "14 of 200 households (7.0%) checked, 1 discrepancy (7.1%, 95% interval 0.2%–33.9%)");
    assert_eq!(told.sentence.chinese, "共 200 户,抽查 14 户(7.0%),不符 1 户(7.1%,95% 置信区间 0.2%–33.9%)");
    assert_eq!((told.overall.checked, told.overall.discrepancies, told.overall.minor), (14, 1, 1));
    let money = told.money.unwrap();
    assert_eq!((money.handed_fen, money.found_fen, money.estimate_fen), (2_000_000, 10_000, 142_857));
    assert_eq!((money.low_fen, money.high_fen), (3_614, 677_369), "the share's interval, at the loss of one");
}

#[test]
fn strata_of_one_weight_are_told_as_if_they_were_one() {
    let one = of(Kind::Assisted, &[(200, 14, &[(Verdict::Agrees, 13), (Verdict::NotReceived, 1)])]);
    let two = of(Kind::Assisted, &[(100, 7, &[(Verdict::Agrees, 7)]), (100, 7, &[(Verdict::Agrees, 6), (Verdict::NotReceived, 1)])]);
    assert_eq!((one.overall, one.sentence), (two.overall, two.sentence));
    assert_eq!(two.strata[0].tally.share, Some(Share { rate_ppm: 0, low_ppm: 0, high_ppm: 409_616 }));
}

#[test]
fn a_stratum_counts_by_its_households_and_not_by_its_seats() {
    let told = of(Kind::Assisted, &[(190, 13, &[(Verdict::Agrees, 13)]), (10, 1, &[(Verdict::NotReceived, 1)])]);
    let share = told.overall.share.unwrap();
    assert_eq!(share.rate_ppm, 50_000, "ten of two hundred, not one of fourteen");
    assert!(share.low_ppm < 50_000 && share.high_ppm > 50_000);
}

#[test]
fn who_could_not_be_asked_is_told_apart_and_counts_in_the_pessimistic_bound() {
    let told = of(Kind::Assisted, &[(100, 10, &[(Verdict::Agrees, 8), (Verdict::Unreachable, 2)])]);
    assert_eq!((told.overall.checked, told.overall.unreachable, told.overall.share.unwrap().rate_ppm), (8, 2, 0));
    assert_eq!(told.overall.pessimistic.unwrap().rate_ppm, 200_000);
    assert!(
        told.sentence.english.ends_with("; 2 could not be asked, and with all of them counted as discrepancies it is 20.0%, at most 55.6%"),
        "{}",
        told.sentence.english
    );
    assert_eq!(told.money.unwrap().low_fen, 0);
}

#[test]
fn where_everybody_was_checked_nothing_is_uncertain() {
    let told = of(Kind::Escalation, &[(4, 4, &[(Verdict::Agrees, 3), (Verdict::Ineligible, 1)])]);
    assert_eq!(told.overall.share, Some(Share { rate_ppm: 250_000, low_ppm: 250_000, high_ppm: 250_000 }));
    let money = told.money.unwrap();
    assert_eq!((money.low_fen, money.estimate_fen, money.high_fen), (10_000, 10_000, 10_000));
}

#[test]
fn what_nobody_looked_at_is_said_and_what_was_chosen_stands_for_nobody_else() {
    let told = of(Kind::Assisted, &[(50, 4, &[(Verdict::Agrees, 2)]), (30, 2, &[])]);
    assert_eq!((told.uncovered, told.strata[1].tally.share), (30, None));
    let none = of(Kind::Assisted, &[(50, 4, &[])]);
    assert_eq!((none.overall.share, none.money), (None, None));
    assert_eq!(none.sentence.english, "0 of 50 households (0.0%) checked");
    let chosen = of(Kind::Targeted, &[(3, 3, &[(Verdict::NotReceived, 3)])]);
    assert!(!chosen.stands_for_the_frame);
    assert_eq!((chosen.overall.discrepancies, chosen.overall.share, chosen.money), (3, None, None));
}
