//! What the phone's door can do.

mod prepare;
mod pull;
mod push;
mod tally;

pub(super) use prepare::prepare;
pub(super) use pull::pull;
pub(super) use push::push;
pub(super) use tally::tally;
