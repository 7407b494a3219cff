//! Verdicts, what follows from them, and households that fall out.

use diesel::prelude::*;
use nuanfang::kit::db::schema::{check_answers, verdicts};
use serde_json::{Value, json};

use super::{checked, checks, draw, honest, path, walked};
use crate::both;
use crate::kit::people::Person;
use crate::kit::street::Street;
use crate::kit::{On, TestApp};

/// Draws this many in a hundred.
async fn with_share(street: &Street, percent: i64) {
    let centre = street.city.centre();
    let campaign = centre.get(&format!("/campaigns/{}", street.season.campaign)).await.ok();
    let change = json!({"check_rate_permille": percent * 10});
    centre.patch(&format!("/campaigns/{}/policy", street.season.campaign), campaign["version"].as_i64().expect("a version"), &change).await.ok();
}

async fn kinds(who: &Person, street: &Street) -> Vec<Value> {
    let page = who.get(&format!("/samples?campaign={}", street.season.campaign)).await.ok();
    page["items"].as_array().expect("items").iter().map(|sample| sample["kind"].clone()).collect()
}

both! {
    async fn a_second_verdict_names_its_reason_and_keeps_the_first(app: TestApp) {
        let street = walked(&app, 1, 1, 0).await;
        let supervisor = street.city.supervisor();
        let sample = draw(supervisor, &street, &app.id(), "assisted").await.ok();
        let check = checks(supervisor, &sample).await.remove(0);
        let verdict = format!("{}/verdict", path(&check));
        let given = |version: i64, verdict: &str, reason: &str| json!({"version": version, "verdict": verdict, "measures": "已约谈责任人", "reason": reason});
        assert_eq!(supervisor.post(&verdict, &given(1, "agrees", "")).await.problem(409), "answers_first");
        let mut said = honest(&street);
        said["cash_fen"] = json!(30_000);
        supervisor.post(&format!("{}/answers", path(&check)), &said).await.ok();
        let bare = supervisor.post(&verdict, &json!({"version": 1, "verdict": "misdelivered"})).await;
        assert_eq!(bare.json["errors"][0]["pointer"], "/measures", "a discrepancy says what was done about it");
        let first = supervisor.post(&verdict, &given(1, "misdelivered", "")).await.ok();
        assert_eq!((&first["state"], &first["verdicts"][0]["at_risk_fen"]), (&json!("judged"), &json!(20_000)));
        assert_eq!(supervisor.post(&verdict, &given(1, "misdelivered", "")).await.ok(), first, "a repeat changes nothing");
        assert_eq!(supervisor.post(&verdict, &given(1, "agrees", "")).await.problem(412), "stale_version");
        assert_eq!(supervisor.post(&verdict, &given(3, "agrees", "补")).await.problem(412), "stale_version");
        let silent = supervisor.post(&verdict, &given(2, "agrees", "")).await;
        assert_eq!(silent.json["errors"][0]["pointer"], "/reason");
        let second = supervisor.post(&verdict, &given(2, "agrees", "家属当晚补领二百元,有签字")).await.ok();
        let kept: Vec<&Value> = second["verdicts"].as_array().expect("verdicts").iter().map(|one| &one["verdict"]).collect();
        assert_eq!(kept, ["misdelivered", "agrees"]);
        let change = app.parts.db.upkeep(|tx| Ok(diesel::update(verdicts::table).set(verdicts::words.eq("x")).execute(tx.conn)?));
        assert!(change.await.is_err(), "not even the server changes a verdict");
        assert!(app.parts.db.upkeep(|tx| Ok(diesel::delete(check_answers::table).execute(tx.conn)?)).await.is_err());
    }

    async fn two_misdelivered_in_one_team_make_its_check_a_full_one_once(app: TestApp) {
        let street = walked(&app, 8, 8, 0).await;
        with_share(&street, 50).await;
        let supervisor = street.city.supervisor();
        let sample = draw(supervisor, &street, &app.id(), "assisted").await.ok();
        let drawn = checks(supervisor, &sample).await;
        assert_eq!(drawn.len(), 4);
        let mut less = honest(&street);
        less["cash_fen"] = json!(0);
        checked(supervisor, &drawn[0], &less, "misdelivered").await;
        assert_eq!(kinds(supervisor, &street).await, ["assisted"]);
        app.pass_ms(1);
        checked(supervisor, &drawn[1], &less, "misdelivered").await;
        assert_eq!(kinds(supervisor, &street).await, ["escalation", "assisted"]);
        let page = supervisor.get(&format!("/samples?campaign={}&limit=1", street.season.campaign)).await.ok();
        let full = &page["items"][0];
        assert_eq!((&full["team_id"], &full["households"], &full["seats"], &full["rate"]), (&json!(street.team("E1")), &json!(4), &json!(4), &json!("1")));
        let here: std::collections::BTreeSet<String> = drawn.iter().map(|check| check["household"]["id"].to_string()).collect();
        assert!(checks(supervisor, full).await.iter().all(|check| !here.contains(&check["household"]["id"].to_string())));
        checked(supervisor, &drawn[2], &less, "misdelivered").await;
        assert_eq!(kinds(supervisor, &street).await.len(), 2);
    }

    async fn a_household_that_fell_out_gives_its_place_to_the_next_by_score(app: TestApp) {
        let street = walked(&app, 5, 5, 0).await;
        let supervisor = street.city.supervisor();
        let sample = draw(supervisor, &street, &app.id(), "assisted").await.ok();
        let mut check = checks(supervisor, &sample).await.remove(0);
        for place in 2..=5 {
            let gone = json!({"reason": "moved_away", "words": "慰问后搬往外省,邻居与社区证实"});
            let next = supervisor.post(&format!("{}/replacement", path(&check)), &gone).await.ok();
            assert_eq!((&next["place"], &next["replaces"], &next["state"]), (&json!(place), &check["id"], &json!("waiting")));
            let before = supervisor.get(&path(&check)).await.ok();
            assert_eq!((&before["state"], &before["replaced"]["reason"]), (&json!("replaced"), &json!("moved_away")));
            assert_eq!(supervisor.post(&format!("{}/answers", path(&check)), &honest(&street)).await.problem(409), "check_replaced");
            check = next;
        }
        let gone = json!({"reason": "deceased", "words": "已故"});
        assert_eq!(supervisor.post(&format!("{}/replacement", path(&check)), &gone).await.problem(409), "nobody_left");
        checked(supervisor, &check, &honest(&street), "agrees").await;
        assert_eq!(supervisor.post(&format!("{}/replacement", path(&check)), &gone).await.problem(409), "check_judged");
        let one = supervisor.get(&format!("/samples/{}", sample["id"].as_str().expect("an id"))).await.ok();
        assert_eq!(one["checks"], json!({"waiting": 0, "answered": 0, "judged": 1, "replaced": 4}));
    }
}

#[actix_web::test]
async fn whoever_could_not_be_asked_can_be_asked_later() {
    let app = TestApp::start(On::Sqlite).await;
    let street = walked(&app, 1, 1, 0).await;
    let supervisor = street.city.supervisor();
    let sample = draw(supervisor, &street, &app.id(), "assisted").await.ok();
    let check = checks(supervisor, &sample).await.remove(0);
    let verdict = format!("{}/verdict", path(&check));
    let told = supervisor.post(&verdict, &json!({"version": 1, "verdict": "unreachable", "words": "三次电话未接"})).await.ok();
    assert_eq!((&told["state"], &told["record"]), (&json!("judged"), &Value::Null), "the record stays hidden");
    let told = supervisor.post(&format!("{}/answers", path(&check)), &honest(&street)).await.ok();
    assert_eq!(told["record"]["cash_fen"], 50_000);
    let told = supervisor.post(&verdict, &json!({"version": 2, "verdict": "agrees", "reason": "第四次打通"})).await.ok();
    assert_eq!(told["verdicts"].as_array().map(Vec::len), Some(2));
}
