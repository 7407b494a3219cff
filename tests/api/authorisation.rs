//! Every operation of the OpenAPI document, asked by everybody about a thing of their own, of the team beside, of the org above, of another
//! district, and about one that is not there: nobody is let in who is not in `authorisation.toml`, and nobody is told what they may not know.

mod ask;
mod document;
mod lists;
mod places;
mod pushes;
mod table;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use ask::{Asked, ask, only_reads};
use document::{Question, questions};
use table::{Answers, Row, agrees, generate, rows};
use world::{RELATIONS, World, askers};

use crate::kit::people::Person;
use crate::kit::{On, TestApp};

/// Everybody who asks: a visitor, and people of the eastern district.
const ROLES: [&str; 7] = ["none", "cadre", "lead", "supervisor", "centre", "auditor", "admin"];

#[test]
fn every_question_has_a_row_and_every_row_a_question() {
    let there: BTreeSet<String> = questions().into_iter().map(|question| question.key).collect();
    let said: BTreeSet<String> = rows().into_keys().collect();
    let row = |key: &&String| format!("{key:?} = {{ none = \"401\", team = \"200 404 404 404 404\", district = \"200 200 404 404 404\", admin = \"404\" }}");
    let missing: Vec<String> = there.difference(&said).collect::<Vec<_>>().iter().map(row).collect();
    assert!(
        missing.is_empty(),
        "say in tests/api/authorisation.toml who may do this; its head says how, GENERATE=1 drafts the answers. For example:\n{}",
        missing.join("\n")
    );
    let gone: Vec<&String> = said.difference(&there).collect();
    assert!(gone.is_empty(), "tests/api/authorisation.toml has rows for what nobody can ask any more: {gone:?}");
}

#[test]
fn every_row_says_what_every_role_is_answered_about_every_thing() {
    for (key, row) in rows() {
        for role in ROLES {
            for relation in RELATIONS {
                assert!(
                    row.expected(role, relation).is_some(),
                    "{key}: what is {role} answered about what is {relation}? One answer, or one for each of {RELATIONS:?}"
                );
            }
        }
        assert!(row.strange().is_empty(), "{key}: there is no role {:?}", row.strange());
    }
}

/// The world as it is asked: a copy for as long as nothing in it changes.
struct Copy<'a> {
    world: &'a World,
    http: reqwest::Client,
    app: TestApp,
    people: BTreeMap<&'static str, Person>,
    changed: bool,
}

impl<'a> Copy<'a> {
    async fn of(world: &'a World) -> Self {
        let http = reqwest::Client::new();
        let app = world.kept.copy().await;
        Self { people: askers(world, &app.address, &http), world, http, app, changed: false }
    }

    async fn afresh(&mut self) {
        if self.changed {
            self.app = self.world.kept.copy().await;
            self.people = askers(self.world, &self.app.address, &self.http);
            self.changed = false;
        }
    }

    async fn ask(&mut self, question: &Question, row: &Row, role: &'static str, relation: &'static str) -> Asked {
        self.afresh().await;
        let asked = ask(&self.app, self.world, &self.people[role], question, row, relation).await;
        self.changed = !only_reads(question) && asked.reply.status < 300;
        asked
    }
}

/// What is wrong with the answers.
#[derive(Default)]
struct Wrong {
    cells: Vec<String>,
    told: Vec<String>,
    shown: Vec<String>,
}

impl Wrong {
    /// Holds an answer against what its asker may know. What is public is everybody's.
    fn look(&mut self, world: &World, (key, role, relation): (&str, &str, &str), asked: &Asked) {
        if asked.reply.status >= 300 || key.contains(" /public/") {
            return;
        }
        let told = asked.told();
        let beside = if matches!(role, "cadre" | "lead") { world.of_the_team_beside() } else { Vec::new() };
        for hidden in world.of_the_west().into_iter().chain(beside).filter(|hidden| told.contains(hidden.as_str())) {
            self.shown.push(format!("{key} as {role}, about what is {relation}: {hidden}"));
        }
    }

    fn none(&self) {
        let said = |what: &str, lines: &[String]| if lines.is_empty() { String::new() } else { format!("{what}:\n{}\n", lines.join("\n")) };
        let all = [
            said("tests/api/authorisation.toml says otherwise", &self.cells),
            said("what is of another district must be answered like what is not there", &self.told),
            said("shown to somebody who may not see it", &self.shown),
        ];
        assert!(all.iter().all(String::is_empty), "{}", all.concat());
    }
}

async fn ask_everything(on: On) {
    let world = World::make(on).await;
    let mut copy = Copy::of(&world).await;
    let (mut wrong, mut answers, rows) = (Wrong::default(), Answers::new(), rows());
    for question in questions() {
        let Some(row) = rows.get(&question.key) else { continue };
        for role in ROLES {
            let mut told = Vec::new();
            for relation in RELATIONS.into_iter().take(if question.about.is_some() { RELATIONS.len() } else { 1 }) {
                let asked = copy.ask(&question, row, role, relation).await;
                let (status, code) = (asked.reply.status, &asked.reply.json["code"]);
                let expected = row.expected(role, relation).unwrap_or("no row");
                if !agrees(status, expected) {
                    wrong.cells.push(format!("{} as {role}, about what is {relation}: {status} {code}, expected {expected}", question.key));
                }
                wrong.look(&world, (&question.key, role, relation), &asked);
                answers.entry(question.key.clone()).or_default().entry(role).or_default().push(status);
                told.push(asked.told());
            }
            if let [.., foreign, gone] = told.as_slice()
                && foreign != gone
                && row.tells.is_none()
            {
                wrong.told.push(format!("{} as {role}:\n    {foreign}\n    {gone}", question.key));
            }
        }
        // Wrong passwords are forgotten by then.
        if question.operation == "POST /session" {
            copy.changed = true;
        }
    }
    if std::env::var_os("GENERATE").is_some() {
        generate(&answers);
        wrong.cells.clear();
    }
    wrong.none();
}

#[actix_web::test]
async fn everybody_is_answered_as_the_table_says_on_sqlite() {
    ask_everything(On::Sqlite).await;
}

#[actix_web::test]
async fn everybody_is_answered_as_the_table_says_on_postgres() {
    ask_everything(On::Postgres).await;
}
