//! The map that homes are drawn on.

use serde::Serialize;
use utoipa::ToSchema;

use crate::config;
use crate::kit::geo::Datum;

crate::words! {
    /// What a base map's address gives.
    BaseMapKind {
        /// Pictures of a Web Map Tile Service, by a template.
        Wmts = "wmts",
        /// Pictures, by a template.
        Raster = "raster",
        /// One archive of pictures or shapes.
        Pmtiles = "pmtiles",
    }
}

/// A base map. Homes are moved to its datum where it is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BaseMap {
    /// What its address gives.
    pub kind: BaseMapKind,
    /// Its address: a template with {z}, {x} and {y}, or an archive's.
    pub url: String,
    /// The datum it is drawn in.
    pub datum: Datum,
    /// Whose it is; shown on it.
    pub attribution: String,
    /// The nearest zoom it has pictures for.
    pub max_zoom: u8,
}

impl BaseMap {
    /// The one that is set; none where its words are not known, which the settings do not let through.
    #[must_use]
    pub fn set(map: &config::BaseMap) -> Option<Self> {
        let config::BaseMap { kind, url, datum, attribution, max_zoom, .. } = map;
        let (kind, datum) = (BaseMapKind::parse(kind)?, Datum::parse(datum)?);
        Some(Self { kind, url: url.clone(), datum, attribution: attribution.clone(), max_zoom: *max_zoom })
    }
}
