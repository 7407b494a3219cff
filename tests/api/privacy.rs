//! What is personal or secret stays where it is kept: none of it shows in the event log's facts or in the server's own log.

use std::io::Write;
use std::sync::{Arc, Mutex};

use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;

use crate::kit::{On, TestApp};

/// Everything the process logs, from the first ask on.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<u8>>>);

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("whole").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Heard {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Values that stand nowhere but in these columns.
const PLANTED: [&str; 5] = ["planted.username", "种下的姓名", "planted-password-1", "planted-password-2", "种下的新名"];

#[actix_web::test]
async fn neither_the_event_log_nor_the_servers_log_tells_what_is_personal_or_secret() {
    let heard = Heard::default();
    let log = tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(heard.clone()).finish();
    tracing::subscriber::set_global_default(log).expect("the only one");
    let app = TestApp::start(On::Sqlite).await;
    let city = app.city().await;
    let body = json!({ "org_id": city.org("east1"), "username": PLANTED[0], "name": PLANTED[1], "roles": ["cadre"], "password": PLANTED[2] });
    let person = city.admin().post("/users", &body).await.ok();
    let wrong = json!({ "username": PLANTED[0], "password": PLANTED[3] });
    assert_eq!(app.visitor().post("/session", &wrong).await.status, 401);
    let signed_in = app.visitor();
    let reply = signed_in.post("/session", &json!({ "username": PLANTED[0], "password": PLANTED[2] })).await;
    let cookie = reply.headers["set-cookie"].to_str().expect("text").split(';').next().expect("a cookie").replace("nuanfang_refresh=", "");
    let token = reply.ok()["access_token"].as_str().expect("a token").to_owned();
    let path = format!("/users/{}", person["id"].as_str().expect("an id"));
    city.admin().patch(&path, 1, &json!({ "name": PLANTED[4], "password": PLANTED[3] })).await.ok();
    assert_eq!(city.admin().get(&format!("/users?after={}", PLANTED[0])).await.status, 400);

    let facts = app.parts.db.read(|conn| {
        let mut facts = String::new();
        for (chain, ..) in nuanfang::kit::log::heads(conn)? {
            for row in nuanfang::kit::log::after(conn, &chain, 0, 10_000)? {
                facts.push_str(&format!("{} {} {} {}\n", row.verb, row.subject_kind, row.subject, row.facts));
            }
        }
        Ok(facts)
    });
    let (facts, heard) = (facts.await.expect("the log"), String::from_utf8(heard.0.lock().expect("whole").clone()).expect("UTF-8"));
    assert!(facts.contains("person.changed") && heard.contains("answered"), "the logs are not where this test looks");
    for planted in PLANTED.iter().copied().chain([cookie.as_str(), token.as_str(), "argon2id"]) {
        assert!(!facts.contains(planted), "the event log tells {planted}");
        let line = heard.lines().find(|line| line.contains(planted));
        assert!(line.is_none(), "the server's log tells {planted}: {line:?}");
    }
}
