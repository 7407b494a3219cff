//! The verbs of this room, a file each.

mod append;
mod draw;
mod find;
mod receive;
mod show;

pub use append::{Appended, append, progress};
pub use draw::Studio;
pub use find::{find, missing};
pub use receive::{Claim, Received, receive};
pub use show::{original, rendition};

/// The queue of pictures to be drawn; the subject is the SHA-256.
pub const RENDITIONS: &str = "renditions";
/// The queue of evidence whose visits are to be reconciled again: it has arrived, or more is known of it. The subject is the SHA-256.
pub const ARRIVALS: &str = "arrivals";
