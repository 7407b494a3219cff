//! The spot check. When a campaign opens it promises a seed by its hash; a supervisor draws from a frame that is frozen at that moment,
//! and anybody can repeat the draw from its proof ([`rules::draw`]). Each drawn household is asked before the supervisor sees what the
//! cadre wrote, at the desk or from a phone without a line; then both stand side by side and get a verdict. Nothing of this is ever changed: a second verdict names its reason and
//! keeps the first. From the verdicts follow rates with their intervals.

mod actions;
mod http;
mod model;
mod queries;
pub mod rules;
mod store;

pub use actions::{checks, list as samples, must_read, result, take_answers};
pub use http::{Brake, routes};
pub use model::{
    Answers, AnswersSent, CheckId, CheckRow, CheckState, Draw, Found, Frame, How, Kind, Line, Proof, Rate, Sample, SampleId, Share, Stratum, Tally, Terms,
    Verdict,
};
