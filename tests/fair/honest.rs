//! Ten thousand honest visits.

use std::time::Instant;

use diesel::prelude::*;
use nuanfang::each;
use nuanfang::evidence::ARRIVALS;
use nuanfang::kit::clock::{DAY_MS, Moment};
use nuanfang::kit::db::jobs;
use nuanfang::kit::db::schema::evidence;
use serde_json::{Value, json};

use super::asked;
use super::camera;
use super::crew::{Cadre, Crew};
use super::dice::Dice;
use super::found::{Found, counted};
use super::handset::Hand;
use super::rounds::{Days, Deed, Plan, plan};
use super::story::{Album, CASH_FEN, Means, RICE_MILLI};
use super::town::{Home, homes};
use crate::kit::season::Season;
use crate::kit::{On, TestApp};

const TEAMS: usize = 20;

/// A season about to begin.
pub struct Begun {
    pub centre: Hand,
    pub crew: Crew,
    pub homes: Vec<Home>,
    pub means: Means,
    pub days: Days,
    issued: [i64; 3],
}

fn set(app: &TestApp, at: Moment) {
    app.time.store(at.ms(), std::sync::atomic::Ordering::Relaxed);
}

/// Sets up so many households of so many teams, with means for all of them.
pub async fn begin(app: &TestApp, dice: &mut Dice, teams: usize, count: usize) -> Begun {
    let days = Days {
        opens: Moment::parse("2027-01-20T08:00:00+08:00").expect("a time"),
        deadline: Moment::parse("2027-02-05T18:00:00+08:00").expect("a time"),
        end: Moment::parse("2027-02-15T18:00:00+08:00").expect("a time"),
    };
    set(app, days.opens.plus_ms(-2 * DAY_MS));
    let city = app.city().await;
    let season = app.season(&city).await;
    let living = app.id();
    let fund = json!({"id": living, "campaign_id": season.campaign, "name": "社会捐助", "source": "donation", "earmark": "living"});
    city.centre().post("/funds", &fund).await.ok();
    let crew = app.crew(&city, dice, "", teams, app.now()).await;
    let mut all = Vec::new();
    for team in 0..teams {
        let share = count / teams + usize::from(team < count % teams);
        let first = all.len();
        all.extend(homes(dice, team, first, share, app.now()));
    }
    app.settle(&city, &crew.teams, &all, days.opens, 0).await;
    let rice = [json!({"item_id": season.rice, "quantity_milli": RICE_MILLI})];
    let standards = json!([Season::standard("sudden", CASH_FEN, &rice)]);
    city.centre().put(&format!("/campaigns/{}/standards", season.campaign), &standards).await.ok();
    city.centre().post(&format!("/campaigns/{}/open", season.campaign), &json!({})).await.ok();
    let each = (2 * count / teams + 20) as i64;
    let issued = [each * CASH_FEN * 2, each * CASH_FEN, each * RICE_MILLI];
    let second = |amount: i64| json!({"kind": "cash", "fund_id": living, "amount_fen": amount});
    let receipts =
        [(&season.fund, vec![season.cash(issued[0] * teams as i64), season.rice(issued[2] * teams as i64)]), (&living, vec![second(issued[1] * teams as i64)])];
    for (fund, lines) in receipts {
        city.centre().post("/ledger/entries", &season.entry(app, "receipt", &lines, &json!({"fund_id": fund}))).await.ok();
    }
    let lines = [season.cash(issued[0]), second(issued[1]), season.rice(issued[2])];
    for team in &crew.teams {
        city.centre().post("/ledger/entries", &season.entry(app, "issue", &lines, &json!({"team_id": team}))).await.ok();
    }
    let centre = app.hand(city.centre()).await;
    app.catch_up().await;
    let means = Means { campaign: season.campaign, album: None, funds: [season.fund, living], rice: season.rice };
    Begun { centre, crew, homes: all, means, days, issued }
}

/// Lets a season happen, deed by deed, with a look at everything every simulated day.
pub async fn happen(app: &TestApp, begun: &Begun, plan: &mut Plan) {
    let mut looked = begun.days.opens;
    for (at, deed) in std::mem::take(&mut plan.deeds) {
        set(app, at);
        if at.since(looked) > DAY_MS {
            app.catch_up().await;
            looked = at;
        }
        let cadres = &begun.crew.cadres;
        match deed {
            Deed::Push { cadre, items } => cadres[cadre].phone.push(app, &cadres[cadre].hand, &items).await,
            Deed::Arrive { cadre, sha256 } => arrive(app, begun, cadre, sha256).await,
            Deed::Home { id, home } => correct(app, &begun.centre, &id, home).await,
            Deed::Assign { id, from, to } => {
                let lead = &cadres[from * super::crew::IN_A_TEAM].hand;
                let body = json!({"household_ids": [id], "team_id": begun.crew.teams[to]});
                app.at_the_door(lead).post("/households/assignments", &body).await.ok();
            }
        }
    }
    bring_back(app, begun, &plan.handed).await;
    while begun.means.album.is_some() && app.parts.studio.draw_waiting(50, || true).await.expect("drawn") > 0 {}
    set(app, begun.days.end);
    app.catch_up().await;
}

/// Pictures arrive: through the door where they were taken; else as receiving notes them, for their bytes are of no interest.
async fn arrive(app: &TestApp, begun: &Begun, cadre: usize, names: Vec<String>) {
    let cadre: &Cadre = &begun.crew.cadres[cadre];
    if let Some(album) = &begun.means.album {
        let door = app.at_the_door(&cadre.hand);
        for name in names {
            let bytes = album.borrow_mut().remove(&name).expect("a picture that was taken");
            camera::send(&door, &bytes).await;
        }
        return;
    }
    let (by, now) = (cadre.hand.person, app.now());
    let work = app.parts.db.upkeep(move |tx| {
        let rows: Vec<_> = names
            .iter()
            .map(|name| {
                (
                    (evidence::sha256.eq(name), evidence::media_type.eq("image/jpeg"), evidence::bytes.eq(9_000_i64), evidence::state.eq("stored")),
                    (evidence::received_by.eq(by), evidence::received_at.eq(now)),
                )
            })
            .collect();
        each!(&mut *tx.conn, |c| diesel::insert_into(evidence::table).values(&rows).execute(c))?;
        for name in &names {
            jobs::enqueue(tx.conn, ARRIVALS, &[name], now)?;
        }
        Ok(())
    });
    work.await.expect("evidence");
}

async fn correct(app: &TestApp, centre: &Hand, id: &str, home: Value) {
    let centre = app.at_the_door(centre);
    let version = centre.get(&format!("/households/{id}")).await.ok()["version"].as_i64().expect("a version");
    centre.patch(&format!("/households/{id}"), version, &json!({"home": home})).await.ok();
}

/// Every team brings back what it did not hand over.
async fn bring_back(app: &TestApp, begun: &Begun, handed: &[[i64; 3]]) {
    let centre = app.at_the_door(&begun.centre);
    for (team, handed) in begun.crew.teams.iter().zip(handed) {
        app.pass_ms(1);
        let left = [0, 1, 2].map(|n| begun.issued[n] - handed[n]);
        let lines = json!([
            {"kind": "cash", "fund_id": begun.means.funds[0], "amount_fen": left[0]}, {"kind": "cash", "fund_id": begun.means.funds[1], "amount_fen": left[1]},
            {"kind": "goods", "item_id": begun.means.rice, "quantity_milli": left[2]}
        ]);
        let entry = json!({"id": app.id(), "kind": "return", "campaign_id": begun.means.campaign, "team_id": team, "happened_at": app.now(), "words": "余款退回", "lines": lines});
        centre.post("/ledger/entries", &entry).await.ok();
    }
}

/// Plans a season and lets it happen; answers what was found, and how many visits there were.
async fn season(wanted: usize, teams: usize, with_pictures: bool) -> (Vec<Found>, usize) {
    let begin_at = Instant::now();
    let mut dice = Dice::new(asked("SEED", 1));
    let app = TestApp::start(On::Sqlite).await;
    let mut begun = begin(&app, &mut dice, teams, wanted * 94 / 100).await;
    begun.means.album = with_pictures.then(Album::default);
    let mint = |at: Moment| app.time_token(at);
    let mut plan = plan(&mut dice, &mut begun.crew, &mut begun.homes, &begun.means, begun.days, &mint);
    assert!(plan.visits >= wanted, "{} visits are planned", plan.visits);
    let (visits, ready) = (plan.visits, begin_at.elapsed());
    happen(&app, &begun, &mut plan).await;
    let found = app.found().await;
    let (phones, set_up, in_all) = (begun.crew.cadres.len(), ready.as_secs_f64(), begin_at.elapsed().as_secs_f64());
    println!("{visits} honest visits of {phones} phones, {set_up:.0} s to set up, {in_all:.0} s in all: {:?}", counted(&found));
    (found, visits)
}

fn nobody_stands_accused(found: &[Found], visits: usize) {
    let blocks: Vec<_> = found.iter().filter(|one| one.severity == "block").take(5).collect();
    assert!(blocks.is_empty(), "an honest cadre stands accused: {blocks:#?}");
    let reviews: Vec<_> = found.iter().filter(|one| one.severity == "review").collect();
    assert!(reviews.len() * 200 < visits, "{} of {visits} honest visits are to be looked at: {:#?}", reviews.len(), &reviews[..reviews.len().min(5)]);
}

#[actix_web::test]
async fn honest_visits_raise_nothing_that_blocks_and_next_to_nothing_to_look_at() {
    let (found, visits) = season(asked("HONEST_VISITS", 10_000) as usize, TEAMS, false).await;
    nobody_stands_accused(&found, visits);
}

#[actix_web::test]
async fn honest_pictures_are_told_apart() {
    let (found, visits) = season(asked("HONEST_PICTURES", 150) as usize, 2, true).await;
    nobody_stands_accused(&found, visits.max(201));
}
