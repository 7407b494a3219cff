//! The promise: made when a campaign opens, kept until its seed is published.

use diesel::prelude::*;
use nuanfang::campaigns::commit_all;
use nuanfang::kit::clock::DAY_MS;
use nuanfang::kit::db::schema::{draw_seeds, log};
use nuanfang::kit::digest::{is_sha256_hex, sha256_hex, unhex};
use serde_json::{Value, json};

use super::{draw, public, walked};
use crate::both;
use crate::kit::{On, TestApp};

async fn promised_in_the_log(app: &TestApp, verb: &'static str) -> Vec<Value> {
    let read = app.parts.db.read(move |conn| Ok(log::table.filter(log::verb.eq(verb)).order(log::at).select(log::facts).load::<String>(conn)?));
    read.await.expect("the log").iter().map(|facts| serde_json::from_str(facts).expect("JSON")).collect()
}

both! {
    async fn a_campaign_promises_its_seed_when_it_opens_and_tells_it_at_the_end(app: TestApp) {
        let street = walked(&app, 3, 3, 0).await;
        let told = public(&app, &street).await;
        let commitment = told["commitment"].as_str().expect("a commitment").to_owned();
        assert!(is_sha256_hex(&commitment));
        assert_eq!((&told["name"], &told["campaign_seed"], &told["draws"]), (&json!("两节送温暖"), &Value::Null, &json!([])));
        assert_eq!(promised_in_the_log(&app, "draw_seed.committed").await, [json!({"commitment": commitment})]);

        let supervisor = street.city.supervisor();
        draw(supervisor, &street, &app.id(), "assisted").await.ok();
        assert_eq!(public(&app, &street).await["commitment"], json!(commitment), "a draw changes no promise");
        let reveal = format!("/campaigns/{}/reveal-seed", street.season.campaign);
        let mistaken = supervisor.post(&reveal, &json!({"commitment": "of another campaign"})).await;
        assert_eq!(mistaken.json["errors"][0]["pointer"], "/commitment");
        assert_eq!(street.city.centre().post(&reveal, &json!({"commitment": commitment})).await.problem(403), "forbidden");
        let told = supervisor.post(&reveal, &json!({"commitment": commitment})).await.ok();
        let seed = unhex::<32>(told["campaign_seed"].as_str().expect("a seed")).expect("32 bytes");
        assert_eq!(sha256_hex(&seed), commitment);
        assert_eq!(public(&app, &street).await, told);

        assert_eq!(supervisor.post(&reveal, &json!({"commitment": commitment})).await.problem(409), "seed_revealed");
        assert_eq!(draw(supervisor, &street, &app.id(), "not_reached").await.problem(409), "seed_revealed");
    }

    async fn a_campaign_that_was_open_before_there_were_draws_gets_its_promise_at_the_next_start(app: TestApp) {
        let street = walked(&app, 1, 0, 0).await;
        let before = public(&app, &street).await["commitment"].clone();
        app.parts.db.upkeep(|tx| Ok(diesel::delete(draw_seeds::table).execute(tx.conn)?)).await.expect("an older store");
        assert_eq!(public(&app, &street).await["commitment"], Value::Null);
        app.pass_ms(DAY_MS);
        let seals = app.parts.studio.seals();
        assert_eq!(commit_all(&app.parts.db, seals).await.expect("a start"), 1);
        assert_eq!(commit_all(&app.parts.db, seals).await.expect("another start"), 0);
        let told = public(&app, &street).await;
        assert_ne!(told["commitment"], before);
        assert_eq!(told["committed_at"], json!(app.now()), "it carries the time at which it was really made");
    }
}

#[actix_web::test]
async fn a_draft_tells_nobody_anything() {
    let app = TestApp::start(On::Sqlite).await;
    let city = app.city().await;
    let season = app.season(&city).await;
    let path = format!("/public/campaigns/{}/draws", season.campaign);
    assert_eq!(app.visitor().get(&path).await.problem(404), "not_found");
    let new = json!({"campaign_id": season.campaign, "kind": "assisted"});
    assert_eq!(city.supervisor().post("/samples", &new).await.problem(409), "campaign_not_open");
}

#[actix_web::test]
async fn whoever_asks_without_a_session_too_often_is_told_to_wait() {
    let app = TestApp::start(On::Sqlite).await;
    let visitor = app.visitor();
    let path = format!("/public/campaigns/{}/draws", app.id());
    for _ in 0..120 {
        assert_eq!(visitor.get(&path).await.status, 404);
    }
    let refused = visitor.get(&path).await;
    assert!(refused.headers.contains_key("retry-after"));
    assert_eq!(refused.problem(429), "too_many_tries");
    app.pass_ms(60_000);
    assert_eq!(visitor.get(&path).await.status, 404);
}

#[actix_web::test]
async fn a_seed_that_another_secret_locked_is_not_drawn_from() {
    let app = TestApp::start(On::Sqlite).await;
    let street = walked(&app, 1, 1, 0).await;
    let change = app.parts.db.upkeep(|tx| Ok(diesel::update(draw_seeds::table).set(draw_seeds::seed.eq("AAAA")).execute(tx.conn)?));
    change.await.expect("another secret");
    assert_eq!(draw(street.city.supervisor(), &street, &app.id(), "assisted").await.problem(500), "internal");
}
