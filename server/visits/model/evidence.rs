//! What a visit names as its evidence.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Position;
use crate::kit::clock::Moment;

crate::words! {
    /// What a piece of evidence is.
    EvidenceKind {
        /// A picture.
        Photo = "photo",
        /// A signature.
        Signature = "signature",
        /// A scanned paper.
        Document = "document",
    }
}

crate::words! {
    /// What a piece of evidence shows.
    EvidenceSubject {
        /// The door.
        Door = "door",
        /// The handing over.
        Handover = "handover",
        /// The recipient.
        Recipient = "recipient",
        /// The home inside.
        Home = "home",
        /// A paper missing from the file.
        Material = "material",
        /// Something else.
        Other = "other",
    }
}

crate::words! {
    /// How a piece of evidence came into the phone.
    EvidenceSource {
        /// The app's own viewfinder or the phone's camera.
        Camera = "camera",
        /// Chosen from pictures taken before.
        Gallery = "gallery",
        /// Drawn on the screen.
        Ink = "ink",
    }
}

/// Evidence that a visit names; its bytes travel apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NamedEvidence {
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// What it is.
    pub kind: EvidenceKind,
    /// What it shows.
    pub subject: EvidenceSubject,
    /// How it came into the phone.
    pub source: EvidenceSource,
    /// Its media type.
    pub media_type: String,
    /// Its size.
    pub bytes: i64,
    /// At the shutter.
    pub taken_at: Moment,
    /// At the shutter.
    #[serde(default)]
    pub position: Option<Position>,
    /// SHA-256 of the picture before it was stamped and scaled.
    #[serde(default)]
    pub original_sha256: Option<String>,
}

/// How much ink a signature has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ink {
    /// Strokes.
    pub strokes: i64,
    /// Points in all strokes.
    pub points: i64,
    /// Width and height of the inked box in CSS pixels.
    pub box_px: [i64; 2],
}
