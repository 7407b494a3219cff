//! `privacy.toml` says of every column to whom it may be shown.

use std::collections::{BTreeMap, BTreeSet};

use nuanfang::kit::db::schema_dump;

use crate::databases::both;

type Declared = BTreeMap<String, BTreeMap<String, String>>;

fn declared() -> Declared {
    let text = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("privacy.toml")).expect("privacy.toml");
    toml::from_str(&text).expect("privacy.toml is TOML: [table] column = \"public|internal|personal|secret\"")
}

#[test]
fn every_column_is_declared_and_every_declared_column_is_there() {
    let [(_, mut conn), _] = both();
    let dump = schema_dump(&mut conn).expect("a dump");
    let there: BTreeSet<String> = dump.iter().map(|line| line.split_once(' ').unwrap().0.to_owned()).collect();
    let said: BTreeSet<String> = declared().iter().flat_map(|(table, columns)| columns.keys().map(move |column| format!("{table}.{column}"))).collect();
    let (new, gone): (Vec<_>, Vec<_>) = (there.difference(&said).collect(), said.difference(&there).collect());
    assert!(new.is_empty(), "say in privacy.toml to whom these may be shown (public, internal, personal or secret): {new:?}");
    assert!(gone.is_empty(), "privacy.toml names columns that are gone: {gone:?}");
}

#[test]
fn every_column_is_of_a_known_kind() {
    for (table, columns) in declared() {
        for (column, kind) in columns {
            assert!(["public", "internal", "personal", "secret"].contains(&kind.as_str()), "{table}.{column} is {kind}");
        }
    }
}
