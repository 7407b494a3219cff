//! Killed fifty times under load, nothing that was acknowledged is lost. The judge is a history kept here, outside the server:
//! acknowledged ⊆ stored ⊆ attempted, each visit at most one handover, pictures that hash to their name, a log whose chain holds.
#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests may fail loudly")]

#[path = "crash/books.rs"]
mod books;
#[path = "crash/keeping.rs"]
mod keeping;
#[path = "api/kit/mod.rs"]
#[expect(dead_code, reason = "the kit serves several test programs")]
mod kit;
#[expect(dead_code, reason = "serves the bench as well")]
mod process;

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use diesel::prelude::*;
use kit::people::Person;
use kit::phone::{Phone, Told};
use kit::underway::Underway;
use kit::{On, TestApp};
use nuanfang::kit::clock::{Clock, HOUR_MS, Moment};
use nuanfang::kit::db::schema::{entries, evidence, jobs, log, visits};
use nuanfang::kit::digest::sha256_hex;
use nuanfang::kit::log::LogRow;
use nuanfang::visits::INTAKE;
use process::Server;
use serde_json::{Value, json};

const KILLS: usize = 50;
/// Enough that some come as a crowd, whose visits are taken in first.
const CLIENTS: usize = 12;
/// How many answers each life lasts before it is ended, the phones' and those of the books; different numbers each time.
const ANSWERS: [(usize, usize); 5] = [(5, 0), (17, 4), (40, 1), (9, 6), (28, 2)];

/// What the world outside the server remembers.
#[derive(Default)]
struct History {
    attempted: HashSet<String>,
    /// Item by id, with the receipt it got.
    acknowledged: HashMap<String, (Value, Value)>,
    pictures: HashSet<String>,
    books: books::Books,
}

type Shared = Arc<Mutex<History>>;

#[actix_web::test]
async fn killed_fifty_times_under_load_nothing_acknowledged_is_lost() {
    let app = TestApp::start(On::Sqlite).await;
    app.time.store(Clock::system().now().ms(), Ordering::Relaxed);
    let city = app.city().await;
    let season = Arc::new(city.underway(&app, 400).await);
    let team = city.team("E1").to_string();
    let (folder, _) = app.leave().await;
    let data = folder.path().join("data");
    let history = Shared::default();
    let turn = Arc::new(AtomicUsize::new(0));
    let mut office = None;
    let mut slowest = std::time::Duration::ZERO;
    for life in 0..KILLS {
        let server = Server::start(&data, &[]).await;
        slowest = slowest.max(server.ready_after);
        verify_the_last(&server, &history).await;
        // Signed in once: what the server said before it was killed holds after it.
        if office.is_none() {
            office = books::Office::open(&server.address).await;
        }
        let (answers, kept) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let office = office.as_ref().expect("the server is up").at(&server.address);
        let desk = tokio::task::spawn_local(books::keep(office, Arc::clone(&season), Arc::clone(&history), Arc::clone(&kept), team.clone()));
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| tokio::task::spawn_local(work(server.address.clone(), Arc::clone(&season), Arc::clone(&history), Arc::clone(&turn), Arc::clone(&answers))))
            .collect();
        let (phones, desks) = ANSWERS[life % ANSWERS.len()];
        let enough = || answers.load(Ordering::Relaxed) >= phones && kept.load(Ordering::Relaxed) >= desks;
        while !enough() && !desk.is_finished() {
            tokio::task::yield_now().await;
        }
        server.kill();
        for client in clients.into_iter().chain([desk]) {
            client.await.expect("a client ends when its server is gone");
        }
    }
    let server = Server::start(&data, &[]).await;
    verify_everything(&server, &history, &season).await;
    server.stop();
    verify_the_store(&data, &history, true);
    let history = history.lock().expect("nobody panicked");
    println!(
        "{KILLS} kills: {} visits attempted, {} acknowledged, {} pictures acknowledged, none lost; slowest start {slowest:?}",
        history.attempted.len(),
        history.acknowledged.len(),
        history.pictures.len()
    );
}

/// Signs in; nobody where the server is gone already.
async fn cadre(address: &str) -> Option<Person> {
    signed_in(address, "cadre").await
}

async fn signed_in(address: &str, username: &str) -> Option<Person> {
    let mut person = Person::at(address);
    let session = json!({"username": username, "password": kit::city::PASSWORD});
    let answer = person.http.post(format!("{address}/api/v1/session")).json(&session).send().await.ok()?;
    person.token = Some(answer.json::<Value>().await.ok()?["access_token"].as_str()?.to_owned());
    Some(person)
}

/// One phone: a picture, then a batch of visits, as fast as it goes, until the server is gone.
async fn work(address: String, season: Arc<Underway>, history: Shared, turn: Arc<AtomicUsize>, answers: Arc<AtomicUsize>) -> Option<()> {
    let cadre = cadre(&address).await?;
    let now = Clock::system().now();
    let mut phone = Phone::new(now);
    loop {
        let bytes = picture(turn.fetch_add(1, Ordering::Relaxed));
        let sha256 = sha256_hex(&bytes);
        let sent = cadre.call(reqwest::Method::PUT, &format!("/evidence/{sha256}")).header("Content-Type", "image/png").body(bytes).send().await.ok()?;
        if sent.status().is_success() {
            history.lock().ok()?.pictures.insert(sha256.clone());
            answers.fetch_add(1, Ordering::Relaxed);
        }
        let items: Vec<Value> = (0..3).map(|_| visit(&mut phone, &season, turn.fetch_add(1, Ordering::Relaxed), &sha256, now)).collect();
        history.lock().ok()?.attempted.extend(items.iter().filter_map(|item| item["id"].as_str().map(str::to_owned)));
        let answer = books::send(&cadre, "/field/push", &phone.parcel(&items)).await?;
        let mut history = history.lock().ok()?;
        for (item, result) in items.iter().zip(answer["results"].as_array()?) {
            assert_eq!(result["status"], "stored", "{result}");
            history.acknowledged.insert(item["id"].as_str()?.to_owned(), (item.clone(), result["receipt"].clone()));
        }
        answers.fetch_add(1, Ordering::Relaxed);
    }
}

fn visit(phone: &mut Phone, season: &Underway, turn: usize, sha256: &str, now: Moment) -> Value {
    let n = turn % season.households.len();
    let told = Told::honest(&season.campaign, &season.households[n], &season.entitlements[n], &season.fund, now.plus_ms(-HOUR_MS));
    phone.item("visit", &told.with_evidence(sha256, "photo", 100, now).0, now)
}

/// A PNG that is unlike all others.
fn picture(n: usize) -> Vec<u8> {
    let tone = |x: u32, y: u32| u8::try_from((usize::try_from(x * 31 + y * 17).unwrap_or_default() + n * 7) % 256).unwrap_or_default();
    let image = image::RgbImage::from_fn(24, 24, |x, y| image::Rgb([tone(x, y), tone(y, x), u8::try_from(n / 256 % 256).unwrap_or_default()]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).expect("a PNG");
    bytes.into_inner()
}

/// After a crash: what was acknowledged most recently is where a loss would show first.
async fn verify_the_last(server: &Server, history: &Shared) {
    let some: Vec<(Value, Value)> = history.lock().expect("nobody panicked").acknowledged.values().take(100).cloned().collect();
    if !some.is_empty() {
        let cadre = cadre(&server.address).await.expect("the server is up");
        answered_as_before(&cadre, &some).await;
    }
}

async fn answered_as_before(cadre: &Person, some: &[(Value, Value)]) {
    let device = nuanfang::kit::id::Id::fresh(Clock::system().now(), &nuanfang::kit::clock::Chance::system());
    let items: Vec<&Value> = some.iter().map(|(item, _)| item).collect();
    let parcel = json!({"device": {"id": device.as_str(), "app_version": "judge", "clock_offset_ms": 0}, "items": items});
    let answer = cadre.post("/field/push", &parcel).await.ok();
    for ((item, receipt), result) in some.iter().zip(answer["results"].as_array().expect("results")) {
        assert_eq!(result["status"], "duplicate", "acknowledged, then lost: {}", item["id"]);
        assert_eq!(&result["receipt"], receipt, "the same receipt");
    }
}

async fn verify_everything(server: &Server, history: &Shared, season: &Underway) {
    let cadre = cadre(&server.address).await.expect("the server is up");
    let (all, pictures): (Vec<_>, Vec<_>) = {
        let history = history.lock().expect("nobody panicked");
        (history.acknowledged.values().cloned().collect(), history.pictures.iter().cloned().collect())
    };
    assert!(all.len() > 100 && pictures.len() > 50, "there was no load to speak of");
    for some in all.chunks(200) {
        answered_as_before(&cadre, some).await;
    }
    for some in pictures.chunks(1_000) {
        assert_eq!(cadre.post("/evidence/missing", &json!({"sha256": some})).await.ok()["missing"], json!([]));
    }
    for sha256 in pictures.iter().take(100) {
        let facts = cadre.get(&format!("/evidence/{sha256}/facts")).await;
        assert_eq!(facts.status, 200, "{sha256}");
    }
    let _ = season;
}

/// Looks into the store itself, with the server gone.
fn verify_the_store(data: &Path, history: &Shared, kept_books: bool) {
    let history = history.lock().expect("nobody panicked");
    let path = data.join("nuanfang.db");
    let mut conn = SqliteConnection::establish(path.to_str().expect("a path")).expect("the database opens");
    let stored: Vec<String> = visits::table.select(visits::id).load(&mut conn).expect("visits");
    assert!(stored.iter().all(|id| history.attempted.contains(id)), "a visit nobody sent");
    let stored: HashSet<String> = stored.into_iter().collect();
    assert!(history.acknowledged.keys().all(|id| stored.contains(id)), "an acknowledged visit is gone");
    let handed: Vec<Option<String>> = entries::table.filter(entries::kind.eq("handover")).select(entries::visit_id).load(&mut conn).expect("entries");
    assert_eq!(handed.len(), handed.iter().collect::<HashSet<_>>().len(), "one visit, one handover");
    // Taken in from a crowd, they are worked off after, by the next server if need be.
    let waiting: Vec<String> = jobs::table.filter(jobs::queue.eq(INTAKE)).select(jobs::subject).load(&mut conn).expect("jobs");
    assert!(waiting.iter().all(|id| stored.contains(id) && !handed.contains(&Some(id.clone()))), "worked off, and waits for it");
    assert_eq!(handed.len() + waiting.len(), stored.len(), "every stored visit handed something over, or is about to");
    let named: Vec<String> = evidence::table.select(evidence::sha256).load(&mut conn).expect("evidence");
    for sha256 in named {
        let file = data.join("evidence");
        let bytes = find(&file, &sha256).unwrap_or_else(|| panic!("{sha256} has no file"));
        assert_eq!(sha256_hex(&bytes), sha256, "a picture that is not what it is called");
    }
    chain_holds(&mut books::verify(conn, &history.books, kept_books));
}

fn find(folder: &Path, sha256: &str) -> Option<Vec<u8>> {
    std::fs::read_dir(folder).ok()?.flatten().find_map(|entry| {
        let path = entry.path();
        if path.is_dir() {
            if sha256.starts_with(entry.file_name().to_str()?) || path.parent().is_some() { find(&path, sha256) } else { None }
        } else if entry.file_name() == sha256 {
            std::fs::read(path).ok()
        } else {
            None
        }
    })
}

fn chain_holds(conn: &mut SqliteConnection) {
    let rows: Vec<LogRow> = log::table.order((log::chain, log::sequence)).select(LogRow::as_select()).load(conn).expect("the log");
    let mut last: HashMap<String, (i64, String)> = HashMap::new();
    for row in rows {
        let (sequence, hash) = last.get(&row.chain).cloned().unwrap_or_default();
        assert_eq!(row.sequence, sequence + 1, "a gap in the log");
        assert_eq!(row.previous_hash, hash, "a link of the log is broken");
        assert_eq!(row.hash, row.expected_hash(), "a row of the log was changed");
        last.insert(row.chain.clone(), (row.sequence, row.hash));
    }
}
