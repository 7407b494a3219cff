//! What the OpenAPI document says can be asked, and which things each operation names.

use std::collections::BTreeSet;

use serde_json::Value;

/// What kind of thing an id names: the name of its shape in the document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind(String);

impl Kind {
    /// The kind with this name.
    pub fn named(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// Its name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where in a request a thing is named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// In the path, under this name.
    Path(String),
    /// In this part of the query.
    Query(String),
    /// At this pointer of the body.
    Body(String),
}

/// A question: an operation and the thing it is asked about, if it names one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// `GET /visits/{id}`; `GET /visits?team` where the query names the thing, `POST /samples#/households/0` where the body does. Of a
    /// path that names several things it is the last; the others have a question `…@id` each.
    pub key: String,
    /// `GET /visits`
    pub operation: String,
    /// What is named, and where.
    pub about: Option<(At, Kind)>,
}

/// Parameters whose shape says no more than that it is a text.
const BY_NAME: [(&str, &str); 6] =
    [("org", "OrgId"), ("team", "TeamId"), ("cadre", "PersonId"), ("campaign", "CampaignId"), ("household", "HouseholdId"), ("device", "DeviceId")];
/// The same for what a path begins with.
const BY_PATH: [(&str, &str); 2] = [("/households/{id}", "HouseholdId"), ("/needs/{id}", "NeedId")];
/// What the asker makes and names: nobody else's.
const OWN_MAKING: [&str; 1] = ["/id"];
/// What is decided one by one; `tests/api/authorisation/pushes.rs` asks about it.
const ONE_BY_ONE: [&str; 1] = ["/items/0"];

/// Every question there is.
pub fn questions() -> BTreeSet<Question> {
    let document: Value = serde_json::from_str(crate::openapi::document()).expect("JSON");
    let mut questions = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        let path = path.trim_start_matches("/api/v1");
        for (method, operation) in item.as_object().expect("an item").iter().filter(|(key, _)| *key != "parameters") {
            questions.extend(of_operation(&document, &format!("{} {path}", method.to_uppercase()), path, operation));
        }
    }
    questions
}

fn of_operation(document: &Value, name: &str, path: &str, operation: &Value) -> Vec<Question> {
    let question = |key: String, about| Question { key, operation: name.to_owned(), about };
    let mut questions = Vec::new();
    let mut must_name = false;
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let (place, called) = (parameter["in"].as_str().unwrap_or_default(), parameter["name"].as_str().unwrap_or_default());
        let Some(kind) = kind_of(&parameter["schema"], called, path, place) else { continue };
        must_name |= place == "path" || parameter["required"] == true;
        match place {
            "path" => {
                let key = if path.matches('{').count() > 1 && !is_last(path, called) { format!("{name}@{called}") } else { name.to_owned() };
                questions.push(question(key, Some((At::Path(called.to_owned()), kind))));
            }
            "query" => questions.push(question(format!("{name}?{called}"), Some((At::Query(called.to_owned()), kind)))),
            _ => {}
        }
    }
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    let mut named = BTreeSet::new();
    named_in(document, body, String::new(), &mut Vec::new(), &mut named);
    for (pointer, kind) in named {
        if OWN_MAKING.contains(&pointer.as_str()) || ONE_BY_ONE.iter().any(|begin| pointer.starts_with(begin)) {
            continue;
        }
        must_name |= resolved(document, body)["required"].as_array().is_some_and(|names| names.iter().any(|name| pointer.split('/').nth(1) == name.as_str()));
        questions.push(question(format!("{name}#{pointer}"), Some((At::Body(pointer), kind))));
    }
    if !must_name {
        questions.push(question(name.to_owned(), None));
    }
    questions
}

/// Whether no other thing stands behind this one in a path.
fn is_last(path: &str, called: &str) -> bool {
    path.rsplit_once('{').is_some_and(|(_, rest)| rest.starts_with(&format!("{called}}}")))
}

fn kind_of(schema: &Value, name: &str, path: &str, place: &str) -> Option<Kind> {
    let shape = schema["$ref"].as_str().and_then(|shape| shape.rsplit('/').next());
    if let Some(shape) = shape {
        return is_a_name(shape).then(|| Kind::named(shape));
    }
    let is_text = schema["type"] == "string";
    let known = if place == "path" { BY_PATH.iter().find(|(begin, _)| path.starts_with(begin)) } else { BY_NAME.iter().find(|(known, _)| *known == name) };
    known.filter(|_| is_text).map(|(_, kind)| Kind::named(kind))
}

fn is_a_name(shape: &str) -> bool {
    shape.ends_with("Id") || shape == "BlobName"
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str().and_then(|shape| shape.rsplit('/').next()) {
        Some(shape) => &document["components"]["schemas"][shape],
        None => schema,
    }
}

/// Every id in a body: where it stands, and what it names. Of a list the first place stands for all.
fn named_in(document: &Value, schema: &Value, at: String, within: &mut Vec<String>, named: &mut BTreeSet<(String, Kind)>) {
    if let Some(shape) = schema["$ref"].as_str().and_then(|shape| shape.rsplit('/').next()) {
        if is_a_name(shape) {
            named.insert((at, Kind::named(shape)));
        } else if !within.iter().any(|outer| outer == shape) {
            within.push(shape.to_owned());
            named_in(document, &document["components"]["schemas"][shape], at, within, named);
            within.pop();
        }
        return;
    }
    for choice in ["oneOf", "anyOf", "allOf"].iter().flat_map(|key| schema[*key].as_array().into_iter().flatten()) {
        named_in(document, choice, at.clone(), within, named);
    }
    for (name, of) in schema["properties"].as_object().into_iter().flatten() {
        named_in(document, of, format!("{at}/{name}"), within, named);
    }
    if schema["items"].is_object() {
        named_in(document, &schema["items"], format!("{at}/0"), within, named);
    }
}
