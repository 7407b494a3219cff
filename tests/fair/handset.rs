//! A phone in a cadre's pocket: its clock is off, its chain is its own, and it gives places in a datum it declares.

use diesel::RunQueryDsl;
use diesel::prelude::*;
use nuanfang::accounts::{PersonId, SessionId};
use nuanfang::each;
use nuanfang::kit::clock::{DAY_MS, Moment};
use nuanfang::kit::db::schema::sessions;
use nuanfang::kit::digest::sha256_hex;
use nuanfang::kit::geo::Datum;
use serde_json::{Value, json};

use super::dice::Dice;
use crate::kit::TestApp;
use crate::kit::people::{Person, Reply};

/// Somebody whose session never runs out: days pass here in seconds.
#[derive(Clone)]
pub struct Hand {
    pub person: PersonId,
    session: SessionId,
    http: reqwest::Client,
}

/// A phone.
pub struct Handset {
    pub device: String,
    pub sequence: i64,
    previous: String,
    /// Its clock less the true one, on the day it was set.
    pub error_ms: i64,
    /// What it gains in a day.
    pub drift_ms: i64,
    set_at: Moment,
    pub datum: Datum,
    /// The newest signed server time it has seen.
    pub token: Option<String>,
}

impl TestApp {
    /// Sessions without an end for these people.
    pub async fn hands(&self, people: &[PersonId]) -> Vec<Hand> {
        let http = reqwest::Client::new();
        let hand = |person: &PersonId| Hand { person: *person, session: SessionId::fresh(self.now(), self.parts.db.chance()), http: http.clone() };
        let hands: Vec<Hand> = people.iter().map(hand).collect();
        let rows: Vec<_> = hands
            .iter()
            .map(|hand| {
                (
                    sessions::id.eq(hand.session),
                    sessions::person_id.eq(hand.person),
                    sessions::generation.eq(1_i64),
                    sessions::made_at.eq(0_i64),
                    sessions::used_at.eq(0_i64),
                    sessions::expires_at.eq(i64::MAX),
                )
            })
            .collect();
        let work = self.parts.db.upkeep(move |tx| {
            each!(&mut *tx.conn, |c| diesel::insert_into(sessions::table).values(&rows).execute(c))?;
            Ok(())
        });
        work.await.expect("sessions");
        hands
    }

    /// The same for somebody of the city.
    pub async fn hand(&self, person: &Person) -> Hand {
        let id = serde_json::from_value(person.me["id"].clone()).expect("an id");
        self.hands(&[id]).await.remove(0)
    }

    /// That person at the door, now.
    pub fn at_the_door(&self, hand: &Hand) -> Person {
        let token = self.parts.keys.access_token(hand.person, hand.session, self.now()).expect("a token");
        Person { http: hand.http.clone(), address: self.address.clone(), token: Some(token), me: json!({"id": hand.person}) }
    }

    /// What a pull at that moment hands out.
    pub fn time_token(&self, at: Moment) -> String {
        self.parts.keys.sign("time+jwt", &json!({"at": at})).expect("a token")
    }
}

impl Handset {
    pub fn new(dice: &mut Dice, now: Moment) -> Self {
        Self { device: dice.id(now), sequence: 0, previous: String::new(), error_ms: 0, drift_ms: 0, set_at: now, datum: Datum::Wgs84, token: None }
    }

    /// What it shows at that moment.
    pub fn shows(&self, at: Moment) -> Moment {
        at.plus_ms(-self.offset_ms(at))
    }

    /// The server's clock less its own.
    pub fn offset_ms(&self, at: Moment) -> i64 {
        -(self.error_ms + self.drift_ms * at.since(self.set_at) / DAY_MS)
    }

    /// Seals a visit into the next item of the chain, at that true moment.
    pub fn seal(&mut self, dice: &mut Dice, body: &Value, at: Moment) -> Value {
        self.seal_as(dice, "visit", body, at)
    }

    /// Seals a body of any kind.
    pub fn seal_as(&mut self, dice: &mut Dice, kind: &str, body: &Value, at: Moment) -> Value {
        self.sequence += 1;
        let (id, made_at) = (dice.id(at), self.shows(at));
        let text = body.to_string();
        let item = json!({
            "id": id, "sequence": self.sequence, "previous": self.previous, "kind": kind, "made_at": made_at, "time_token": self.token, "body": body
        });
        let hash = sha256_hex(text.as_bytes());
        self.previous = sha256_hex(format!("{id}\n{}\n{}\n{kind}\n{made_at}\n{hash}", self.sequence, self.previous).as_bytes());
        item
    }

    /// Forgets what it sealed last, as a copy of an earlier state does.
    pub fn copy_of(&self) -> Self {
        Self { device: self.device.clone(), previous: self.previous.clone(), token: self.token.clone(), ..*self }
    }

    /// Sends items; all of them must be stored.
    pub async fn push(&self, app: &TestApp, hand: &Hand, items: &[Value]) {
        let answer = self.send(app, hand, items).await.ok();
        for result in answer["results"].as_array().expect("results") {
            assert!(["stored", "duplicate"].contains(&result["status"].as_str().expect("a status")), "{result}");
        }
    }

    /// Sends items, whatever becomes of them.
    pub async fn send(&self, app: &TestApp, hand: &Hand, items: &[Value]) -> Reply {
        let parcel = json!({"device": {"id": self.device, "app_version": "0.1.0", "clock_offset_ms": self.offset_ms(app.now())}, "items": items});
        app.at_the_door(hand).post("/field/push", &parcel).await
    }
}
