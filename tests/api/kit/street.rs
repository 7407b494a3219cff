//! A street in an open campaign: approved households with entitlements, teams with means, and visits recorded at its doors.

use diesel::prelude::*;
use nuanfang::accounts::{DeviceId, TeamId};
use nuanfang::each;
use nuanfang::findings::{self, Key};
use nuanfang::households::HouseholdId;
use nuanfang::kit::clock::Moment;
use nuanfang::kit::db::schema::households;
use nuanfang::kit::digest::sha256_hex;
use nuanfang::needs;
use nuanfang::visits::{self, Incoming, VisitId};
use serde_json::{Value, json};

use super::TestApp;
use super::city::City;
use super::people::Person;
use super::phone::Told;
use super::season::Season;

/// Every household's home.
pub const HOME: (f64, f64) = (30.66, 104.08);
/// What every household is promised.
pub const PROMISED_FEN: i64 = 50_000;

/// A street and everybody around it.
pub struct Street {
    /// Its people.
    pub city: City,
    /// Its campaign, open.
    pub season: Season,
    /// Its households, all of team E1.
    pub households: Vec<HouseholdId>,
}

/// Ten times cash and rice for one household in each team's hands.
const ISSUED: (i64, i64) = (10 * PROMISED_FEN, 10 * 2_000);

impl TestApp {
    /// Builds a street of so many households; everybody is promised 500 yuan for living and two bags of rice.
    pub async fn street(&self, homes: usize) -> Street {
        let city = self.city().await;
        let season = self.season(&city).await;
        let rice = [json!({"item_id": season.rice, "quantity_milli": 2_000})];
        let standards = json!([Season::standard("sudden", PROMISED_FEN, &rice)]);
        city.centre().put(&format!("/campaigns/{}/standards", season.campaign), &standards).await.ok();
        let households = self.approved_files(&city, "E1", homes).await;
        city.centre().post(&format!("/campaigns/{}/open", season.campaign), &json!({})).await.ok();
        let lines = |times: i64| [season.cash(times * ISSUED.0), season.rice(times * ISSUED.1)];
        city.centre().post("/ledger/entries", &season.entry(self, "receipt", &lines(10), &json!({}))).await.ok();
        for team in ["E1", "E2", "E3"] {
            let issue = season.entry(self, "issue", &lines(1), &json!({"team_id": city.team(team)}));
            city.centre().post("/ledger/entries", &issue).await.ok();
        }
        self.catch_up().await;
        Street { city, season, households }
    }

    /// Puts approved files of a team into the database, each with a home and an identity number of its own.
    pub async fn approved_files(&self, city: &City, team: &str, count: usize) -> Vec<HouseholdId> {
        let first = if team == "E3" { 500_000 } else { 0 };
        let (org, team) = (city.org(if team == "E3" { "east2" } else { "east1" }), city.team(team));
        let mut ids: Vec<HouseholdId> = (0..count).map(|_| HouseholdId::fresh(self.now(), self.parts.db.chance())).collect();
        ids.sort();
        let made = ids.clone();
        let work = self.parts.db.upkeep(move |tx| {
            let row = |(n, id): (usize, &HouseholdId)| {
                (
                    (households::id.eq(*id), households::org_id.eq(org), households::team_id.eq(Some(team))),
                    (households::head_name.eq(format!("户主{n}")), households::head_id_number.eq(id_number(first + n))),
                    (households::address.eq(format!("东关街{n}号")), households::remarks.eq("")),
                    (households::category.eq("sudden"), households::status.eq("approved"), households::approved_at.eq(Some(0_i64))),
                    (households::home_latitude.eq(Some(HOME.0)), households::home_longitude.eq(Some(HOME.1)), households::home_datum.eq(Some("wgs84"))),
                    (households::migrant.eq(false), households::laid_off.eq(false), households::retired.eq(false)),
                    (households::version.eq(1_i64), households::made_at.eq(0_i64)),
                )
            };
            let rows: Vec<_> = made.iter().enumerate().map(row).collect();
            for rows in rows.chunks(1_000) {
                each!(&mut *tx.conn, |c| diesel::insert_into(households::table).values(rows).execute(c))?;
            }
            Ok(())
        });
        work.await.expect("files");
        ids
    }

    /// Records visits at the door and reconciles their households, all in one write, as a push does.
    pub async fn record(&self, cadre: &Person, told: &[Told]) -> Vec<VisitId> {
        let actor = self.actor(cadre).await;
        let device = DeviceId::fresh(self.now(), self.parts.db.chance());
        let incoming = |told: &Told| Incoming {
            id: VisitId::fresh(self.now(), self.parts.db.chance()),
            said: serde_json::from_value(told.0.clone()).expect("a visit"),
            body: told.0.to_string(),
            device,
            clock_offset_ms: 0,
        };
        let incoming: Vec<Incoming> = told.iter().map(incoming).collect();
        let ids = incoming.iter().map(|visit| visit.id).collect();
        let work = self.parts.db.write(actor.author(), move |tx| {
            let by_cadre: Vec<_> = incoming.iter().map(|visit| (&actor, visit)).collect();
            let recorded: Result<Vec<_>, _> = visits::record(tx, &by_cadre)?.into_iter().collect();
            let recorded = recorded?;
            let in_correction: Vec<VisitId> = recorded.iter().filter(|visit| visit.in_correction).map(|visit| visit.id).collect();
            needs::carry_over(tx, &in_correction)?;
            let keys: Vec<Key> = recorded.into_iter().map(|visit| Key::of(visit.campaign, visit.household, visit.id)).collect();
            findings::reconcile_keys(tx, &keys)
        });
        work.await.expect("visits");
        ids
    }
}

/// A valid identity number for each serial number below a million.
pub fn id_number(serial: usize) -> String {
    let (day, month, year) = (serial / 1_000 % 28 + 1, serial / 28_000 % 12 + 1, 1950 + serial / 336_000);
    let digits = format!("110101{year}{month:02}{day:02}{:03}", serial % 1_000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).expect("a digit") * weight).sum();
    format!("{digits}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][usize::try_from(sum % 11).expect("small")])
}

impl Street {
    /// An honest visit to a household, with a photo and a signature of its own, five minutes long.
    pub fn honest(&self, n: usize, at: Moment, picture: &str) -> Told {
        // A few steps from the neighbour's door: no two honest fixes are the same.
        let latitude = HOME.0 + f64::from(u32::try_from(n % 50).expect("few")) * 0.000_03;
        let household =
            json!({"id": self.households[n], "head_name": format!("户主{n}"), "home": {"latitude": latitude, "longitude": HOME.1, "datum": "wgs84"}});
        let entitlement = json!({"cash_fen": PROMISED_FEN, "goods": [{"item_id": self.season.rice, "quantity_milli": 2_000}]});
        Told::honest(&self.season.campaign, &household, &entitlement, &self.season.fund, at)
            .with_evidence(&sha256_hex(picture.as_bytes()), "photo", 1_000, at)
            .with_evidence(&sha256_hex(format!("{picture} signature").as_bytes()), "signature", 1_000, at)
    }

    /// The row of a household in the desk's table.
    pub async fn row(&self, n: usize) -> Value {
        self.row_seen_by(self.city.auditor(), n).await
    }

    async fn row_seen_by(&self, person: &Person, n: usize) -> Value {
        let page = person.get(&format!("/households?campaign={}&limit=500", self.season.campaign)).await.ok();
        page["items"].as_array().expect("items").iter().find(|row| row["id"] == json!(self.households[n])).expect("the household").clone()
    }

    /// Where a household stands.
    pub async fn standing(&self, n: usize) -> String {
        self.row(n).await["standing"].as_str().unwrap_or("none").to_owned()
    }

    /// The codes found about a visit, in their order.
    pub async fn codes(&self, visit: VisitId) -> Vec<String> {
        self.codes_seen_by(self.city.auditor(), visit).await
    }

    /// The same in a day or more, when the session has run out: the codes, and where the household stands.
    pub async fn later(&self, app: &TestApp, visit: VisitId, n: usize) -> (Vec<String>, String) {
        let auditor = app.sign_in("auditor").await;
        let standing = self.row_seen_by(&auditor, n).await["standing"].as_str().unwrap_or("none").to_owned();
        (self.codes_seen_by(&auditor, visit).await, standing)
    }

    async fn codes_seen_by(&self, person: &Person, visit: VisitId) -> Vec<String> {
        let seen = person.get(&format!("/visits/{visit}")).await.ok();
        seen["findings"].as_array().expect("findings").iter().map(|f| f["code"].as_str().expect("a code").to_owned()).collect()
    }

    /// The teams' ids.
    pub fn team(&self, code: &str) -> TeamId {
        self.city.team(code)
    }
}
