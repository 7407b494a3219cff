//! The season as it stands, told to the desk: how far the campaign has come, its households with their standing, its visits.
//! Read-only: it keeps no table of its own and changes nothing.
//! How far a campaign has come is read from counters that reconciliation keeps, so a board over a million households costs what its
//! picture costs. Every list is a fixed number of queries.

mod http;
mod model;
mod queries;

pub use http::routes;
