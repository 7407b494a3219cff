//! Every operation of the OpenAPI document, asked by everybody: nobody is let in who is not in `authorisation.toml`.

use std::collections::{BTreeMap, BTreeSet};

use nuanfang::kit::clock::MINUTE_MS;
use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;

use crate::kit::people::{Person, Reply};
use crate::kit::{On, TestApp};

/// An id that nobody has.
const NOBODY: &str = "01900000-0000-7000-8000-00000000dead";
/// The name of a picture nobody took.
const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";
const ROLES: [&str; 7] = ["none", "cadre", "lead", "supervisor", "centre", "auditor", "admin"];

/// What one operation answers.
#[derive(Debug, Deserialize)]
struct Row {
    send: Option<Value>,
    query: Option<String>,
    all: Option<String>,
    #[serde(flatten)]
    roles: BTreeMap<String, String>,
}

impl Row {
    fn expected(&self, role: &str) -> Option<&str> {
        let all = self.all.as_deref().filter(|_| role != "none");
        self.roles.get(role).map(String::as_str).or(all)
    }
}

type Table = BTreeMap<String, BTreeMap<String, Row>>;

fn table() -> BTreeMap<String, Row> {
    let table: Table = toml::from_str(include_str!("authorisation.toml")).expect("authorisation.toml is TOML; its head says what a row is");
    table.into_values().flatten().collect()
}

/// The operations of the app as it is: `"GET /orgs"`.
fn operations() -> BTreeSet<String> {
    let document: Value = serde_json::from_str(crate::openapi::document()).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    let named = |(path, item): (&String, &Value)| {
        let path = path.trim_start_matches("/api/v1").to_owned();
        let methods: Vec<String> = item.as_object().expect("an item").keys().filter(|key| *key != "parameters").map(|m| m.to_uppercase()).collect();
        methods.into_iter().map(move |method| format!("{method} {path}"))
    };
    paths.iter().flat_map(named).collect()
}

fn agrees(status: u16, expected: &str) -> bool {
    expected.split('|').any(|one| one == status.to_string() || (one.ends_with("xx") && one.starts_with(&(status / 100).to_string())))
}

async fn ask(who: &Person, operation: &str, row: &Row) -> Reply {
    let (method, path) = operation.split_once(' ').expect("METHOD /path");
    let fill = |part| match part {
        "{sha256}" => NOTHING,
        part if str::starts_with(part, "{") => NOBODY,
        part => part,
    };
    let filled = path.split('/').map(fill).collect::<Vec<_>>().join("/");
    let query = row.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    let request = who.call(Method::from_bytes(method.as_bytes()).expect("a method"), &format!("{filled}{query}")).header("If-Match", "\"1\"");
    let request = match &row.send {
        Some(body) => request.json(body),
        None => request,
    };
    Reply::of(request.send().await.expect("an answer")).await
}

#[test]
fn every_operation_has_a_row_and_every_row_an_operation() {
    let (there, said) = (operations(), table().into_keys().collect::<BTreeSet<_>>());
    let row = |operation: &&String| format!("{operation:?} = {{ none = \"401\", cadre = \"403\", all = \"2xx\" }}");
    let missing: Vec<String> = there.difference(&said).collect::<Vec<_>>().iter().map(row).collect();
    assert!(missing.is_empty(), "say in tests/api/authorisation.toml who may do this, for example:\n{}", missing.join("\n"));
    let gone: Vec<&String> = said.difference(&there).collect();
    assert!(gone.is_empty(), "tests/api/authorisation.toml has rows for operations that are gone: {gone:?}");
}

#[test]
fn every_row_says_what_every_role_is_answered() {
    for (operation, row) in table() {
        for role in ROLES {
            assert!(row.expected(role).is_some(), "{operation}: what is {role} answered?");
        }
        let strange: Vec<_> = row.roles.keys().filter(|key| !ROLES.contains(&key.as_str())).collect();
        assert!(strange.is_empty(), "{operation}: there is no role {strange:?}");
    }
}

#[actix_web::test]
async fn everybody_is_answered_as_the_table_says() {
    let app = TestApp::start(On::Sqlite).await;
    app.city().await;
    let mut wrong = Vec::new();
    for (operation, row) in table() {
        // Signed in afresh for each operation: one of them signs people out.
        let people = futures_util::future::join_all(ROLES.map(async |role| match role {
            "none" => app.visitor(),
            "admin" => app.sign_in("district_admin").await,
            role => app.sign_in(role).await,
        }));
        for (role, who) in ROLES.into_iter().zip(people.await) {
            let reply = ask(&who, &operation, &row).await;
            let expected = row.expected(role).unwrap_or("no row");
            if !agrees(reply.status, expected) {
                wrong.push(format!("{operation} as {role}: {} {}, expected {expected}", reply.status, reply.json["code"]));
            }
        }
        // Wrong passwords are forgotten by then.
        app.pass_ms(15 * MINUTE_MS);
    }
    assert!(wrong.is_empty(), "tests/api/authorisation.toml says otherwise:\n{}", wrong.join("\n"));
}
