//! What the phone's door can do.

mod prepare;
mod pull;
mod push;
mod tally;
mod vault;

pub(super) use prepare::{prepare, sealed_to};
pub(super) use pull::pull;
pub(super) use push::{Sender, push};
pub(super) use tally::tally;
pub(super) use vault::reopen;
