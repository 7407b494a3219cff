//! The bench's season: four teams with sixteen cadres each, homes spread over a town, every cadre on a round of their own.

use std::cell::RefCell;

use diesel::prelude::*;
use nuanfang::accounts::{self, Name, NewMember, NewPerson, NewTeam, Password, PersonId, Role, ShortCode, TeamId, Username};
use nuanfang::kit::clock::{DAY_MS, MINUTE_MS, Moment};
use nuanfang::kit::db::schema::households;
use nuanfang::kit::http::language::Language;
use nuanfang::kit::log::Author;
use serde_json::{Value, json};

use crate::kit::TestApp;
use crate::kit::city::{City, PASSWORD};
use crate::kit::underway::{CASH_FEN, Underway};

/// Cadres, each with households of their own.
pub const CADRES: usize = 64;
/// Teams they stand in.
const TEAMS: usize = 4;
/// Visits of a cadre on one day, one every ten minutes.
const A_DAY: i64 = 55;
/// Days that the season has lasted.
const DAYS: i64 = 18;

/// A campaign under way, and who is on which round.
pub struct Season {
    /// The campaign.
    pub underway: Underway,
    /// How many visits each cadre has made.
    made: RefCell<[usize; CADRES]>,
    began_at: Moment,
}

/// A cadre's username.
pub fn username(cadre: usize) -> String {
    format!("cadre{cadre}")
}

/// Household `n` is on the round of cadre `n % CADRES`, who is of this team.
const fn team_of(cadre: usize) -> usize {
    cadre % TEAMS
}

impl Season {
    /// So many households in all.
    pub async fn of(app: &TestApp, city: &City, count: usize) -> Self {
        let mut underway = city.underway(app, count).await;
        let teams = register(app, city).await;
        move_in(app, city, &teams, &underway).await;
        provide(app, city, &teams, &underway, count).await;
        app.catch_up().await;
        for (n, household) in underway.households.iter_mut().enumerate() {
            let (latitude, longitude) = home(n);
            household["home"] = json!({"latitude": latitude, "longitude": longitude, "datum": "wgs84"});
        }
        Self { underway, made: RefCell::new([0; CADRES]), began_at: app.now().plus_ms(-(DAYS + 1) * DAY_MS) }
    }

    /// The next household on a cadre's round, and when they come to it.
    pub fn next(&self, cadre: usize) -> (usize, Moment) {
        let mut made = self.made.borrow_mut();
        let turn = made[cadre];
        made[cadre] += 1;
        let own = self.underway.households.len() / CADRES;
        let turn_i = i64::try_from(turn).expect("few");
        let at = self.began_at.plus_ms((turn_i / A_DAY) % DAYS * DAY_MS + turn_i % A_DAY * 10 * MINUTE_MS);
        (turn % own * CADRES + cadre, at)
    }
}

/// The teams with their cadres.
async fn register(app: &TestApp, city: &City) -> Vec<TeamId> {
    let (now, chance) = (app.now(), app.parts.db.chance().clone());
    let teams: Vec<TeamId> = (0..TEAMS).map(|_| TeamId::fresh(now, &chance)).collect();
    let people: Vec<PersonId> = (0..CADRES).map(|_| PersonId::fresh(now, &chance)).collect();
    let password = app.parts.passwords.hash(Password::parse(PASSWORD, "").expect("a good password")).await.expect("a hash");
    let (org_id, made) = (city.org("east1"), teams.clone());
    let done = app.parts.db.write(Author::system(), move |tx| {
        for (n, id) in people.iter().enumerate() {
            let new = NewPerson {
                id: *id,
                org_id,
                username: Username::parse(&username(n)).expect("a username"),
                name: Name::parse("干部").expect("a name"),
                roles: vec![Role::Cadre],
                language: Language::Chinese,
                password: password.clone(),
            };
            accounts::register_person(tx, &new).expect("a person");
        }
        for (n, id) in made.iter().enumerate() {
            let own = people.iter().enumerate().filter(|(cadre, _)| team_of(*cadre) == n);
            let members: Vec<NewMember> = own.map(|(_, person)| NewMember { person_id: *person, is_lead: false }).collect();
            let code = ShortCode::parse(&format!("B{n}")).expect("a code");
            let new = NewTeam { id: *id, org_id, code, name: Name::parse(&format!("走访{n}组")).expect("a name"), members };
            accounts::register_team(tx, &new).expect("a team");
        }
        Ok(())
    });
    done.await.expect("teams");
    teams
}

/// Each round's homes stand within three hundred metres, the rounds a kilometre apart; each team has its own households.
async fn move_in(app: &TestApp, city: &City, teams: &[TeamId], underway: &Underway) {
    let ids: Vec<String> = underway.households.iter().map(|household| household["id"].as_str().expect("an id").to_owned()).collect();
    for (n, team) in teams.iter().enumerate() {
        let own: Vec<&String> = ids.iter().enumerate().filter(|(at, _)| team_of(at % CADRES) == n).map(|(_, id)| id).collect();
        for some in own.chunks(200) {
            city.centre().post("/households/assignments", &json!({"household_ids": some, "team_id": team})).await.ok();
        }
    }
    let done = app.parts.db.upkeep(move |tx| {
        for (n, id) in ids.iter().enumerate() {
            let (latitude, longitude) = home(n);
            diesel::update(households::table.find(id))
                .set((households::home_latitude.eq(latitude), households::home_longitude.eq(longitude), households::home_datum.eq("wgs84")))
                .execute(tx.conn)?;
        }
        Ok(())
    });
    done.await.expect("homes");
}

/// Where household `n` lives.
fn home(n: usize) -> (f64, f64) {
    let part = |n: usize| f64::from(u32::try_from(n).expect("few"));
    let (round, turn) = (n % CADRES, n / CADRES);
    (30.6 + part(round / 8) * 0.009 + part(turn / 24) * 0.000_12, 104.0 + part(round % 8) * 0.01 + part(turn % 24) * 0.000_13)
}

/// Hands the teams what their households are to receive.
async fn provide(app: &TestApp, city: &City, teams: &[TeamId], underway: &Underway, count: usize) {
    let count = i64::try_from(count).expect("few");
    let lines = |times: i64| {
        json!([
            {"kind": "cash", "fund_id": underway.fund, "amount_fen": times * count * CASH_FEN},
            {"kind": "goods", "item_id": underway.rice, "quantity_milli": times * count * 1_000}
        ])
    };
    let entry = |kind: &str, lines: Value| json!({"id": app.id(), "kind": kind, "campaign_id": underway.campaign, "lines": lines, "happened_at": app.now().plus_ms(-10 * DAY_MS).to_string(), "words": "按计划"});
    let mut receipt = entry("receipt", lines(8));
    receipt["fund_id"] = json!(underway.fund);
    city.centre().post("/ledger/entries", &receipt).await.ok();
    for team in teams {
        let mut issue = entry("issue", lines(2));
        issue["team_id"] = json!(team);
        city.centre().post("/ledger/entries", &issue).await.ok();
    }
}
