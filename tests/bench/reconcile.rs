//! How fast reconciliation is: everything from nothing, and one household among a million visits.
//! `cargo bench --bench reconcile`; `-- 100000 10` says how many households and campaigns the second part has.
#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout, reason = "a program for people at a terminal")]

#[path = "../api/kit/mod.rs"]
#[expect(dead_code, reason = "the kit serves several test programs")]
mod kit;
#[expect(dead_code, reason = "the other bench asks more")]
mod measure;
mod seasons;

use std::time::{Duration, Instant};

use diesel::prelude::*;
use kit::{On, TestApp};
use nuanfang::campaigns::CampaignId;
use nuanfang::findings::{self, Key};
use nuanfang::households::HouseholdId;
use nuanfang::kit::clock::DAY_MS;
use nuanfang::kit::db::schema::{findings as found, jobs, standings};
use seasons::Seasons;

const FROM_NOTHING: usize = 100_000;
const ONE_BY_ONE: usize = 2_000;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[actix_web::main]
async fn main() {
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let numbers: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    println!("{}", measure::machine());
    from_nothing().await;
    one_among(numbers.first().copied().unwrap_or(100_000), numbers.get(1).copied().unwrap_or(10)).await;
}

/// Puts every household of a campaign into the queue.
async fn enqueue(app: &TestApp, campaign: &str, count: usize) {
    let campaign = campaign.to_owned();
    let due_at = app.now();
    app.parts
        .db
        .upkeep(move |tx| {
            for first in (0..count).step_by(1_000) {
                let subject = |n: usize| format!("{campaign}/household/0a000000-0000-7000-8000-{n:012x}");
                let row = |n| (jobs::queue.eq("reconcile"), jobs::subject.eq(subject(n)), jobs::due_at.eq(due_at.ms()), jobs::attempts.eq(0_i64));
                let rows: Vec<_> = (first..count.min(first + 1_000)).map(row).collect();
                nuanfang::each!(&mut *tx.conn, |c| diesel::insert_into(jobs::table).values(&rows).execute(c))?;
            }
            Ok(())
        })
        .await
        .expect("queued");
}

async fn count(app: &TestApp) -> (i64, i64) {
    app.parts.db.read(|conn| Ok((standings::table.count().get_result(conn)?, found::table.count().get_result(conn)?))).await.expect("counted")
}

async fn from_nothing() {
    let app = TestApp::start(On::Sqlite).await;
    let city = app.city().await;
    let seasons = Seasons::write(&app, &city, FROM_NOTHING, 1).await;
    app.catch_up().await;
    enqueue(&app, &seasons.campaigns[0], FROM_NOTHING).await;
    let begun = Instant::now();
    app.catch_up().await;
    let took = begun.elapsed();
    let (standings, findings) = count(&app).await;
    println!("from nothing: {FROM_NOTHING} visits, {standings} standings and {findings} findings written, in {:.1} s", took.as_secs_f64());
    // Once more: nothing changes, nothing is written.
    enqueue(&app, &seasons.campaigns[0], FROM_NOTHING).await;
    let begun = Instant::now();
    app.catch_up().await;
    println!("the same again, with nothing to write: {:.1} s", begun.elapsed().as_secs_f64());
    app.leave().await;
}

async fn one_among(count: usize, campaigns: usize) {
    let app = TestApp::start(On::Sqlite).await;
    let city = app.city().await;
    let begun = Instant::now();
    let seasons = Seasons::write(&app, &city, count, campaigns).await;
    println!("{} visits stored in {:.0} s", count * campaigns, begun.elapsed().as_secs_f64());
    app.pass_ms(DAY_MS);
    let last = CampaignId::parse(seasons.campaigns.last().expect("a campaign")).expect("an id");
    let mut alone: Vec<Duration> = Vec::new();
    let mut whole: Vec<Duration> = Vec::new();
    for n in 0..ONE_BY_ONE {
        let home = HouseholdId::parse(&format!("0a000000-0000-7000-8000-{:012x}", n * 7_919 % count)).expect("an id");
        let begun = Instant::now();
        let run = app.parts.db.upkeep(move |tx| {
            let begun = Instant::now();
            findings::reconcile_keys(tx, &[Key::Household(last, home)])?;
            Ok(begun.elapsed())
        });
        alone.push(run.await.expect("reconciled"));
        whole.push(begun.elapsed());
    }
    for (what, mut times) in [("one household, the run itself", alone), ("the same with its commit", whole)] {
        times.sort();
        let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1_000.0;
        println!("{what}: p50 {:.2} ms, p99 {:.2} ms, worst {:.2} ms", at(50), at(99), at(100));
    }
    app.leave().await;
}
