//! Orgs, people and teams: who sees what, who changes what.

use serde_json::{Value, json};

use crate::both;

fn codes(list: &Value, field: &str) -> Vec<String> {
    list["items"].as_array().expect("items").iter().map(|item| item[field].as_str().unwrap_or_default().to_owned()).collect()
}

fn faults(reply: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    reply["errors"].as_array().expect("errors").iter().map(|e| (text(&e["pointer"]), text(&e["code"]))).collect()
}

fn person(id: &str, org: impl ToString, username: &str) -> Value {
    json!({ "id": id, "org_id": org.to_string(), "username": username, "name": "新干部", "roles": ["cadre"], "password": "a-new-warm-word" })
}

both! {
    async fn everybody_sees_the_orgs_teams_and_people_of_their_own_subtree(app: TestApp) {
        let city = app.city().await;
        assert_eq!(codes(&city.admin().get("/orgs").await.ok(), "code").len(), 6);
        for who in [city.centre(), city.supervisor(), city.auditor()] {
            assert_eq!(codes(&who.get("/orgs").await.ok(), "code")[0], "east");
            let mut teams = codes(&who.get("/teams").await.ok(), "code");
            teams.sort();
            assert_eq!(teams, ["E1", "E2", "E3"]);
        }
        assert_eq!(codes(&city.lead().get("/orgs").await.ok(), "code"), ["east1"]);
        for path in ["/orgs", "/teams", "/users"] {
            assert_eq!(city.cadre().get(path).await.problem(404), "not_found");
        }
        let people = codes(&city.foreign().auditor().get("/users").await.ok(), "username");
        assert_eq!(people, ["foreign_admin", "foreign_auditor", "foreign_cadre", "foreign_centre", "foreign_lead", "foreign_supervisor"]);
    }

    async fn lists_come_in_pages_that_neither_repeat_nor_lose_a_row(app: TestApp) {
        let city = app.city().await;
        for (path, field, count) in [("/users", "username", 17), ("/orgs", "code", 6), ("/teams", "code", 4)] {
            let (mut seen, mut after) = (Vec::new(), String::new());
            loop {
                let page = city.admin().get(&format!("{path}?limit=4{after}")).await.ok();
                seen.extend(codes(&page, field));
                let Some(next) = page["next"].as_str() else { break };
                after = format!("&after={next}");
            }
            let unique: std::collections::HashSet<_> = seen.iter().collect();
            assert_eq!((seen.len(), unique.len()), (count, count), "{path}");
        }
        assert_eq!(city.admin().get("/users?limit=0").await.problem(422), "invalid");
        assert_eq!(city.admin().get("/users?after=%2A").await.problem(400), "bad_request");
        let east1 = city.org("east1");
        assert_eq!(codes(&city.admin().get(&format!("/users?org={east1}")).await.ok(), "username").len(), 5);
    }

    async fn an_admin_enters_an_org_and_a_repeat_changes_nothing(app: TestApp) {
        let city = app.city().await;
        let body = json!({ "id": app.id(), "parent_id": city.org("east"), "code": "east3", "name": "新街道", "level": "station" });
        let made = city.district_admin().post("/orgs", &body).await;
        assert_eq!(made.status, 201);
        let again = city.district_admin().post("/orgs", &body).await;
        assert_eq!((again.status, &again.json), (200, &made.json));
        let other = json!({ "id": body["id"], "parent_id": city.org("east"), "code": "east3", "name": "别名", "level": "station" });
        assert_eq!(city.admin().post("/orgs", &other).await.problem(409), "id_taken");
        let taken = json!({ "parent_id": city.org("east"), "code": "east3", "name": "新街道", "level": "station" });
        assert_eq!(city.admin().post("/orgs", &taken).await.problem(409), "name_taken");
    }

    async fn orgs_are_entered_below_ones_own_and_below_their_level(app: TestApp) {
        let city = app.city().await;
        let org = |parent: &str, level: &str| json!({ "parent_id": city.org(parent), "code": "x", "name": "新", "level": level });
        let elsewhere = city.district_admin().post("/orgs", &org("west", "station")).await;
        assert_eq!(faults(&elsewhere.json), [("/parent_id".into(), "unknown".into())]);
        let sideways = city.district_admin().post("/orgs", &org("east1", "district")).await;
        assert_eq!(faults(&sideways.json), [("/level".into(), "wrong_order".into())]);
        for who in [city.centre(), city.auditor(), city.lead()] {
            assert_eq!(who.post("/orgs", &org("east", "station")).await.problem(403), "forbidden");
        }
        assert_eq!(city.cadre().post("/orgs", &org("east", "station")).await.problem(404), "not_found");
    }

    async fn every_wrong_field_is_told_at_once(app: TestApp) {
        let city = app.city().await;
        let body = json!({ "org_id": city.org("east1"), "username": "a b", "name": "", "roles": [], "password": "short" });
        let reply = city.admin().post("/users", &body).await;
        assert_eq!(reply.status, 422);
        let words: Vec<(String, String)> = [("/username", "bad_format"), ("/name", "missing"), ("/roles", "missing"), ("/password", "too_short")]
            .map(|(pointer, word)| (pointer.to_owned(), word.to_owned()))
            .into();
        assert_eq!(faults(&reply.json), words);
        assert!(reply.json["errors"].as_array().unwrap().iter().all(|e| !e["detail"].as_str().unwrap_or_default().is_empty()));
        let org = json!({ "parent_id": city.org("east"), "code": "中文", "name": "长".repeat(65), "level": "station" });
        let reply = city.admin().post("/orgs", &org).await;
        assert_eq!(faults(&reply.json), [("/code".into(), "bad_format".into()), ("/name".into(), "too_long".into())]);
    }

    async fn whoever_is_entered_can_sign_in_and_a_repeat_changes_nothing(app: TestApp) {
        let city = app.city().await;
        let body = person(&app.id(), city.org("east1"), "New.Cadre");
        assert_eq!(city.district_admin().post("/users", &body).await.status, 201);
        assert_eq!(city.district_admin().post("/users", &body).await.status, 200);
        let twin = person(&app.id(), city.org("east1"), "new.cadre");
        assert_eq!(city.district_admin().post("/users", &twin).await.problem(409), "name_taken");
        let elsewhere = person(&app.id(), city.org("west1"), "spy");
        assert_eq!(faults(&city.district_admin().post("/users", &elsewhere).await.json), [("/org_id".into(), "unknown".into())]);
        let session = app.visitor().post("/session", &json!({ "username": "new.cadre", "password": "a-new-warm-word" })).await.ok();
        assert_eq!(session["user"]["org"]["id"], json!(city.org("east1")));
        assert!(!city.admin().get("/users").await.json.to_string().contains("argon2"));
    }

    async fn two_admins_who_enter_one_name_at_once_get_one_person(app: TestApp) {
        let city = app.city().await;
        let bodies: Vec<Value> = (0..6).map(|_| person(&app.id(), city.org("east1"), "twin")).collect();
        let replies = futures_util::future::join_all(bodies.iter().map(|body| city.admin().post("/users", body))).await;
        let mut statuses: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409, 409, 409, 409, 409]);
    }

    async fn an_account_is_changed_at_the_version_that_was_read(app: TestApp) {
        let city = app.city().await;
        let path = format!("/users/{}", city.cadre().id());
        let changed = city.district_admin().patch(&path, 1, &json!({ "name": "干部新名", "roles": ["lead", "cadre", "lead"], "language": "en" })).await.ok();
        assert_eq!((&changed["name"], &changed["roles"], &changed["version"]), (&json!("干部新名"), &json!(["cadre", "lead"]), &json!(2)));
        assert_eq!(city.cadre().get("/me").await.ok()["language"], json!("en"));
        assert_eq!(city.district_admin().patch(&path, 1, &json!({ "name": "旧" })).await.problem(412), "stale_version");
        let bare = city.district_admin().call(reqwest::Method::PATCH, &path).json(&json!({ "name": "无" })).send().await.unwrap();
        assert_eq!(bare.status(), 428);
    }

    async fn an_account_elsewhere_is_not_found_and_one_in_sight_is_not_for_everybody_to_change(app: TestApp) {
        let city = app.city().await;
        let (path, change) = (format!("/users/{}", city.cadre().id()), json!({ "name": "改" }));
        for who in [city.foreign().admin(), city.foreign().centre(), city.cadre(), city.lead(), city.supervisor()] {
            assert_eq!(who.patch(&path, 1, &change).await.problem(404), "not_found");
        }
        for who in [city.centre(), city.auditor()] {
            assert_eq!(who.patch(&path, 1, &change).await.problem(403), "forbidden");
        }
        assert_eq!(city.admin().patch(&format!("/users/{}", app.id()), 1, &change).await.problem(404), "not_found");
    }

    async fn an_admin_cannot_lock_the_door_from_inside(app: TestApp) {
        let city = app.city().await;
        let reply = city.admin().patch(&format!("/users/{}", city.admin().id()), 1, &json!({ "disabled": true, "roles": ["cadre"] })).await;
        assert_eq!(faults(&reply.json), [("/disabled".into(), "own_account".into()), ("/roles".into(), "own_account".into())]);
    }

    async fn a_team_is_entered_and_its_people_are_put_into_it(app: TestApp) {
        let city = app.city().await;
        let id = app.id();
        let body = json!({ "id": id, "org_id": city.org("east1"), "code": "E9", "name": "东九组", "members": [{ "person_id": city.lead().id(), "is_lead": true }] });
        let made = city.centre().post("/teams", &body).await;
        assert_eq!(made.status, 201);
        assert_eq!(city.centre().post("/teams", &body).await.status, 200);
        let members = json!({ "members": [{ "person_id": city.lead().id(), "is_lead": true }, { "person_id": city.cadre().id() }] });
        let path = format!("/teams/{id}/members");
        let put = |who, version: i64| {
            let who: &crate::kit::people::Person = who;
            who.call(reqwest::Method::PUT, &path).header("If-Match", version.to_string()).json(&members).send()
        };
        assert_eq!(put(city.district_admin(), 1).await.unwrap().status(), 200);
        assert_eq!(put(city.district_admin(), 1).await.unwrap().status(), 412);
        assert_eq!(put(city.supervisor(), 2).await.unwrap().status(), 403);
        for who in [city.foreign().admin(), city.cadre()] {
            assert_eq!(put(who, 2).await.unwrap().status(), 404);
        }
        let teams = city.cadre().get("/me").await.ok()["teams"].clone();
        assert_eq!((&teams[0]["code"], &teams[1]["code"]), (&json!("E1"), &json!("E9")));
    }

    async fn a_team_takes_cadres_and_leads_of_its_own_branch_once_each(app: TestApp) {
        let city = app.city().await;
        let people = [(city.cadre(), true), (city.foreign().cadre(), false), (city.supervisor(), false), (city.lead(), true), (city.lead(), true)];
        let members: Vec<Value> = people.iter().map(|(who, is_lead)| json!({ "person_id": who.id(), "is_lead": is_lead })).collect();
        let reply = city.admin().post("/teams", &json!({ "org_id": city.org("east1"), "code": "E9", "name": "东九组", "members": members })).await;
        let at = |i: u8, word: &str| (format!("/members/{i}/person_id"), word.to_owned());
        assert_eq!(faults(&reply.json), [at(0, "wrong_role"), at(1, "unknown"), at(2, "wrong_role"), at(4, "duplicate")]);
    }
}
