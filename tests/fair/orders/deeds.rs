//! What can be done in a small world, and how it is done at the door.

use diesel::prelude::*;
use nuanfang::each;
use nuanfang::evidence::{ARRIVALS, probes};
use nuanfang::kit::db::jobs;
use nuanfang::kit::db::schema::{evidence, likenesses};
use reqwest::Method;
use serde_json::{Value, json};

use super::Ground;
use super::world::World;
use crate::kit::people::Reply;

/// Something done.
pub enum Deed {
    /// Somebody's phone sends items.
    Push { phone: usize, cadre: usize, items: Vec<Value> },
    /// Pictures arrive.
    Arrive(Vec<String>),
    /// A picture has been drawn, and looks like this.
    Drawn(String, u64),
    /// A file goes a step on.
    Step(usize, Value),
    /// A file is corrected.
    Correct(usize, Value),
    /// A file is approved.
    Approve(usize),
    /// A file is given to another team.
    Assign(usize, usize),
    /// Who has been approved since gets what they are to get.
    Freeze,
    /// The store books.
    Book(Value),
    /// The limits change.
    Policy(Value),
}

impl World {
    pub async fn does(&self, ground: &Ground, deed: &Deed) {
        let centre = ground.app.at_the_door(&ground.centre);
        match deed {
            Deed::Push { phone, cadre, items } => self.phones[*phone].push(&ground.app, &self.crew.cadres[*cadre].hand, items).await,
            Deed::Arrive(names) => self.arrive(ground, names.clone()).await,
            Deed::Drawn(name, bits) => self.drawn(ground, name.clone(), *bits).await,
            Deed::Step(n, body) => {
                let path = format!("/households/{}/steps", self.homes[*n].id);
                let request = centre.call(Method::POST, &path).header("If-Match", format!("\"{}\"", self.version(ground, *n).await));
                Reply::of(request.json(body).send().await.expect("an answer")).await.ok();
            }
            Deed::Correct(n, body) => {
                let version = self.version(ground, *n).await;
                centre.patch(&format!("/households/{}", self.homes[*n].id), version, body).await.ok();
            }
            Deed::Approve(n) => {
                let body = json!({"household_ids": [self.homes[*n].id]});
                assert_eq!(centre.post("/households/approvals", &body).await.ok()["approved"], 1);
            }
            Deed::Assign(n, team) => {
                let body = json!({"household_ids": [self.homes[*n].id], "team_id": self.crew.teams[*team]});
                assert_eq!(centre.post("/households/assignments", &body).await.ok()["assigned"], 1);
            }
            Deed::Freeze => drop(centre.post(&format!("/campaigns/{}/entitlements", self.season.campaign), &json!({})).await.ok()),
            Deed::Book(entry) => drop(centre.post("/ledger/entries", entry).await.ok()),
            Deed::Policy(policy) => {
                let path = format!("/campaigns/{}", self.season.campaign);
                let version = centre.get(&path).await.ok()["version"].as_i64().expect("a version");
                centre.patch(&path, version, &json!({"policy": policy})).await.ok();
            }
        }
    }

    async fn version(&self, ground: &Ground, n: usize) -> i64 {
        let centre = ground.app.at_the_door(&ground.centre);
        centre.get(&format!("/households/{}", self.homes[n].id)).await.ok()["version"].as_i64().expect("a version")
    }

    /// As receiving notes it.
    async fn arrive(&self, ground: &Ground, names: Vec<String>) {
        let (by, now) = (self.crew.cadres[0].hand.person, ground.app.now());
        let work = ground.app.parts.db.upkeep(move |tx| {
            for name in &names {
                let row = (
                    (evidence::sha256.eq(name), evidence::media_type.eq("image/jpeg"), evidence::bytes.eq(9_000_i64), evidence::state.eq("stored")),
                    (evidence::received_by.eq(by), evidence::received_at.eq(now)),
                );
                each!(&mut *tx.conn, |c| diesel::insert_into(evidence::table).values(row).execute(c))?;
                jobs::enqueue(tx.conn, ARRIVALS, &[name], now)?;
            }
            Ok(())
        });
        work.await.expect("evidence");
    }

    /// As drawing notes it.
    async fn drawn(&self, ground: &Ground, name: String, bits: u64) {
        let now = ground.app.now();
        let work = ground.app.parts.db.upkeep(move |tx| {
            let hash = evidence::perceptual_hash.eq(Some(format!("{bits:016x}")));
            diesel::update(evidence::table.find(&name)).set(hash).execute(tx.conn)?;
            for (band, values) in probes(bits) {
                let row =
                    ((likenesses::band.eq(band), likenesses::value.eq(values[0])), (likenesses::sha256.eq(&name), likenesses::bits.eq(bits.cast_signed())));
                each!(&mut *tx.conn, |c| diesel::insert_into(likenesses::table).values(row).execute(c))?;
            }
            jobs::enqueue(tx.conn, ARRIVALS, &[&name], now)?;
            Ok(())
        });
        work.await.expect("drawn");
    }
}
