//! Many at once: five times what the server can do, a whole office pulling on the first morning, large photos.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use nuanfang::kit::digest::sha256_hex;
use reqwest::Method;
use serde_json::Value;

use crate::load::{self, Job, Parcel};
use crate::measure::{self, Backlog};
use crate::photographer::Photographer;
use crate::process::Server;
use crate::season::Season;

/// How long more comes than can be done: longer, and every cadre of the season would have been at many doors at once.
const RUSH: Duration = Duration::from_secs(2);
/// Requests before what is asked five times as often.
const BATCH: usize = 20;

/// What came of a rush.
#[derive(Default)]
struct Rush {
    stored: usize,
    turned_away: usize,
    otherwise: usize,
    stored_ms: Vec<f64>,
    turned_away_ms: Vec<f64>,
}

/// As many batches a second as are served at the most, measured here, and then five times as many, each sent at its time whatever
/// became of the others.
pub async fn overload(server: &Server, season: &Season, backlog: &mut Backlog) {
    // As long as the rush, about: for half a second more can be taken in than for two.
    let job = Job { what: "", clients: 32, batch: BATCH, visits: 32_000, photos: 0, lanes: 1 };
    let peak = load::run(server, season, backlog, &job).await.rate(job.visits / BATCH);
    let cadres = load::sign_all_in(server).await;
    let rate = peak * 5.0;
    let count = (rate * RUSH.as_secs_f64()).ceil();
    let visits = format!("{count:.0}").parse::<usize>().expect("a number") * BATCH;
    // As many come because they are many: each from a phone of its own. One whose parcel was turned away would not send its next one first.
    let mut phones = load::phones(visits / BATCH);
    let job = Job { what: "", clients: 64, batch: BATCH, visits, photos: 0, lanes: 1 };
    let queues = load::parcels(season, &job, &mut phones, &mut Photographer::new(), visits);
    let found = Rc::new(RefCell::new(Rush::default()));
    let mut sent = Vec::new();
    let spent = || (measure::cpu(server.id()), measure::cpu(std::process::id()));
    let spent_before = spent();
    println!("\npeak {peak:.0} requests/s; now five times as many …");
    let (begun, gap) = (Instant::now(), Duration::from_secs_f64(1.0 / rate));
    let mut due = begun;
    // Round by round over the phones, as they would come.
    for turn in 0..visits / BATCH {
        let Some(Parcel { cadre, body, .. }) = queues[turn % queues.len()].borrow_mut().pop_front() else { continue };
        tokio::time::sleep_until(due.into()).await;
        due += gap;
        let (cadres, found) = (Rc::clone(&cadres), Rc::clone(&found));
        sent.push(tokio::task::spawn_local(async move {
            let asked = Instant::now();
            let answer = cadres[cadre].call(Method::POST, "/field/push").header("Content-Type", "application/json").body(body).send().await;
            let mut found = found.borrow_mut();
            match answer {
                Ok(answer) if answer.status() == 200 => {
                    found.stored += 1;
                    found.stored_ms.push(asked.elapsed().as_secs_f64() * 1_000.0);
                }
                Ok(answer) if answer.status() == 503 && answer.headers().contains_key("retry-after") => {
                    found.turned_away += 1;
                    found.turned_away_ms.push(asked.elapsed().as_secs_f64() * 1_000.0);
                }
                _ => found.otherwise += 1,
            }
        }));
    }
    let offered = begun.elapsed();
    for one in sent {
        one.await.expect("ends");
    }
    let served = begun.elapsed();
    let found = found.take();
    let spent_after = spent();
    // Each visit makes the indexes longer, and the next one dearer: what could be done at the most lies between the peak before and after.
    let after =
        load::run(server, season, backlog, &Job { what: "", clients: 32, batch: BATCH, visits: 16_000, photos: 0, lanes: 1 }).await.rate(16_000 / BATCH);
    let cores = |after: Duration, before: Duration| after.saturating_sub(before).as_secs_f64() / served.as_secs_f64();
    let of = |count: usize, time: Duration| f64::from(u32::try_from(count).expect("few")) / time.as_secs_f64();
    let good = of(found.stored, served);
    let before = peak;
    let peak = f64::midpoint(before, after);
    println!(
        "\noverload, twenty visits a request: peak {before:.0} requests/s before and {after:.0} after; offered {:.0}/s for {:.0} s: {good:.0}/s stored ({:.0} % of the peak between; p50 {:.0} ms, p99 {:.0} ms), \
         {} turned away with Retry-After (p50 {:.0} ms), {} otherwise · cores of the server {:.2}, of the generator {:.2} · peak memory {} MiB",
        of(visits / BATCH, offered),
        offered.as_secs_f64(),
        good / peak * 100.0,
        at(&found.stored_ms, 50),
        at(&found.stored_ms, 99),
        found.turned_away,
        at(&found.turned_away_ms, 50),
        found.otherwise,
        cores(spent_after.0, spent_before.0),
        cores(spent_after.1, spent_before.1),
        measure::peak_mib(server.id()),
    );
}

/// First pulls: of one user, then of a hundred at once; and what a later one costs.
pub async fn pulls(server: &Server) {
    let cadre = Rc::new(load::sign_in(server, 0).await);
    let mut alone = Vec::new();
    let mut last = Value::Null;
    let mut bytes = 0;
    for _ in 0..10 {
        let asked = Instant::now();
        let answer = cadre.get("/field/pull").await;
        alone.push(asked.elapsed().as_secs_f64() * 1_000.0);
        bytes = answer.bytes.len();
        last = answer.ok();
    }
    let households = last["households"].as_array().map_or(0, Vec::len);
    let (crowd, received) = (Rc::new(RefCell::new(Vec::new())), Rc::new(Cell::new(0)));
    // Of all teams.
    let all = load::sign_all_in(server).await;
    let users: Vec<_> = (0..100)
        .map(|n| {
            let (all, crowd, received) = (Rc::clone(&all), Rc::clone(&crowd), Rc::clone(&received));
            tokio::task::spawn_local(async move {
                let asked = Instant::now();
                // As browsers ask.
                let asks = all[n % all.len()].call(Method::GET, "/field/pull").header("Accept-Encoding", "gzip, deflate, br, zstd");
                let answer = asks.send().await.expect("an answer");
                assert!(answer.status().is_success(), "{}", answer.status());
                received.set(received.get().max(answer.bytes().await.expect("whole").len()));
                crowd.borrow_mut().push(asked.elapsed().as_secs_f64() * 1_000.0);
            })
        })
        .collect();
    for user in users {
        user.await.expect("ends well");
    }
    let mut later = Vec::new();
    let path = format!("/field/pull?since={}", last["cursor"].as_str().expect("a cursor"));
    for _ in 0..50 {
        let asked = Instant::now();
        cadre.get(&path).await.ok();
        later.push(asked.elapsed().as_secs_f64() * 1_000.0);
    }
    println!(
        "\nfirst pull of {households} households ({} KB, deflated {} KB): p50 {:.0} ms, longest {:.0} ms · 100 users at once: median {:.0} ms, longest {:.0} ms · later pull: p95 {:.0} ms · peak memory {} MiB",
        bytes / 1_000,
        received.get() / 1_000,
        at(&alone, 50),
        at(&alone, 100),
        at(&crowd.borrow(), 50),
        at(&crowd.borrow(), 100),
        at(&later, 95),
        measure::peak_mib(server.id()),
    );
}

/// Photos of 5 MB from fifty phones.
pub async fn large_photos(server: &Server) {
    const PHONES: usize = 50;
    const EACH: usize = 8;
    let cadre = Rc::new(load::sign_in(server, 0).await);
    let mut photographer = Photographer::new();
    // Behind the end of a JPEG anything may stand; its pixels are no more than a phone's.
    let queues: Vec<Vec<Vec<u8>>> = (0..PHONES)
        .map(|_| {
            let photo = |_| {
                let mut photo = photographer.photo();
                photo.resize(5_000_000, 0x5a);
                photo
            };
            (0..EACH).map(photo).collect()
        })
        .collect();
    let begun = Instant::now();
    let phones: Vec<_> = queues
        .into_iter()
        .map(|photos| {
            let cadre = Rc::clone(&cadre);
            tokio::task::spawn_local(async move {
                for photo in photos {
                    let path = format!("/evidence/{}", sha256_hex(&photo));
                    let answer = cadre.call(Method::PUT, &path).header("Content-Type", "image/jpeg").body(photo).send().await.expect("an answer");
                    assert_eq!(answer.status().as_u16(), 201);
                }
            })
        })
        .collect();
    for phone in phones {
        phone.await.expect("ends well");
    }
    let rate = f64::from(u32::try_from(PHONES * EACH).expect("few")) / begun.elapsed().as_secs_f64();
    println!("\nphotos of 5 MB from {PHONES} phones: {rate:.0}/s, the generator's hashing included · peak memory {} MiB", measure::peak_mib(server.id()));
}

/// So many of a hundred were as quick as this, or quicker.
pub fn at(ms: &[f64], percent: usize) -> f64 {
    let mut sorted = ms.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get((sorted.len().max(1) - 1) * percent / 100).copied().unwrap_or_default()
}
