//! A piece of evidence, and who it came from.

use super::facts::{Facts, Tags};
use super::media::MediaType;
use crate::accounts::PersonId;
use crate::kit::blob::BlobName;
use crate::kit::clock::Moment;

/// The largest file taken.
pub const MOST_BYTES: u64 = 15 << 20;

crate::words! {
    /// How far the server has come with a piece of evidence.
    State {
        /// Its bytes are durable. Documents and HEIC stay here: they are kept, not drawn.
        Stored = "stored",
        /// It has been drawn small and upright.
        Rendered = "rendered",
        /// It is cut short, damaged or no picture. The original is kept all the same.
        Unreadable = "unreadable",
    }
}

crate::words! {
    /// How large a picture is asked for.
    Size {
        /// 320 pixels, for lists.
        Thumb = "thumb",
        /// 1,280 pixels, for screens.
        Screen = "screen",
        /// The bytes as they were received.
        Original = "original",
    }
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The SHA-256 of its bytes.
    pub sha256: BlobName,
    /// Its type, as its bytes show.
    pub media_type: MediaType,
    /// Its size.
    pub bytes: i64,
    /// How far the server has come with it.
    pub state: State,
    /// Pixels across, upright.
    pub width: Option<i64>,
    /// Pixels down, upright.
    pub height: Option<i64>,
    /// When the file says it was taken.
    pub taken_at: Option<Moment>,
    /// Where the file says it was taken: degrees north, WGS 84.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Make and model.
    pub camera: Option<String>,
    /// The picture editor that saved it.
    pub editor: Option<String>,
    /// 64 bits in hexadecimal.
    pub perceptual_hash: Option<String>,
    /// Who sent it first.
    pub received_by: PersonId,
    /// When it was durable.
    pub received_at: Moment,
}

impl Evidence {
    /// Evidence as it is received.
    #[must_use]
    pub fn received(sha256: BlobName, media_type: MediaType, bytes: u64, facts: &Facts, by: PersonId, at: Moment) -> Self {
        let Tags { taken_at, place, camera, editor, .. } = facts.tags.clone();
        Self {
            sha256,
            media_type,
            bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
            state: if facts.is_sound { State::Stored } else { State::Unreadable },
            width: facts.size.map(|(width, _)| i64::from(width)),
            height: facts.size.map(|(_, height)| i64::from(height)),
            taken_at,
            latitude: place.map(|(latitude, _)| latitude),
            longitude: place.map(|(_, longitude)| longitude),
            camera,
            editor,
            perceptual_hash: None,
            received_by: by,
            received_at: at,
        }
    }

    /// Whether it waits to be drawn.
    #[must_use]
    pub const fn is_to_be_drawn(&self) -> bool {
        matches!(self.state, State::Stored) && self.media_type.format().is_some()
    }

    /// Whether it can be shown small.
    #[must_use]
    pub const fn is_drawable(&self) -> bool {
        !matches!(self.state, State::Unreadable) && self.media_type.format().is_some()
    }

    /// Its size in pixels.
    #[must_use]
    pub fn size(&self) -> Option<(u32, u32)> {
        let side = |length: Option<i64>| length.and_then(|length| u32::try_from(length).ok());
        Some((side(self.width)?, side(self.height)?))
    }
}

/// Evidence with what decides who may see it.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The evidence.
    pub evidence: Evidence,
    /// The path of the org of whoever sent it.
    pub org_path: String,
    /// Whether whoever sent it stands in a team of whoever asks.
    pub is_of_own_team: bool,
}
