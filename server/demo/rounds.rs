//! The rounds of five weeks: who went to whom, when, what came of it, and what was shown for it. Pure: the same seed, the same rounds.

use super::dice::Dice;
use super::folk::Family;
use super::oddity::{Oddity, PLANTED};
use super::paint::Scene;
use super::places::STATIONS;

/// Cadres in a team.
pub(super) const CADRES: usize = 3;
/// The first day with visits, counted back from today.
const FIRST_DAY: i64 = -33;
/// Households where somebody was, and met nobody: outcome and team.
const IN_VAIN: [(&str, usize); 11] = [
    ("absent", 0),
    ("absent", 2),
    ("absent", 3),
    ("absent", 5),
    ("absent", 7),
    ("moved", 1),
    ("moved", 6),
    ("refused", 4),
    ("deceased", 6),
    ("not_found", 7),
    // Parcel and envelope left with the porter.
    ("absent", 4),
];

/// A picture to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shot {
    /// What it shows.
    pub scene: Scene,
    /// Minutes after the visit began.
    pub minute: i64,
}

/// A visit to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Which of the families.
    pub family: usize,
    /// Which of the teams.
    pub team: usize,
    /// Which of the 24 cadres, from 0.
    pub cadre: usize,
    /// Counted back from today.
    pub day: i64,
    /// Minutes since midnight.
    pub begins: i64,
    /// Minutes it took.
    pub minutes: i64,
    /// What came of it.
    pub outcome: &'static str,
    /// What is odd about it.
    pub oddity: Option<Oddity>,
    /// Pictures.
    pub shots: Vec<Shot>,
    /// Metres off the home, in north and east.
    pub drift_m: (f64, f64),
    /// Radius in metres.
    pub accuracy_m: f64,
    /// The phone gives the shifted coordinates of Chinese maps.
    pub is_shifted: bool,
}

/// All calls, in the order they happened.
#[must_use]
pub fn calls(seed: u64, families: &[Family]) -> Vec<Call> {
    let mut calls = Vec::new();
    let mut diary = Diary::default();
    for (team, station) in STATIONS.iter().enumerate() {
        let mut dice = Dice::of(seed, &format!("rounds/{}", station.code));
        let mut order: Vec<usize> = families.iter().enumerate().filter(|(_, family)| family.team == team).map(|(n, _)| n).collect();
        dice.shuffle(&mut order);
        for n in 0..station.reached {
            let Some(family) = order.get(n).copied() else { break };
            let oddity = PLANTED.iter().find(|(_, of, at)| (*of, *at) == (team, n)).map(|(oddity, ..)| *oddity);
            let day = working_day(n, station.reached, oddity);
            calls.push(diary.call(family, team, day, "reached", oddity, &mut dice));
            // Every seventh was not in the first time.
            if n % 7 == 5 && oddity.is_none() && day > FIRST_DAY + 8 {
                calls.push(diary.call(family, team, off_sunday(day - 6), "absent", None, &mut dice));
            }
        }
        for (outcome, _) in IN_VAIN.iter().filter(|(_, of)| *of == team) {
            let taken = calls
                .iter()
                .filter(|call| call.team == team && call.outcome != "reached" && order.iter().take(station.reached).all(|n| *n != call.family))
                .count();
            if let Some(family) = order.get(station.reached + taken).copied() {
                let oddity = (*outcome == "absent" && team == 4).then_some(Oddity::LeftAtTheDoor);
                let day = off_sunday(dice.whole(-24, -3));
                calls.push(diary.call(family, team, day, outcome, oddity, &mut dice));
            }
        }
    }
    again(&mut calls, &mut diary, seed);
    calls.sort_by_key(|call| (call.day, call.begins, call.cadre));
    calls
}

/// Visits that follow from another: the second team at one door, the one that puts a figure right.
fn again(calls: &mut Vec<Call>, diary: &mut Diary, seed: u64) {
    let mut dice = Dice::of(seed, "again");
    for (oddity, by) in [(Oddity::SecondHandover, Some(1)), (Oddity::Amended, None)] {
        let Some(first) = calls.iter_mut().find(|call| call.oddity == Some(oddity)) else { continue };
        if by.is_some() {
            // The first team did nothing wrong.
            first.oddity = None;
        }
        let (family, team, day) = (first.family, by.unwrap_or(first.team), off_sunday((first.day + 4).min(-2)));
        let cadre = first.cadre;
        let mut second = diary.call(family, team, day, "reached", Some(oddity), &mut dice);
        if by.is_none() {
            second.cadre = cadre;
        }
        calls.push(second);
    }
}

/// The day of the nth of so many visits: slowly at first, faster towards the deadline; never today, so that the city does not depend on
/// the hour it was made.
fn working_day(n: usize, of: usize, oddity: Option<Oddity>) -> i64 {
    let share = |n: usize| f64::from(u32::try_from(n).unwrap_or_default());
    let along = ((share(n) + 0.5) / share(of)).powf(0.8) * 33.0;
    let day = (FIRST_DAY + along_days(along)).min(-1);
    match oddity {
        Some(Oddity::StillComing) => -1,
        // The wait for evidence has to be over.
        Some(Oddity::NeverArrived) => off_sunday(day.min(-8)),
        _ => off_sunday(day),
    }
}

fn along_days(along: f64) -> i64 {
    (0..33).take_while(|day| f64::from(*day) < along).map(i64::from).last().unwrap_or_default()
}

/// Days are counted back from today, whatever weekday that is: every seventh is free.
const fn off_sunday(day: i64) -> i64 {
    if day.rem_euclid(7) == 3 { day - 1 } else { day }
}

/// How often each cadre went out on each day, so that nobody is in two places.
#[derive(Default)]
struct Diary(std::collections::HashMap<(usize, i64), usize>, usize);

impl Diary {
    fn call(&mut self, family: usize, team: usize, day: i64, outcome: &'static str, oddity: Option<Oddity>, dice: &mut Dice) -> Call {
        self.1 += 1;
        let cadre = team * CADRES + self.1 % CADRES;
        let slot = self.0.entry((cadre, day)).or_default();
        let begins = SLOTS.get(*slot % SLOTS.len()).copied().unwrap_or(540) + dice.whole(0, 14);
        *slot += 1;
        let minutes = match oddity {
            Some(Oddity::Short) => 1,
            _ if outcome == "reached" => dice.whole(8, 24),
            _ => dice.whole(2, 5),
        };
        let (far, angle) = (distance(oddity, dice), dice.between(0.0, std::f64::consts::TAU));
        Call {
            family,
            team,
            cadre,
            day,
            begins,
            minutes,
            outcome,
            oddity,
            shots: shots(outcome, oddity, minutes, dice),
            drift_m: (far * angle.cos(), far * angle.sin()),
            accuracy_m: if oddity == Some(Oddity::PoorFix) { dice.between(160.0, 420.0) } else { dice.between(6.0, 38.0) },
            is_shifted: dice.chance(0.15),
        }
    }
}

/// When visits begin, in minutes since midnight.
const SLOTS: [i64; 10] = [545, 590, 635, 680, 845, 890, 935, 980, 1_025, 1_070];

fn distance(oddity: Option<Oddity>, dice: &mut Dice) -> f64 {
    match oddity {
        Some(Oddity::Far) => dice.between(480.0, 900.0),
        Some(Oddity::VeryFar) => dice.between(3_600.0, 5_200.0),
        _ => dice.between(2.0, 40.0),
    }
}

fn shots(outcome: &str, oddity: Option<Oddity>, minutes: i64, dice: &mut Dice) -> Vec<Shot> {
    let last = (minutes - 1).max(0);
    if oddity == Some(Oddity::NoPhoto) || matches!(outcome, "refused" | "deceased") {
        return Vec::new();
    }
    if outcome != "reached" {
        return vec![Shot { scene: dice.pick(&[Scene::Door, Scene::Street]), minute: 1 }];
    }
    let mut shots = vec![Shot { scene: Scene::Handover, minute: last }];
    if dice.chance(0.72) {
        let scene = dice.pick(&[Scene::Door, Scene::Door, Scene::Room, Scene::Room, Scene::Street]);
        shots.insert(0, Shot { scene, minute: if scene == Scene::Room { last / 2 } else { 0 } });
    }
    shots
}
