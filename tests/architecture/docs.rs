//! Documents describe how things are now: they name no file that is gone.

use crate::source::{files, text};

/// What is there only while the program runs, or on the reader's own machine.
const ELSEWHERE: [&str; 6] = ["nuanfang.toml", "nuanfang.db", "signing-key.pem", "target/", "node_modules/", "data/"];
const ENDINGS: [&str; 16] = [".rs", ".ts", ".vue", ".toml", ".md", ".sql", ".json", ".yml", ".sh", ".html", ".css", ".js", ".mjs", ".jpg", ".xlsx", ".csv"];
const FOLDERS: [&str; 8] = ["server/", "pwa/", "tests/", "migrations/", "docs/", "scripts/", ".ci/", "bench/"];

/// The files and folders a document names between backticks.
fn named(document: &str) -> Vec<String> {
    let spans = document.split('`').skip(1).step_by(2);
    let is_path = |word: &&str| {
        let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c)) && !word.contains("..") && word.len() > 3;
        plain
            && !word.starts_with('/')
            && (ENDINGS.iter().any(|end| word.ends_with(end) && word.len() > end.len()) || FOLDERS.iter().any(|f| word.starts_with(f)))
    };
    spans.filter(is_path).map(|word| word.trim_start_matches("./").to_owned()).collect()
}

fn is_there(name: &str, files: &[String]) -> bool {
    let bare = name.trim_end_matches('/');
    let elsewhere = ELSEWHERE.iter().any(|place| name == *place || name.starts_with(place) && place.ends_with('/'));
    elsewhere || files.iter().any(|file| file == bare || file.ends_with(&format!("/{bare}")) || file.starts_with(&format!("{bare}/")))
}

#[test]
fn documents_name_no_file_that_is_gone() {
    let files = files("");
    let mut gone = Vec::new();
    for document in files.iter().filter(|path| path.ends_with(".md")) {
        gone.extend(named(&text(document)).into_iter().filter(|name| !is_there(name, &files)).map(|name| format!("{document} names {name}")));
    }
    assert!(gone.is_empty(), "mend the document, or give back the file:\n{}", gone.join("\n"));
}

#[test]
fn a_file_that_is_gone_is_noticed() {
    let files = ["server/accounts/store/orgs.rs".to_owned()];
    let names = named("See `server/accounts/`, `orgs.rs`, `server/gone.rs`, `cargo test`, `v1.rs-like thing` and `a/b.c`.");
    assert_eq!(names, ["server/accounts/", "orgs.rs", "server/gone.rs"]);
    let gone: Vec<&String> = names.iter().filter(|name| !is_there(name, &files)).collect();
    assert_eq!(gone, ["server/gone.rs"]);
}
