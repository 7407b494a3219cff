//! Backup, restore and doctor, as the person who runs the server uses them.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use nuanfang::kit::clock::{Clock, HOUR_MS};
use nuanfang::kit::db::schema::visits;
use nuanfang::kit::digest::sha256_hex;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Shared, answered_as_before, cadre, find, picture, verify_the_store, work};
use crate::kit::phone::{Phone, Told};
use crate::kit::underway::Underway;
use crate::kit::{On, TestApp};
use crate::process::Server;

/// Runs a command of the program: its exit status and what it printed.
fn run(data: &Path, command: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_nuanfang")).args(command).arg("--data").arg(data).output().expect("the program starts");
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.code().expect("it ended by itself"), said)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

/// A season, as it lies on the disk.
async fn season(households: usize) -> (TempDir, PathBuf, Arc<Underway>) {
    let app = TestApp::start(On::Sqlite).await;
    app.time.store(Clock::system().now().ms(), Ordering::Relaxed);
    let city = app.city().await;
    let season = Arc::new(city.underway(&app, households).await);
    let (folder, _) = app.leave().await;
    let data = folder.path().join("data");
    (folder, data, season)
}

#[actix_web::test]
async fn a_backup_under_load_gives_back_everything_acknowledged_before_it() {
    let (folder, data, season) = season(400).await;
    let (backup, elsewhere) = (folder.path().join("backup"), folder.path().join("elsewhere"));
    let server = Server::start(&data, &[]).await;
    let (history, turn, answers) = (Shared::default(), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let clients: Vec<_> = (0..4)
        .map(|_| actix_web::rt::spawn(work(server.address.clone(), Arc::clone(&season), Arc::clone(&history), Arc::clone(&turn), Arc::clone(&answers))))
        .collect();
    // Twice: the second brings the first up to date.
    let mut before: (Vec<(Value, Value)>, Vec<String>) = (Vec::new(), Vec::new());
    for round in [20, 60] {
        while answers.load(Ordering::Relaxed) < round {
            tokio::task::yield_now().await;
        }
        before = {
            let history = history.lock().expect("nobody panicked");
            (history.acknowledged.values().cloned().collect(), history.pictures.iter().cloned().collect())
        };
        let (data, backup) = (data.clone(), backup.clone());
        let done = actix_web::rt::task::spawn_blocking(move || run(&data, &["backup", text(&backup)])).await.expect("it ran");
        assert_eq!(done.0, 0, "{}", done.1);
    }
    server.kill();
    for client in clients {
        client.await.expect("a client ends when its server is gone");
    }
    assert_eq!(run(&data, &["doctor", "--backup", text(&backup)]), (0, format!("nothing wrong; {} pieces of evidence hashed\n", pieces(&backup))));
    let (status, said) = run(&data, &["restore", text(&backup)]);
    assert_eq!((status, said.contains("there is a database")), (2, true), "nothing is written over: {said}");
    fs::create_dir_all(&elsewhere).expect("a folder");
    let journal = elsewhere.join("nuanfang.db-wal");
    fs::write(&journal, "of a database that is gone").expect("written");
    let (status, said) = run(&elsewhere, &["restore", text(&backup)]);
    assert_eq!((status, said.contains("nuanfang.db-wal")), (2, true), "it would be played into the restored one: {said}");
    fs::remove_file(journal).expect("removed");
    let (status, said) = run(&elsewhere, &["restore", text(&backup)]);
    assert_eq!(status, 0, "{said}");
    let (status, said) = run(&elsewhere, &["doctor"]);
    assert_eq!(status, 0, "{said}");
    let restored = Server::start(&elsewhere, &[]).await;
    let cadre = cadre(&restored.address).await.expect("the server is up");
    assert!(before.0.len() > 20 && before.1.len() > 10, "there was no load to speak of");
    for some in before.0.chunks(200) {
        answered_as_before(&cadre, some).await;
    }
    assert_eq!(cadre.post("/evidence/missing", &json!({"sha256": before.1})).await.ok()["missing"], json!([]));
    restored.stop();
    // What came after the backup may be missing; of what is there nothing is half there.
    let stored = visits_in(&elsewhere);
    history.lock().expect("nobody panicked").acknowledged.retain(|id, _| stored.contains(id));
    verify_the_store(&elsewhere, &history, false);
}

fn visits_in(data: &Path) -> HashSet<String> {
    let mut conn = SqliteConnection::establish(text(&data.join("nuanfang.db"))).expect("the database opens");
    let ids: Vec<String> = visits::table.select(visits::id).load(&mut conn).expect("visits");
    ids.into_iter().collect()
}

fn pieces(backup: &Path) -> usize {
    let shelves = fs::read_dir(backup.join("evidence")).expect("a folder").flatten();
    shelves.map(|shelf| fs::read_dir(shelf.path()).expect("a shelf").count()).sum()
}

/// A byte of a file is another for as long as the work takes.
fn with_a_flipped_byte<T>(path: &Path, at: usize, work: impl FnOnce() -> T) -> T {
    let sound = fs::read(path).expect("a file");
    let mut damaged = sound.clone();
    damaged[at] ^= 0x01;
    fs::write(path, damaged).expect("written");
    let value = work();
    fs::write(path, sound).expect("written");
    value
}

#[actix_web::test]
async fn one_flipped_byte_is_found_wherever_it_is() {
    let (folder, data, season) = season(3).await;
    let backup = folder.path().join("backup");
    let server = Server::start(&data, &[]).await;
    let cadre = cadre(&server.address).await.expect("the server is up");
    let (bytes, now) = (picture(7), Clock::system().now());
    let sha256 = sha256_hex(&bytes);
    let sent = cadre.call(reqwest::Method::PUT, &format!("/evidence/{sha256}")).header("Content-Type", "image/png").body(bytes).send().await;
    assert_eq!(sent.expect("an answer").status().as_u16(), 201);
    let mut phone = Phone::new(now);
    let told = Told::honest(&season.campaign, &season.households[0], &season.entitlements[0], &season.fund, now.plus_ms(-HOUR_MS));
    let item = phone.item("visit", &told.with_evidence(&sha256, "photo", 100, now).0, now);
    assert_eq!(phone.push(&cadre, &[item]).await.ok()["results"][0]["status"], "stored");
    server.stop();
    assert_eq!(run(&data, &["backup", text(&backup)]).0, 0);
    let doctor = || run(&data, &["doctor"]);
    let of_backup = || run(&data, &["doctor", "--backup", text(&backup)]);
    assert_eq!((doctor().0, of_backup().0), (0, 0), "{} {}", doctor().1, of_backup().1);
    let path_of = |root: PathBuf| root.join(&sha256[..2]).join(&sha256);
    assert!(find(&data.join("evidence"), &sha256).is_some());
    let damaged = with_a_flipped_byte(&path_of(data.join("evidence")), 20, doctor);
    assert_eq!((damaged.0, damaged.1.contains(&format!("evidence {sha256}: damaged"))), (1, true), "{}", damaged.1);
    let damaged = with_a_flipped_byte(&path_of(backup.join("evidence")), 20, of_backup);
    assert_eq!((damaged.0, damaged.1.contains(&format!("evidence {sha256}: damaged"))), (1, true), "{}", damaged.1);
    let manifest: Value = serde_json::from_slice(&fs::read(backup.join("manifest.json")).expect("a manifest")).expect("JSON");
    let copy = backup.join(manifest["database"].as_str().expect("a name"));
    let length = usize::try_from(fs::metadata(&copy).expect("a file").len()).expect("a small file");
    for part in 0..8 {
        let damaged = with_a_flipped_byte(&copy, length * part / 8 + 77, of_backup);
        assert_eq!((damaged.0, damaged.1.contains("not the database")), (1, true), "{}", damaged.1);
    }
    let refused = with_a_flipped_byte(&copy, length / 2, || run(&folder.path().join("elsewhere"), &["restore", text(&backup)]));
    assert_eq!((refused.0, refused.1.contains("changed or damaged")), (2, true), "{}", refused.1);
    // In the store itself: what the log says, and what an account holds.
    let database = data.join("nuanfang.db");
    let whole = fs::read(&database).expect("a file");
    let said = b"\"standing\":\"";
    let at = whole.windows(said.len()).position(|window| window == said).expect("the log tells of a standing");
    let damaged = with_a_flipped_byte(&database, at + said.len() + 1, doctor);
    assert_eq!(damaged.0, 1, "{}", damaged.1);
    assert_eq!(doctor().0, 0, "mended");
    SqliteConnection::establish(text(&database))
        .expect("it opens")
        .batch_execute("UPDATE balances SET amount = amount + 1 WHERE account_kind = 'team'")
        .expect("a clerk with a pen");
    let damaged = doctor();
    assert_eq!((damaged.0, damaged.1.contains("a balance is not the sum of its postings")), (1, true), "{}", damaged.1);
}

#[actix_web::test]
async fn a_log_whose_end_was_cut_off_is_told_by_a_head_that_was_handed_out() {
    let (_folder, data, _season) = season(3).await;
    let (status, whole) = run(&data, &["audit", "verify"]);
    assert_eq!((status, whole.ends_with("every row holds\n")), (0, true), "{whole}");
    let head = whole.lines().find(|line| line.split(':').count() == 3).expect("a head").to_owned();
    assert_eq!(run(&data, &["audit", "verify", "--head", &head]).0, 0);
    let (chain, sequence) = head.rsplit_once(':').and_then(|(place, _)| place.rsplit_once(':')).expect("three parts");
    let mut conn = SqliteConnection::establish(text(&data.join("nuanfang.db"))).expect("it opens");
    conn.batch_execute(&format!(
        "DROP TRIGGER log_is_append_only_u; DROP TRIGGER log_is_append_only_d;
         DELETE FROM log WHERE chain = '{chain}' AND sequence = {sequence};
         UPDATE chains SET sequence = sequence - 1, hash = (SELECT hash FROM log WHERE chain = '{chain}' ORDER BY sequence DESC LIMIT 1) WHERE chain = '{chain}';"
    ))
    .expect("a clerk with scissors");
    assert_eq!(run(&data, &["audit", "verify"]).0, 0, "by itself it looks whole");
    let (status, cut) = run(&data, &["audit", "verify", "--head", &head]);
    assert_eq!((status, cut.contains("is not in the log")), (1, true), "{cut}");
    conn.batch_execute("UPDATE log SET facts = '{}' WHERE sequence = 2").expect("a clerk with a pen");
    let (status, changed) = run(&data, &["audit", "verify"]);
    assert_eq!((status, changed.contains("is broken at 2")), (1, true), "{changed}");
    assert_eq!(run(&data, &["audit", "verify", "--head", "city:x:1"]).0, 2);
}
