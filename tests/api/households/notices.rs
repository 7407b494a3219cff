//! A name is made public, and what is said against it is heard.

use serde_json::{Value, json};

use super::{TWO, events, ids_of};
use crate::both;
use crate::kit::TestApp;
use crate::kit::city::City;
use crate::kit::people::{Person, Reply};

/// A file of station east1, with team E1.
async fn one_file(app: &TestApp, city: &City) -> String {
    city.centre().upload(TWO, &format!("org={}", city.org("east1"))).await.ok();
    let id = ids_of(app, &["510104195209043743"]).await.remove(0);
    city.centre().post("/households/assignments", &json!({"household_ids": [id], "team_id": city.team("E1")})).await.ok();
    id
}

/// Asks for a step in the version the file has now.
async fn step(who: &Person, reader: &Person, id: &str, body: &Value) -> Reply {
    let version = reader.get(&format!("/households/{id}")).await.ok()["version"].as_i64().expect("a version");
    step_at(who, id, version, body).await
}

async fn step_at(who: &Person, id: &str, version: i64, body: &Value) -> Reply {
    let request = who.call(reqwest::Method::POST, &format!("/households/{id}/steps")).header("If-Match", format!("\"{version}\""));
    Reply::of(request.json(body).send().await.expect("an answer")).await
}

fn object(id: &str) -> Value {
    json!({"step": "object", "id": id, "words": "他家另有住房"})
}

fn answer(id: &str, upheld: bool) -> Value {
    json!({"step": "answer", "objection_id": id, "upheld": upheld, "words": "已入户核实"})
}

async fn approve(city: &City, id: &str) -> Value {
    city.centre().post("/households/approvals", &json!({"household_ids": [id]})).await.ok()
}

both! {
    async fn a_name_is_made_public_and_the_file_approved_when_nobody_objects(app: TestApp) {
        let city = app.city().await;
        let id = one_file(&app, &city).await;
        let centre = city.centre();
        assert_eq!(step(centre, centre, &id, &json!({"step": "review"})).await.ok()["status"], "reviewed");
        let published_at = app.now();
        let file = step(centre, centre, &id, &json!({"step": "publish"})).await.ok();
        assert_eq!((&file["status"], &file["notices"]), (&json!("noticed"), &json!([{"published_at": published_at}])));
        app.pass_ms(1);
        assert_eq!(approve(&city, &id).await["approved"], 1);
        let file = city.lead().get(&format!("/households/{id}")).await.ok();
        assert_eq!((&file["status"], &file["approved_at"], &file["objections"]), (&json!("approved"), &json!(app.now()), &json!([])));
        let history = centre.get(&format!("/households/{id}/history")).await.ok();
        let steps: Vec<_> = history["items"].as_array().expect("changes").iter().filter(|c| c["field"] == "status").map(|c| (&c["old"], &c["new"], &c["made_by"])).collect();
        let by = &centre.me["id"];
        let (applied, reviewed, noticed, approved) = (json!("applied"), json!("reviewed"), json!("noticed"), json!("approved"));
        assert_eq!(steps, [(&noticed, &approved, by), (&reviewed, &noticed, by), (&applied, &reviewed, by)]);
        assert_eq!((events(&app, "household.reviewed", &[]).await, events(&app, "household.noticed", &[]).await), (1, 1));
    }

    async fn what_is_said_against_a_file_is_looked_into_and_answered(app: TestApp) {
        let city = app.city().await;
        let id = one_file(&app, &city).await;
        let (centre, first, second) = (city.centre(), app.id(), app.id());
        step(centre, centre, &id, &json!({"step": "publish"})).await.ok();
        approve(&city, &id).await;
        let approved_at = app.now();
        app.pass_ms(1_000);
        let file = step(centre, centre, &id, &object(&first)).await.ok();
        assert_eq!((&file["status"], &file["objections"][0]["words"], &file["objections"][0]["answered_at"]), (&json!("verifying"), &json!("他家另有住房"), &Value::Null));
        assert_eq!(approve(&city, &id).await["refused"], json!([{"id": id, "status": "verifying"}]));
        app.pass_ms(1_000);
        assert_eq!(step(centre, centre, &id, &object(&second)).await.ok()["status"], "verifying", "more than one may object");
        app.pass_ms(1_000);
        assert_eq!(step(centre, centre, &id, &answer(&first, false)).await.ok()["status"], "verifying", "the other is still open");
        let file = step(centre, centre, &id, &answer(&second, false)).await.ok();
        assert_eq!((&file["status"], &file["approved_at"]), (&json!("approved"), &json!(approved_at)), "it was approved all along");
        let told = &file["objections"][1];
        assert_eq!((&told["answered_at"], &told["upheld"], &told["answer"]), (&json!(app.now()), &json!(false), &json!("已入户核实")));
        assert_eq!((events(&app, "household.objected", &["住房"]).await, events(&app, "household.objection_answered", &["入户"]).await), (2, 2));
    }

    async fn a_true_objection_ends_the_file(app: TestApp) {
        let city = app.city().await;
        let id = one_file(&app, &city).await;
        let (centre, objection) = (city.centre(), app.id());
        step(centre, centre, &id, &json!({"step": "publish"})).await.ok();
        step(centre, centre, &id, &object(&objection)).await.ok();
        assert_eq!(step(centre, centre, &id, &answer(&objection, true)).await.ok()["status"], "rejected");
        for body in [json!({"step": "review"}), json!({"step": "publish"}), object(&app.id())] {
            assert_eq!(step(centre, centre, &id, &body).await.problem(409), "step_not_possible");
        }
        assert_eq!(approve(&city, &id).await["refused"], json!([{"id": id, "status": "rejected"}]));
    }

    async fn a_name_is_made_public_once_more_after_it_was_looked_into(app: TestApp) {
        let city = app.city().await;
        let id = one_file(&app, &city).await;
        let (centre, objection) = (city.centre(), app.id());
        step(centre, centre, &id, &json!({"step": "publish"})).await.ok();
        step(centre, centre, &id, &object(&objection)).await.ok();
        app.pass_ms(1_000);
        let file = step(centre, centre, &id, &json!({"step": "publish"})).await.ok();
        assert_eq!((&file["status"], file["notices"].as_array().map(Vec::len)), (&json!("noticed"), Some(2)));
        assert_eq!(step(centre, centre, &id, &answer(&objection, false)).await.ok()["status"], "noticed", "it was not approved yet");
    }

    async fn a_repeat_makes_no_second_objection_and_no_second_answer(app: TestApp) {
        let city = app.city().await;
        let id = one_file(&app, &city).await;
        let (centre, objection) = (city.centre(), app.id());
        step(centre, centre, &id, &json!({"step": "publish"})).await.ok();
        let version = step(centre, centre, &id, &object(&objection)).await.ok()["version"].as_i64().expect("a version");
        let again = step_at(centre, &id, version - 1, &object(&objection)).await.ok();
        assert_eq!((&again["version"], again["objections"].as_array().map(Vec::len)), (&json!(version), Some(1)));
        let other = json!({"step": "object", "id": objection, "words": "另有说法"});
        assert_eq!(step_at(centre, &id, version, &other).await.problem(409), "id_taken");
        assert_eq!(step_at(centre, &id, version - 1, &object(&app.id())).await.problem(412), "stale_version");
        step_at(centre, &id, version, &answer(&objection, false)).await.ok();
        let again = step_at(centre, &id, version, &answer(&objection, false)).await.ok();
        assert_eq!((&again["version"], &again["status"]), (&json!(version + 1), &json!("noticed")));
        assert_eq!(step_at(centre, &id, version + 1, &answer(&objection, true)).await.problem(409), "step_not_possible");
        let unknown = step_at(centre, &id, version + 1, &answer(&app.id(), true)).await;
        assert_eq!((unknown.status, &unknown.json["errors"][0]["pointer"]), (422, &json!("/objection_id")));
    }

    async fn only_the_centre_that_keeps_a_file_takes_it_on(app: TestApp) {
        let city = app.city().await;
        let id = one_file(&app, &city).await;
        let body = json!({"step": "publish"});
        for person in [city.cadre(), city.lead(), city.supervisor(), city.auditor()] {
            assert_eq!(step(person, city.centre(), &id, &body).await.problem(403), "forbidden");
        }
        for person in [city.other_cadre(), city.admin(), city.foreign().centre()] {
            assert_eq!(step(person, city.centre(), &id, &body).await.problem(404), "not_found");
        }
        let without = city.centre().post(&format!("/households/{id}/steps"), &body).await;
        assert_eq!(without.problem(428), "version_missing");
    }

    async fn all_faults_of_a_step_are_told_at_once(app: TestApp) {
        let city = app.city().await;
        let id = one_file(&app, &city).await;
        let centre = city.centre();
        let faults = async |body: Value| {
            let reply = step(centre, centre, &id, &body).await;
            let mut all: Vec<String> = reply.json["errors"].as_array().expect("errors").iter().map(|e| format!("{} {}", e["pointer"].as_str().expect("a pointer"), e["code"].as_str().expect("a code"))).collect();
            all.sort();
            all.join(", ")
        };
        assert_eq!(faults(json!({"step": "object", "upheld": true, "words": "否"})).await, "/id missing, /upheld must_be_empty, /words too_short");
        assert_eq!(faults(json!({"step": "answer"})).await, "/objection_id missing, /upheld missing, /words missing");
        assert_eq!(faults(json!({"step": "publish", "words": "为何"})).await, "/words must_be_empty");
        assert_eq!(faults(json!({"step": "close"})).await, "/step bad_format");
        assert_eq!(faults(json!({"step": "object", "id": app.id(), "words": "长".repeat(501)})).await, "/words too_long");
    }
}
