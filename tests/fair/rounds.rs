//! Who walks where on which day, and when it comes to the server: planned whole before the first push, from one seed.

use std::collections::VecDeque;

use nuanfang::kit::clock::{DAY_MS, HOUR_MS, MINUTE_MS, Moment, SECOND_MS};
use nuanfang::kit::geo::Point;
use serde_json::Value;

use super::crew::{Cadre, Crew, IN_A_TEAM, Line};
use super::dice::Dice;
use super::story::picked;
use super::story::{self, CASH_FEN, Means, RICE_MILLI, Span, Turn};
use super::town::{Home, MIDDLE, around, moved, quarter};

/// Days a team walks.
const DAYS: i64 = 17;
/// A day that begins the campaign begins at this hour of the server's day, as an offset to its first moment.
const MORNING_MS: i64 = 30 * MINUTE_MS;

/// Something that happens at the server.
pub enum Deed {
    /// A phone sends some of its items.
    Push { cadre: usize, items: Vec<Value> },
    /// Evidence arrives.
    Arrive { cadre: usize, sha256: Vec<String> },
    /// The centre corrects where a household lives.
    Home { id: String, home: Value },
    /// A household is given to another team.
    Assign { id: String, from: usize, to: usize },
}

/// A season.
#[derive(Clone, Copy)]
pub struct Days {
    pub opens: Moment,
    pub deadline: Moment,
    /// When all of it is looked at.
    pub end: Moment,
}

/// What will happen, in order.
pub struct Plan {
    pub deeds: Vec<(Moment, Deed)>,
    pub visits: usize,
    /// What each team hands over: of both funds, and rice.
    pub handed: Vec<[i64; 3]>,
}

struct Job {
    home: usize,
    turn: Option<Turn>,
    not_before: i64,
}

/// Plans the season. `mint` gives a time token as the server signs it.
pub fn plan(dice: &mut Dice, crew: &mut Crew, homes: &mut [Home], means: &Means, days: Days, mint: &dyn Fn(Moment) -> String) -> Plan {
    let teams = crew.teams.len();
    let mut plan = Plan { deeds: Vec::new(), visits: 0, handed: vec![[0; 3]; teams] };
    let mut jobs: Vec<VecDeque<Job>> = (0..crew.cadres.len()).map(|_| VecDeque::new()).collect();
    for (n, home) in homes.iter().enumerate() {
        let mut cadre = home.team * IN_A_TEAM + home.courtyard % IN_A_TEAM;
        let mut not_before = 0;
        if teams > 1 && dice.percent(3.0) {
            let (day, to) = (dice.between(1, 8), (home.team + 1 + dice.below(teams - 1)) % teams);
            let at = days.opens.plus_ms(day * DAY_MS + 11 * HOUR_MS + dice.between(0, HOUR_MS));
            plan.deeds.push((at, Deed::Assign { id: home.id.clone(), from: home.team, to }));
            not_before = day + 1;
            if !dice.percent(10.0) {
                cadre = to * IN_A_TEAM + dice.below(IN_A_TEAM);
            }
        }
        jobs[cadre].push_back(Job { home: n, turn: None, not_before });
    }
    for (n, cadre) in crew.cadres.iter_mut().enumerate() {
        let mut walk = Walk { dice: dice.of(), n, cadre, means, days, mint, unsent: Vec::new(), held: false, serial: 0, plan: &mut plan };
        walk.season(std::mem::take(&mut jobs[n]), homes);
    }
    plan.deeds.sort_by_key(|(at, _)| *at);
    plan
}

struct Walk<'a> {
    dice: Dice,
    n: usize,
    cadre: &'a mut Cadre,
    means: &'a Means,
    days: Days,
    mint: &'a dyn Fn(Moment) -> String,
    unsent: Vec<Value>,
    /// Whether a parcel was lost on the way last time.
    held: bool,
    serial: usize,
    plan: &'a mut Plan,
}

impl Walk<'_> {
    fn season(&mut self, mut jobs: VecDeque<Job>, homes: &mut [Home]) {
        self.keep_token(self.days.opens.plus_ms(-DAY_MS));
        let a_day = jobs.len() / 14 + 2;
        let last = if self.cadre.without_tokens { DAYS - 1 } else { DAYS };
        for day in 0..last {
            let today = if day == last - 1 { jobs.len() } else { a_day };
            self.day(day, today, &mut jobs, homes);
            let evening = self.days.opens.plus_ms(day * DAY_MS + 10 * HOUR_MS + 30 * MINUTE_MS + self.dice.between(0, 3 * HOUR_MS));
            let syncs = match self.cadre.line {
                Line::Daily => self.held || day >= last - 2 || self.dice.percent(90.0),
                Line::Seldom => day % 3 == 2,
                Line::Hardly => false,
            };
            if syncs {
                self.sync(evening, day < last - 2 && self.cadre.line == Line::Daily);
            }
        }
        let after = match self.cadre.line {
            Line::Hardly => self.dice.between(DAY_MS, 9 * DAY_MS + 12 * HOUR_MS),
            _ => self.dice.between(HOUR_MS, DAY_MS),
        };
        self.sync(self.days.deadline.plus_ms(after), false);
    }

    fn keep_token(&mut self, at: Moment) {
        if !self.cadre.without_tokens {
            self.cadre.phone.token = Some((self.mint)(at));
        }
    }

    fn day(&mut self, day: i64, today: usize, jobs: &mut VecDeque<Job>, homes: &mut [Home]) {
        let begin = self.days.opens.plus_ms(day * DAY_MS + MORNING_MS);
        let (mut at, mut here) = (begin.plus_ms(self.dice.between(0, HOUR_MS)), quarter(self.cadre.team));
        let home_time = begin.plus_ms(8 * HOUR_MS + 30 * MINUTE_MS);
        let mut cached: Option<(usize, Value)> = None;
        let (mut done, mut put_off) = (0, VecDeque::new());
        while done < today && at < home_time {
            let Some(job) = jobs.pop_front() else { break };
            if job.not_before > day {
                put_off.push_back(job);
                continue;
            }
            done += 1;
            let turn = job.turn.unwrap_or_else(|| self.turn(day));
            let place = self.place(turn, &homes[job.home]);
            at = at.plus_ms(self.way_ms(here.distance_m(place), turn));
            let span = Span { from: at, to: at.plus_ms(self.lasts_ms(turn)) };
            let mut said = story::visit(&mut self.dice, &self.cadre.phone, self.means, &homes[job.home], turn, place, span);
            self.same_fix(&mut said, homes[job.home].courtyard, turn, &mut cached);
            self.seal(&said, span);
            self.follow_up(day, &job, turn, jobs, homes);
            (at, here) = (span.to, if turn == Turn::Called { here } else { place });
        }
        put_off.append(jobs);
        *jobs = put_off;
        if day < 16 && self.dice.percent(6.0) {
            self.group(at, here);
        }
    }

    /// Once in a while a phone in a courtyard gives the fix of the network over and over.
    fn same_fix(&mut self, said: &mut Value, courtyard: usize, turn: Turn, cached: &mut Option<(usize, Value)>) {
        if turn != Turn::Delivered {
            return;
        }
        match cached {
            Some((of, fix)) if *of == courtyard => {
                for name in ["latitude", "longitude", "accuracy_m"] {
                    said["position"][name] = fix[name].clone();
                }
            }
            _ => *cached = self.dice.percent(0.25).then(|| (courtyard, said["position"].clone())),
        }
    }

    fn turn(&mut self, day: i64) -> Turn {
        let again = day < 12;
        match self.dice.between(1, 200) {
            1..=10 if again => Turn::Absent,
            11..=12 if again => Turn::Moved,
            13..=15 if again => Turn::Called,
            16..=17 => Turn::Refused,
            18..=22 => Turn::Ward,
            23..=27 => Turn::Workplace,
            _ => Turn::Delivered,
        }
    }

    fn place(&mut self, turn: Turn, home: &Home) -> Point {
        match turn {
            Turn::Ward => around(&mut self.dice, moved(MIDDLE, 1_500.0, -800.0), 120.0),
            Turn::Workplace => around(&mut self.dice, moved(quarter(self.cadre.team), 900.0, 900.0), 150.0),
            _ => home.place,
        }
    }

    /// On foot to the next door, by car across town at sixty.
    fn way_ms(&mut self, metres: f64, turn: Turn) -> i64 {
        let knock = self.dice.between(60, 240);
        let seconds = match metres {
            _ if turn == Turn::Called => knock,
            near if near < 60.0 => knock,
            near if near < 1_500.0 => (near / 1.25) as i64 + self.dice.between(120, 600),
            far => (far / (60.0 / 3.6)) as i64 + 60,
        };
        seconds * SECOND_MS
    }

    fn lasts_ms(&mut self, turn: Turn) -> i64 {
        let (low, high) = match turn {
            Turn::Absent | Turn::Moved => (60, 180),
            Turn::Refused | Turn::Called => (150, 480),
            _ => (200, 1_300),
        };
        self.dice.between(low, high) * SECOND_MS
    }

    fn follow_up(&mut self, day: i64, job: &Job, turn: Turn, jobs: &mut VecDeque<Job>, homes: &mut [Home]) {
        if turn == Turn::Moved {
            let to = quarter(self.dice.below(self.plan.handed.len()));
            let home = &mut homes[job.home];
            home.place = around(&mut self.dice, to, 700.0);
            let at = self.days.opens.plus_ms((day + 1) * DAY_MS + self.dice.between(0, HOUR_MS));
            self.plan.deeds.push((at, Deed::Home { id: home.id.clone(), home: picked(&mut self.dice, home.place) }));
        }
        match turn {
            Turn::Delivered | Turn::Ward | Turn::Workplace => {
                let handed = &mut self.plan.handed[self.cadre.team];
                *handed = [handed[0], handed[1], handed[2] + RICE_MILLI];
            }
            Turn::Absent | Turn::Moved | Turn::Called => {
                let not_before = day + self.dice.between(2, 4);
                jobs.push_back(Job { home: job.home, turn: Some(Turn::Delivered), not_before });
            }
            Turn::Refused => {}
        }
    }

    fn group(&mut self, at: Moment, here: Point) {
        let place = moved(quarter(self.cadre.team), -900.0, 600.0);
        let from = at.plus_ms(self.way_ms(here.distance_m(place), Turn::Delivered));
        let span = Span { from, to: from.plus_ms(self.dice.between(20, 50) * MINUTE_MS) };
        self.serial += 1;
        let (said, _) = story::group(&mut self.dice, &self.cadre.phone, self.means, self.n * 20 + self.serial, place, span);
        self.seal(&said, span);
    }

    fn seal(&mut self, said: &Value, span: Span) {
        for aid in said["aid"].as_array().into_iter().flatten().filter(|aid| aid["kind"] == "cash") {
            let fund = usize::from(aid["fund_id"] == self.means.funds[1].as_str());
            self.plan.handed[self.cadre.team][fund] += aid["amount_fen"].as_i64().unwrap_or(CASH_FEN);
        }
        let made_at = span.to.plus_ms(self.dice.between(5, 60) * SECOND_MS);
        let item = self.cadre.phone.seal(&mut self.dice, said, made_at);
        self.unsent.push(item);
        self.plan.visits += 1;
    }

    /// Sends what there is in parcels, not always in order; now and then one is lost and goes the next evening.
    fn sync(&mut self, at: Moment, may_lose: bool) {
        let size = [3, 20, 50, 200][self.dice.below(4)];
        let mut parcels: Vec<Vec<Value>> = std::mem::take(&mut self.unsent).chunks(size).map(<[Value]>::to_vec).collect();
        self.held = may_lose && parcels.len() > 1 && self.dice.percent(10.0);
        if self.held {
            self.unsent = parcels.remove(0);
        }
        if self.dice.percent(20.0) {
            self.dice.shuffle(&mut parcels);
        }
        let mut at = at;
        for items in parcels {
            at = at.plus_ms(self.dice.between(1, 30) * SECOND_MS);
            self.pictures(at, &items);
            self.plan.deeds.push((at, Deed::Push { cadre: self.n, items }));
        }
        self.keep_token(at);
    }

    /// Pictures travel apart: some before the visit, most after, a few are still on their way in the end.
    fn pictures(&mut self, at: Moment, items: &[Value]) {
        let evidence = items.iter().flat_map(|item| item["body"]["evidence"].as_array().into_iter().flatten());
        let names: Vec<String> = evidence.map(|evidence| evidence["sha256"].as_str().expect("a name").to_owned()).collect();
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for name in names {
            let still_coming = at > self.days.end.plus_ms(-70 * HOUR_MS) && self.dice.percent(20.0);
            if self.dice.percent(70.0) {
                before.push(name);
            } else if !still_coming {
                after.push(name);
            }
        }
        let later = at.plus_ms(self.dice.between(MINUTE_MS, 60 * HOUR_MS));
        self.plan.deeds.push((at.plus_ms(-SECOND_MS), Deed::Arrive { cadre: self.n, sha256: before }));
        if later < self.days.end {
            self.plan.deeds.push((later, Deed::Arrive { cadre: self.n, sha256: after }));
        }
    }
}
