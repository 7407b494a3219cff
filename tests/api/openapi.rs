//! `openapi.json` is what the handlers say. `GENERATE=1` writes it; without, this holds it.

use std::sync::OnceLock;

use nuanfang::app::{self, Parts};
use nuanfang::config::{Given, Settings};
use nuanfang::kit::clock::{Chance, Clock};
use serde_json::Value;

/// The document of the app as it is.
pub fn document() -> &'static str {
    static DOCUMENT: OnceLock<String> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let given = Given { data: Some(folder.path().join("data")), ..Given::default() };
        let parts = Parts::open(Settings::try_from(given).expect("valid settings"), Clock::system(), Chance::system()).expect("the app opens");
        app::document(&parts) + "\n"
    })
}

#[actix_web::test]
async fn the_document_in_the_repository_is_what_the_handlers_say() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    if std::env::var_os("GENERATE").is_some() {
        std::fs::write(&path, document()).expect("written");
    }
    let there = std::fs::read_to_string(&path).expect("openapi.json; make it with `make generate`");
    assert!(there == document(), "openapi.json is not what the handlers say: run `make generate`, and look at what changed");
}

#[actix_web::test]
async fn every_operation_says_what_it_does_and_has_a_name_of_its_own() {
    let document: Value = serde_json::from_str(document()).expect("JSON");
    let mut silent = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let says = ["summary", "description"].iter().any(|key| operation[key].as_str().is_some_and(|text| !text.trim().is_empty()));
            if !says || operation["responses"].as_object().is_none_or(serde_json::Map::is_empty) {
                silent.push(format!("{method} {path}"));
            }
        }
    }
    assert!(silent.is_empty(), "a doc comment on the handler says what it does, `responses(…)` what it answers: {silent:?}");
}

#[actix_web::test]
async fn every_operation_that_takes_a_body_says_which() {
    /// They take none.
    const BARE: [&str; 3] = ["post /api/v1/session/refresh", "post /api/v1/campaigns/{id}/open", "post /api/v1/campaigns/{id}/entitlements"];
    let document: Value = serde_json::from_str(document()).expect("JSON");
    let mut silent = std::collections::BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in ["post", "put", "patch"] {
            if item[method].is_object() && item[method]["requestBody"].is_null() {
                silent.insert(format!("{method} {path}"));
            }
        }
    }
    assert_eq!(silent, BARE.map(str::to_owned).into(), "`request_body = …` says what a handler takes");
}

#[actix_web::test]
async fn every_shape_the_document_names_is_in_it() {
    let parsed: Value = serde_json::from_str(document()).expect("JSON");
    let shapes = parsed["components"]["schemas"].as_object().expect("schemas");
    let named = document().split("\"#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next());
    let absent: std::collections::BTreeSet<&str> = named.filter(|name| !shapes.contains_key(*name)).collect();
    assert!(absent.is_empty(), "a client cannot be made from a document with holes; `#[param(inline)]` or `schemas(…)` fills them: {absent:?}");
}
