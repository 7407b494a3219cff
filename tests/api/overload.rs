//! More than can be done: whoever comes too late is told to come back, whoever is in is answered, and slow lines hold nobody up.

use std::io::Write;
use std::net::TcpStream;
use std::sync::mpsc;
use std::time::Duration;

use nuanfang::kit::clock::HOUR_MS;
use nuanfang::kit::db::{Gather, Tx, lock_key};
use nuanfang::kit::http::problem::Problem;
use reqwest::Method;
use serde_json::Value;

use crate::both;
use crate::kit::people::{Person, Reply};
use crate::kit::phone::{Phone, Told, send_picture};
use crate::kit::underway::{CASH_FEN, Underway, ago};
use crate::kit::{On, TestApp};

/// Lines that say something and then nothing.
const SLOW_LINES: usize = 300;

fn honest(app: &TestApp, season: &Underway, n: usize) -> Told {
    Told::honest(&season.campaign, &season.households[n], &season.entitlements[n], &season.fund, ago(app, HOUR_MS))
}

/// A write that takes as long as the disk hangs; on PostgreSQL those wait for it who want the lock it holds.
struct Hang {
    release: mpsc::Sender<()>,
    ends: tokio::task::JoinHandle<Result<(), Problem>>,
}

impl Hang {
    async fn begin(app: &TestApp, key: Option<i64>) -> Self {
        let (release, held) = mpsc::channel::<()>();
        let held = std::sync::Mutex::new(held);
        let (begun, is_begun) = tokio::sync::oneshot::channel();
        let begun = std::sync::Mutex::new(Some(begun));
        let db = app.parts.db.clone();
        let ends = tokio::task::spawn_local(async move {
            let work = move |tx: &mut Tx<'_>| {
                tx.lock(key.into_iter().collect())?;
                let first = begun.lock().expect("alone").take();
                first.expect("run once").send(()).expect("awaited");
                held.lock().expect("alone").recv().map_err(Problem::unexpected)
            };
            db.upkeep(work).await
        });
        is_begun.await.expect("the write has begun");
        Self { release, ends }
    }

    async fn end(self) {
        self.release.send(()).expect("it hangs");
        self.ends.await.expect("done").expect("done");
    }
}

both! {
    async fn slow_lines_hold_nobody_up(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 1).await;
        let address = app.address.trim_start_matches("http://").to_owned();
        let token = city.cadre().token.clone().expect("signed in");
        let slow: Vec<TcpStream> = (0..SLOW_LINES)
            .map(|n| {
                let mut line = TcpStream::connect(&address).expect("a line");
                let (path, method) = if n % 2 == 0 { ("field/push", "POST") } else { ("evidence/0000000000000000000000000000000000000000000000000000000000000000", "PUT") };
                let head = format!(
                    "{method} /api/v1/{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: image/jpeg\r\nContent-Length: 100000\r\n\r\n{{\"dev"
                );
                line.write_all(head.as_bytes()).expect("sent");
                line
            })
            .collect();
        let mut phone = Phone::new(app.now());
        let item = phone.item("visit", &honest(&app, &season, 0).0, app.now());
        let answer = tokio::time::timeout(Duration::from_secs(30), phone.push(city.cadre(), &[item])).await.expect("an answer beside the slow lines").ok();
        assert_eq!(answer["results"][0]["status"], "stored");
        let mut picture = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(8, 8).write_to(&mut picture, image::ImageFormat::Png).expect("a picture");
        let sent = tokio::time::timeout(Duration::from_secs(30), send_picture(city.cadre(), picture.get_ref(), "image/png")).await;
        assert_eq!(sent.expect("an answer beside the slow lines").1.status, 201);
        assert_eq!(slow.len(), SLOW_LINES, "they are still there");
    }
}

/// A write that takes as long as the disk hangs: nobody is let in behind it who would wait too long, what is in is answered after it,
/// and then all goes on.
#[actix_web::test]
async fn a_queue_that_stands_turns_writes_away_until_it_moves() {
    let app = TestApp::start(On::Sqlite).await;
    let city = app.city().await;
    let season = city.underway(&app, 2).await;
    let mut phone = Phone::new(app.now());
    let items: Vec<Value> = (0..2).map(|n| phone.item("visit", &honest(&app, &season, n).0, app.now())).collect();
    let hang = Hang::begin(&app, None).await;
    let call = |item: &Value| city.cadre().call(Method::POST, "/field/push").json(&phone.parcel(std::slice::from_ref(item)));
    let early = tokio::task::spawn_local(call(&items[0]).send());
    let turned_away = loop {
        // Until the queue has stood for as long as anybody would wait, this one waits too and is given up.
        if let Ok(answer) = call(&items[1]).timeout(Duration::from_millis(300)).send().await {
            break answer;
        }
    };
    assert_eq!(turned_away.status().as_u16(), 503);
    let seconds: u64 = turned_away.headers()["retry-after"].to_str().expect("text").parse().expect("a number");
    assert!((2..=4).contains(&seconds), "{seconds}");
    assert_eq!(turned_away.json::<Value>().await.expect("a problem")["code"], "busy");
    assert_eq!(city.cadre().get("/field/pull").await.status, 200, "who only reads is served meanwhile");
    hang.end().await;
    let early: Value = early.await.expect("ends").expect("an answer").json().await.expect("JSON");
    assert_eq!(early["results"][0]["status"], "stored", "who was in is answered");
    let late = phone.push(city.cadre(), &items[1..]).await.ok();
    assert!(["stored", "duplicate"].contains(&late["results"][0]["status"].as_str().unwrap_or_default()), "{late}");
}

/// What SQLite cannot lengthen on a full disk it calls an I/O error, and after one of those the server stops.
#[actix_web::test]
async fn the_index_of_the_log_needs_no_room_on_a_full_disk() {
    use std::os::unix::fs::MetadataExt;
    let app = TestApp::start(On::Sqlite).await;
    app.city().await;
    let index = std::fs::metadata(app.parts.settings.data.join("nuanfang.db-shm")).expect("an index");
    assert!(index.blocks() * 512 >= 1 << 20, "its room is taken: {} bytes", index.blocks() * 512);
}

/// What the phones of a crowd are answered: the first is let in, the others come while everything is held up.
async fn crowd(app: &TestApp, cadre: &Person, first: &str, pushes: Vec<Value>) -> Vec<Value> {
    let mut pushes = pushes.into_iter().map(|push| tokio::task::spawn_local(cadre.call(Method::POST, "/field/push").json(&push).send()));
    let mut answers = Vec::new();
    if app.parts.db.has_one_writer() {
        // Who is in a turn is settled when it begins: behind a write that hangs nobody is let in.
        for alone in pushes.by_ref().take(1) {
            answers.push(Reply::of(alone.await.expect("ends").expect("an answer")).await.ok());
        }
    }
    let hang = Hang::begin(app, Some(lock_key(&["device", first]))).await;
    let mut sent: Vec<_> = Vec::new();
    if !app.parts.db.has_one_writer() {
        sent.extend(pushes.next());
        while !app.parts.db.has_company() || app.parts.pushes.waiting() > 0 {
            tokio::task::yield_now().await;
        }
    }
    let let_in = sent.len();
    sent.extend(pushes);
    while app.parts.pushes.waiting() + let_in < sent.len() {
        tokio::task::yield_now().await;
    }
    hang.end().await;
    for one in sent {
        answers.push(Reply::of(one.await.expect("ends").expect("an answer")).await.ok());
    }
    answers
}

both! {
    async fn a_crowd_is_answered_at_once_and_worked_off_after(app: TestApp) {
        const PHONES: usize = 12;
        let city = app.city().await;
        let season = city.underway(&app, PHONES + 1).await;
        let before = city.cadre().get("/field/pull").await.ok();
        let mut phones: Vec<Phone> = (0..PHONES).map(|_| Phone::new(app.now())).collect();
        let items: Vec<Vec<Value>> = phones.iter_mut().enumerate().map(|(n, phone)| vec![phone.item("visit", &honest(&app, &season, n).0, app.now())]).collect();
        let mut pushes: Vec<Vec<Value>> = items.clone();
        // One of them brings a visit and what amends it, and one that nobody can read.
        let (last, phone) = (pushes.last_mut().expect("phones"), phones.last_mut().expect("phones"));
        let half = honest(&app, &season, PHONES - 1).saying("amends", last[0]["id"].clone()).saying("amend_reason", "数错了".into()).saying("aid", serde_json::json!([
            {"kind": "cash", "fund_id": season.fund, "amount_fen": CASH_FEN / 2}
        ]));
        last.push(phone.item("visit", &half.0, app.now()));
        last.push(phone.item("visit", &serde_json::json!({"campaign_id": season.campaign}), app.now()));
        let sent: Vec<Value> = phones.iter().zip(&pushes).map(|(phone, items)| phone.parcel(items)).collect();
        let answers = crowd(&app, city.cadre(), &phones[0].device, sent).await;
        for (n, answer) in answers.iter().enumerate() {
            assert_eq!(answer["results"][0]["status"], "stored", "{answer}");
            assert!(answer["results"][0]["receipt"].is_string());
            assert_eq!(answer["results"][0]["standing"].is_null(), n > 0, "the first came alone: {answer}");
            assert_eq!(answer["device"]["gaps"], serde_json::json!([]));
        }
        let told = &answers[PHONES - 1]["results"];
        assert_eq!((&told[1]["status"], &told[2]["status"]), (&"stored".into(), &"refused".into()), "{told}");
        assert_eq!(city.cadre().get(&format!("/field/tally?device={}", phones[1].device)).await.ok()["visits"], 1, "it is kept already");
        let again = phones[1].push(city.cadre(), &items[1]).await.ok();
        assert_eq!((&again["results"][0]["status"], &again["results"][0]["standing"]), (&"duplicate".into(), &Value::Null), "nothing is known of it yet");
        app.catch_up().await;
        let after = city.cadre().get("/field/pull").await.ok();
        let cash = |pulled: &Value| {
            let held = pulled["custody"].as_array().expect("a list").iter().filter(|of| of["kind"] == "cash");
            held.map(|of| of["amount"].as_i64().expect("an amount") - of["unexplained"].as_i64().expect("an amount")).sum::<i64>()
        };
        let given = i64::try_from(PHONES - 1).expect("few") * CASH_FEN + CASH_FEN / 2;
        assert_eq!(cash(&before) - cash(&after), given, "each handed over once, the amended one what it amends to");
        let visits = after["visits"].as_array().expect("a list");
        assert_eq!(visits.len(), PHONES + 1);
        let standing = |n: usize| &visits.iter().find(|visit| visit["household_id"] == season.households[n]["id"]).expect("a visit")["standing"];
        for n in 1..PHONES - 1 {
            assert_eq!(standing(n), standing(0), "worked off is as good as recorded");
        }
        let again = phones[1].push(city.cadre(), &items[1]).await.ok();
        assert_eq!(again["results"][0]["status"], "duplicate");
        assert_eq!(again["results"][0]["receipt"], answers[1]["results"][0]["receipt"]);
        assert_eq!(&again["results"][0]["standing"], standing(1), "now it is known");
    }

    async fn what_is_refused_before_it_is_written_leaves_its_place(app: TestApp) {
        const KNOWN: usize = 16;
        let city = app.city().await;
        let season = city.underway(&app, KNOWN + 1).await;
        let mut phone = Phone::new(app.now());
        let items: Vec<Value> = (0..=KNOWN).map(|n| phone.item("visit", &honest(&app, &season, n).0, app.now())).collect();
        for item in &items[..KNOWN] {
            // How long a place takes is known after some.
            phone.push(city.cadre(), std::slice::from_ref(item)).await.ok();
        }
        let too_many = vec![items[KNOWN].clone(); 400];
        for _ in 0..600 {
            assert_eq!(phone.push(city.cadre(), &too_many).await.problem(422), "invalid");
        }
        assert_eq!(phone.push(city.cadre(), &items[KNOWN..]).await.ok()["results"][0]["status"], "stored");
    }

    async fn one_that_cannot_be_done_takes_none_of_those_beside_it_along(app: TestApp) {
        let gather: Gather<u8, u8> = Gather::new(app.parts.db.clone(), 100, |tx, asked| {
            tx.unchanged();
            if asked.iter().any(|n| **n == 3) { Err(Problem::unexpected("three")) } else { Ok(asked.iter().map(|n| Ok(**n * 2)).collect()) }
        });
        let answers = futures_util::future::join_all((0..8).map(|n| gather.write(n, gather.enter(1)))).await;
        for (n, answer) in (0_u8..).zip(answers) {
            match n {
                3 => assert!(answer.is_err()),
                _ => assert_eq!(answer.expect("done"), n * 2),
            }
        }
    }
}

/// On PostgreSQL writes go on beside each other, and a household is held for as long as its reconciliation takes.
#[actix_web::test]
async fn nobody_in_a_crowd_waits_for_a_reconciliation() {
    const CALM: usize = 51;
    let app = TestApp::start(On::Postgres).await;
    let city = app.city().await;
    let season = city.underway(&app, CALM + 1).await;
    let mut phone = Phone::new(app.now());
    let items: Vec<Value> = (0..=CALM).map(|n| phone.item("visit", &honest(&app, &season, n).0, app.now())).collect();
    for item in &items[..CALM] {
        phone.push(city.cadre(), std::slice::from_ref(item)).await.ok();
    }
    let household = season.households[CALM]["id"].as_str().expect("an id");
    let hang = Hang::begin(&app, Some(lock_key(&["household", &season.campaign, household]))).await;
    let push = phone.push(city.cadre(), &items[CALM..]);
    let answer = tokio::time::timeout(Duration::from_secs(30), push).await.expect("an answer beside it").ok();
    assert_eq!(answer["results"][0]["status"], "stored");
    hang.end().await;
    app.catch_up().await;
    let again = phone.push(city.cadre(), &items[CALM..]).await.ok();
    assert!(again["results"][0]["standing"].is_string(), "it was worked off after: {again}");
}
