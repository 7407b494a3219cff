//! A household becomes known: its file, its members, its history, and how rosters come in.

pub mod import;
mod model;

pub use model::{Category, Cause, Datum, Described, Home, Household, HouseholdId, ImportId, Status};
