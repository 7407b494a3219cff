//! Who may act: sessions, orgs, people, teams.

mod sessions;
mod tree;
