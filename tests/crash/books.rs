//! The desk and a lead while the server is being killed: money comes in, goes out to the team, is counted and signed for.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::prelude::*;
use nuanfang::kit::clock::{Chance, Clock};
use nuanfang::kit::db::Conn;
use nuanfang::kit::db::schema::{acknowledgements, entries};
use nuanfang::kit::id::Id;
use serde_json::{Value, json};

use crate::kit::folds::folds_hold;
use crate::kit::people::Person;
use crate::kit::phone::{Phone, count};
use crate::kit::underway::Underway;
use crate::{Shared, signed_in};

/// What was acknowledged to the desk and to the lead.
#[derive(Default)]
pub struct Books {
    entries: HashSet<String>,
    counts: HashSet<String>,
}

/// Who keeps the books.
pub struct Office {
    centre: Person,
    lead: Person,
}

impl Office {
    /// Signs in; nobody where the server is gone already.
    pub async fn open(address: &str) -> Option<Self> {
        Some(Self { centre: signed_in(address, "centre").await?, lead: signed_in(address, "lead").await? })
    }

    /// The same people at another address.
    pub fn at(&self, address: &str) -> Self {
        let moved = |person: &Person| {
            let mut there = Person::at(address);
            there.token.clone_from(&person.token);
            there
        };
        Self { centre: moved(&self.centre), lead: moved(&self.lead) }
    }
}

/// Receives, issues and counts as fast as it goes, until the server is gone.
pub async fn keep(office: Office, season: Arc<Underway>, history: Shared, answers: Arc<AtomicUsize>, team: String) -> Option<()> {
    let Office { centre, lead } = office;
    let mut phone = Phone::new(Clock::system().now());
    let lines = [json!({"kind": "cash", "fund_id": season.fund, "amount_fen": 100})];
    loop {
        let now = Clock::system().now();
        let entry = |kind: &str| {
            let id = Id::fresh(now, &Chance::system());
            json!({"id": id.as_str(), "kind": kind, "campaign_id": season.campaign, "happened_at": now, "words": "续拨", "lines": lines})
        };
        let (mut receipt, mut issue) = (entry("receipt"), entry("issue"));
        receipt["fund_id"] = json!(season.fund);
        issue["team_id"] = json!(team);
        for body in [&receipt, &issue] {
            let answer = send(&centre, "/ledger/entries", body).await?;
            history.lock().ok()?.books.entries.insert(answer["id"].as_str()?.to_owned());
            answers.fetch_add(1, Ordering::Relaxed);
        }
        let item = phone.item("acknowledge", &count(&season.campaign, &issue["id"], &lines, "", now), now);
        let answer = send(&lead, "/field/push", &phone.parcel(&[item])).await?;
        assert_eq!(answer["results"][0]["status"], "stored", "{answer}");
        history.lock().ok()?.books.counts.insert(issue["id"].as_str()?.to_owned());
        answers.fetch_add(1, Ordering::Relaxed);
    }
}

/// Sends, and sends the same again where a server with its hands full asks for it.
pub async fn send(person: &Person, path: &str, body: &Value) -> Option<Value> {
    let again = || person.call(reqwest::Method::POST, path).json(body).send();
    let mut answer = again().await.ok()?;
    while answer.status() == reqwest::StatusCode::SERVICE_UNAVAILABLE {
        assert!(answer.headers().contains_key("retry-after"), "{path} says that it is busy, but not for how long");
        answer = again().await.ok()?;
    }
    assert!(answer.status().is_success(), "{path} answered {}", answer.status());
    answer.json().await.ok()
}

/// Looks into the store itself: what was acknowledged is there, and the ledger holds.
pub fn verify(conn: SqliteConnection, books: &Books, kept: bool) -> SqliteConnection {
    let mut conn = Conn::Sqlite(conn);
    let stored: Vec<String> = entries::table.select(entries::id).load(&mut conn).expect("entries");
    let stored: HashSet<String> = stored.into_iter().collect();
    let signed: Vec<String> = acknowledgements::table.select(acknowledgements::entry_id).load(&mut conn).expect("counts");
    let signed: HashSet<String> = signed.into_iter().collect();
    assert!(books.entries.is_subset(&stored), "an acknowledged entry is gone");
    assert!(books.counts.is_subset(&signed), "an acknowledged count is gone");
    assert!(!kept || books.counts.len() > 20, "the books were hardly kept: {}", books.counts.len());
    folds_hold(&mut conn);
    match conn {
        Conn::Sqlite(conn) => conn,
        Conn::Postgres(_) => unreachable!("this store is a file"),
    }
}
