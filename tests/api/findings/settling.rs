//! Who settles what, and what outlives a settling.

use serde_json::{Value, json};

use crate::both;
use crate::kit::TestApp;
use crate::kit::people::Person;
use crate::kit::street::Street;

/// A street whose first household got too little, found as A02; with the finding's id.
async fn disputed(app: &TestApp) -> (Street, String) {
    let street = app.street(2).await;
    let told = street.honest(0, app.now(), "a").saying("aid", json!([street.season.cash(40_000), street.season.rice(2_000)]));
    app.record(street.city.cadre(), &[told]).await;
    let found = street.city.lead().get("/findings?status=open").await.ok();
    let finding = found["items"][0].clone();
    assert_eq!((&finding["code"], &finding["severity"], found["items"].as_array().map(Vec::len)), (&json!("A02"), &json!("review"), Some(1)));
    let id = finding["id"].as_str().expect("an id").to_owned();
    (street, id)
}

async fn settle(person: &Person, id: &str, how: &str) -> crate::kit::people::Reply {
    person.post(&format!("/findings/{id}/settle"), &json!({"how": how, "words": "余款次日补发"})).await
}

both! {
    async fn a_finding_says_what_was_expected_what_was_found_and_what_to_do_in_the_language_asked_for(app: TestApp) {
        let (street, _) = disputed(&app).await;
        let chinese = street.city.supervisor().get("/findings").await.ok();
        assert_eq!(chinese["items"][0]["says"], "应发 500.00 元,共发 400.00 元,少发了。请安排补发,或说明原因。");
        let english = street.city.supervisor().call(reqwest::Method::GET, "/findings").header("Accept-Language", "en").send().await.expect("an answer");
        let english: Value = english.json().await.expect("json");
        assert_eq!(english["items"][0]["says"], "500.00 yuan were promised, 400.00 were given in all: too little. Bring the rest, or say why.");
        let item = &chinese["items"][0];
        assert_eq!((&item["household"]["head_name"], &item["team"]["name"], &item["visit"]["cadre_name"]), (&json!("户主0"), &json!("东一组"), &json!("干部甲")));
    }

    async fn a_lead_explains_and_only_explains_for_a_team_of_theirs(app: TestApp) {
        let (street, id) = disputed(&app).await;
        let city = &street.city;
        assert_eq!(settle(city.lead(), &id, "confirmed").await.problem(403), "forbidden");
        for (person, status) in [(city.cadre(), 403), (city.auditor(), 403), (city.centre(), 403), (city.other_lead(), 404), (city.second_cadre(), 404)] {
            assert_eq!(settle(person, &id, "explained").await.status, status);
        }
        assert_eq!(settle(city.admin(), &id, "explained").await.status, 404);
        assert_eq!(settle(city.foreign().supervisor(), &id, "explained").await.status, 404);
        let settled = settle(city.lead(), &id, "explained").await.ok();
        assert_eq!((&settled["status"], &settled["settled"]["words"]), (&json!("explained"), &json!("余款次日补发")));
        assert_eq!(settle(city.lead(), &id, "explained").await.ok()["status"], "explained", "a repeat is no error");
        let other = json!({"how": "confirmed", "words": "不属实"});
        assert_eq!(city.supervisor().post(&format!("/findings/{id}/settle"), &other).await.ok()["status"], "confirmed");
        assert_eq!(city.lead().post(&format!("/findings/{id}/settle"), &json!({"how": "explained", "words": "另有原因"})).await.problem(409), "finding_not_open");
        let row = street.row(0).await;
        assert_eq!(row["standing"], "pending", "its pictures are still coming");
    }

    async fn nobody_settles_a_finding_about_their_own_visit(app: TestApp) {
        let street = app.street(1).await;
        app.record(street.city.lead(), &[street.honest(0, app.now(), "a").saying("aid", json!([]))]).await;
        let found = street.city.lead().get("/findings?status=open&code=A02").await.ok();
        let id = found["items"][0]["id"].as_str().expect("an id").to_owned();
        assert_eq!(settle(street.city.lead(), &id, "explained").await.problem(403), "own_visit");
        settle(street.city.supervisor(), &id, "explained").await.ok();
    }

    async fn settling_needs_words(app: TestApp) {
        let (street, id) = disputed(&app).await;
        for words in [" ", "好", &"长".repeat(501)] {
            let reply = street.city.lead().post(&format!("/findings/{id}/settle"), &json!({"how": "explained", "words": words})).await;
            assert_eq!((reply.status, &reply.json["errors"][0]["pointer"]), (422, &json!("/words")));
        }
    }

    async fn settling_outlives_re_runs_until_the_facts_change(app: TestApp) {
        let (street, id) = disputed(&app).await;
        settle(street.city.lead(), &id, "explained").await.ok();
        app.pass_ms(1_000);
        let again = street.honest(0, app.now(), "later").saying("outcome", json!("absent")).saying("aid", json!([])).saying("recipient", json!(null));
        app.record(street.city.cadre(), &[again]).await;
        let found = street.city.lead().get("/findings?code=A02").await.ok();
        assert_eq!((&found["items"][0]["id"], &found["items"][0]["status"]), (&json!(id), &json!("explained")));
        app.pass_ms(1_000);
        let more = street.honest(0, app.now(), "more").saying("aid", json!([street.season.cash(5_000)]));
        app.record(street.city.cadre(), &[more]).await;
        let open = street.city.lead().get("/findings?code=A02&status=open").await.ok();
        assert_eq!(open["items"][0]["actual"]["cash_fen"], 45_000, "of the last visit now");
        let gone = street.city.lead().get("/findings?code=A02&status=gone").await.ok();
        assert_eq!(gone["items"][0]["id"], json!(id));
    }

    async fn the_queue_is_paged_and_filtered_and_each_sees_their_own(app: TestApp) {
        let street = app.street(6).await;
        let nothing = |n: usize| street.honest(n, app.now(), &format!("picture {n}")).saying("aid", json!([]));
        app.record(street.city.cadre(), &[nothing(0), nothing(1), nothing(2)]).await;
        app.record(street.city.other_cadre(), &[nothing(3)]).await;
        let count = |reply: Value| reply["items"].as_array().map(Vec::len);
        let city = &street.city;
        assert_eq!(count(city.supervisor().get("/findings?code=A02").await.ok()), Some(4));
        assert_eq!(count(city.lead().get("/findings?code=A02").await.ok()), Some(3));
        assert_eq!(count(city.cadre().get("/findings?code=A02").await.ok()), Some(3), "their own visits");
        assert_eq!(count(city.second_cadre().get("/findings").await.ok()), Some(0));
        assert_eq!(count(city.foreign().supervisor().get("/findings").await.ok()), Some(0));
        assert_eq!(city.admin().get("/findings").await.problem(404), "not_found");
        assert_eq!(count(city.supervisor().get(&format!("/findings?team={}&severity=review&code=A03", street.team("E1"))).await.ok()), Some(3));
        let mut seen = Vec::new();
        let mut path = "/findings?limit=2".to_owned();
        loop {
            let page = city.supervisor().get(&path).await.ok();
            seen.extend(page["items"].as_array().expect("items").iter().map(|item| item["id"].as_str().expect("an id").to_owned()));
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/findings?limit=2&after={next}");
        }
        let mut once = seen.clone();
        once.sort();
        once.dedup();
        assert_eq!((seen.len(), &once), (9, &seen), "A02 and A03 of four visits, and F05 of one: each once, oldest first");
    }
}
