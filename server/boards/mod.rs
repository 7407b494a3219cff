//! The season as it stands, told to the desk: how far the campaign has come, where it is heading, its households with
//! their standing, its visits, what changed since somebody last looked.
//! It keeps no table of its own and changes nothing; that a table was taken away as a file is recorded.
//! How far a campaign has come is read from counters that reconciliation keeps, so a board over a million households costs what its
//! picture costs. Every list is a fixed number of queries.

mod actions;
mod http;
mod model;
mod queries;
mod rules;
mod sheet;
mod words;

pub use http::routes;
pub use model::BaseMap;
