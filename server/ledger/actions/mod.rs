//! One file a verb.

mod book;
mod hand_over;

pub use hand_over::{hand_over, reverse_handovers};
