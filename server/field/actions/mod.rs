//! What the phone's door can do.

mod packs;
mod prepare;
mod pull;
mod push;
mod said;
mod tally;
mod vault;

pub use packs::Packs;
pub(super) use prepare::sealed_to;
pub(super) use pull::{Asked, pull};
pub use push::Pushes;
pub(super) use push::{Parcel, Sender};
pub(super) use said::said;
pub(super) use tally::tally;
pub(super) use vault::reopen;
