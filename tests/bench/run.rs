//! The load generator: a city of its own, the release program as a process beside it, clients that push as fast as they are answered.
//! Prints the table of docs/bench.md. `make bench` runs it; `-- postgres` holds PostgreSQL, `-- 2 5` runs only the second and fifth job, `-- "clients=8 batch=1 visits=1000 photos=3"` one that is not in the table, `-- pulls`, `-- large`, `-- overload`, `-- board` and `-- lots` what their names say.
#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout, reason = "a program for people at a terminal")]

mod board;
mod crowd;
#[path = "../api/kit/mod.rs"]
#[expect(dead_code, reason = "the kit serves several test programs")]
mod kit;
mod load;
mod lots;
mod measure;
mod photographer;
#[path = "../process/mod.rs"]
#[expect(dead_code, reason = "serves the crash test as well")]
mod process;
mod season;

use std::sync::atomic::Ordering;

use kit::{On, TestApp};
use load::Job;
use measure::Backlog;
use nuanfang::kit::clock::Clock;
use process::Server;
use season::Season;

/// Households of the bench's season, nine thousand a team: hardly one is visited twice.
const HOUSEHOLDS: usize = 36_000;

#[actix_web::main]
async fn main() {
    // `cargo test --benches` asks every bench to be brief; this one has nothing brief to say.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let is_named = |name: &str| std::env::args().any(|argument| argument == name);
    let on = if is_named("postgres") { On::Postgres } else { On::Sqlite };
    let app = TestApp::start(on).await;
    app.time.store(Clock::system().now().ms(), Ordering::Relaxed);
    let city = app.city().await;
    println!("setting up {HOUSEHOLDS} households …");
    let season = Season::of(&app, &city, HOUSEHOLDS).await;
    // Only where it is asked for: every other figure is of the season alone.
    let (is_board, are_lots) = (is_named("board"), is_named("lots"));
    if is_board || are_lots {
        println!("filling the campaign up to a million …");
        board::fill(&app, &city, &season).await;
    }
    if are_lots {
        lots::fill(&app, &season).await;
    }
    let (folder, database) = app.leave().await;
    let data = folder.path().join("data");
    let more: Vec<&str> = database.iter().flat_map(|database| ["--database-url", database.url.as_str()]).collect();
    let server = Server::start(&data, &more).await;
    println!("{}", measure::machine());
    println!("database: {on:?} · ready {} ms after start · idle {} MiB", server.ready_after.as_millis(), measure::resident_mib(server.id()));
    println!(
        "| what | clients | visits | visits/s | reconciled/s | p50 ms | p99 ms | a request p99 ms | CPU ms/visit | turned away | peak MiB |\n|---|---|---|---|---|---|---|---|---|---|---|"
    );
    let mut backlog = Backlog::of(&data, matches!(on, On::Sqlite));
    let jobs = [
        Job { what: "visits without pictures, one a request", clients: 1, batch: 1, visits: 2_000, photos: 0, lanes: 1 },
        Job { what: "visits without pictures, one a request", clients: 32, batch: 1, visits: 8_000, photos: 0, lanes: 1 },
        Job { what: "visits without pictures, twenty a request", clients: 1, batch: 20, visits: 4_000, photos: 0, lanes: 1 },
        Job { what: "visits without pictures, twenty a request", clients: 32, batch: 20, visits: 12_800, photos: 0, lanes: 1 },
        Job { what: "whole visits: three photos of 300 KB and a signature", clients: 8, batch: 1, visits: 1_200, photos: 3, lanes: 1 },
        Job { what: "the same on four lanes a phone, as the app sends on a good line", clients: 8, batch: 1, visits: 1_200, photos: 3, lanes: 4 },
        Job { what: "whole visits from a thousand phones at once", clients: 1_000, batch: 1, visits: 2_000, photos: 3, lanes: 1 },
    ];
    let mut wanted: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let own = lines_of_ones_own();
    if !own.is_empty() || ["pulls", "large", "overload", "board", "lots"].into_iter().any(is_named) {
        // A number no job has: only what was named is run.
        wanted.push(0);
    }
    let jobs = jobs.into_iter().enumerate().filter(|(n, _)| wanted.is_empty() || wanted.contains(&(n + 1)));
    for job in jobs.map(|(_, job)| job).chain(own) {
        let figures = load::run(&server, &season, &mut backlog, &job).await;
        println!("{}", figures.row(&job));
    }
    let asks_for = |what: &str| wanted.is_empty() || is_named(what);
    if asks_for("pulls") {
        crowd::pulls(&server).await;
    }
    if asks_for("large") {
        crowd::large_photos(&server).await;
    }
    if asks_for("overload") {
        crowd::overload(&server, &season, &mut backlog).await;
    }
    if is_board {
        board::run(&server, &season).await;
    }
    if are_lots {
        lots::run(&server, &season).await;
    }
    // Last, because it removes its files: a file system that has just removed many takes longer to make new ones.
    let (rate, spent) = measure::folder_limit(folder.path());
    println!("\nfolder's own limit: {rate:.0} files/s of 300 KB, {spent:.2} ms of processor each (create, write, sync, rename, sync the folder; 8 at once)");
    server.stop();
}

/// `clients=8 batch=1 visits=1000 photos=3`, as one argument: a line that is not in the table.
fn lines_of_ones_own() -> Vec<Job> {
    let said = |text: &str, key: &str| text.split_whitespace().find_map(|word| word.strip_prefix(key)?.parse().ok());
    let line = |text: &String| {
        let what = "a line of one's own";
        Some(Job {
            what,
            clients: said(text, "clients=")?,
            batch: said(text, "batch=")?,
            visits: said(text, "visits=")?,
            photos: said(text, "photos=")?,
            lanes: said(text, "lanes=").unwrap_or(1),
        })
    };
    std::env::args().collect::<Vec<_>>().iter().filter_map(line).collect()
}
