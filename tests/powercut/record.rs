//! A session of the real program, recorded call by call.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use nuanfang::kit::clock::{Clock, HOUR_MS};
use nuanfang::kit::digest::sha256_hex;
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::disk::Image;
use crate::kit::people::Person;
use crate::kit::phone::{Phone, Told};
use crate::kit::underway::Underway;
use crate::kit::{On, TestApp, city};
use crate::process::Server;
use crate::trace::{CALLS, Event, read};

const PHONES: usize = 3;
const VISITS: usize = 8;
/// Bytes of the log at which SQLite copies it into the database, less what a round of the phones and the background behind it write.
const NEARLY_A_CHECKPOINT: u64 = 12_000 * (4_096 + 24);

/// What happened, and to whom what was acknowledged, and when: milliseconds in which the answer was there.
pub struct Session {
    pub data: PathBuf,
    pub events: Vec<Event>,
    pub tried: HashSet<String>,
    pub visits: Vec<(i64, String)>,
    pub pictures: Vec<(i64, String)>,
    base: PathBuf,
    _folder: TempDir,
}

/// What phones were told.
#[derive(Default)]
struct Heard {
    tried: HashSet<String>,
    visits: Vec<(i64, String)>,
    pictures: Vec<(i64, String)>,
}

impl Heard {
    fn and(&mut self, other: Self) {
        self.tried.extend(other.tried);
        self.visits.extend(other.visits);
        self.pictures.extend(other.pictures);
    }
}

async fn season() -> (TempDir, PathBuf, Rc<Underway>) {
    let app = TestApp::start(On::Sqlite).await;
    app.time.store(Clock::system().now().ms(), Ordering::Relaxed);
    let season = Rc::new(app.city().await.underway(&app, 40).await);
    let (folder, _) = app.leave().await;
    // A copy, for the app's own connections may not all be closed yet.
    let (left, data) = (folder.path().join("data"), folder.path().join("season"));
    std::fs::create_dir(&data).expect("a folder");
    let named = |path: &Path| path.join("nuanfang.db").to_string_lossy().into_owned();
    let mut conn = SqliteConnection::establish(&named(&left)).expect("the database opens");
    conn.batch_execute(&format!("PRAGMA busy_timeout = 10000; VACUUM INTO '{}';", named(&data))).expect("all in one file");
    for entry in std::fs::read_dir(&left).expect("a folder").flatten() {
        if !entry.file_name().to_string_lossy().starts_with("nuanfang.db") {
            copy(&entry.path(), &data.join(entry.file_name()));
        }
    }
    (folder, data, season)
}

fn copy(from: &Path, to: &Path) {
    let done = Command::new("cp").args(["-a", "--"]).arg(from).arg(to).status().expect("cp");
    assert!(done.success(), "{} is copied", from.display());
}

impl Session {
    /// From the program's start on: the log is made, and everything after.
    pub async fn from_the_start() -> Self {
        let (folder, data, season) = season().await;
        let (base, log) = (folder.path().join("base"), folder.path().join("calls"));
        copy(&data, &base);
        let trace = format!("trace={CALLS}");
        let tracer = ["strace", "-D", "-f", "-y", "-xx", "-ttt", "-s", "16777216", "-e", &trace, "-o", log.to_str().expect("a path"), "--"];
        let server = Server::start_under(&tracer, &data, &["--workers", "1"]).await;
        let heard = live(&server, &season).await;
        let id = server.id();
        server.stop();
        Self::of(folder, data, base, heard, &whole(&log, id))
    }

    /// Of a program that has been at work for long, past the moment at which the log is copied into the database and begins anew.
    pub async fn through_a_checkpoint() -> Self {
        let (folder, data, season) = season().await;
        let (base, log) = (folder.path().join("base"), folder.path().join("calls"));
        let server = Server::start(&data, &["--workers", "1"]).await;
        let mut before = Heard::default();
        while size(&data) < NEARLY_A_CHECKPOINT {
            before.and(live(&server, &season).await);
        }
        quiet(&data).await;
        copy(&data, &base);
        let id = server.id();
        let mut tracer = attached(&log, id).await;
        let mut heard = live(&server, &season).await;
        while size(&data) > NEARLY_A_CHECKPOINT && std::fs::metadata(&log).expect("a trace").len() < 200_000_000 && !copied(&log) {
            heard.and(live(&server, &season).await);
        }
        assert!(copied(&log), "the log is copied while phones are at work, not only when the program ends");
        heard.and(live(&server, &season).await);
        // What was acknowledged before the base was copied is held by every cut.
        before.visits.iter_mut().chain(&mut before.pictures).for_each(|(at, _)| *at = 0);
        heard.and(before);
        server.stop();
        tracer.wait().expect("the tracer ends");
        Self::of(folder, data, base, heard, &whole(&log, id))
    }

    fn of(folder: TempDir, data: PathBuf, base: PathBuf, heard: Heard, trace: &str) -> Self {
        let events = read(trace, data.to_str().expect("a path"));
        let Heard { tried, visits, pictures } = heard;
        Self { data, events, tried, visits, pictures, base, _folder: folder }
    }

    /// What the disk held before, by the paths it has in the trace.
    pub fn base(&self) -> Image {
        let mut image = Image::new();
        gather(&self.base, &self.data, &mut image);
        image
    }
}

fn gather(folder: &Path, shown: &Path, image: &mut Image) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = shown.join(entry.file_name());
        if entry.path().is_dir() {
            gather(&entry.path(), &path, image);
        } else if !path.to_string_lossy().ends_with("-shm") {
            image.insert(path.to_string_lossy().into_owned(), std::fs::read(entry.path()).expect("a file"));
        }
    }
}

/// The trace, once its last line is there.
fn whole(log: &Path, id: u32) -> String {
    loop {
        let text = std::fs::read_to_string(log).expect("a trace");
        if text.lines().rev().take(50).any(|line| line.starts_with(&format!("{id} ")) && line.contains("+++ exited")) {
            return text;
        }
        std::thread::yield_now();
    }
}

fn size(data: &Path) -> u64 {
    std::fs::metadata(data.join("nuanfang.db-wal")).map_or(0, |file| file.len())
}

fn copied(log: &Path) -> bool {
    let hex: String = "nuanfang.db>".bytes().map(|byte| format!("\\x{byte:02x}")).collect();
    let text = std::fs::read_to_string(log).expect("a trace");
    text.lines().any(|line| {
        line.contains("pwrite64(") && (line.contains("nuanfang.db>") || line.contains(hex.trim_end_matches("\\x3e")) && !line.contains("\\x2d\\x77\\x61\\x6c>"))
    })
}

/// Until the background has nothing more to write.
async fn quiet(data: &Path) {
    let stamp = || std::fs::metadata(data.join("nuanfang.db-wal")).and_then(|file| file.modified()).ok();
    let mut last = stamp();
    loop {
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        let now = stamp();
        if now == last {
            return;
        }
        last = now;
    }
}

async fn attached(log: &Path, id: u32) -> Child {
    let trace = format!("trace={CALLS}");
    let id = id.to_string();
    let mut tracer = Command::new("strace")
        .args(["-f", "-y", "-xx", "-ttt", "-s", "16777216", "-e", &trace, "-p", &id, "-o"])
        .arg(log)
        .stderr(Stdio::piped())
        .spawn()
        .expect("strace");
    let mut said = std::io::BufReader::new(tracer.stderr.take().expect("piped"));
    let mut line = String::new();
    while !line.contains("attached") {
        line.clear();
        assert!(std::io::BufRead::read_line(&mut said, &mut line).expect("strace talks") > 0, "strace does not attach");
    }
    std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
    tracer
}

/// A few phones at once, each with pictures and visits.
async fn live(server: &Server, season: &Rc<Underway>) -> Heard {
    let mut cadre = Person::at(&server.address);
    let session = cadre.post("/session", &json!({"username": "cadre", "password": city::PASSWORD})).await.ok();
    cadre.token = session["access_token"].as_str().map(str::to_owned);
    let cadre = Rc::new(cadre);
    let phones: Vec<_> = (0..PHONES).map(|_| tokio::task::spawn_local(work(Rc::clone(&cadre), Rc::clone(season)))).collect();
    let mut heard = Heard::default();
    for phone in phones {
        heard.and(phone.await.expect("a phone ends well"));
    }
    heard
}

async fn work(cadre: Rc<Person>, season: Rc<Underway>) -> Heard {
    let mut phone = Phone::new(Clock::system().now());
    let mut heard = Heard::default();
    for n in 0..VISITS {
        let now = Clock::system().now();
        let bytes = picture(&phone.device, n);
        let sha256 = sha256_hex(&bytes);
        let put = cadre.call(Method::PUT, &format!("/evidence/{sha256}")).header("Content-Type", "image/png").body(bytes).send().await;
        assert_eq!(put.expect("an answer").status().as_u16(), 201);
        heard.pictures.push((Clock::system().now().ms() + 1, sha256.clone()));
        let at = n % season.households.len();
        let told = Told::honest(&season.campaign, &season.households[at], &season.entitlements[at], &season.fund, now.plus_ms(-HOUR_MS));
        let item = phone.item("visit", &told.with_evidence(&sha256, "photo", 100, now).0, now);
        let id = item["id"].as_str().expect("an id").to_owned();
        heard.tried.insert(id.clone());
        let answer: Value = phone.push(&cadre, &[item]).await.ok();
        assert_eq!(answer["results"][0]["status"], "stored", "{answer}");
        heard.visits.push((Clock::system().now().ms() + 1, id));
    }
    heard
}

/// A PNG that is unlike all others.
fn picture(device: &str, n: usize) -> Vec<u8> {
    let hash = sha256_hex(format!("{device} {n}").as_bytes()).into_bytes();
    let image =
        image::RgbImage::from_fn(24, 24, |x, y| image::Rgb([hash[(x as usize * 5 + y as usize) % 64], hash[y as usize % 64], hash[(x as usize + 40) % 64]]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).expect("a PNG");
    bytes.into_inner()
}
