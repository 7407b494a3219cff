//! Signing in, going on over a bad line, and being signed out.

use nuanfang::kit::clock::{DAY_MS, MINUTE_MS};
use reqwest::Method;
use serde_json::{Value, json};

use crate::both;
use crate::kit::city::PASSWORD;
use crate::kit::people::{Person, Reply};

/// A phone whose cookie is handled by hand, so that answers can be lost and cookies stolen.
struct Phone<'a> {
    hands: &'a Person,
    cookie: String,
}

fn cookie_of(reply: &Reply) -> Option<String> {
    let cookie = reply.headers.get("set-cookie")?.to_str().ok()?;
    Some(cookie.split(';').next()?.strip_prefix("nuanfang_refresh=")?.to_owned())
}

async fn refresh_with(hands: &Person, cookie: &str) -> Reply {
    let request = hands.call(Method::POST, "/session/refresh").header("Cookie", format!("nuanfang_refresh={cookie}"));
    Reply::of(request.header("Sec-Fetch-Site", "same-origin").send().await.expect("an answer")).await
}

impl<'a> Phone<'a> {
    async fn sign_in(hands: &'a Person) -> Self {
        let reply = hands.post("/session", &json!({ "username": "cadre", "password": PASSWORD })).await;
        Self { cookie: cookie_of(&reply).expect("a cookie"), hands }
    }

    /// Refreshes; the answer arrives.
    async fn refresh(&mut self) -> Reply {
        let reply = refresh_with(self.hands, &self.cookie).await;
        if let Some(cookie) = cookie_of(&reply) {
            self.cookie = cookie;
        }
        reply
    }

    /// Refreshes; the answer is lost on its way.
    async fn refresh_and_lose_the_answer(&self) -> u16 {
        refresh_with(self.hands, &self.cookie).await.status
    }
}

both! {
    async fn whoever_signs_in_is_told_who_they_are(app: TestApp) {
        let city = app.city().await;
        let me = city.cadre().get("/me").await.ok();
        assert_eq!(me, city.cadre().me);
        assert_eq!((&me["username"], &me["roles"], &me["language"]), (&json!("cadre"), &json!(["cadre"]), &json!("zh-CN")));
        assert_eq!((&me["team"]["code"], &me["team"]["is_lead"], &me["org"]["level"]), (&json!("E1"), &json!(false), &json!("station")));
        assert_eq!(city.lead().me["teams"][0]["is_lead"], json!(true));
        assert_eq!(app.visitor().get("/me").await.problem(401), "unauthenticated");
    }

    async fn the_refresh_cookie_is_out_of_reach_of_scripts_and_other_paths(app: TestApp) {
        app.city().await;
        let reply = app.visitor().post("/session", &json!({ "username": " CADRE ", "password": PASSWORD })).await;
        let cookie = reply.headers["set-cookie"].to_str().unwrap().to_owned();
        assert!(cookie.contains("HttpOnly; SameSite=Strict; Path=/api/v1/session; Max-Age=2592000"), "{cookie}");
        assert_eq!(reply.headers["cache-control"], "no-store");
        assert_eq!(reply.json["expires_in"], json!(600));
        assert!(!reply.json.to_string().contains(&cookie_of(&reply).unwrap()));
    }

    async fn a_wrong_password_an_unknown_name_and_a_disabled_person_get_one_answer(app: TestApp) {
        let city = app.city().await;
        city.admin().patch(&format!("/users/{}", city.other_cadre().id()), 1, &json!({ "disabled": true })).await.ok();
        let mut answers: Vec<Value> = Vec::new();
        for (username, password) in [("cadre", "wrong-password"), ("nobody", PASSWORD), ("other_cadre", PASSWORD), ("\u{0}", PASSWORD)] {
            let mut reply = app.visitor().post("/session", &json!({ "username": username, "password": password })).await;
            assert_eq!((reply.status, reply.headers.get("set-cookie")), (401, None));
            reply.json["request_id"] = Value::Null;
            answers.push(reply.json);
        }
        assert_eq!(answers[0]["code"], "sign_in_failed");
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    }

    async fn five_wrong_passwords_slow_down_the_sixth_try_until_fifteen_minutes_have_passed(app: TestApp) {
        app.city().await;
        let visitor = app.visitor();
        for _ in 0..5 {
            let reply = visitor.post("/session", &json!({ "username": "cadre", "password": "wrong-password" })).await;
            assert_eq!(reply.problem(401), "sign_in_failed");
        }
        let right = json!({ "username": "cadre", "password": PASSWORD });
        let slowed = visitor.post("/session", &right).await;
        assert_eq!(slowed.headers["retry-after"], "900");
        assert_eq!(slowed.problem(429), "too_many_tries");
        // The address is slowed down too, whatever the name.
        assert_eq!(visitor.post("/session", &json!({ "username": "lead", "password": PASSWORD })).await.status, 429);
        app.pass_ms(15 * MINUTE_MS);
        visitor.post("/session", &right).await.ok();
    }

    async fn a_name_nobody_has_is_slowed_down_like_any_other(app: TestApp) {
        app.city().await;
        let statuses = futures_util::future::join_all((0..6).map(|_| async {
            app.visitor().post("/session", &json!({ "username": "nobody", "password": "wrong-password" })).await.status
        }));
        statuses.await;
        assert_eq!(app.visitor().post("/session", &json!({ "username": "nobody", "password": "x" })).await.problem(429), "too_many_tries");
    }

    async fn a_crowd_behind_one_address_signs_in_at_once(app: TestApp) {
        let city = app.city().await;
        let again = futures_util::future::join_all((0..20).map(|_| app.sign_in("cadre"))).await;
        assert!(again.iter().all(|person| person.id() == city.cadre().id()));
    }

    async fn a_lost_answer_does_not_log_an_honest_phone_out(app: TestApp) {
        app.city().await;
        let hands = app.visitor();
        let mut phone = Phone::sign_in(&hands).await;
        for _ in 0..4 {
            assert_eq!(phone.refresh_and_lose_the_answer().await, 200);
        }
        for _ in 0..3 {
            phone.refresh().await.ok();
            assert_eq!(phone.refresh_and_lose_the_answer().await, 200);
        }
        phone.refresh().await.ok();
    }

    async fn two_tabs_that_refresh_at_once_both_go_on(app: TestApp) {
        app.city().await;
        let hands = app.visitor();
        let mut phone = Phone::sign_in(&hands).await;
        for _ in 0..3 {
            let tabs = futures_util::future::join_all((0..4).map(|_| refresh_with(&hands, &phone.cookie))).await;
            assert!(tabs.iter().all(|tab| tab.status == 200));
            phone.cookie = cookie_of(tabs.last().unwrap()).unwrap();
        }
        phone.refresh().await.ok();
    }

    async fn a_stolen_token_ends_the_session_for_both_once_both_have_gone_on(app: TestApp) {
        app.city().await;
        let hands = app.visitor();
        let mut honest = Phone::sign_in(&hands).await;
        honest.refresh().await.ok();
        let mut thief = Phone { hands: &hands, cookie: honest.cookie.clone() };
        let token = thief.refresh().await.ok()["access_token"].as_str().unwrap().to_owned();
        honest.refresh().await.ok();
        honest.refresh().await.ok();
        assert_eq!(thief.refresh().await.problem(401), "session_ended");
        assert_eq!(honest.refresh().await.problem(401), "session_ended");
        let mut with_token = app.visitor();
        with_token.token = Some(token);
        assert_eq!(with_token.get("/me").await.problem(401), "session_ended");
        // Another session of the same person is none of this family.
        app.sign_in("cadre").await.get("/me").await.ok();
    }

    async fn the_old_token_is_good_until_its_successor_has_been_used_and_not_after(app: TestApp) {
        app.city().await;
        let hands = app.visitor();
        let mut phone = Phone::sign_in(&hands).await;
        let old = phone.cookie.clone();
        phone.refresh().await.ok();
        assert_eq!(refresh_with(&hands, &old).await.status, 200);
        phone.refresh().await.ok();
        assert_eq!(refresh_with(&hands, &old).await.problem(401), "session_ended", "it may have lingered on the line");
        phone.refresh().await.ok();
        assert_eq!(refresh_with(&hands, &old).await.problem(401), "session_ended");
        assert_eq!(phone.refresh().await.problem(401), "session_ended", "nothing lingers for so long");
    }

    async fn a_session_slides_for_thirty_days_and_is_over_after_a_hundred_and_eighty(app: TestApp) {
        app.city().await;
        let hands = app.visitor();
        let mut phone = Phone::sign_in(&hands).await;
        for _ in 0..6 {
            app.pass_ms(29 * DAY_MS);
            phone.refresh().await.ok();
        }
        app.pass_ms(7 * DAY_MS);
        assert_eq!(phone.refresh().await.problem(401), "session_ended");
        let idle = Phone::sign_in(&hands).await;
        app.pass_ms(31 * DAY_MS);
        assert_eq!(refresh_with(&hands, &idle.cookie).await.problem(401), "session_ended");
    }

    async fn an_access_token_runs_out_after_ten_minutes(app: TestApp) {
        let city = app.city().await;
        app.pass_ms(10 * MINUTE_MS);
        assert_eq!(city.cadre().get("/me").await.problem(401), "unauthenticated");
    }

    async fn a_foreign_page_can_neither_refresh_nor_sign_anybody_in_or_out(app: TestApp) {
        app.city().await;
        let hands = app.visitor();
        let phone = Phone::sign_in(&hands).await;
        let cookie = format!("nuanfang_refresh={}", phone.cookie);
        for (method, path) in [(Method::POST, "/session/refresh"), (Method::DELETE, "/session"), (Method::POST, "/session")] {
            let request = hands.call(method, path).header("Cookie", &cookie).header("Sec-Fetch-Site", "cross-site");
            let request = request.json(&json!({ "username": "cadre", "password": PASSWORD }));
            assert_eq!(Reply::of(request.send().await.unwrap()).await.problem(403), "forbidden", "{path}");
        }
        let bare = hands.call(Method::POST, "/session/refresh").header("Cookie", &cookie).send().await.unwrap();
        assert_eq!(bare.status(), 403);
        assert_eq!(refresh_with(&hands, "").await.problem(401), "unauthenticated");
        assert_eq!(refresh_with(&hands, "no-such-token").await.problem(401), "session_ended");
        assert_eq!(refresh_with(&hands, &phone.cookie).await.status, 200);
    }

    async fn signing_out_ends_this_session_alone_and_twice_is_once(app: TestApp) {
        let city = app.city().await;
        let other = app.sign_in("cadre").await;
        let reply = city.cadre().delete("/session").await;
        assert_eq!(reply.status, 204);
        assert!(reply.headers["set-cookie"].to_str().unwrap().contains("nuanfang_refresh=; HttpOnly"));
        assert_eq!(city.cadre().get("/me").await.problem(401), "session_ended");
        assert_eq!(city.cadre().delete("/session").await.status, 204);
        other.get("/me").await.ok();
    }

    async fn a_phone_whose_access_token_ran_out_signs_out_by_its_cookie(app: TestApp) {
        app.city().await;
        let hands = app.visitor();
        let mut phone = Phone::sign_in(&hands).await;
        let request = hands.call(Method::DELETE, "/session").header("Cookie", format!("nuanfang_refresh={}", phone.cookie));
        assert_eq!(request.header("X-Requested-With", "test").send().await.unwrap().status(), 204);
        assert_eq!(phone.refresh().await.problem(401), "session_ended");
    }

    async fn signing_out_everywhere_ends_every_session_of_this_person(app: TestApp) {
        let city = app.city().await;
        let other = app.sign_in("cadre").await;
        assert_eq!(other.delete("/sessions").await.status, 204);
        for person in [city.cadre(), &other] {
            assert_eq!(person.get("/me").await.problem(401), "session_ended");
        }
        city.second_cadre().get("/me").await.ok();
    }

    async fn somebody_who_is_disabled_or_gets_a_new_password_is_out_at_once(app: TestApp) {
        let city = app.city().await;
        let (path, hands) = (format!("/users/{}", city.cadre().id()), app.visitor());
        let mut phone = Phone::sign_in(&hands).await;
        city.admin().patch(&path, 1, &json!({ "disabled": true })).await.ok();
        assert_eq!(city.cadre().get("/me").await.problem(401), "session_ended");
        assert_eq!(phone.refresh().await.problem(401), "session_ended");
        city.admin().patch(&path, 2, &json!({ "disabled": false, "password": "another-warm-word" })).await.ok();
        assert_eq!(phone.refresh().await.problem(401), "session_ended");
        assert_eq!(app.visitor().post("/session", &json!({ "username": "cadre", "password": PASSWORD })).await.status, 401);
        app.visitor().post("/session", &json!({ "username": "cadre", "password": "another-warm-word" })).await.ok();
    }
}
