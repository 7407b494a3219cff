//! What a file says of itself. What it does not say is left empty, and what cannot be true counts as not said.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::ImageReader;

use super::exif;
use super::jpeg;
use super::media::MediaType;
use crate::kit::blob::Source;
use crate::kit::clock::Moment;
use crate::kit::http::problem::{Code, Problem};

/// The largest picture taken, in pixels.
pub const MOST_PIXELS: u64 = 50_000_000;
/// The longest side taken, in pixels.
pub const LONGEST_SIDE: u32 = 20_000;

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// Pixels across and down, upright.
    pub size: Option<(u32, u32)>,
    /// Whether it can be drawn as far as its structure shows: pictures only.
    pub is_sound: bool,
    /// What its metadata says.
    pub tags: Tags,
}

/// What the metadata of a picture says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tags {
    /// When the shutter opened.
    pub taken_at: Option<Moment>,
    /// Degrees north and east, WGS 84.
    pub place: Option<(f64, f64)>,
    /// Make and model.
    pub camera: Option<String>,
    /// The program that saved it, where it is known to edit pictures.
    pub editor: Option<String>,
    /// How to turn it upright, 1 to 8 as EXIF counts.
    pub orientation: Option<u8>,
}

/// Reads the facts of a file that claims to be of a type.
///
/// # Errors
/// [`Code::UnsupportedMediaType`] when it is of another type, [`Code::TooLarge`] when it has too many pixels.
pub fn read(source: &mut dyn Source, claimed: MediaType) -> Result<Facts, Problem> {
    let unread = |error| Problem::unexpected(format!("an upload cannot be read back: {error}"));
    if MediaType::of(source).map_err(unread)? != Some(claimed) {
        return Err(Problem::of(Code::UnsupportedMediaType));
    }
    let (size, is_sound) = match claimed {
        MediaType::Jpeg => {
            let survey = jpeg::survey(source).map_err(unread)?;
            (survey.size, survey.is_sound)
        }
        MediaType::Png | MediaType::Webp => {
            let size = claimed.format().and_then(|format| ImageReader::with_format(&mut *source, format).into_dimensions().ok());
            (size, size.is_some())
        }
        MediaType::Heic | MediaType::Pdf => (None, true),
    };
    if size.is_some_and(is_too_large) {
        return Err(Problem::of(Code::TooLarge));
    }
    source.rewind().map_err(unread)?;
    let tags = tags(source, claimed);
    let size = size.map(|(width, height)| if tags.orientation.is_some_and(|o| o >= 5) { (height, width) } else { (width, height) });
    Ok(Facts { size, is_sound, tags })
}

/// Whether a picture is beyond what is taken.
#[must_use]
pub fn is_too_large((width, height): (u32, u32)) -> bool {
    width > LONGEST_SIDE || height > LONGEST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS
}

/// The metadata of a file; empty where there is none, or none that can be read.
pub fn tags(source: &mut dyn Source, media_type: MediaType) -> Tags {
    if media_type == MediaType::Pdf {
        return Tags::default();
    }
    if media_type != MediaType::Jpeg {
        return trusting_nobody(source);
    }
    jpeg::head(source).map_or_else(|_| Tags::default(), |head| trusting_nobody(&mut Cursor::new(head)))
}

fn trusting_nobody(source: &mut dyn Source) -> Tags {
    // Metadata comes from anywhere; a parser that trips over it must not keep the picture from being taken.
    catch_unwind(AssertUnwindSafe(|| exif::read(source))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn photo(name: &str) -> Facts {
        let path = format!("{}/tests/data/photos/{name}.jpg", env!("CARGO_MANIFEST_DIR"));
        read(&mut Cursor::new(std::fs::read(path).unwrap()), MediaType::Jpeg).unwrap()
    }

    #[test]
    fn a_camera_with_satellites_says_when_where_and_with_what() {
        let facts = photo("DSCN0010");
        assert_eq!(facts.size, Some((640, 480)));
        assert_eq!(facts.tags.camera.as_deref(), Some("NIKON COOLPIX P6000"));
        let (latitude, longitude) = facts.tags.place.unwrap();
        assert!((latitude - 43.467_448).abs() < 1e-5 && (longitude - 11.885_127).abs() < 1e-5, "{latitude} {longitude}");
        // 16:28:39 on the camera's clock; the satellites said 14:27:07 UTC, so the clock ran two hours ahead of UTC.
        assert_eq!(facts.tags.taken_at, Some(Moment::parse("2008-10-22T14:28:39Z").unwrap()));
    }

    #[test]
    fn a_phone_without_satellites_says_no_place() {
        let facts = photo("jolla");
        assert!(facts.is_sound && facts.tags.place.is_none() && facts.tags.taken_at.is_some());
        assert_eq!(facts.tags.camera.as_deref(), Some("Jolla"));
    }

    #[test]
    fn a_picture_with_a_place_but_no_time_says_no_time() {
        let facts = photo("67-0_length_string");
        assert!(facts.tags.place.is_some() && facts.tags.taken_at.is_none());
    }

    #[test]
    fn a_file_saved_by_an_editor_says_so_and_what_it_lacks_stays_empty() {
        let tags = photo("no_exif").tags;
        assert_eq!(tags.editor.as_deref(), Some("Adobe Photoshop CC (Macintosh)"));
        assert_eq!((tags.taken_at, tags.place, tags.camera), (None, None, None));
    }

    #[test]
    fn orientation_is_read_and_the_size_is_the_upright_one() {
        for (name, orientation) in [("portrait_6", 6), ("portrait_8", 8), ("landscape_3", 3)] {
            let facts = photo(name);
            assert_eq!(facts.tags.orientation, Some(orientation), "{name}");
            let (width, height) = facts.size.unwrap();
            assert_eq!(height > width, name.starts_with("portrait"), "{name}");
        }
    }

    #[test]
    fn malformed_metadata_neither_stops_the_picture_nor_invents_anything() {
        for name in ["image00971", "image01088", "45-gps_ifd"] {
            let facts = photo(name);
            assert!(facts.is_sound && facts.size.is_some(), "{name}");
            assert!(facts.tags.place.is_none(), "{name} {:?}", facts.tags);
        }
    }

    #[test]
    fn a_file_that_is_not_what_it_claims_is_refused() {
        let refused = read(&mut Cursor::new(b"<html>".as_slice()), MediaType::Jpeg).unwrap_err();
        assert_eq!(refused.code, Code::UnsupportedMediaType);
    }

    #[test]
    fn a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() {
        assert!(is_too_large((20_001, 1)) && is_too_large((10_000, 5_001)) && !is_too_large((10_000, 5_000)));
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x00\xC3\x50\0\x00\xC3\x50\x08\x02\0\0\0".to_vec();
        png.extend(crc32(&png[12..]).to_be_bytes());
        png.extend(b"\0\0\0\0IDAT\x35\xAF\x06\x1E");
        assert_eq!(read(&mut Cursor::new(png), MediaType::Png).unwrap_err().code, Code::TooLarge);
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())))
    }
}
