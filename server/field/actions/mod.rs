//! What the phone's door can do.

mod prepare;
mod pull;
mod push;

pub(super) use prepare::prepare;
pub(super) use pull::pull;
pub(super) use push::push;
