//! A question, asked by somebody about a thing.

use reqwest::Method;
use serde_json::Value;

use super::document::{At, Kind, Question};
use super::table::Row;
use super::world::World;
use crate::kit::TestApp;
use crate::kit::people::{Person, Reply};

/// What was asked about, and what came of it.
pub struct Asked {
    /// The id that was named.
    pub id: Option<String>,
    /// The answer.
    pub reply: Reply,
}

impl Asked {
    /// The answer without what tells two askings apart: the thing's own id and the request's.
    pub fn told(&self) -> String {
        let mut json = self.reply.json.clone();
        if let Some(fields) = json.as_object_mut() {
            fields.remove("request_id");
        }
        let text = if json.is_null() { String::from_utf8_lossy(&self.reply.bytes).into_owned() } else { json.to_string() };
        let text =
            if self.reply.headers.get("content-type").is_some_and(|kind| kind.to_str().unwrap_or_default().contains("sheet")) { String::new() } else { text };
        let text = self.id.as_ref().map_or(text.clone(), |id| text.replace(id.as_str(), "…"));
        format!("{} {text}", self.reply.status)
    }
}

/// Whether a question changes nothing, whatever it is answered.
pub fn only_reads(question: &Question) -> bool {
    question.operation.starts_with("GET ") || question.operation.starts_with("HEAD ")
}

/// Asks.
pub async fn ask(app: &TestApp, world: &World, who: &Person, question: &Question, row: &Row, relation: &'static str) -> Asked {
    let about = question.about.as_ref().map(|(at, kind)| (at, row.of.as_deref().map_or_else(|| kind.clone(), Kind::named)));
    let id = about.as_ref().map(|(_, kind)| world.id(kind, relation));
    let at = about.map(|(at, _)| at);
    let (method, path) = question.operation.split_once(' ').expect("METHOD /path");
    let parts: Vec<&str> = path.split('/').collect();
    let fill = |(place, part): (usize, &&str)| match (part.strip_prefix('{').and_then(|part| part.strip_suffix('}')), at) {
        (Some(name), Some(At::Path(asked))) if name == asked => id.clone().expect("an id"),
        (Some(_), _) => own_of_path(world, parts[place - 1], row),
        _ => (*part).to_owned(),
    };
    let mut address = parts.iter().enumerate().map(fill).collect::<Vec<_>>().join("/");
    if let Some(query) = &row.query {
        let pairs = query.split('&').map(|pair| match (pair.split_once('='), at) {
            (Some((name, _)), Some(At::Query(asked))) if name == asked => format!("{name}={}", id.clone().expect("an id")),
            _ => filled(app, world, pair),
        });
        address = format!("{address}?{}", pairs.collect::<Vec<_>>().join("&"));
    }
    let changed = address.split('/').find(|part| world.version(part) > 1).unwrap_or_default();
    let request = who.call(Method::from_bytes(method.as_bytes()).expect("a method"), &address).header("If-Match", format!("\"{}\"", world.version(changed)));
    let request = match (&row.send, &row.text) {
        (Some(body), _) => {
            let mut body: Value = serde_json::from_str(&filled(app, world, &body.to_string())).expect("JSON");
            if let (Some(At::Body(pointer)), Some(id)) = (at, &id) {
                *body.pointer_mut(pointer).unwrap_or_else(|| panic!("{}: `send` must hold what is named", question.key)) = Value::from(id.as_str());
            }
            request.json(&body)
        }
        (None, Some(text)) => request.header("Upload-Offset", "0").header("Content-Type", row.media_type.as_deref().unwrap_or("text/plain")).body(text.clone()),
        (None, None) => request,
    };
    let reply = Reply::of(request.send().await.expect("an answer")).await;
    Asked { id, reply }
}

/// What a path names behind a word where it is not asked about: one's own.
fn own_of_path(world: &World, word: &str, row: &Row) -> String {
    let kind = match row.within.as_deref().unwrap_or(word) {
        "Draft" => "Draft",
        "households" => "HouseholdId",
        "campaigns" => "CampaignId",
        "teams" => "TeamId",
        "needs" => "NeedId",
        "checks" => "CheckId",
        "draws" => "SampleId",
        other => panic!("what do {other} name? Say it in tests/api/authorisation/ask.rs"),
    };
    world.id(&Kind::named(kind), "own")
}

/// Fills `<TeamId>` with the own one, `<fresh>` with an id of the asker's making, `<now>` with the time.
fn filled(app: &TestApp, world: &World, text: &str) -> String {
    let mut parts = text.split('<');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((name, rest)) = part.split_once('>') else {
            filled.push_str(part);
            continue;
        };
        match name {
            "fresh" => filled.push_str(&app.id()),
            "now" => filled.push_str(&app.now().to_string()),
            kind => filled.push_str(&world.id(&Kind::named(kind), "own")),
        }
        filled.push_str(rest);
    }
    filled
}
