//! Clients that push as fast as they are answered.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use nuanfang::kit::clock::Clock;
use nuanfang::kit::digest::sha256_hex;
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::kit::people::Person;
use crate::kit::phone::{Phone, Told};
use crate::measure::{self, Backlog};
use crate::photographer::Photographer;
use crate::process::Server;
use crate::season::{self, CADRES, Season};

/// One line of the table.
pub struct Job {
    /// In words.
    pub what: &'static str,
    /// Phones at once.
    pub clients: usize,
    /// Visits in one request.
    pub batch: usize,
    /// Visits in all.
    pub visits: usize,
    /// Photos of each visit.
    pub photos: usize,
    /// Files that one phone sends at once.
    pub lanes: usize,
}

/// What came of it.
pub struct Figures {
    seconds: f64,
    /// Until everything was reconciled that had been taken in.
    settled: f64,
    /// Answers that said to come back, each followed by another try, as a phone does it.
    turned_away: usize,
    latencies: Vec<Duration>,
    /// Of each request by itself, as often as it had to come back.
    requests: Vec<Duration>,
    cpu: Duration,
    peak_mib: u64,
}

/// What one client sends in one go, made before the clock starts.
pub struct Parcel {
    /// Who sends it.
    pub cadre: usize,
    /// The push.
    pub body: Vec<u8>,
    files: Vec<(String, &'static str, Vec<u8>)>,
}

pub type Queue = Rc<RefCell<VecDeque<Parcel>>>;

impl Figures {
    /// Answered a second.
    pub fn rate(&self, visits: usize) -> f64 {
        f64::from(u32::try_from(visits).expect("few")) / self.seconds
    }

    /// As a row of the table.
    pub fn row(&self, job: &Job) -> String {
        let visits = f64::from(u32::try_from(job.visits).expect("few"));
        let at = |times: &[Duration], share: usize| {
            let mut sorted = times.to_vec();
            sorted.sort();
            sorted[(sorted.len() - 1) * share / 100].as_secs_f64() * 1_000.0
        };
        format!(
            "| {} | {} | {} | {:.0} | {:.0} | {:.1} | {:.1} | {:.1} | {:.2} | {} | {} |",
            job.what,
            job.clients,
            job.visits,
            visits / self.seconds,
            visits / self.settled,
            at(&self.latencies, 50),
            at(&self.latencies, 99),
            at(&self.requests, 99),
            self.cpu.as_secs_f64() * 1_000.0 / visits,
            self.turned_away,
            self.peak_mib
        )
    }
}

/// Runs a job.
pub async fn run(server: &Server, season: &Season, backlog: &mut Backlog, job: &Job) -> Figures {
    let cadres = sign_all_in(server).await;
    let cpu = measure::cpu(server.id());
    let taken = Rc::new(Taken::default());
    let mut spent = Duration::ZERO;
    // Whole visits are made in rounds, so that the generator never holds gigabytes of pictures.
    let round = if job.photos == 0 { job.visits } else { job.clients.max(600) };
    let mut phones = phones(job.clients);
    let mut photographer = Photographer::new();
    for begin in (0..job.visits).step_by(round) {
        let queues = parcels(season, job, &mut phones, &mut photographer, round.min(job.visits - begin));
        let begun = Instant::now();
        let clients: Vec<_> = queues.into_iter().map(|queue| tokio::task::spawn_local(work(Rc::clone(&cadres), queue, Rc::clone(&taken), job.lanes))).collect();
        for client in clients {
            client.await.expect("a client ends well");
        }
        spent += begun.elapsed();
    }
    let begun = Instant::now();
    backlog.is_worked_off().await;
    let settled = (spent + begun.elapsed()).as_secs_f64();
    let cpu = measure::cpu(server.id()).checked_sub(cpu).expect("time goes on");
    Figures {
        seconds: spent.as_secs_f64(),
        settled,
        turned_away: taken.turned_away.get(),
        latencies: taken.whole.take(),
        requests: taken.requests.take(),
        cpu,
        peak_mib: measure::peak_mib(server.id()),
    }
}

/// A phone for each cadre at least: of so many clients each carries some.
pub fn phones(clients: usize) -> Vec<Phone> {
    (0..clients.max(CADRES)).map(|_| Phone::new(Clock::system().now())).collect()
}

pub async fn sign_in(server: &Server, cadre: usize) -> Person {
    sign_in_as(server, &season::username(cadre)).await
}

pub async fn sign_in_as(server: &Server, username: &str) -> Person {
    let mut person = Person::at(&server.address);
    let session = person.post("/session", &json!({"username": username, "password": crate::kit::city::PASSWORD})).await.ok();
    person.token = session["access_token"].as_str().map(str::to_owned);
    person
}

pub async fn sign_all_in(server: &Server) -> Rc<Vec<Person>> {
    let mut cadres = Vec::new();
    for cadre in 0..CADRES {
        cadres.push(sign_in(server, cadre).await);
    }
    Rc::new(cadres)
}

/// So many visits, for each client what it sends one after the other; every phone in its turn.
pub fn parcels(season: &Season, job: &Job, phones: &mut [Phone], photographer: &mut Photographer, visits: usize) -> Vec<Queue> {
    let queues: Vec<Queue> = (0..job.clients).map(|_| Queue::default()).collect();
    let now = Clock::system().now();
    for turn in 0..visits / job.batch {
        let turn = turn % phones.len();
        let (phone, cadre) = (&mut phones[turn], turn % CADRES);
        let mut files = Vec::new();
        let mut items = Vec::new();
        for _ in 0..job.batch {
            let (told, named) = visit(season, cadre, job.photos, photographer);
            items.push(phone.item("visit", &told.0, now));
            files.extend(named);
        }
        let body = serde_json::to_vec(&phone.parcel(&items)).expect("JSON");
        queues[turn % job.clients].borrow_mut().push_back(Parcel { cadre, body, files });
    }
    queues
}

type Files = Vec<(String, &'static str, Vec<u8>)>;

fn visit(season: &Season, cadre: usize, photos: usize, photographer: &mut Photographer) -> (Told, Files) {
    let (n, at) = season.next(cadre);
    let underway = &season.underway;
    let mut told = Told::honest(&underway.campaign, &underway.households[n], &underway.entitlements[n], &underway.fund, at);
    let mut files = Vec::new();
    for _ in 0..photos {
        let bytes = photographer.photo();
        let sha256 = sha256_hex(&bytes);
        told = told.with_evidence(&sha256, "photo", bytes.len(), at);
        files.push((sha256, "image/jpeg", bytes));
    }
    if photos > 0 {
        let bytes = photographer.signature();
        let sha256 = sha256_hex(&bytes);
        told = told.with_evidence(&sha256, "signature", bytes.len(), at);
        files.push((sha256, "image/png", bytes));
    }
    (told, files)
}

/// What clients saw.
#[derive(Default)]
pub struct Taken {
    whole: RefCell<Vec<Duration>>,
    requests: RefCell<Vec<Duration>>,
    /// Answers that said to come back.
    pub turned_away: Cell<usize>,
}

async fn work(cadres: Rc<Vec<Person>>, queue: Queue, taken: Rc<Taken>, lanes: usize) {
    let taken = &*taken;
    loop {
        let Some(parcel) = queue.borrow_mut().pop_front() else { return };
        let cadre = &cadres[parcel.cadre];
        let begun = Instant::now();
        let sent = send(cadre, Method::POST, "/field/push", "application/json", parcel.body.into(), taken).await;
        assert!(sent.status().is_success(), "{}", sent.status());
        let answer: Value = sent.json().await.expect("JSON");
        assert!(answer["results"].as_array().expect("results").iter().all(|result| result["status"] == "stored"), "{answer}");
        let sending = parcel.files.into_iter().map(|(sha256, media_type, bytes)| async move {
            let sent = send(cadre, Method::PUT, &format!("/evidence/{sha256}"), media_type, bytes.into(), taken).await;
            assert_eq!(sent.status().as_u16(), 201);
        });
        stream::iter(sending).buffer_unordered(lanes).collect::<()>().await;
        taken.whole.borrow_mut().push(begun.elapsed());
    }
}

/// Sends until it is taken: whoever is told to come back does, at the time that was said.
pub async fn send(cadre: &Person, method: Method, path: &str, media_type: &'static str, body: Bytes, taken: &Taken) -> Response {
    let begun = Instant::now();
    loop {
        let answer = cadre.call(method.clone(), path).header("Content-Type", media_type).body(body.clone()).send().await.expect("an answer");
        if answer.status() != 503 {
            taken.requests.borrow_mut().push(begun.elapsed());
            return answer;
        }
        taken.turned_away.set(taken.turned_away.get() + 1);
        let wait = answer.headers().get("retry-after").and_then(|value| value.to_str().ok()).and_then(|value| value.parse().ok()).expect("when to come back");
        tokio::time::sleep(Duration::from_secs(wait)).await;
    }
}
