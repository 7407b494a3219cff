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

use crate::kit::blob::BlobName;
use crate::kit::clock::Moment;

/// The queue of pictures to be drawn; its subjects are of [`job_about`].
pub const RENDITIONS: &str = "renditions";
/// The queue of evidence whose visits are to be reconciled again: it has arrived, or more is known of it. Its subjects are of
/// [`job_about`].
pub const ARRIVALS: &str = "arrivals";

/// What a job about a file is known by: when the file came, and its SHA-256. Jobs of one time lie side by side in their index; by the
/// hash alone each would lie elsewhere, and every commit would write a page of it for each file.
#[must_use]
pub fn job_about(name: BlobName, received_at: Moment) -> String {
    format!("{:013}.{name}", received_at.ms())
}

/// The file a job is about.
#[must_use]
pub fn file_of_job(subject: &str) -> Option<BlobName> {
    // Jobs of before had the hash alone.
    BlobName::parse(subject.rsplit_once('.').map_or(subject, |(_, name)| name))
}
