//! Whoever cheats is found: each cheat raises its own code, on the visits that are guilty of it and on no other.

mod chains;
mod custody;
mod files;
mod means;
mod people;
mod pictures;
mod places;
mod times;

use std::collections::{BTreeMap, BTreeSet};

use nuanfang::kit::clock::{DAY_MS, MINUTE_MS, Moment};
use serde_json::{Value, json};

use crate::dice::Dice;
use crate::handset::{Hand, Handset};
use crate::kit::people::{Person, Reply};
use crate::kit::street::Street;
use crate::kit::{BEGINNING, On, TestApp};

/// One cheat a line: the code it must raise, its weight, its name, and what the cheat does; the value is who is guilty.
#[macro_export]
macro_rules! cheats {
    ($($code:literal $severity:literal $name:ident($c:ident) $body:block)+) => {
        $(
            #[actix_web::test]
            async fn $name() {
                let mut cheat = $crate::cheats::Cheat::begin().await;
                let guilty: Vec<String> = {
                    let $c = &mut cheat;
                    $body
                };
                cheat.is_found($code, $severity, guilty).await;
            }
        )+
    };
}

/// A street with eight households of team E1 and the phones of those who visit there.
pub struct Cheat {
    pub app: TestApp,
    pub street: Street,
    pub dice: Dice,
    hands: BTreeMap<&'static str, Hand>,
    phones: BTreeMap<&'static str, Handset>,
    pictures: usize,
}

const WALKERS: [&str; 4] = ["cadre", "second_cadre", "other_cadre", "lead"];

impl Cheat {
    pub async fn begin() -> Self {
        let app = TestApp::start(if std::env::var_os("ON_POSTGRES").is_some() { On::Postgres } else { On::Sqlite }).await;
        let street = app.street(8).await;
        let mut dice = Dice::new(7);
        let (mut hands, mut phones) = (BTreeMap::new(), BTreeMap::new());
        for who in WALKERS.into_iter().chain(["centre"]) {
            hands.insert(who, app.hand(street.city.person(who)).await);
            let mut phone = Handset::new(&mut dice, BEGINNING);
            phone.token = Some(app.time_token(BEGINNING.plus_ms(-5 * DAY_MS)));
            phones.insert(who, phone);
        }
        Self { app, street, dice, hands, phones, pictures: 0 }
    }

    /// So many minutes before the beginning of the test.
    pub fn ago(&self, minutes: i64) -> Moment {
        BEGINNING.plus_ms(-minutes * MINUTE_MS)
    }

    /// Sets the server's clock.
    pub fn clock(&self, at: Moment) {
        self.app.time.store(at.ms(), std::sync::atomic::Ordering::Relaxed);
    }

    /// An honest visit to a household, five minutes long, with pictures of its own.
    pub fn visit(&mut self, n: usize, at: Moment) -> Value {
        self.pictures += 1;
        self.street.honest(n, at, &format!("picture {}", self.pictures)).0
    }

    /// An honest group of so many, each with 200 yuan and a signature.
    pub fn group(&mut self, at: Moment, serials: &[usize]) -> Value {
        let line = |serial: &usize| json!({"name": format!("职工{serial}"), "id_number": crate::kit::street::id_number(*serial), "amount_fen": 20_000, "signature": self.dice.sha256()});
        let recipients: Vec<Value> = serials.iter().map(line).collect();
        let total = 20_000 * recipients.len();
        let mut said = self.visit(0, at);
        said["household_id"] = Value::Null;
        said["recipient"] = Value::Null;
        said["enterprise_id"] = json!(self.dice.id(at));
        said["mode"] = json!("collective");
        said["aid"] = json!([self.street.season.cash(total as i64)]);
        said["group"] = json!({"recipients": recipients, "total_fen": total});
        // Two photos, and a signature of each.
        let mut pictures = vec![said["evidence"][0].clone(), self.visit(1, at)["evidence"][0].clone()];
        for line in said["group"]["recipients"].as_array().expect("a roster") {
            let mut signature = said["evidence"][1].clone();
            signature["sha256"] = line["signature"].clone();
            pictures.push(signature);
        }
        said["evidence"] = json!(pictures);
        said
    }

    pub fn phone(&mut self, who: &str) -> &mut Handset {
        self.phones.get_mut(who).expect("somebody")
    }

    /// Seals a visit into somebody's phone a moment after it ended.
    pub fn seal(&mut self, who: &str, said: &Value) -> Value {
        let ended_at = Moment::parse(said["ended_at"].as_str().expect("a time")).expect("a time");
        let phone = self.phones.get_mut(who).expect("somebody");
        phone.seal(&mut self.dice, said, ended_at.plus_ms(10_000))
    }

    /// Sends items from somebody's phone; answers their ids.
    pub async fn send(&mut self, who: &str, items: &[Value]) -> Vec<String> {
        self.phones[who].push(&self.app, &self.hands[who], items).await;
        items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
    }

    /// Seals and sends one visit.
    pub async fn tell(&mut self, who: &str, said: &Value) -> String {
        let item = self.seal(who, said);
        self.send(who, &[item]).await.remove(0)
    }

    pub fn at_the_door(&self, who: &str) -> Person {
        self.app.at_the_door(&self.hands[who])
    }

    pub fn hand(&self, who: &str) -> Hand {
        self.hands[who].clone()
    }

    /// Takes a household's file a step on.
    pub async fn step(&self, n: usize, body: &Value) {
        let (centre, id) = (self.at_the_door("centre"), self.street.households[n]);
        let version = centre.get(&format!("/households/{id}")).await.ok()["version"].as_i64().expect("a version");
        let request = centre.call(reqwest::Method::POST, &format!("/households/{id}/steps")).header("If-Match", format!("\"{version}\""));
        Reply::of(request.json(body).send().await.expect("an answer")).await.ok();
    }

    pub async fn approve(&self, n: usize) {
        let body = json!({"household_ids": [self.street.households[n]]});
        assert_eq!(self.at_the_door("centre").post("/households/approvals", &body).await.ok()["approved"], 1);
    }

    /// Rewrites a file as the database has it, as if it had always been so.
    pub async fn file(&self, n: usize, set: &str) {
        self.app.sql(format!("UPDATE households SET {set} WHERE id = '{}'", self.street.households[n])).await;
    }

    /// Books an entry.
    pub async fn book(&self, kind: &str, lines: &[Value], rest: &Value) -> String {
        let entry = self.street.season.entry(&self.app, kind, lines, rest);
        self.at_the_door("centre").post("/ledger/entries", &entry).await.ok();
        entry["id"].as_str().expect("an id").to_owned()
    }

    /// Looks at everything that is due; the code must stand on these and on no others.
    pub async fn is_found(&self, code: &str, severity: &str, guilty: Vec<String>) {
        self.app.catch_up().await;
        let found = self.app.found().await;
        let of: BTreeSet<String> = found.iter().filter(|one| one.code == code).map(|one| one.about.clone()).collect();
        let guilty: BTreeSet<String> = guilty.into_iter().collect();
        let codes: Vec<_> = found.iter().map(|one| (one.code.as_str(), one.severity.as_str(), one.about.as_str(), one.actual.as_str())).collect();
        assert_eq!(of, guilty, "{code} is found about others than the guilty; found in all: {codes:#?}");
        assert!(found.iter().filter(|one| one.code == code).all(|one| one.severity == severity), "{code} does not weigh as {severity}: {codes:#?}");
    }
}

/// Puts a visit, and only it, so many metres to the north.
pub fn north(said: &mut Value, metres: f64) {
    said["position"]["latitude"] = json!(said["position"]["latitude"].as_f64().expect("degrees") + metres / 110_850.0);
}
