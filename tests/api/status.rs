//! What everybody may ask.

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
}
