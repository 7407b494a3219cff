//! A town of courtyards: who lives where, and what the file says of it.

use std::f64::consts::TAU;

use diesel::prelude::*;
use nuanfang::each;
use nuanfang::kit::clock::{DAY_MS, Moment};
use nuanfang::kit::db::schema::{households, members, notices, objections};
use nuanfang::kit::geo::{Datum, Point};
use serde_json::{Value, json};

use super::dice::Dice;
use crate::kit::TestApp;
use crate::kit::city::City;
use crate::kit::street::id_number;

/// The middle of the town.
pub const MIDDLE: Point = Point { latitude: 30.66, longitude: 104.08 };

/// A home, and the file of who lives there.
pub struct Home {
    pub id: String,
    pub team: usize,
    pub head: String,
    pub member: Option<String>,
    /// Where it really is.
    pub place: Point,
    /// Where the file says it is.
    pub on_file: Option<(Point, Datum)>,
    /// Homes of one courtyard share it.
    pub courtyard: usize,
}

/// So many metres further.
pub fn moved(from: Point, north_m: f64, east_m: f64) -> Point {
    Point { latitude: from.latitude + north_m / 110_850.0, longitude: from.longitude + east_m / (111_320.0 * from.latitude.to_radians().cos()) }
}

/// Somewhere so far off.
pub fn around(dice: &mut Dice, from: Point, metres: f64) -> Point {
    let angle = dice.within(0.0, TAU);
    moved(from, metres * angle.cos(), metres * angle.sin())
}

/// A place as JSON, in a datum.
pub fn told(place: Point, datum: Datum) -> Value {
    let given = place.to_datum(datum);
    json!({"latitude": given.latitude, "longitude": given.longitude, "datum": datum})
}

/// Where a team's part of the town is.
pub fn quarter(team: usize) -> Point {
    let (row, column) = (team / 5, team % 5);
    moved(MIDDLE, (row as f64).mul_add(2_500.0, -5_000.0), (column as f64).mul_add(2_500.0, -5_000.0))
}

/// So many homes of a team, courtyard by courtyard.
pub fn homes(dice: &mut Dice, team: usize, first: usize, count: usize, now: Moment) -> Vec<Home> {
    let mut homes = Vec::with_capacity(count);
    let mut courtyard = first;
    while homes.len() < count {
        let size = if dice.percent(40.0) { dice.between(3, 6) as usize } else { 1 };
        let far = dice.within(0.0, 1_200.0);
        let place = around(dice, quarter(team), far);
        courtyard += 1;
        for _ in 0..size.min(count - homes.len()) {
            let serial = first + homes.len();
            let off = dice.within(0.0, 40.0);
            // Picked on a map: of GCJ-02 more often than not.
            let picked = around(dice, place, off);
            let datum = if dice.percent(60.0) { Datum::Gcj02 } else { Datum::Wgs84 };
            homes.push(Home {
                id: dice.id(now.plus_ms(-40 * DAY_MS)),
                team,
                head: format!("户主{serial}"),
                member: dice.percent(70.0).then(|| format!("家人{serial}")),
                place,
                on_file: (!dice.percent(5.0)).then_some((picked, datum)),
                courtyard,
            });
        }
    }
    homes
}

impl TestApp {
    /// Puts files into the database as they stand after notice and approval; a few had an objection that was not true.
    pub async fn settle(&self, city: &City, teams: &[String], homes: &[Home], now: Moment, first: usize) {
        let (org, centre) = (city.org("east1"), city.centre().id().to_owned());
        let (noticed, approved) = (now.plus_ms(-20 * DAY_MS).ms(), now.plus_ms(-10 * DAY_MS).ms());
        let rows: Vec<_> = homes
            .iter()
            .enumerate()
            .map(|(n, home)| {
                let place = home.on_file.map(|(place, datum)| (place.to_datum(datum), datum));
                (
                    (households::id.eq(home.id.clone()), households::org_id.eq(org), households::team_id.eq(Some(teams[home.team].clone()))),
                    (households::head_name.eq(home.head.clone()), households::head_id_number.eq(id_number(first + n))),
                    (households::address.eq("和平里"), households::remarks.eq("")),
                    (households::category.eq("sudden"), households::status.eq("approved"), households::approved_at.eq(Some(approved))),
                    (households::home_latitude.eq(place.map(|(p, _)| p.latitude)), households::home_longitude.eq(place.map(|(p, _)| p.longitude))),
                    (households::home_datum.eq(place.map(|(_, datum)| datum)), households::made_at.eq(noticed)),
                    (households::migrant.eq(false), households::laid_off.eq(false), households::retired.eq(false), households::version.eq(1_i64)),
                )
            })
            .collect();
        let people: Vec<_> = homes
            .iter()
            .filter_map(|home| {
                home.member.clone().map(|name| {
                    (members::id.eq(home.id.clone()), members::household_id.eq(home.id.clone()), members::name.eq(name), members::relation.eq("spouse"))
                })
            })
            .collect();
        let made_public: Vec<_> = homes
            .iter()
            .map(|home| (notices::household_id.eq(home.id.clone()), notices::published_at.eq(noticed), notices::published_by.eq(centre.clone())))
            .collect();
        let said: Vec<_> = homes
            .iter()
            .step_by(50)
            .map(|home| {
                (
                    (objections::id.eq(home.id.clone()), objections::household_id.eq(home.id.clone()), objections::words.eq("他家有车")),
                    (objections::raised_at.eq(noticed + DAY_MS), objections::raised_by.eq(centre.clone())),
                    (objections::answered_at.eq(Some(noticed + 3 * DAY_MS)), objections::answered_by.eq(Some(centre.clone()))),
                    (objections::upheld.eq(Some(false)), objections::answer.eq(Some("车已报废"))),
                )
            })
            .collect();
        let work = self.parts.db.upkeep(move |tx| {
            for rows in rows.chunks(1_000) {
                each!(&mut *tx.conn, |c| diesel::insert_into(households::table).values(rows).execute(c))?;
            }
            for rows in people.chunks(1_000) {
                each!(&mut *tx.conn, |c| diesel::insert_into(members::table).values(rows).execute(c))?;
            }
            for rows in made_public.chunks(1_000) {
                each!(&mut *tx.conn, |c| diesel::insert_into(notices::table).values(rows).execute(c))?;
            }
            for rows in said.chunks(1_000) {
                each!(&mut *tx.conn, |c| diesel::insert_into(objections::table).values(rows).execute(c))?;
            }
            Ok(())
        });
        work.await.expect("files");
    }
}
