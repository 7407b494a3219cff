//! The power goes in the middle of a session, thousands of times: whatever the disk made of what was not synced, the real code opens what
//! is left, everything acknowledged is in it, and it holds.
//!
//! A session of the real program is recorded once, call by call, by strace; each cut takes what was synced before it and a random part of
//! the rest. `POWER_CUTS` says how many, `SEED` which.
#![expect(
    clippy::expect_used,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests may fail loudly, and say what they did"
)]

#[path = "fair/dice.rs"]
#[expect(dead_code, reason = "serves the tests of fairness as well")]
mod dice;
#[path = "powercut/disk.rs"]
mod disk;
#[path = "powercut/judge.rs"]
mod judge;
#[path = "api/kit/mod.rs"]
#[expect(dead_code, reason = "the kit serves several test programs")]
mod kit;
#[expect(dead_code, reason = "serves the bench as well")]
mod process;
#[path = "powercut/record.rs"]
mod record;
#[path = "powercut/trace.rs"]
mod trace;

use dice::Dice;
use disk::{Disk, Image};
use judge::Judge;
use record::Session;
use trace::{Call, Event};

fn asked(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Something begins, or a sync is done.
enum Step<'a> {
    Asks(&'a Event),
    Synced { path: &'a str, began: usize },
}

/// The steps of a session in the order in which they happened, each with when.
fn steps(events: &[Event]) -> Vec<(i64, Step<'_>)> {
    let mut steps: Vec<(usize, i64, Step<'_>)> = Vec::new();
    for event in events {
        match &event.call {
            Call::Sync { path } => steps.push((event.ended, event.done_us, Step::Synced { path, began: event.began })),
            _ => steps.push((event.began, event.at_us, Step::Asks(event))),
        }
    }
    steps.sort_by_key(|(line, ..)| *line);
    steps.into_iter().map(|(_, at, step)| (at, step)).collect()
}

/// Cuts the power so many times at moments of the dice's choosing; says what was wrong.
fn cuts(session: &Session, base: &Image, count: u64, seed: u64) -> Vec<String> {
    let mut dice = Dice::new(seed);
    let steps = steps(&session.events);
    let mut moments: Vec<usize> = (0..count).map(|_| dice.below(steps.len())).collect();
    moments.sort_unstable();
    let judge = Judge::new(session);
    let mut disk = Disk::holding(base);
    let (mut wrong, mut next) = (Vec::new(), 0);
    for (n, (at, step)) in steps.iter().enumerate() {
        while moments.get(next) == Some(&n) {
            let image = disk.cut(&mut dice);
            // Whoever had an answer before this step began had it before the power went.
            wrong.extend(judge.faults(&image, *at).into_iter().map(|what| format!("seed {seed}, cut {next}, before step {n} of {}: {what}", steps.len())));
            next += 1;
        }
        match step {
            Step::Asks(event) => disk.asks(event),
            Step::Synced { path, began } => disk.synced(path, *began),
        }
    }
    // A model that does not end where the machine's own disk did says nothing of any cut.
    for (path, bytes) in disk.seen().iter().filter(|(path, _)| path.contains("/evidence/")) {
        let there = std::fs::read(path).unwrap_or_else(|error| panic!("the model has {path}, the disk has not: {error}"));
        assert!(there == *bytes, "the model of {path} has {} bytes that are not the {} of the disk", bytes.len(), there.len());
    }
    wrong
}

fn all_cuts(session: &Session, count: u64, seed: u64) {
    let base = session.base();
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let base = &base;
        let cut = |thread: u64| scope.spawn(move || cuts(session, base, count / threads + u64::from(thread < count % threads), seed + thread));
        let all: Vec<_> = (0..threads).map(cut).collect();
        all.into_iter().flat_map(|thread| thread.join().expect("a thread ends well")).collect()
    });
    assert!(wrong.is_empty(), "{} of {count} power cuts: {:#?}", wrong.len(), &wrong[..wrong.len().min(5)]);
    println!(
        "{count} power cuts among {} calls, {} visits and {} pictures acknowledged: nothing lost",
        session.events.len(),
        session.visits.len(),
        session.pictures.len()
    );
}

#[actix_web::test]
async fn whatever_a_power_cut_leaves_nothing_acknowledged_is_lost() {
    let session = Session::from_the_start().await;
    all_cuts(&session, asked("POWER_CUTS", 300) * 9 / 10, asked("SEED", 1));
}

#[actix_web::test]
async fn nor_when_it_goes_while_the_log_is_copied_into_the_database() {
    let session = Session::through_a_checkpoint().await;
    let database = session.data.join("nuanfang.db");
    let copied = session.events.iter().any(|event| matches!(&event.call, Call::Write { path, .. } if *path == database.to_string_lossy()));
    assert!(copied, "the session has no checkpoint");
    all_cuts(&session, asked("POWER_CUTS", 300) / 10, asked("SEED", 1) + 1_000);
}
