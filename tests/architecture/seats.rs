//! Inside a room: http → actions → rules + store → model. What has no seat of its own sits as high as the highest thing it uses.

use std::collections::BTreeMap;

use crate::source::{File, map, read, server};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Seat {
    Model,
    Rules,
    Store,
    Actions,
    Http,
}

impl Seat {
    fn named(name: &str) -> Option<Self> {
        match name {
            "model" => Some(Self::Model),
            "rules" => Some(Self::Rules),
            "store" | "queries" => Some(Self::Store),
            "actions" => Some(Self::Actions),
            "http" => Some(Self::Http),
            _ => None,
        }
    }

    fn may_use(self, other: Self) -> bool {
        match self {
            Self::Model => other == Self::Model,
            Self::Rules => matches!(other, Self::Model | Self::Rules),
            Self::Store => matches!(other, Self::Model | Self::Store),
            Self::Actions => other <= Self::Actions,
            Self::Http => true,
        }
    }

    /// What this seat does not know, wherever it comes from.
    fn strange(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Model | Self::Rules => &[&["actix_web"], &["crate", "kit", "db"], &["diesel", "prelude"]],
            Self::Store => &[&["actix_web"]],
            Self::Actions => &[&["actix_web"], &["diesel"], &["crate", "kit", "db", "schema"]],
            Self::Http => &[&["diesel"], &["crate", "kit", "db", "schema"]],
        }
    }
}

/// `(room, what it is called inside the room)`: `("accounts", "store")`.
fn place(file: &File) -> Option<(&str, &str)> {
    Some((file.module.first()?, file.module.get(1)?))
}

fn used_inside<'a>(file: &'a File, room: &'a str) -> impl Iterator<Item = &'a str> {
    file.names.iter().filter(move |path| path.len() > 2 && path[0] == "crate" && path[1] == room).map(|path| path[2].as_str())
}

/// The seat of everything in a room; what is named by no seat is as high as the highest it uses.
fn seats<'a>(files: &[&'a File], room: &'a str) -> BTreeMap<&'a str, Seat> {
    let mut seats: BTreeMap<&str, Seat> = BTreeMap::new();
    for name in files.iter().filter_map(|file| place(file)).map(|(_, name)| name) {
        seats.insert(name, Seat::named(name).unwrap_or(Seat::Model));
    }
    loop {
        let mut moved = false;
        for file in files {
            let Some((_, name)) = place(file).filter(|(_, name)| Seat::named(name).is_none()) else { continue };
            let highest = used_inside(file, room).filter_map(|used| seats.get(used).copied()).max().unwrap_or(Seat::Model);
            if seats.get(name).is_some_and(|seat| *seat < highest) {
                seats.insert(name, highest);
                moved = true;
            }
        }
        if !moved {
            return seats;
        }
    }
}

fn faults(all: &[File], room: &str) -> Vec<String> {
    let files: Vec<&File> = all.iter().filter(|file| file.module.first().is_some_and(|first| first == room)).collect();
    let seats = seats(&files, room);
    let mut faults = Vec::new();
    for file in &files {
        let Some((_, name)) = place(file) else { continue };
        if let Some(seat) = Seat::named(name) {
            let above = used_inside(file, room).filter(|used| seats.get(used).is_some_and(|other| !seat.may_use(*other)));
            faults.extend(above.map(|used| format!("{} uses {room}::{used}, which sits above it", file.path)));
            let strange = |path: &&Vec<String>| seat.strange().iter().any(|s| path.len() >= s.len() && s.iter().zip(*path).all(|(a, b)| a == b));
            faults.extend(file.names.iter().filter(strange).map(|path| format!("{} names {}", file.path, path.join("::"))));
        }
        let keeps_tables = name == "store" || name == "queries";
        let names_tables = file.names.iter().any(|path| path.len() > 3 && path[..4] == ["crate", "kit", "db", "schema"]);
        if names_tables && !keeps_tables {
            faults.push(format!("{} names tables; only store and queries do", file.path));
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

#[test]
fn every_seat_uses_only_the_seats_below_it() {
    let files = server();
    let rooms = map().into_iter().filter(|room| !["kit", "config", "app", "cli"].contains(&room.as_str()));
    let faults: Vec<String> = rooms.flat_map(|room| faults(&files, &room)).collect();
    assert!(faults.is_empty(), "http → actions → rules + store → model:\n{}", faults.join("\n"));
}

#[test]
fn a_seat_that_looks_up_is_seen() {
    let wrong = |files: &[(&str, &str)]| !faults(&files.iter().map(|(path, text)| read(path, text)).collect::<Vec<_>>(), "r").is_empty();
    assert!(wrong(&[("server/r/model.rs", "use super::rules::f;"), ("server/r/rules.rs", "")]));
    assert!(wrong(&[("server/r/store/a.rs", "use crate::r::rules::f;"), ("server/r/rules.rs", "")]));
    assert!(wrong(&[("server/r/rules.rs", "use super::extra::f;"), ("server/r/extra.rs", "use super::store::g;"), ("server/r/store.rs", "")]));
    assert!(wrong(&[("server/r/http.rs", "use diesel::prelude::*;")]));
    assert!(wrong(&[("server/r/actions/a.rs", "use crate::kit::db::schema::orgs;")]));
    assert!(wrong(&[("server/r/extra.rs", "use crate::kit::db::schema::orgs;")]));
    assert!(wrong(&[("server/r/rules.rs", "use crate::kit::db::Db;")]));
    assert!(!wrong(&[("server/r/rules.rs", "use super::extra::f;"), ("server/r/extra.rs", "use super::model::M;"), ("server/r/model.rs", "")]));
    assert!(!wrong(&[("server/r/http.rs", "use super::{actions, store, model};"), ("server/r/store.rs", "use crate::kit::db::schema::orgs;")]));
}
