//! Who is in need: the household's file.

mod model;

pub use model::{Category, HouseholdId};
