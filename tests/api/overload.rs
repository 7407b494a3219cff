//! More than can be done: whoever comes too late is told to come back, whoever is in is answered, and slow lines hold nobody up.

use std::io::Write;
use std::net::TcpStream;
use std::sync::mpsc;
use std::time::Duration;

use nuanfang::kit::clock::HOUR_MS;
use nuanfang::kit::http::problem::Problem;
use reqwest::Method;
use serde_json::Value;

use crate::both;
use crate::kit::phone::{Phone, Told};
use crate::kit::underway::{Underway, ago};
use crate::kit::{On, TestApp};

/// Lines that say something and then nothing.
const SLOW_LINES: usize = 300;

fn honest(app: &TestApp, season: &Underway, n: usize) -> Told {
    Told::honest(&season.campaign, &season.households[n], &season.entitlements[n], &season.fund, ago(app, HOUR_MS))
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
    let (release, held) = mpsc::channel::<()>();
    let held = std::sync::Mutex::new(held);
    let (begun, is_begun) = tokio::sync::oneshot::channel();
    let begun = std::sync::Mutex::new(Some(begun));
    let db = app.parts.db.clone();
    let hang = tokio::task::spawn_local(async move {
        let work = move |_: &mut nuanfang::kit::db::Tx<'_>| {
            let first = begun.lock().expect("alone").take();
            first.expect("run once").send(()).expect("awaited");
            held.lock().expect("alone").recv().map_err(Problem::unexpected)
        };
        db.upkeep(work).await
    });
    is_begun.await.expect("the write has begun");
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
    release.send(()).expect("it hangs");
    hang.await.expect("done").expect("done");
    let early: Value = early.await.expect("ends").expect("an answer").json().await.expect("JSON");
    assert_eq!(early["results"][0]["status"], "stored", "who was in is answered");
    let late = phone.push(city.cadre(), &items[1..]).await.ok();
    assert!(["stored", "duplicate"].contains(&late["results"][0]["status"].as_str().unwrap_or_default()), "{late}");
}
