//! The same answer whatever the order: one small world happens again and again, each time in another order, and always ends the same.
//!
//! What hangs on time is held fast: every deed has its own time, to which the server's clock is set before it is done. What needs another
//! deed first keeps that order — an entry is there before it is reversed, a desk changes one file at a time. All else comes as it likes.

mod deeds;
mod state;
mod world;

use std::time::Instant;

use nuanfang::kit::clock::Moment;
use serde_json::{Value, json};

use crate::asked;
use crate::dice::Dice;
use crate::handset::Hand;
use crate::kit::city::City;
use crate::kit::season::Season;
use crate::kit::{On, TestApp};
use deeds::Deed;
use world::World;

/// A deed, when it is done, and which must have been done before.
pub struct Planned {
    at: Moment,
    needs: Vec<usize>,
    deed: Deed,
}

/// Some order in which every deed comes after those it needs.
fn shuffled(dice: &mut Dice, plan: &[Planned]) -> Vec<usize> {
    let mut order = Vec::with_capacity(plan.len());
    let mut left: Vec<usize> = (0..plan.len()).collect();
    while !left.is_empty() {
        let ready: Vec<usize> = (0..left.len()).filter(|n| plan[left[*n]].needs.iter().all(|need| order.contains(need))).collect();
        order.push(left.remove(ready[dice.below(ready.len())]));
    }
    order
}

fn set(app: &TestApp, at: Moment) {
    app.time.store(at.ms(), std::sync::atomic::Ordering::Relaxed);
}

/// The ground all worlds stand on.
struct Ground {
    app: TestApp,
    city: City,
    like: Season,
    centre: Hand,
    supervisor: Hand,
    begun: Moment,
}

impl Ground {
    async fn on(on: On) -> Self {
        let app = TestApp::start(on).await;
        let city = app.city().await;
        let like = app.season(&city).await;
        let (centre, supervisor) = (app.hand(city.centre()).await, app.hand(city.supervisor()).await);
        let begun = app.now();
        Self { app, city, like, centre, supervisor, begun }
    }

    /// Makes a world anew and lets its deeds be done in the order of these dice; none of them keep the order of time.
    async fn world(&self, number: usize, dice: Option<Dice>) -> Vec<String> {
        set(&self.app, self.begun);
        let (world, plan) = World::new(self, number).await;
        let mut order: Vec<usize> = (0..plan.len()).collect();
        order.sort_by_key(|n| plan[*n].at);
        let mut looks = 0.0;
        if let Some(mut dice) = dice {
            order = shuffled(&mut dice, &plan);
            looks = [0.0, 5.0, 20.0][dice.below(3)];
            for n in order {
                self.one(&world, &plan[n]).await;
                if dice.percent(looks) {
                    self.app.catch_up().await;
                }
            }
        } else {
            for n in order {
                self.one(&world, &plan[n]).await;
                self.app.catch_up().await;
            }
        }
        set(&self.app, world.end);
        self.app.catch_up().await;
        let state = world.state(&self.app).await;
        if number.is_multiple_of(10) || looks == 0.0 {
            world.look_at_everything_anew(&self.app).await;
            let again = world.state(&self.app).await;
            assert_eq!(differing(&state, &again), "", "looked at anew, world {number} is another");
        }
        if number.is_multiple_of(10) {
            self.settled_stays_settled(&world, &state).await;
        }
        // The next world's campaign promises this one's households nothing.
        self.app.sql("UPDATE households SET status = 'closed' WHERE status = 'approved'".to_owned()).await;
        state
    }

    /// What somebody settled is still settled when everything is looked at anew.
    async fn settled_stays_settled(&self, world: &World, state: &[String]) {
        let supervisor = self.app.at_the_door(&self.supervisor);
        let listed = async |status: &str| -> Vec<Value> {
            let path = format!("/findings?campaign={}&code=T04&status={status}", world.season.campaign);
            let found = supervisor.get(&path).await.ok();
            found["items"].as_array().expect("items").iter().map(|item| item["id"].clone()).collect()
        };
        let open = listed("open").await;
        assert!(!open.is_empty(), "the world has no T04");
        supervisor.post("/findings/settlements", &json!({"ids": open, "how": "explained", "words": "已电话核实"})).await.ok();
        world.look_at_everything_anew(&self.app).await;
        assert_eq!(listed("explained").await, open, "what was settled is open again");
        let findings = |lines: &[String]| lines.iter().filter(|line| !line.starts_with("standing")).cloned().collect::<Vec<_>>();
        assert_eq!(differing(&findings(state), &findings(&world.state(&self.app).await)), "", "settling changed more than the standing");
    }

    async fn one(&self, world: &World, planned: &Planned) {
        set(&self.app, planned.at);
        world.does(self, &planned.deed).await;
    }
}

/// What stands in one state and not in the other.
fn differing(one: &[String], other: &[String]) -> String {
    let mut lines = String::new();
    for line in one.iter().filter(|line| !other.contains(line)) {
        lines.push_str(&format!("- {line}\n"));
    }
    for line in other.iter().filter(|line| !one.contains(line)) {
        lines.push_str(&format!("+ {line}\n"));
    }
    lines
}

async fn any_order(on: On, orders: u64, seed: u64) {
    let begun = Instant::now();
    let ground = Ground::on(on).await;
    let first = ground.world(0, None).await;
    println!("{}", first.join("\n"));
    for code in ["F01", "F02", "I02", "P03", "P05", "P06", "T06", "T07", "E03", "E04", "E05", "A04", "A06", "C01", "C02", "G01"] {
        assert!(first.iter().any(|line| line.contains(&format!(" {code} "))), "the world has no {code}");
    }
    let mut wrong = Vec::new();
    for number in 1..=orders {
        let other = ground.world(number as usize, Some(Dice::new(seed + number))).await;
        let differs = differing(&first, &other);
        if !differs.is_empty() {
            wrong.push(format!("order {}:\n{differs}", seed + number));
        }
    }
    println!("{orders} orders on {on:?} in {:.0} s", begun.elapsed().as_secs_f64());
    assert!(wrong.is_empty(), "{} of {orders} orders end otherwise: {}", wrong.len(), wrong[..wrong.len().min(3)].join("\n"));
}

#[actix_web::test]
async fn orders_by_the_hundred_end_the_same() {
    any_order(On::Sqlite, asked("ORDERS", 200) / 2, 0).await;
}

#[actix_web::test]
async fn other_orders_by_the_hundred_end_the_same() {
    any_order(On::Sqlite, asked("ORDERS", 200) / 2, 1_000_000).await;
}

#[actix_web::test]
async fn some_orders_end_the_same_on_postgres() {
    any_order(On::Postgres, asked("ORDERS", 200) / 20, 2_000_000).await;
}
