//! What was asked for at a door, until it is settled.

mod corrections;

use serde_json::{Value, json};

use crate::both;
use crate::kit::TestApp;
use crate::kit::street::Street;

/// A need, heard at the first door, as the desk lists it.
async fn one_need(app: &TestApp) -> (Street, String) {
    let street = app.street(2).await;
    let asked = json!([{"kind": "medical", "words": "想换一副助听器", "urgency": "now"}]);
    app.record(street.city.cadre(), &[street.honest(0, app.now(), "a").saying("needs", asked)]).await;
    let listed = street.city.lead().get(&path(&street, "")).await.ok();
    (street, listed["items"][0]["id"].as_str().expect("an id").to_owned())
}

fn path(street: &Street, rest: &str) -> String {
    format!("/needs?campaign={}{rest}", street.season.campaign)
}

fn step(app: &TestApp, step: &str, words: &str) -> Value {
    json!({"id": app.id(), "step": step, "words": words})
}

both! {
    async fn a_need_is_answered_settled_and_opened_again_with_every_step_kept(app: TestApp) {
        let (street, id) = one_need(&app).await;
        let (lead, centre) = (street.city.lead(), street.city.centre());
        let open = lead.get(&path(&street, "&state=open")).await.ok();
        let need = &open["items"][0];
        assert_eq!((&need["words"], &need["head_name"], &need["by_name"], &need["team_name"]), (&json!("想换一副助听器"), &json!("户主0"), &json!("干部甲"), &json!("东一组")));
        assert_eq!((&need["state"], &need["history"], &need["may_step"]), (&json!("open"), &json!([]), &json!(true)));
        let at = format!("/needs/{id}/steps");
        assert_eq!(lead.post(&at, &step(&app, "reopen", "还没有人答复")).await.problem(409), "need_step_not_possible");
        assert_eq!(lead.post(&at, &step(&app, "answer", "已联系医院")).await.ok()["state"], "answered");
        app.pass_ms(1_000);
        let settle = step(&app, "resolve", "助听器已送到家");
        let settled = centre.post(&at, &settle).await.ok();
        assert_eq!((&settled["state"], &settled["history"][1]["words"], &settled["history"][1]["by"]), (&json!("resolved"), &settle["words"], &centre.me["id"]));
        assert_eq!(centre.post(&at, &settle).await.ok(), settled, "the same once more changes nothing");
        let other = json!({"id": settle["id"], "step": "reopen", "words": "别的话"});
        assert_eq!(centre.post(&at, &other).await.problem(409), "id_taken");
        assert_eq!(lead.post(&at, &step(&app, "answer", "再说一句")).await.problem(409), "need_step_not_possible");
        assert_eq!(lead.get(&path(&street, "&state=open")).await.ok()["items"], json!([]));
        app.pass_ms(1_000);
        let again = lead.post(&at, &step(&app, "reopen", "助听器坏了")).await.ok();
        let steps: Vec<&str> = again["history"].as_array().expect("steps").iter().map(|one| one["step"].as_str().expect("a step")).collect();
        assert_eq!((steps, &again["state"]), (vec!["answer", "resolve", "reopen"], &json!("open")));
    }

    async fn what_is_settled_leaves_the_phone_and_comes_back_when_it_is_opened_again(app: TestApp) {
        let (street, id) = one_need(&app).await;
        let cadre = street.city.cadre();
        let whole = cadre.get("/field/pull").await.ok();
        assert_eq!(whole["needs"].as_array().map(Vec::len), Some(1));
        let at = format!("/needs/{id}/steps");
        street.city.lead().post(&at, &step(&app, "answer", "正在办")).await.ok();
        let answered = cadre.get(&format!("/field/pull?since={}", whole["cursor"].as_str().expect("a cursor"))).await.ok();
        assert_eq!(answered["needs"].as_array().map(Vec::len), Some(1), "what is answered is not settled yet");
        street.city.lead().post(&at, &step(&app, "resolve", "办好了")).await.ok();
        let settled = cadre.get(&format!("/field/pull?since={}", answered["cursor"].as_str().expect("a cursor"))).await.ok();
        assert_eq!((&settled["needs"], &settled["households"][0]["id"]), (&json!([]), &json!(street.households[0])));
        assert_eq!(cadre.get("/field/pull").await.ok()["needs"], json!([]));
        street.city.lead().post(&at, &step(&app, "reopen", "没办好")).await.ok();
        assert_eq!(cadre.get("/field/pull").await.ok()["needs"].as_array().map(Vec::len), Some(1));
    }

    async fn only_who_answers_for_a_household_takes_a_step(app: TestApp) {
        let (street, id) = one_need(&app).await;
        let (city, at) = (&street.city, format!("/needs/{id}/steps"));
        for (person, problem) in [(city.cadre(), "forbidden"), (city.supervisor(), "forbidden"), (city.auditor(), "forbidden")] {
            assert_eq!(person.post(&at, &step(&app, "answer", "我来办")).await.problem(403), problem);
        }
        for person in [city.other_lead(), city.other_cadre(), city.foreign().centre(), city.admin()] {
            assert_eq!(person.post(&at, &step(&app, "answer", "我来办")).await.problem(404), "not_found");
        }
        for (person, seen, may) in [(city.cadre(), 1, false), (city.auditor(), 1, false), (city.centre(), 1, true), (city.other_lead(), 0, false)] {
            let listed = person.get(&path(&street, "")).await.ok();
            assert_eq!(listed["items"].as_array().map(Vec::len), Some(seen));
            assert_eq!(listed["items"][0]["may_step"].as_bool().unwrap_or_default(), may);
        }
        assert_eq!(city.lead().post(&at, &step(&app, "answer", " 好 ")).await.problem(422), "invalid");
        assert_eq!(city.lead().post(&format!("/needs/{}.0/steps", app.id()), &step(&app, "answer", "我来办")).await.problem(404), "not_found");
    }

    async fn needs_are_paged_and_those_that_wait_longest_stand_first(app: TestApp) {
        let street = app.street(4).await;
        let mut words = Vec::new();
        for n in 0..4 {
            let asked = json!([{"kind": "work", "words": format!("找工作{n}"), "urgency": "soon"}, {"kind": "other", "words": format!("别的{n}"), "urgency": "later"}]);
            app.pass_ms(1_000);
            app.record(street.city.cadre(), &[street.honest(n, app.now(), &format!("picture {n}")).saying("needs", asked)]).await;
            words.extend([format!("找工作{n}"), format!("别的{n}")]);
        }
        let centre = street.city.centre();
        let read = |page: &Value| page["items"].as_array().expect("items").iter().map(|need| need["words"].as_str().expect("words").to_owned()).collect::<Vec<_>>();
        let first = centre.get(&path(&street, "&limit=3")).await.ok();
        let second = centre.get(&path(&street, &format!("&limit=5&after={}", first["next"].as_str().expect("more")))).await.ok();
        assert_eq!(([read(&first), read(&second)].concat(), &second["next"]), (words, &json!(null)));
        assert_eq!(read(&centre.get(&path(&street, &format!("&household={}", street.households[2]))).await.ok()), ["找工作2", "别的2"]);
        assert_eq!(centre.get(&path(&street, &format!("&team={}", street.team("E2")))).await.ok()["items"], json!([]));
    }
}
