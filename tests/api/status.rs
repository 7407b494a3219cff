//! What everybody may ask.

use diesel::prelude::*;
use nuanfang::app::Parts;
use nuanfang::config::{Given, Settings};
use nuanfang::kit::db::schema::campaigns;

use crate::both;

both! {
    async fn alive_and_ready(app: TestApp) {
        for path in ["/healthz", "/readyz"] {
            let answer = reqwest::get(format!("{}{path}", app.address)).await.expect("an answer");
            assert_eq!(answer.status(), 200);
            assert!(answer.headers().contains_key("x-request-id"));
            assert!(answer.headers().contains_key("date"));
        }
    }

    async fn problems_speak_the_language_asked_for(app: TestApp) {
        let visitor = app.visitor();
        let chinese = visitor.get("/nowhere").await;
        assert_eq!(chinese.headers["content-type"], "application/problem+json");
        assert_eq!(chinese.json["title"], "没有找到");
        assert_eq!(chinese.json["request_id"].as_str(), chinese.headers["x-request-id"].to_str().ok());
        let english = visitor.call(reqwest::Method::GET, "/nowhere").header("Accept-Language", "en").send().await.expect("an answer");
        assert_eq!(english.json::<serde_json::Value>().await.expect("json")["title"], "Not found");
    }

    async fn a_known_address_asked_in_a_wrong_way_names_the_right_ones(app: TestApp) {
        let visitor = app.visitor();
        let wrong = visitor.call(reqwest::Method::PUT, "/session").send().await.expect("an answer");
        assert_eq!((wrong.status().as_u16(), wrong.headers()["allow"].to_str().ok()), (405, Some("POST, DELETE")));
        let problem: serde_json::Value = wrong.json().await.expect("a problem");
        assert_eq!(problem["code"], "method_not_allowed");
        let nowhere = visitor.call(reqwest::Method::DELETE, "/nowhere").send().await.expect("an answer");
        assert_eq!(nowhere.status().as_u16(), 404);
    }

    async fn stopped_in_good_order_it_leaves_a_store_that_opens_again(app: TestApp) {
        let city = app.city().await;
        let underway = city.underway(&app, 2).await;
        let (clock, chance) = (app.parts.db.clock().clone(), app.parts.db.chance().clone());
        let (folder, database) = app.leave().await;
        let database_url = database.as_ref().map(|database| database.url.clone());
        let given = Given { data: Some(folder.path().join("data")), database_url, ..Given::default() };
        let again = Parts::open(Settings::try_from(given).expect("valid settings"), clock, chance).expect("it opens again");
        let names: Vec<String> = again.db.read(|conn| Ok(campaigns::table.select(campaigns::id).load(conn)?)).await.expect("read");
        assert_eq!(names, [underway.campaign]);
    }
}
