//! The board of a campaign with a million households, asked for fifty times a second while a hundred visits a second come in.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use nuanfang::kit::clock::DAY_MS;
use nuanfang::kit::db::Conn;
use nuanfang::kit::http::problem::Problem;
use reqwest::Method;
use serde_json::Value;

use crate::crowd::at;
use crate::kit::TestApp;
use crate::kit::city::City;
use crate::kit::people::Person;
use crate::load::{self, Job, Parcel};
use crate::measure;
use crate::photographer::Photographer;
use crate::process::Server;
use crate::season::Season;

/// Households of the campaign, the season's own among them.
const HOUSEHOLDS: usize = 1_000_000;
/// Teams they are spread over, beside the season's own.
const TEAMS: usize = 196;
/// How long it is asked.
const TIME: Duration = Duration::from_secs(40);
/// Boards a second.
const BOARDS: f64 = 50.0;
/// Visits a second.
const VISITS: f64 = 100.0;

/// Fills the campaign up, straight into the tables: households on file with their standings, counted as standings are counted.
pub async fn fill(app: &TestApp, city: &City, season: &Season) {
    let (org, campaign) = (city.org("east2").to_string(), season.underway.campaign.clone());
    let (began_at, more) = (app.now().plus_ms(-19 * DAY_MS).ms(), HOUSEHOLDS - season.underway.households.len());
    let script = script(&org, &campaign, began_at, more);
    let written = app.parts.db.upkeep(move |tx| {
        let Conn::Sqlite(conn) = tx.conn else { return Err(Problem::unexpected("the board's campaign is written on SQLite")) };
        Ok(conn.batch_execute(&script)?)
    });
    written.await.expect("households");
}

fn script(org: &str, campaign: &str, began_at: i64, more: usize) -> String {
    let team = |n: &str| format!("printf('0d000000-0000-7000-8000-%012x', {n})");
    let day = "strftime('%Y-%m-%d', coalesce(reached_at, last_visit_at) / 1000 + 28800, 'unixepoch')";
    format!(
        "CREATE TEMP TABLE place AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {more})
           SELECT i, printf('0a000000-0000-7000-8000-%012x', i) AS id, i * 7919 % 100 AS luck,
             CASE i % 6 WHEN 0 THEN 'below_line' WHEN 1 THEN 'near_line' WHEN 2 THEN 'sudden' ELSE 'migrant' END AS category FROM n;
         INSERT INTO teams SELECT {team_of_n}, '{org}', 'M' || i, '网格' || i, 1, 1 FROM place WHERE i < {TEAMS};
         INSERT INTO team_members SELECT {team_of_n}, p.id, false FROM place JOIN (SELECT person_id AS id FROM person_roles WHERE role = 'cadre' LIMIT 8) p WHERE i < {TEAMS};
         INSERT INTO households (id, org_id, team_id, head_name, head_id_number, address, category, migrant, laid_off, retired, remarks, status, approved_at, version, made_at)
           SELECT id, '{org}', {team_of_i}, '住户' || i, printf('99%016d', i), '和平里' || i, category, false, false, false, '', 'approved', 1, 1, 1 FROM place;
         INSERT INTO standings SELECT '{campaign}', id, '{org}', {team_of_i}, category,
             CASE WHEN luck < 30 THEN 'matched' WHEN luck < 36 THEN 'pending' WHEN luck < 40 THEN 'disputed' WHEN luck < 42 THEN 'settled' WHEN luck < 50 THEN 'attempted' ELSE 'unreached' END,
             luck < 50, luck < 42, NULL, CASE WHEN luck < 42 THEN 'reached' WHEN luck < 50 THEN 'absent' END,
             CASE WHEN luck < 50 THEN {began_at} + i % 18 * {DAY_MS} END, CASE WHEN luck < 42 THEN {began_at} + i % 18 * {DAY_MS} END,
             50000, CASE WHEN luck < 42 THEN 50000 ELSE 0 END FROM place;
         INSERT INTO progress SELECT campaign_id, org_id, team_id, category, standing, reached, count(*), sum(promised_fen), sum(handed_fen)
           FROM standings WHERE org_id = '{org}' GROUP BY 1, 2, 3, 4, 5, 6;
         INSERT INTO progress_days SELECT campaign_id, org_id, team_id, {day}, reached, count(*)
           FROM standings WHERE org_id = '{org}' AND last_visit_at IS NOT NULL GROUP BY 1, 2, 3, 4, 5;
         DROP TABLE place;",
        team_of_n = team("i"),
        team_of_i = team(&format!("i % {TEAMS}")),
    )
}

/// How long each took, in milliseconds.
type Times = Rc<RefCell<Vec<f64>>>;

/// Asks and visits, each at its time, whatever became of the one before.
pub async fn run(server: &Server, season: &Season) {
    let centre = Rc::new(load::sign_in_as(server, "centre").await);
    let path: Rc<str> = format!("/progress?campaign={}", season.underway.campaign).into();
    let told = centre.get(&path).await;
    let (bytes, told) = (told.bytes.len(), told.ok());
    println!("\nboard of {} households, {} teams, {} KB", told["households"], told["by_team"].as_array().map_or(0, Vec::len), bytes / 1_000);
    println!("| beside | boards | p50 ms | p95 ms | p99 ms | longest ms |\n|---|---|---|---|---|---|");
    let alone: Times = Rc::default();
    boards(&centre, &path, &alone).await;
    row("nothing", &alone.borrow());
    let cadres = load::sign_all_in(server).await;
    let visits = format!("{:.0}", VISITS * TIME.as_secs_f64()).parse().expect("a number");
    let job = Job { what: "", clients: 1, batch: 1, visits, photos: 0, lanes: 1 };
    let queue = load::parcels(season, &job, &mut load::phones(64), &mut Photographer::new(), visits).remove(0);
    let (asked, sent): (Times, Times) = Default::default();
    let writes = every(VISITS, || {
        let Parcel { cadre, body, .. } = queue.borrow_mut().pop_front()?;
        let (cadres, sent) = (Rc::clone(&cadres), Rc::clone(&sent));
        Some(async move {
            let begun = Instant::now();
            let answer = cadres[cadre].call(Method::POST, "/field/push").header("Content-Type", "application/json").body(body).send().await.expect("an answer");
            let answer: Value = answer.json().await.expect("JSON");
            assert_eq!(answer["results"][0]["status"], "stored", "{answer}");
            sent.borrow_mut().push(begun.elapsed().as_secs_f64() * 1_000.0);
        })
    });
    tokio::join!(writes, boards(&centre, &path, &asked));
    row("100 visits a second", &asked.borrow());
    println!(
        "\nthe visits beside them: {} stored, p50 {:.1} ms, p95 {:.1} ms · peak memory {} MiB",
        sent.borrow().len(),
        at(&sent.borrow(), 50),
        at(&sent.borrow(), 95),
        measure::peak_mib(server.id())
    );
}

async fn boards(centre: &Rc<Person>, path: &Rc<str>, times: &Times) {
    let until = Instant::now() + TIME;
    every(BOARDS, || {
        let (centre, path, times) = (Rc::clone(centre), Rc::clone(path), Rc::clone(times));
        (Instant::now() < until).then_some(async move {
            let begun = Instant::now();
            let answer = centre.call(Method::GET, &path).send().await.expect("an answer");
            assert!(answer.status().is_success(), "{}", answer.status());
            answer.bytes().await.expect("whole");
            times.borrow_mut().push(begun.elapsed().as_secs_f64() * 1_000.0);
        })
    })
    .await;
}

/// So many a second, until there is no more; then waits for the last.
pub async fn every<F: Future<Output = ()> + 'static>(a_second: f64, mut next: impl FnMut() -> Option<F>) {
    let gap = Duration::from_secs_f64(1.0 / a_second);
    let mut due = Instant::now();
    let mut begun = Vec::new();
    while let Some(one) = next() {
        begun.push(tokio::task::spawn_local(one));
        due += gap;
        tokio::time::sleep_until(due.into()).await;
    }
    for one in begun {
        one.await.expect("ends well");
    }
}

fn row(beside: &str, times: &[f64]) {
    println!("| {beside} | {} | {:.1} | {:.1} | {:.1} | {:.1} |", times.len(), at(times, 50), at(times, 95), at(times, 99), at(times, 100));
}
