//! Rooms stand in river order, the order of `server/lib.rs`; a room imports only rooms before it.

use crate::source::{File, map, read, server};

/// What a file imports that stands after its own room, or beside the kit: `path: name`.
fn against_the_stream(order: &[String], file: &File) -> Vec<String> {
    let place = |name: &str| order.iter().position(|room| room == name);
    let Some(own) = file.module.first().and_then(|room| place(room)) else { return Vec::new() };
    let is_kit = order[own] == "kit";
    let wrong = |path: &Vec<String>| {
        let there = path.get(1).filter(|_| path[0] == "crate").and_then(|room| place(room))?;
        (there > own || (is_kit && there != own)).then(|| format!("{} names {}", file.path, path.join("::")))
    };
    file.names.iter().filter_map(wrong).collect()
}

#[test]
fn a_room_imports_only_rooms_before_it() {
    let order = map();
    let wrong: Vec<String> = server().iter().flat_map(|file| against_the_stream(&order, file)).collect();
    assert!(wrong.is_empty(), "a room may use only the rooms above it in server/lib.rs, and the kit none:\n{}", wrong.join("\n"));
}

#[test]
fn every_room_is_on_the_map_and_every_name_on_the_map_is_there() {
    let order = map();
    for file in server() {
        let Some(room) = file.module.first() else { continue };
        assert!(order.contains(room) || room == "main", "{} is in no room of server/lib.rs", file.path);
    }
    for room in ["config", "kit", "accounts", "app", "cli"] {
        assert!(order.iter().any(|name| name == room), "server/lib.rs lost {room}");
    }
}

#[test]
fn an_import_against_the_stream_is_seen_however_it_is_written() {
    let order: Vec<String> = ["config", "kit", "accounts", "visits", "app"].map(str::to_owned).into();
    let wrong = |path: &str, text: &str| !against_the_stream(&order, &read(path, text)).is_empty();
    assert!(wrong("server/accounts/store.rs", "use crate::visits::Visit;"));
    assert!(wrong("server/accounts/store.rs", "use crate::{kit::db::Db, visits::{self, model}};"));
    assert!(wrong("server/accounts/http/me.rs", "fn f() { super::super::super::visits::look() }"));
    assert!(wrong("server/accounts/store.rs", "fn f() { g!(c, |c| crate::visits::look(c)) }"));
    assert!(wrong("server/kit/db/mod.rs", "use crate::accounts::Actor;"));
    assert!(wrong("server/kit/db/mod.rs", "use crate::config::Settings;"));
    assert!(!wrong("server/visits/store.rs", "use crate::accounts::Actor; use super::model::Visit; use crate::kit::db::Db;"));
    assert!(!wrong("server/accounts/store.rs", "#[cfg(test)] mod tests { use crate::visits::Visit; }"));
}
