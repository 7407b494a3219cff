//! Checks where there is no line: handed to the phone without the record, brought by the phone's own chain, never lost.

use diesel::prelude::*;
use nuanfang::kit::clock::{HOUR_MS, MINUTE_MS};
use nuanfang::kit::db::schema::{check_evidence, households, team_members};
use nuanfang::kit::digest::sha256_hex;
use serde_json::{Value, json};

use super::{checks, draw, honest, path, walked};
use crate::both;
use crate::kit::TestApp;
use crate::kit::people::Person;
use crate::kit::phone::{Phone, send_picture};
use crate::kit::street::Street;

const PHOTO: &[u8] = include_bytes!("../../data/photos/no_exif.jpg");

/// What changed since a pull.
async fn pull(who: &Person, before: &Value) -> Value {
    let since = before["cursor"].as_str().map_or_else(String::new, |cursor| format!("?since={cursor}"));
    who.get(&format!("/field/pull{since}")).await.ok()
}

/// What a phone seals when the household has answered by telephone.
fn asked(app: &TestApp, street: &Street, check: &Value) -> Value {
    json!({
        "campaign_id": street.season.campaign, "check_id": check["id"], "asked_at": app.now().plus_ms(-HOUR_MS), "answers": honest(street), "evidence": []
    })
}

/// The same of a second visit, with a photo.
fn visited(app: &TestApp, street: &Street, check: &Value, sha256: &str) -> Value {
    let at = app.now().plus_ms(-HOUR_MS);
    let position = json!({"latitude": 30.66, "longitude": 104.08, "accuracy_m": 8.0, "taken_at": at, "datum": "wgs84", "source": "gps"});
    let mut said = asked(app, street, check);
    said["answers"]["how"] = json!("visit");
    said["answers"]["position"] = position;
    said["evidence"] = json!([{
        "sha256": sha256, "kind": "photo", "subject": "door", "source": "camera", "media_type": "image/jpeg", "bytes": PHOTO.len(), "taken_at": at
    }]);
    said
}

async fn push_one(phone: &Phone, who: &Person, item: &Value) -> Value {
    phone.push(who, std::slice::from_ref(item)).await.ok()["results"][0].clone()
}

/// Lets the supervisor stand in a team.
async fn join(app: &TestApp, street: &Street, code: &str) {
    let (team, person) = (street.team(code), street.city.supervisor().id().to_owned());
    let work = app.parts.db.upkeep(move |tx| {
        let row = (team_members::team_id.eq(team), team_members::person_id.eq(person.clone()), team_members::is_lead.eq(false));
        Ok(diesel::insert_into(team_members::table).values(row).execute(tx.conn)?)
    });
    work.await.expect("a supervisor who visits with a team");
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|check| check["id"].as_str().expect("an id")).collect()
}

both! {
    async fn a_supervisor_is_handed_whom_to_ask_and_nothing_of_what_the_cadre_wrote(app: TestApp) {
        let street = walked(&app, 20, 20, 0).await;
        let supervisor = street.city.supervisor();
        let first = pull(supervisor, &Value::Null).await;
        assert_eq!((&first["checks"], &first["check_goods"]), (&json!([]), &json!([])));
        let sample = draw(supervisor, &street, &app.id(), "assisted").await.ok();
        let drawn = pull(supervisor, &first).await;
        let listed = checks(supervisor, &sample).await;
        assert_eq!((drawn["whole"].as_bool(), ids(&drawn["checks"]).len()), (Some(false), 2));
        assert!(drawn["checks"][0]["address"].as_str().is_some_and(|address| address.starts_with("东关街")));
        assert_eq!(drawn["checks"][0]["home"]["latitude"], 30.66);
        assert_eq!(drawn["check_goods"], json!([{"campaign_id": street.season.campaign, "item_id": street.season.rice, "name": "大米", "unit": "袋"}]));
        for hint in ["干部甲", "visit_id", "\"stratum\"", "handed_fen", "assisted", "\"outcome\"", "cadre_id", "team_id"] {
            assert!(!drawn.to_string().contains(hint), "{hint} gives away what the cadre wrote");
        }
        let whole = pull(supervisor, &Value::Null).await;
        assert_eq!((&whole["checks"], &whole["visits"], &whole["households"]), (&drawn["checks"], &json!([]), &json!([])));
        let same = pull(supervisor, &drawn).await;
        assert_eq!(same["checks"], Value::Null, "what has not changed is not told again");
        assert_eq!(pull(street.city.cadre(), &Value::Null).await["checks"], json!([]), "who knew of a check could prepare for it");

        supervisor.post(&format!("{}/answers", path(&listed[0])), &honest(&street)).await.ok();
        let left = pull(supervisor, &same).await;
        assert_eq!(ids(&left["checks"]), [listed[1]["id"].as_str().expect("an id")], "answered elsewhere");
        let reason = json!({"reason": "moved_away", "words": "邻居说搬走了"});
        let instead = supervisor.post(&format!("{}/replacement", path(&listed[1])), &reason).await.ok();
        let left = pull(supervisor, &left).await;
        assert_eq!(ids(&left["checks"]), [instead["id"].as_str().expect("an id")], "another household has taken the place");
        assert_eq!(pull(street.city.foreign().supervisor(), &Value::Null).await["checks"], json!([]));
    }

    async fn nobody_is_handed_a_household_whose_visits_lie_on_their_phone(app: TestApp) {
        let street = walked(&app, 2, 2, 0).await;
        let supervisor = street.city.supervisor();
        draw(supervisor, &street, &app.id(), "assisted").await.ok();
        assert_eq!(ids(&pull(supervisor, &Value::Null).await["checks"]).len(), 1);
        join(&app, &street, "E2").await;
        assert_eq!(ids(&pull(supervisor, &Value::Null).await["checks"]).len(), 1);
        let team = street.team("E2");
        let moved = app.parts.db.upkeep(move |tx| Ok(diesel::update(households::table).set(households::team_id.eq(Some(team))).execute(tx.conn)?));
        moved.await.expect("the households of another team by now");
        assert_eq!(pull(supervisor, &Value::Null).await["checks"], json!([]), "their own team's by now");
    }

    async fn answers_from_a_phone_stand_like_those_from_a_desk(app: TestApp) {
        let street = walked(&app, 2, 2, 0).await;
        let supervisor = street.city.supervisor();
        let sample = draw(supervisor, &street, &app.id(), "assisted").await.ok();
        let pulled = pull(supervisor, &Value::Null).await;
        let (check, key) = (pulled["checks"][0].clone(), pulled["campaigns"][0]["seal_key"].clone());
        let sha256 = sha256_hex(PHOTO);
        let mut phone = Phone::new(app.now());
        let item = phone.sealed_item(&key, "check", &visited(&app, &street, &check, &sha256), app.now());
        let first = push_one(&phone, supervisor, &item).await;
        assert_eq!((first["status"].as_str(), &first["missing_evidence"]), (Some("stored"), &json!([sha256])));
        assert!(first["receipt"].is_string());
        let again = push_one(&phone, supervisor, &item).await;
        assert_eq!((again["status"].as_str(), &again["receipt"], &again["missing_evidence"]), (Some("duplicate"), &first["receipt"], &json!([sha256])));

        let told = supervisor.get(&path(&check)).await.ok();
        assert_eq!((told["state"].as_str(), told["answers"]["how"].as_str()), (Some("answered"), Some("visit")));
        assert_eq!((&told["answers"]["evidence"], &told["record"]["cash_fen"]), (&json!([sha256]), &json!(50_000)), "the side-by-side comes with the answers");
        assert_eq!(told["answers"]["at"], json!(app.now().plus_ms(-HOUR_MS)), "asked then, whenever it arrived");
        assert_eq!(told["asides"], json!([]));
        assert_eq!(pull(supervisor, &pulled).await["checks"], json!([]));
        assert_eq!(supervisor.get(&format!("/samples/{}", sample["id"].as_str().expect("an id"))).await.ok()["checks"]["answered"], 1);

        let tally_path = format!("/field/tally?device={}", phone.device);
        let tally = supervisor.get(&tally_path).await.ok();
        assert_eq!((&tally["items"][0]["kind"], &tally["items"][0]["pictures_named"], &tally["items"][0]["pictures_held"]), (&json!("check"), &json!(1), &json!(0)));
        assert_eq!((&tally["pictures_named"], &tally["missing"]), (&json!(1), &json!([sha256])));
        assert!((200..300).contains(&send_picture(supervisor, PHOTO, "image/jpeg").await.1.status));
        let tally = supervisor.get(&tally_path).await.ok();
        assert_eq!((&tally["items"][0]["pictures_held"], &tally["pictures_held"], &tally["missing"]), (&json!(1), &json!(1), &json!([])));
        let kept = app.parts.db.read(|conn| Ok(check_evidence::table.select(check_evidence::said).load::<String>(conn)?)).await.expect("pictures");
        assert!(kept[0].contains("\"camera\""), "what the phone said of the picture is kept word for word");

        let mut other = item;
        other["sealed"] = phone.sealed_item(&key, "check", &asked(&app, &street, &check), app.now())["sealed"].clone();
        assert_eq!(push_one(&phone, supervisor, &other).await["status"], "conflict", "one id stands for one content");
    }

    async fn what_cannot_count_any_more_is_set_aside_and_never_lost(app: TestApp) {
        let street = walked(&app, 40, 40, 0).await;
        let supervisor = street.city.supervisor();
        draw(supervisor, &street, &app.id(), "assisted").await.ok();
        let pulled = pull(supervisor, &Value::Null).await;
        let [answered, replaced, own] = [0, 1, 2].map(|n| pulled["checks"][n].clone());
        supervisor.post(&format!("{}/answers", path(&answered)), &honest(&street)).await.ok();
        supervisor.post(&format!("{}/replacement", path(&replaced)), &json!({"reason": "deceased", "words": "社区告知"})).await.ok();

        let mut phone = Phone::new(app.now());
        let said = |check: &Value, cash_fen: i64| {
            let mut said = asked(&app, &street, check);
            said["answers"]["cash_fen"] = json!(cash_fen);
            said
        };
        let same = phone.item("check", &said(&answered, 50_000), app.now());
        assert_eq!(push_one(&phone, supervisor, &same).await["status"], "stored", "the same answers once more change nothing");
        let other = phone.item("check", &said(&answered, 30_000), app.now());
        let late = phone.item("check", &said(&replaced, 20_000), app.now());
        let both = phone.push(supervisor, &[other.clone(), late]).await.ok();
        assert_eq!(both["results"][0]["problem"]["code"], "already_answered");
        assert_eq!(both["results"][1]["problem"]["code"], "check_replaced");
        assert!(both["results"][0]["problem"]["detail"].as_str().is_some_and(|words| words.contains("另存")));
        assert_eq!(both["device"]["accepted_through"], 3, "a refusal is remembered and holds up nothing");
        assert_eq!(push_one(&phone, supervisor, &other).await["problem"]["code"], "already_answered");

        let first = supervisor.get(&path(&answered)).await.ok();
        assert_eq!((&first["answers"]["cash_fen"], &first["asides"].as_array().map(Vec::len)), (&json!(50_000), &Some(1)));
        assert_eq!((&first["asides"][0]["reason"], &first["asides"][0]["said"]["cash_fen"]), (&json!("already_answered"), &json!(30_000)));
        let gone = supervisor.get(&path(&replaced)).await.ok();
        assert_eq!((&gone["answers"], &gone["asides"][0]["said"]["cash_fen"], &gone["record"]), (&Value::Null, &json!(20_000), &Value::Null));

        join(&app, &street, "E1").await;
        let mine = phone.item("check", &said(&own, 10_000), app.now());
        assert_eq!(push_one(&phone, supervisor, &mine).await["problem"]["code"], "own_team");
        let seen = street.city.auditor().get(&path(&own)).await.ok();
        assert_eq!((&seen["state"], &seen["asides"]), (&json!("waiting"), &json!([])), "it would give away what a household says before another asks it");
    }

    async fn a_check_that_is_not_theirs_or_makes_no_sense_is_refused(app: TestApp) {
        let street = walked(&app, 2, 2, 0).await;
        let city = &street.city;
        draw(city.supervisor(), &street, &app.id(), "assisted").await.ok();
        let check = pull(city.supervisor(), &Value::Null).await["checks"][0].clone();
        for who in [city.cadre(), city.lead(), city.foreign().supervisor()] {
            let mut phone = Phone::new(app.now());
            let item = phone.item("check", &asked(&app, &street, &check), app.now());
            assert_eq!(push_one(&phone, who, &item).await["problem"]["code"], "not_found");
        }
        let mut phone = Phone::new(app.now());
        let pointers = |result: &Value| -> Vec<String> {
            let faults = result["problem"]["errors"].as_array().expect("faults");
            faults.iter().map(|fault| format!("{} {}", fault["pointer"].as_str().expect("a place"), fault["code"].as_str().expect("a word"))).collect()
        };
        let mut by_phone = visited(&app, &street, &check, &"a".repeat(64));
        by_phone["answers"]["how"] = json!("phone");
        by_phone["evidence"][0]["kind"] = json!("document");
        by_phone["answers"]["evidence"] = json!(["b".repeat(64)]);
        let item = phone.item("check", &by_phone, app.now());
        let shape = push_one(&phone, city.supervisor(), &item).await;
        assert_eq!(pointers(&shape), ["/answers/evidence must_be_empty", "/evidence must_be_empty", "/evidence/0/kind wrong_kind"]);
        let mut strange = asked(&app, &street, &check);
        strange["answers"]["goods"] = json!([{"item_id": app.id(), "quantity_milli": 1}]);
        strange["answers"]["cash_fen"] = json!(-1);
        let item = phone.item("check", &strange, app.now());
        let content = push_one(&phone, city.supervisor(), &item).await;
        assert_eq!(pointers(&content), ["/answers/cash_fen out_of_range", "/answers/goods/0/item_id unknown"]);
        assert_eq!(city.supervisor().get(&path(&check)).await.ok()["state"], "waiting");

        let mut early = asked(&app, &street, &check);
        early["asked_at"] = json!(app.now().plus_ms(90 * MINUTE_MS));
        let item = phone.item("check", &early, app.now());
        assert_eq!(push_one(&phone, city.supervisor(), &item).await["status"], "stored");
        let told = city.supervisor().get(&path(&check)).await.ok();
        assert_eq!(told["answers"]["at"], json!(app.now()), "a clock that runs ahead asks nobody in the future");
    }
}
