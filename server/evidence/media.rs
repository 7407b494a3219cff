//! What a file is, told by its first bytes; what it is called says nothing.

use crate::kit::blob::Source;

crate::words! {
    /// The types of file taken as evidence.
    MediaType {
        /// A photo.
        Jpeg = "image/jpeg",
        /// A signature, mostly.
        Png = "image/png",
        /// A photo.
        Webp = "image/webp",
        /// A photo as some phones keep it: kept, not drawn here.
        Heic = "image/heic",
        /// A scanned document: kept, not drawn here.
        Pdf = "application/pdf",
    }
}

/// Bytes that tell every type apart.
const HEAD_BYTES: usize = 64;
/// The brands of HEIF files whose pictures are HEVC-coded.
const HEIC_BRANDS: [&[u8]; 9] = [b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1"];

impl MediaType {
    /// Reads the type that a request claims; parameters and case do not matter.
    #[must_use]
    pub fn claimed(header: &str) -> Option<Self> {
        let essence = header.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        Self::parse(if essence == "image/heif" { "image/heic" } else { &essence })
    }

    /// The type the first bytes show.
    #[must_use]
    pub fn shown_by(head: &[u8]) -> Option<Self> {
        let at = |from: usize, to: usize| head.get(from..to).unwrap_or_default();
        if head.starts_with(&[0xFF, 0xD8, 0xFF]) {
            Some(Self::Jpeg)
        } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if head.starts_with(b"RIFF") && at(8, 12) == b"WEBP" {
            Some(Self::Webp)
        } else if at(4, 8) == b"ftyp" && HEIC_BRANDS.contains(&at(8, 12)) {
            Some(Self::Heic)
        } else if head.starts_with(b"%PDF-") {
            Some(Self::Pdf)
        } else {
            None
        }
    }

    /// The type a file shows; it is rewound.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(source: &mut dyn Source) -> std::io::Result<Option<Self>> {
        let mut head = [0; HEAD_BYTES];
        let mut filled = 0;
        while let Some(rest) = head.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match source.read(rest)? {
                0 => break,
                more => filled += more,
            }
        }
        source.rewind()?;
        Ok(Self::shown_by(head.get(..filled).unwrap_or_default()))
    }

    /// The decoder for it; none for what is kept without being drawn.
    #[must_use]
    pub const fn format(self) -> Option<image::ImageFormat> {
        match self {
            Self::Jpeg => Some(image::ImageFormat::Jpeg),
            Self::Png => Some(image::ImageFormat::Png),
            Self::Webp => Some(image::ImageFormat::WebP),
            Self::Heic | Self::Pdf => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        let shown = |bytes: &[u8]| MediaType::of(&mut Cursor::new(bytes)).unwrap();
        assert_eq!(shown(include_bytes!("../../tests/data/photos/no_exif.jpg")), Some(MediaType::Jpeg));
        assert_eq!(shown(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Some(MediaType::Png));
        assert_eq!(shown(b"RIFF\x24\0\0\0WEBPVP8 "), Some(MediaType::Webp));
        assert_eq!(shown(b"\0\0\0\x18ftypheic\0\0\0\0"), Some(MediaType::Heic));
        assert_eq!(shown(b"%PDF-1.7\n"), Some(MediaType::Pdf));
        for other in [&b""[..], b"\xFF\xD8", b"GIF89a", b"<svg>", b"RIFF\x24\0\0\0WAVE", b"\0\0\0\x18ftypmp42", b"PK\x03\x04"] {
            assert_eq!(shown(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_claim_may_carry_parameters_and_heif_is_heic() {
        assert_eq!(MediaType::claimed("Image/JPEG; charset=binary"), Some(MediaType::Jpeg));
        assert_eq!(MediaType::claimed("image/heif"), Some(MediaType::Heic));
        assert_eq!(MediaType::claimed("text/html"), None);
    }
}
