//! Draws: what they are drawn from, who may draw, and that none is ever drawn again.

use std::collections::BTreeSet;

use diesel::prelude::*;
use nuanfang::kit::clock::{HOUR_MS, MINUTE_MS};
use nuanfang::kit::db::schema::{checks, frame_lots, samples};
use serde_json::{Value, json};

use super::{draw, public, walked};
use crate::both;
use crate::kit::street::Street;
use crate::kit::{On, TestApp};

async fn frame_of(app: &TestApp, sample: &Value) -> BTreeSet<String> {
    let id = sample["id"].as_str().expect("an id").to_owned();
    let lots = app.parts.db.read(move |conn| Ok(frame_lots::table.filter(frame_lots::sample_id.eq(id)).select(frame_lots::lines).load::<String>(conn)?));
    let household = |line: &str| line.split_once('\t').map(|(household, _)| household.to_owned()).expect("a line");
    lots.await.expect("a frame").iter().flat_map(|lot| lot.lines().map(household)).collect()
}

fn homes(street: &Street, of: std::ops::Range<usize>) -> BTreeSet<String> {
    street.households[of].iter().map(ToString::to_string).collect()
}

both! {
    async fn the_frame_is_who_received_aid_and_a_second_try_with_the_same_id_answers_the_first(app: TestApp) {
        let street = walked(&app, 12, 6, 3).await;
        let (supervisor, id) = (street.city.supervisor(), app.id());
        let made = draw(supervisor, &street, &id, "assisted").await;
        assert_eq!(made.status, 201);
        let sample = made.ok();
        assert_eq!(frame_of(&app, &sample).await, homes(&street, 0..6));
        assert_eq!((&sample["kind"], &sample["k"], &sample["households"], &sample["size"], &sample["seats"]), (&json!("assisted"), &json!(1), &json!(6), &json!(1), &json!(1)));
        // Six times 500 yuan, and two bags of rice at 60 yuan.
        assert_eq!((&sample["rate"], &sample["handed_fen"]), (&json!("0.07"), &json!(6 * (50_000 + 12_000))));
        let again = draw(supervisor, &street, &id, "assisted").await;
        assert_eq!(again.status, 200);
        assert_eq!(again.ok(), sample);
        assert_eq!(draw(supervisor, &street, &id, "not_reached").await.problem(409), "id_taken");
        let one = supervisor.get(&format!("/samples/{id}")).await.ok();
        assert_eq!(one["strata"], json!([{"stratum": "E1/sudden", "households": 6, "seats": 1, "handed_fen": 6 * 62_000}]));
        assert_eq!(one["checks"], json!({"waiting": 1, "answered": 0, "judged": 0, "replaced": 0}));
        let told = public(&app, &street).await;
        assert_eq!((&told["draws"][0]["root"], &told["draws"][0]["draw_seed"]), (&sample["root"], &sample["draw_seed"]));
        assert!(!told.to_string().contains(&street.households[0].to_string()), "no household is named to the public");
    }

    async fn a_later_draw_frames_only_households_that_were_not_framed_before(app: TestApp) {
        let street = walked(&app, 9, 4, 2).await;
        let supervisor = street.city.supervisor();
        draw(supervisor, &street, &app.id(), "assisted").await.ok();
        assert_eq!(draw(supervisor, &street, &app.id(), "assisted").await.problem(409), "frame_empty", "nobody has another try");
        let at = app.now().plus_ms(-HOUR_MS);
        let more: Vec<_> = (6..9).map(|n| street.honest(n, at, &format!("later{n}"))).collect();
        app.record(street.city.cadre(), &more).await;
        let second = draw(supervisor, &street, &app.id(), "assisted").await.ok();
        assert_eq!(second["k"], 2);
        assert_eq!(frame_of(&app, &second).await, homes(&street, 6..9));
        let absent = draw(supervisor, &street, &app.id(), "not_reached").await.ok();
        assert_eq!((&absent["k"], &absent["handed_fen"]), (&json!(1), &json!(0)));
        assert_eq!(frame_of(&app, &absent).await, homes(&street, 4..6));
        let listed = supervisor.get(&format!("/samples?campaign={}&limit=2", street.season.campaign)).await.ok();
        assert_eq!(listed["items"].as_array().expect("items").len(), 2);
        let rest = supervisor.get(&format!("/samples?campaign={}&after={}", street.season.campaign, listed["next"].as_str().expect("more"))).await.ok();
        assert_eq!((rest["items"].as_array().expect("items").len(), &rest["next"]), (1, &Value::Null));
    }

    async fn what_an_amendment_took_back_was_not_received(app: TestApp) {
        let street = walked(&app, 3, 2, 0).await;
        let at = app.now().plus_ms(-HOUR_MS);
        let first = app.record(street.city.cadre(), &[street.honest(2, at, "mistaken")]).await;
        let amends = street.honest(2, at.plus_ms(10 * MINUTE_MS), "amended").saying("outcome", json!("absent")).saying("aid", json!([]));
        app.record(street.city.cadre(), &[amends.saying("amends", json!(first[0])).saying("amend_reason", json!("记错了一户"))]).await;
        let sample = draw(street.city.supervisor(), &street, &app.id(), "assisted").await.ok();
        assert_eq!(frame_of(&app, &sample).await, homes(&street, 0..2));
    }

    async fn two_draws_at_once_frame_no_household_twice(app: TestApp) {
        let street = walked(&app, 5, 5, 0).await;
        let supervisor = street.city.supervisor();
        let (one, other) = (app.id(), app.id());
        let both = futures_util::join!(draw(supervisor, &street, &one, "assisted"), draw(supervisor, &street, &other, "assisted"));
        let mut statuses = [both.0.status, both.1.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "the second finds everybody framed");
    }

    async fn what_was_drawn_is_never_changed(app: TestApp) {
        let street = walked(&app, 2, 2, 0).await;
        draw(street.city.supervisor(), &street, &app.id(), "assisted").await.ok();
        let change = app.parts.db.upkeep(|tx| Ok(diesel::update(samples::table).set(samples::root.eq(Some("x"))).execute(tx.conn)?));
        assert!(change.await.is_err());
        assert!(app.parts.db.upkeep(|tx| Ok(diesel::delete(frame_lots::table).execute(tx.conn)?)).await.is_err());
    }

    async fn single_households_are_chosen_with_a_reason_and_stand_apart(app: TestApp) {
        let street = walked(&app, 3, 1, 1).await;
        let supervisor = street.city.supervisor();
        let choose = |households: Value, words: &str| json!({"id": app.id(), "campaign_id": street.season.campaign, "kind": "targeted", "households": households, "words": words});
        let unknown = supervisor.post("/samples", &choose(json!([street.households[0], app.id()]), "照片重复")).await;
        assert_eq!(unknown.json["errors"][0]["code"], "unknown");
        let bare = supervisor.post("/samples", &choose(json!([]), "")).await;
        assert_eq!(bare.json["errors"].as_array().map(Vec::len), Some(2));
        let sample = supervisor.post("/samples", &choose(json!([street.households[0], street.households[2]]), "照片重复")).await.ok();
        assert_eq!((&sample["seats"], &sample["root"], &sample["words"]), (&json!(2), &Value::Null, &json!("照片重复")));
        assert_eq!(supervisor.get(&format!("/samples/{}/frame", sample["id"].as_str().expect("an id"))).await.problem(404), "not_found");
        assert_eq!(public(&app, &street).await["draws"], json!([]));
        let drawn = draw(supervisor, &street, &app.id(), "assisted").await.ok();
        assert_eq!(frame_of(&app, &drawn).await, homes(&street, 0..1), "who was chosen before can be drawn all the same");
        let count = app.parts.db.read(|conn| Ok(checks::table.count().get_result::<i64>(conn)?)).await.expect("checks");
        assert_eq!(count, 3);
    }
}

#[actix_web::test]
async fn only_a_supervisor_of_the_campaigns_org_draws_and_cadres_hear_nothing_of_it() {
    let app = TestApp::start(On::Sqlite).await;
    let street = walked(&app, 2, 2, 0).await;
    let city = &street.city;
    for who in [city.centre(), city.auditor()] {
        assert_eq!(draw(who, &street, &app.id(), "assisted").await.problem(403), "forbidden");
    }
    for who in [city.cadre(), city.lead(), city.admin(), city.foreign().supervisor()] {
        assert_eq!(draw(who, &street, &app.id(), "assisted").await.problem(404), "not_found");
    }
    let sample = draw(city.supervisor(), &street, &app.id(), "assisted").await.ok();
    let path = format!("/samples/{}", sample["id"].as_str().expect("an id"));
    for who in [city.centre(), city.auditor()] {
        assert_eq!(who.get(&path).await.ok()["seats"], 1);
        assert_eq!(who.get(&format!("{path}/frame")).await.status, 200);
    }
    for who in [city.cadre(), city.lead(), city.admin(), city.foreign().supervisor(), city.foreign().auditor()] {
        assert_eq!(who.get(&path).await.problem(404), "not_found");
        assert_eq!(who.get(&format!("{path}/frame.csv")).await.problem(404), "not_found");
    }
    for body in [json!({"kind": "escalation"}), json!({"kind": "assisted", "words": "x"}), json!({"kind": "assisted", "households": [app.id()]})] {
        let mut body = body;
        body["campaign_id"] = json!(street.season.campaign);
        assert_eq!(city.supervisor().post("/samples", &body).await.problem(422), "invalid");
    }
}

#[actix_web::test]
async fn the_policy_sets_the_share_and_the_least() {
    let app = TestApp::start(On::Sqlite).await;
    let street = walked(&app, 8, 8, 0).await;
    let campaign = street.city.centre().get(&format!("/campaigns/{}", street.season.campaign)).await.ok();
    let change = json!({"check_rate_permille": 125, "check_min_per_stratum": 3});
    street.city.centre().patch(&format!("/campaigns/{}/policy", street.season.campaign), campaign["version"].as_i64().expect("a version"), &change).await.ok();
    let sample = draw(street.city.supervisor(), &street, &app.id(), "assisted").await.ok();
    assert_eq!((&sample["rate"], &sample["size"], &sample["seats"], &sample["policy_version"]), (&json!("0.125"), &json!(1), &json!(3), &json!(2)));
}
