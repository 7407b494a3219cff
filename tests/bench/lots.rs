//! A draw of a campaign that helped a million households, whole through the door: read, frozen, drawn and kept, while visits come in.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use nuanfang::kit::clock::DAY_MS;
use nuanfang::kit::db::Conn;
use nuanfang::kit::http::problem::Problem;
use reqwest::Method;
use serde_json::{Value, json};

use crate::board::every;
use crate::crowd::at;
use crate::kit::TestApp;
use crate::load::{self, Job, Parcel, Taken};
use crate::measure;
use crate::photographer::Photographer;
use crate::process::Server;
use crate::season::Season;

/// Visits a second, before, while and after it is drawn.
const VISITS: f64 = 20.0;
/// Visits in all: enough to last longer than the draw.
const IN_ALL: usize = 4_000;

/// Writes a handover for every household that the board's bench has put on file.
pub async fn fill(app: &TestApp, season: &Season) {
    let (campaign, ended_at) = (season.underway.campaign.clone(), app.now().plus_ms(-DAY_MS).ms());
    let script = format!(
        "INSERT INTO visits (id, campaign_id, household_id, org_id, team_id, cadre_id, device_id, mode, outcome, started_at, ended_at, clock_offset_ms, body, received_at)
           SELECT replace(id, '0a000000', '0b000000'), '{campaign}', id, org_id, team_id, (SELECT person_id FROM person_roles WHERE role = 'cadre' LIMIT 1), 'd', 'home', 'reached', {ended_at}, {ended_at}, 0, '{{}}', {ended_at}
           FROM households WHERE id LIKE '0a000000%';
         INSERT INTO entries (id, campaign_id, kind, visit_id, content_hash, happened_at, made_by, made_at, words)
           SELECT replace(id, '0b000000', '0c000000'), campaign_id, 'handover', id, '', ended_at, cadre_id, ended_at, '' FROM visits WHERE id LIKE '0b000000%';
         INSERT INTO balances (campaign_id, account_kind, account_id, commodity_kind, commodity_id, amount, value_fen)
           SELECT campaign_id, 'household', household_id, 'cash', 'f', 50000, 0 FROM visits WHERE id LIKE '0b000000%';"
    );
    let written = app.parts.db.upkeep(move |tx| {
        let Conn::Sqlite(conn) = tx.conn else { return Err(Problem::unexpected("the handovers are written on SQLite")) };
        Ok(conn.batch_execute(&script)?)
    });
    written.await.expect("handovers");
}

/// Draws while visits come in.
pub async fn run(server: &Server, season: &Season) {
    let supervisor = load::sign_in_as(server, "supervisor").await;
    let cadres = load::sign_all_in(server).await;
    let job = Job { what: "", clients: 1, batch: 1, visits: IN_ALL, photos: 0, lanes: 1 };
    let queue = load::parcels(season, &job, &mut load::phones(64), &mut Photographer::new(), IN_ALL).remove(0);
    let waits: Rc<RefCell<Vec<f64>>> = Rc::default();
    let taken = Rc::new(Taken::default());
    let done = Rc::new(std::cell::Cell::new(false));
    let visits = every(VISITS, || {
        let Parcel { cadre, body, .. } = if done.get() { None } else { queue.borrow_mut().pop_front() }?;
        let (cadres, waits, taken) = (Rc::clone(&cadres), Rc::clone(&waits), Rc::clone(&taken));
        Some(async move {
            let begun = Instant::now();
            let answer = load::send(&cadres[cadre], Method::POST, "/field/push", "application/json", body.into(), &taken).await;
            let answer: Value = answer.json().await.expect("JSON");
            assert_eq!(answer["results"][0]["status"], "stored", "{answer}");
            waits.borrow_mut().push(begun.elapsed().as_secs_f64() * 1_000.0);
        })
    });
    let drawing = async {
        tokio::time::sleep(Duration::from_secs(5)).await;
        let begun = Instant::now();
        let sample = supervisor.post("/samples", &json!({"campaign_id": season.underway.campaign, "kind": "assisted"})).await.ok();
        let took = begun.elapsed();
        tokio::time::sleep(Duration::from_secs(2)).await;
        done.set(true);
        (sample, took)
    };
    let ((sample, took), ()) = tokio::join!(drawing, visits);
    println!("\n`POST /samples` of {} households, {} drawn: {:.1} s", sample["households"], sample["seats"], took.as_secs_f64());
    println!(
        "the visits beside it: {} stored, p50 {:.1} ms, longest {:.0} ms, {} turned away and come back · peak memory {} MiB",
        waits.borrow().len(),
        at(&waits.borrow(), 50),
        at(&waits.borrow(), 100),
        taken.turned_away.get(),
        measure::peak_mib(server.id())
    );
}
