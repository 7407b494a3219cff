//! Who may act: sessions, orgs, people, teams.

mod command_line;
mod search;
mod sessions;
mod tree;
mod views;
