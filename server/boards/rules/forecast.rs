//! Where a campaign is heading: `docs/forecast.md` says why it is done like this, and how often it held.
//!
//! A level that follows the last days (exponential smoothing), a factor for weekends, and a band as wide as the days so far were
//! unsteady, growing with every day to come.

use crate::boards::model::{Basis, DayAhead, Forecast, Known, Outlook};
use crate::kit::clock::Moment;

/// A week: each kind of day has been seen.
const DAYS_NEEDED: usize = 7;
/// Older days say nothing of the present pace.
const MOST_DAYS: i64 = 60;
/// As far as anybody plans.
const FARTHEST: i64 = 366;
/// How much of a day's surprise stays in the level.
const FOLLOW: f64 = 0.2;
/// How much of a day's surprise stays in the days to come, for the width of the band.
const DRIFT: f64 = 0.12;
/// So much narrower than the theory of such a level has it, for part of what surprised is the weather of one day. Found on seasons that
/// were made up, and held against others (`seasons.rs`).
const NARROWER: f64 = 0.9;
/// A factor for weekends is believed as if so many ordinary days had been seen beside those that were.
const DOUBT: f64 = 3.0;
/// Below this share of an ordinary day no kind of day is held to lie.
const LEAST_FACTOR: f64 = 0.05;

/// What is to be expected, within what is known.
pub(in crate::boards) fn forecast(known: &Known) -> Forecast {
    let days_left = if known.is_over { 0 } else { (known.deadline_day - known.today + 1).max(0) };
    let missing = (known.households - known.reached).max(0);
    let days = Days::of(known);
    let basis = basis(known, &days, missing, days_left);
    let mut told = Forecast {
        outlook: Outlook {
            basis,
            days_known: count(days.counts.len()),
            days_needed: count(DAYS_NEEDED),
            days_left,
            needed_milli: (days_left > 0).then(|| (missing * 1_000 + days_left - 1) / days_left.max(1)),
            cadres: known.cadres,
            cadre_days_left: known.cadres * days_left,
            ..Outlook::default()
        },
        days_ahead: Vec::new(),
    };
    if basis == Basis::Enough {
        ahead(known, &days, days_left, missing, &mut told);
    }
    told
}

fn basis(known: &Known, days: &Days, missing: i64, days_left: i64) -> Basis {
    if known.households > 0 && missing == 0 {
        Basis::Done
    } else if known.is_over {
        Basis::Over
    } else if known.reached == 0 {
        Basis::NotBegun
    } else if days.counts.len() < DAYS_NEEDED {
        Basis::TooEarly
    } else if days_left > FARTHEST {
        Basis::TooFar
    } else {
        Basis::Enough
    }
}

/// Whole days, from the first on which anybody was reached to yesterday.
struct Days {
    first: i64,
    counts: Vec<f64>,
}

impl Days {
    fn of(known: &Known) -> Self {
        let past = || known.by_day.iter().filter(|(day, reached)| *day < known.today && *reached > 0);
        let first = past().map(|(day, _)| *day).min().unwrap_or(known.today).max(known.today - MOST_DAYS);
        let on = |day: i64| past().filter(|(of, _)| *of == day).map(|(_, reached)| *reached).sum();
        Self { first, counts: (first..known.today).map(|day| real(on(day))).collect() }
    }

    /// What an ordinary day and a day of the weekend are, of the mean.
    fn factors(&self) -> (f64, f64) {
        let all: f64 = self.counts.iter().sum();
        let mean = all / real(count(self.counts.len()).max(1));
        let (mut free, mut on_free) = (0.0, 0.0);
        for (day, reached) in (self.first..).zip(&self.counts) {
            if is_weekend(day) {
                free += 1.0;
                on_free += reached;
            }
        }
        let worked = real(count(self.counts.len())) - free;
        let factor = |sum: f64, days: f64| if mean > 0.0 { ((sum / mean + DOUBT) / (days + DOUBT)).max(LEAST_FACTOR) } else { 1.0 };
        (factor(all - on_free, worked), factor(on_free, free))
    }
}

/// 1970-01-01 was a Thursday.
const fn is_weekend(day: i64) -> bool {
    matches!((day + 4).rem_euclid(7), 0 | 6)
}

/// Follows the level through the days, and how much each next day surprised.
fn level(days: &Days, factor: impl Fn(i64) -> f64) -> (f64, f64) {
    let (mut level, mut squares, mut seen) = (0.0, 0.0, 0.0);
    for (day, reached) in (days.first..).zip(&days.counts) {
        let surprise = reached / factor(day) - level;
        if seen > 0.0 {
            squares += surprise * surprise;
        }
        seen += 1.0;
        // At first the level is the mean of what was seen.
        level += FOLLOW.max(1.0 / seen) * surprise;
    }
    (level.max(0.0), (squares / (seen - 1.0_f64).max(1.0)).sqrt())
}

fn ahead(known: &Known, days: &Days, days_left: i64, missing: i64, told: &mut Forecast) {
    let (ordinary, free) = days.factors();
    let factor = |day: i64| if is_weekend(day) { free } else { ordinary };
    let (level, unsteady) = level(days, factor);
    let spread = ninth_decile(real(count(days.counts.len()) - 1)) * NARROWER * unsteady;
    let since: i64 = known.by_day.iter().filter(|(day, _)| *day >= known.today).map(|(_, reached)| *reached).sum();
    let (before, reached, all) = (real(known.reached - since), real(known.reached), real(known.households));
    // Those met by nobody so far may stay so: of all households as large a share as of those where somebody was.
    let stuck = all * real(known.attempted) / real((known.reached + known.attempted).max(1));
    let within = |value: f64, most: f64| value.min(most).max(reached);
    let (mut sum, mut squares, mut sums, mut steps) = (0.0, 0.0, 0.0, 0.0);
    for day in known.today..=known.deadline_day {
        let share = if day == known.deadline_day { real(known.deadline_milli) / 1_000.0 } else { 1.0 };
        let weight = factor(day) * share;
        sum += weight;
        // A surprise of this day is felt on all days after it: the sum over i of (w_i + DRIFT (W − W_i))², without going back.
        let own = DRIFT.mul_add(-sum, weight);
        squares += own * own;
        sums += own;
        steps += 1.0;
        let felt = DRIFT * sum;
        let width = spread * (felt * felt).mul_add(steps, (2.0 * felt).mul_add(sums, squares)).max(0.0).sqrt();
        let middle = level.mul_add(sum, before);
        let expected = within(middle, all - stuck / 2.0);
        let (low, high) = (within(middle - width, all - stuck).min(expected), within(middle + width, all).max(expected));
        told.days_ahead.push(DayAhead { day: name(day), expected: whole(expected), low: whole(low.floor()), high: whole(high.ceil()) });
    }
    let (outlook, pace) = (&mut told.outlook, level * sum / real(days_left.max(1)));
    outlook.pace_milli = Some(whole(pace * 1_000.0));
    if let Some(last) = told.days_ahead.last() {
        outlook.expected_reached = Some(last.expected);
        outlook.low_reached = Some(last.low);
        outlook.high_reached = Some(last.high);
        outlook.expected_missing = Some(known.households - last.expected);
    }
    let can_tell = pace > 0.0 && known.cadres > 0;
    outlook.cadre_days_needed = can_tell.then(|| whole((real(missing) * real(known.cadres) / pace).ceil()));
}

/// Above which one of ten lies: Student's distribution, by Cornish and Fisher's expansion from the normal one.
fn ninth_decile(freedom: f64) -> f64 {
    const Z: f64 = 1.281_551_565_5;
    let (cube, fifth) = (Z.powi(3), Z.powi(5));
    Z + (cube + Z) / (4.0 * freedom) + 3.0_f64.mul_add(Z, 5.0_f64.mul_add(fifth, 16.0 * cube)) / (96.0 * freedom * freedom)
}

fn name(day: i64) -> String {
    Moment::from_china_day(day).china_day()
}

fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

#[expect(clippy::as_conversions, reason = "counts of households are far below 2^53")]
pub(super) const fn real(count: i64) -> f64 {
    count as f64
}

#[expect(clippy::as_conversions, reason = "a count again, which saturates")]
pub(super) fn whole(value: f64) -> i64 {
    value.round() as i64
}
