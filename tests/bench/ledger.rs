//! The ledger's figures: how fast entries are booked, and how long a season of a thousand teams and a hundred thousand handovers takes
//! to be told. `cargo bench --bench ledger` runs it on SQLite; `-- postgres` on PostgreSQL.
#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout, reason = "a program for people at a terminal")]

#[path = "../api/kit/mod.rs"]
#[expect(dead_code, reason = "the kit serves several test programs")]
mod kit;
#[expect(dead_code, reason = "serves the load generator as well")]
mod measure;

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use kit::city::City;
use kit::people::Person;
use kit::season::Season;
use kit::{On, TestApp};
use nuanfang::accounts::{self, Actor, Name, NewTeam, ShortCode, TeamId};
use nuanfang::campaigns::{CampaignId, ItemId};
use nuanfang::households::HouseholdId;
use nuanfang::kit::clock::DAY_MS;
use nuanfang::kit::log::Author;
use nuanfang::ledger::{self, Commodity, FundId, Handover, Receiver};
use serde_json::json;

const TEAMS: usize = 1_000;
const HANDOVERS: usize = 100_000;
const BATCH: usize = 500;
/// Entries booked for each line of the first table.
const BOOKED: usize = 4_000;
/// Over how many days the handovers are spread.
const DAYS: i64 = 20;

struct Bench {
    app: TestApp,
    city: City,
    season: Season,
    teams: Vec<TeamId>,
    actor: Arc<Actor>,
}

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[actix_web::main]
async fn main() {
    // `cargo test --benches` asks every bench to be brief; this one has nothing brief to say.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let on = if std::env::args().any(|argument| argument == "postgres") { On::Postgres } else { On::Sqlite };
    let bench = Bench::set_up(on).await;
    println!("{}\ndatabase: {on:?}\n", measure::machine());
    println!("| booking | writers | entries | entries/s |\n|---|---|---|---|");
    for (batch, writers) in [(1, 1), (20, 1), (1, 32), (20, 32)] {
        let seconds = bench.book(batch, writers, BOOKED).await.as_secs_f64();
        println!("| {batch} a write | {writers} | {BOOKED} | {:.0} |", f64::from(u32::try_from(BOOKED).expect("few")) / seconds);
    }
    let seconds = bench.book(BATCH, 1, HANDOVERS).await.as_secs_f64();
    println!("| {BATCH} a write | 1 | {HANDOVERS} | {:.0} |", f64::from(u32::try_from(HANDOVERS).expect("few")) / seconds);
    println!("\n| told of {TEAMS} teams and {} handovers | median ms | KiB |\n|---|---|---|", HANDOVERS + 4 * BOOKED);
    let campaign = &bench.season.campaign;
    let (now, team) = (bench.app.now(), bench.teams[7]);
    for (what, path) in [
        ("balances", format!("/ledger/balances?campaign={campaign}")),
        ("balances a day ago", format!("/ledger/balances?campaign={campaign}&at={}", now.plus_ms(-DAY_MS))),
        ("balances half-way", format!("/ledger/balances?campaign={campaign}&at={}", now.plus_ms(-DAYS / 2 * DAY_MS))),
        ("flow", format!("/ledger/flow?campaign={campaign}")),
        ("flow a day ago", format!("/ledger/flow?campaign={campaign}&at={}", now.plus_ms(-DAY_MS))),
        ("flow half-way", format!("/ledger/flow?campaign={campaign}&at={}", now.plus_ms(-DAYS / 2 * DAY_MS))),
        ("entries of one team to households", format!("/ledger/entries?campaign={campaign}&account_kind=team&account_id={team}&with_kind=household")),
        ("entries to any household", format!("/ledger/entries?campaign={campaign}&account_kind=household")),
        ("slips", format!("/ledger/slips?campaign={campaign}")),
        ("flow.xlsx", format!("/ledger/flow.xlsx?campaign={campaign}")),
    ] {
        let (median, bytes) = ask(bench.city.auditor(), &path, if what == "flow.xlsx" { 1 } else { 15 }).await;
        println!("| {what} | {:.1} | {} |", median.as_secs_f64() * 1_000.0, bytes / 1_024);
    }
}

/// The median of so many answers, and how long one is.
async fn ask(person: &Person, path: &str, times: usize) -> (Duration, usize) {
    let (mut took, mut bytes) = (Vec::new(), 0);
    for _ in 0..times {
        let begun = Instant::now();
        let reply = person.get(path).await;
        took.push(begun.elapsed());
        bytes = reply.bytes.len();
        assert_eq!(reply.status, 200, "{path}");
    }
    took.sort();
    (took[took.len() / 2], bytes)
}

impl Bench {
    async fn set_up(on: On) -> Self {
        let app = TestApp::start(on).await;
        let city = app.city().await;
        let season = app.season(&city).await;
        let teams: Vec<TeamId> = (0..TEAMS).map(|_| TeamId::fresh(app.now(), app.parts.db.chance())).collect();
        let (made, org_id) = (teams.clone(), city.org("east1"));
        let work = app.parts.db.write(Author::system(), move |tx| {
            for (n, id) in made.iter().enumerate() {
                let (code, name) = (ShortCode::parse(&format!("B{n}")).expect("a code"), Name::parse(&format!("组{n}")).expect("a name"));
                accounts::register_team(tx, &NewTeam { id: *id, org_id, code, name, members: Vec::new() })?;
            }
            Ok(())
        });
        work.await.expect("teams");
        let lines = [season.cash(900_000_000_000), season.rice(900_000_000_000)];
        city.centre().post("/ledger/entries", &season.entry(&app, "receipt", &lines, &json!({}))).await.ok();
        let entries: Vec<_> =
            teams.iter().map(|team| season.entry(&app, "issue", &[season.cash(100_000_000), season.rice(100_000_000)], &json!({"team_id": team}))).collect();
        for some in entries.chunks(32) {
            for reply in join_all(some.iter().map(|entry| city.centre().post("/ledger/entries", entry))).await {
                reply.ok();
            }
        }
        let actor = Arc::new(app.actor(city.cadre()).await);
        Self { app, city, season, teams, actor }
    }

    /// Books handovers of cash and rice, so many in one write, by so many writers at once; the n-th by the n-th team, spread over the days.
    async fn book(&self, batch: usize, writers: usize, count: usize) -> Duration {
        let (now, chance) = (self.app.now(), self.app.parts.db.chance());
        let cash = Commodity::Cash(FundId::parse(&self.season.fund).expect("a fund"));
        let rice = Commodity::Goods(ItemId::parse(&self.season.rice).expect("an item"));
        let campaign_id = CampaignId::parse(&self.season.campaign).expect("a campaign");
        let handover = |n: usize| Handover {
            visit_id: HouseholdId::fresh(now, chance).to_string(),
            campaign_id,
            team_id: self.teams[n % self.teams.len()],
            receiver: Receiver::Household(HouseholdId::fresh(now, chance)),
            lines: vec![(cash, 50_000), (rice, 2_000)],
            happened_at: now.plus_ms(-DAYS * DAY_MS + i64::try_from(n).expect("few") * DAYS * DAY_MS / i64::try_from(count).expect("few")),
        };
        let made: Vec<Handover> = (0..count).map(handover).collect();
        let writes: Vec<Arc<[Handover]>> = made.chunks(batch).map(Arc::from).collect();
        let begun = Instant::now();
        for some in writes.chunks(writers) {
            let write = |handovers: &Arc<[Handover]>| {
                let (handovers, actor) = (Arc::clone(handovers), Arc::clone(&self.actor));
                self.app.parts.db.write(actor.author(), move |tx| {
                    let doer = actor.doer();
                    let by_one: Vec<_> = handovers.iter().map(|handover| (&doer, handover.clone())).collect();
                    ledger::hand_over(tx, &by_one)
                })
            };
            for done in join_all(some.iter().map(write)).await {
                done.expect("a handover is never refused");
            }
        }
        begun.elapsed()
    }
}
