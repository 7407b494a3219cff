//! The blind form: the household is asked before anybody sees what the cadre wrote.

use diesel::prelude::*;
use nuanfang::kit::db::schema::team_members;
use serde_json::{Value, json};

use super::{checks, draw, honest, path, walked};
use crate::both;
use crate::kit::{On, TestApp};

both! {
    async fn what_the_cadre_wrote_is_shown_only_once_the_household_has_answered(app: TestApp) {
        let street = walked(&app, 2, 2, 0).await;
        let supervisor = street.city.supervisor();
        let sample = draw(supervisor, &street, &app.id(), "assisted").await.ok();
        let listed = checks(supervisor, &sample).await;
        assert_eq!(listed.len(), 1);
        let check = supervisor.get(&path(&listed[0])).await.ok();
        assert_eq!((&check["state"], &check["answers"], &check["record"], &check["compared"]), (&json!("waiting"), &Value::Null, &Value::Null, &json!([])));
        assert!(check["household"]["address"].as_str().is_some_and(|address| address.starts_with("东关街")));
        assert_eq!(check["goods"].as_array().map(Vec::len), Some(1), "what the campaign gives to anybody is there to pick from");
        for hint in ["干部甲", "cash_fen", "quantity_milli", "visit_id"] {
            assert!(!check.to_string().contains(hint), "{hint} gives away what the cadre wrote");
        }
        let answers = format!("{}/answers", path(&listed[0]));
        let mut said = honest(&street);
        said["cash_fen"] = json!(30_000);
        said["signed_by"] = json!("邻居");
        let told = supervisor.post(&answers, &said).await.ok();
        assert_eq!((&told["state"], &told["record"]["cash_fen"], &told["record"]["cadre"]), (&json!("answered"), &json!(50_000), &json!("干部甲")));
        let compared = told["compared"].as_array().expect("fields");
        let agreement = |field: &str| compared.iter().find(|one| one["field"] == field).map(|one| one["agreement"].clone());
        assert_eq!(["came", "came_on", "who", "cash_fen", "goods", "signed_by"].map(|field| agreement(field).expect("compared")), ["same", "same", "same", "differs", "same", "look"]);
        assert_eq!(supervisor.get(&path(&listed[0])).await.ok(), told);
        assert_eq!(supervisor.post(&answers, &said).await.ok(), told, "a repeat changes nothing");
        said["cash_fen"] = json!(50_000);
        assert_eq!(supervisor.post(&answers, &said).await.problem(409), "already_answered");
    }

    async fn nobody_checks_a_team_they_stand_in_and_nobody_reads_another_district(app: TestApp) {
        let street = walked(&app, 2, 2, 0).await;
        let city = &street.city;
        let sample = draw(city.supervisor(), &street, &app.id(), "assisted").await.ok();
        let check = checks(city.supervisor(), &sample).await.remove(0);
        for who in [city.cadre(), city.lead(), city.admin(), city.foreign().supervisor()] {
            assert_eq!(who.get(&path(&check)).await.problem(404), "not_found");
        }
        for who in [city.auditor(), city.centre()] {
            assert_eq!(who.get(&path(&check)).await.ok()["state"], "waiting");
            assert_eq!(who.post(&format!("{}/answers", path(&check)), &honest(&street)).await.problem(403), "forbidden");
        }
        let (team, person) = (street.team("E1"), city.supervisor().id().to_owned());
        let join = app.parts.db.upkeep(move |tx| {
            let row = (team_members::team_id.eq(team), team_members::person_id.eq(person.clone()), team_members::is_lead.eq(false));
            Ok(diesel::insert_into(team_members::table).values(row).execute(tx.conn)?)
        });
        join.await.expect("a supervisor who visits with a team");
        assert_eq!(checks(city.supervisor(), &sample).await, [] as [Value; 0], "they are not given it");
        assert_eq!(city.supervisor().get(&path(&check)).await.problem(403), "own_team");
        assert_eq!(city.supervisor().post(&format!("{}/answers", path(&check)), &honest(&street)).await.problem(403), "own_team");
    }
}

#[actix_web::test]
async fn all_that_is_wrong_with_answers_is_told_at_once() {
    let app = TestApp::start(On::Sqlite).await;
    let street = walked(&app, 1, 1, 0).await;
    let supervisor = street.city.supervisor();
    let sample = draw(supervisor, &street, &app.id(), "assisted").await.ok();
    let check = checks(supervisor, &sample).await.remove(0);
    let position = json!({"latitude": 91.0, "longitude": 0.0, "accuracy_m": 5.0, "taken_at": app.now(), "datum": "wgs84", "source": "gps"});
    let said = json!({
        "how": "phone", "came": true, "who": "王".repeat(81), "came_on": "2027-02-30", "cash_fen": -1, "satisfied": "yes", "evidence": ["x"], "position": position,
        "goods": [{"item_id": app.id(), "quantity_milli": 0}]
    });
    let reply = supervisor.post(&format!("{}/answers", path(&check)), &said).await;
    let faults: Vec<String> = reply.json["errors"]
        .as_array()
        .expect("faults")
        .iter()
        .map(|fault| format!("{} {}", fault["pointer"].as_str().expect("a place"), fault["code"].as_str().expect("a word")))
        .collect();
    let expected = [
        "/who too_long",
        "/came_on bad_format",
        "/cash_fen out_of_range",
        "/goods/0/item_id unknown",
        "/goods/0/quantity_milli out_of_range",
        "/evidence/0 not_sha256",
        "/position must_be_empty",
        "/position out_of_range",
    ];
    assert_eq!(faults, expected);
    let mut tomorrow = honest(&street);
    tomorrow["came_on"] = json!("2027-01-27");
    let reply = supervisor.post(&format!("{}/answers", path(&check)), &tomorrow).await;
    assert_eq!(reply.json["errors"][0]["pointer"], "/came_on");
}
