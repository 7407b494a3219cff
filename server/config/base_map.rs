//! The map that phones draw homes on. Without one they draw homes on plain ground.

use clap::Args;
use serde::Deserialize;
use url::Url;

use super::BadSetting;

/// What kinds of maps phones can draw.
const KINDS: [&str; 3] = ["wmts", "raster", "pmtiles"];
/// Datums in which maps are drawn in China.
const DATUMS: [&str; 3] = ["wgs84", "gcj02", "bd09"];
/// Where most maps end.
const MAX_ZOOM: u8 = 18;

/// A base map as it may be given. In `nuanfang.toml` a table of its own, `[base_map]`, whose keys lack the words before.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GivenMap {
    /// What the base map's address gives: wmts or raster (pictures, by a template with {z}, {x} and {y}) or pmtiles (one archive).
    #[arg(id = "base_map_kind", global = true, long = "base-map-kind", value_name = "KIND", env = "NUANFANG_BASE_MAP_KIND")]
    pub kind: Option<String>,
    /// The base map's address; it may carry a key, which every phone then learns.
    #[arg(id = "base_map_url", global = true, long = "base-map-url", value_name = "URL", env = "NUANFANG_BASE_MAP_URL", hide_env_values = true)]
    pub url: Option<String>,
    /// The datum it is drawn in: wgs84 (also CGCS2000, as Tianditu), gcj02 or bd09.
    #[arg(id = "base_map_datum", global = true, long = "base-map-datum", value_name = "DATUM", env = "NUANFANG_BASE_MAP_DATUM")]
    pub datum: Option<String>,
    /// Whose map it is and by which approval number, as the law and its licence ask.
    #[arg(id = "base_map_attribution", global = true, long = "base-map-attribution", value_name = "WORDS", env = "NUANFANG_BASE_MAP_ATTRIBUTION")]
    pub attribution: Option<String>,
    /// The nearest zoom it has pictures for.
    #[arg(id = "base_map_max_zoom", global = true, long = "base-map-max-zoom", value_name = "ZOOM", env = "NUANFANG_BASE_MAP_MAX_ZOOM")]
    pub max_zoom: Option<u8>,
}

/// A base map that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseMap {
    /// `wmts`, `raster` or `pmtiles`.
    pub kind: String,
    /// Its address.
    pub url: String,
    /// Scheme, host and port of its address.
    pub origin: String,
    /// `wgs84`, `gcj02` or `bd09`.
    pub datum: String,
    /// Whose it is.
    pub attribution: String,
    /// The nearest zoom.
    pub max_zoom: u8,
}

impl GivenMap {
    /// These, with another's where they say nothing.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            kind: self.kind.or(other.kind),
            url: self.url.or(other.url),
            datum: self.datum.or(other.datum),
            attribution: self.attribution.or(other.attribution),
            max_zoom: self.max_zoom.or(other.max_zoom),
        }
    }

    /// The base map; none where no address is given.
    ///
    /// # Errors
    /// What is wrong with it, before anybody waits for a map that never comes.
    pub fn check(self) -> Result<Option<BaseMap>, BadSetting> {
        let bad = |name, why: &str| BadSetting { name, why: why.to_owned() };
        let Some(url) = self.url else {
            let lost = self.kind.is_some() || self.datum.is_some() || self.attribution.is_some() || self.max_zoom.is_some();
            return if lost { Err(bad("base_map.url", "is missing, and the rest of the base map says nothing without it")) } else { Ok(None) };
        };
        let kind = self.kind.unwrap_or_else(|| if url.contains(".pmtiles") { "pmtiles" } else { "raster" }.to_owned());
        if !KINDS.contains(&kind.as_str()) {
            return Err(bad("base_map.kind", "is none of wmts, raster and pmtiles"));
        }
        if kind != "pmtiles" && !["{z}", "{x}", "{y}"].iter().all(|part| url.contains(part)) {
            return Err(bad("base_map.url", "has no place for {z}, {x} or {y}"));
        }
        let read = Url::parse(&url).ok().filter(|read| ["http", "https"].contains(&read.scheme()) && read.origin().is_tuple());
        // The origin stands in a header of every answer, where a comma or a semicolon would begin something else.
        let plain = |origin: &String| !origin.contains([';', ',', '{', '%', ' ']);
        let origin = read.map(|read| read.origin().ascii_serialization()).filter(plain);
        let origin = origin.ok_or_else(|| bad("base_map.url", "is no address that begins with https:// or http:// and one host"))?;
        let datum = self.datum.ok_or_else(|| bad("base_map.datum", "is missing; a map drawn in another shows homes half a kilometre away"))?;
        if !DATUMS.contains(&datum.as_str()) {
            return Err(bad("base_map.datum", "is none of wgs84, gcj02 and bd09"));
        }
        let max_zoom = self.max_zoom.unwrap_or(MAX_ZOOM);
        if !(1..=24).contains(&max_zoom) {
            return Err(bad("base_map.max_zoom", "is not between 1 and 24"));
        }
        Ok(Some(BaseMap { kind, url, origin, datum, attribution: self.attribution.unwrap_or_default(), max_zoom }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(url: &str) -> GivenMap {
        GivenMap { url: Some(url.into()), datum: Some("gcj02".into()), ..GivenMap::default() }
    }

    #[test]
    fn a_map_of_pictures_has_a_place_for_the_tile_and_one_origin() {
        let map = given("https://tiles.example.cn:8443/{z}/{x}/{y}.png?tk=key").check().unwrap().unwrap();
        assert_eq!((map.kind.as_str(), map.origin.as_str(), map.max_zoom), ("raster", "https://tiles.example.cn:8443", 18));
        assert!(given("https://tiles.example.cn/map.png").check().is_err());
        assert!(given("https://{s}.example.cn/{z}/{x}/{y}.png").check().is_err());
        assert!(given("file:///{z}/{x}/{y}.png").check().is_err());
    }

    #[test]
    fn an_archive_needs_no_template() {
        assert_eq!(given("https://maps.example.cn/city.pmtiles").check().unwrap().unwrap().kind, "pmtiles");
    }

    #[test]
    fn a_map_without_its_datum_is_refused_and_so_is_a_datum_without_a_map() {
        assert!(GivenMap { datum: None, ..given("https://a.cn/{z}/{x}/{y}") }.check().is_err());
        assert!(GivenMap { url: None, ..given("") }.check().is_err());
        assert_eq!(GivenMap::default().check().unwrap(), None);
    }

    #[test]
    fn no_header_can_be_broken_out_of() {
        for url in ["https://a.cn;script-src/{z}{x}{y}", "https://a.cn,b.cn/{z}{x}{y}", "https://a.cn /{z}{x}{y}"] {
            assert!(given(url).check().is_err(), "{url}");
        }
    }
}
