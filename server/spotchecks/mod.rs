//! The spot check. When a campaign opens it promises a seed by its hash; a supervisor draws from a frame that is frozen at that moment,
//! and anybody can repeat the draw from its proof ([`rules::draw`]). Each drawn household is asked before the supervisor sees what the
//! cadre wrote; then both stand side by side and get a verdict. Nothing of this is ever changed: a second verdict names its reason and
//! keeps the first. From the verdicts follow rates with their intervals.

mod actions;
mod http;
mod model;
mod queries;
pub mod rules;
mod store;

pub use http::{Brake, routes};
pub use model::{Draw, Frame, Kind, Line, Proof, Rate, Stratum, Terms};
