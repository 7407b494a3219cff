//! Walks a JPEG's markers without decoding it: how large it is, whether its end came, and whether decoding it is affordable.
//!
//! A file of 38 KB can be legal and take a minute: tens of thousands of scans, each of them another pass over the whole picture.

use std::io::{self, Read};

use crate::kit::blob::Source;

/// Real progressive pictures have about ten.
const MOST_SCANS: u64 = 50;
/// Passes over pixels that one picture may cost: twelve scans of the largest one taken.
const MOST_WORK: u64 = 600_000_000;

/// What the markers say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Survey {
    /// Pixels across and down, as stored; none where no frame begins.
    pub size: Option<(u32, u32)>,
    /// Whether the picture's end was reached, and decoding it is affordable.
    pub is_sound: bool,
}

/// Walks the markers from the file's beginning.
///
/// # Errors
/// When the source cannot be read; a file that ends early is no error but unsound.
pub fn survey(source: &mut dyn Source) -> io::Result<Survey> {
    let mut size = None;
    let is_sound = match walk(source, &mut size) {
        Ok(sound) => sound,
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => false,
        Err(error) => return Err(error),
    };
    let size = size.filter(|(width, height)| *width > 0 && *height > 0);
    Ok(Survey { size, is_sound: is_sound && size.is_some() })
}

/// Metadata that is looked for no farther than this.
const LONGEST_HEAD: u64 = 2 << 20;

/// What stands before the picture itself: all metadata does, and a reader that looks for it beyond looks through every byte.
///
/// # Errors
/// When the source cannot be read.
pub fn head(source: &mut dyn Source) -> io::Result<Vec<u8>> {
    let end = loop {
        match next_marker(source) {
            Ok(0xDA | 0xD9) => break source.stream_position()?,
            Ok(0x01 | 0xD0..=0xD8) => {}
            Ok(_) => match skip_segment(source) {
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break source.stream_position()?,
                skipped => skipped?,
            },
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break source.stream_position()?,
            Err(error) => return Err(error),
        }
    };
    source.rewind()?;
    let mut head = Vec::new();
    source.take(end.min(LONGEST_HEAD)).read_to_end(&mut head)?;
    Ok(head)
}

fn walk(source: &mut dyn Source, size: &mut Option<(u32, u32)>) -> io::Result<bool> {
    let mut scans = 0;
    let mut marker = next_marker(source)?;
    loop {
        marker = match marker {
            // End of image.
            0xD9 => return Ok(true),
            // Start of scan: behind its header stands compressed data up to the next marker.
            0xDA => {
                scans += 1;
                let pixels = size.map_or(0, |(width, height)| u64::from(width) * u64::from(height));
                if scans > MOST_SCANS || scans * pixels > MOST_WORK {
                    return Ok(false);
                }
                skip_segment(source)?;
                next_marker_in_data(source)?
            }
            // Start of frame, in its thirteen kinds. A second one is nothing a camera writes.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                if size.is_some() {
                    return Ok(false);
                }
                *size = Some(read_frame(source)?);
                next_marker(source)?
            }
            // Markers that stand alone.
            0x01 | 0xD0..=0xD8 => next_marker(source)?,
            _ => {
                skip_segment(source)?;
                next_marker(source)?
            }
        };
    }
}

fn next_marker(source: &mut dyn Source) -> io::Result<u8> {
    loop {
        source.skip_until(0xFF)?;
        let mut byte = read_byte(source)?;
        while byte == 0xFF {
            byte = read_byte(source)?;
        }
        if byte != 0 {
            return Ok(byte);
        }
    }
}

/// In compressed data a stuffed zero and the restart markers are no markers.
fn next_marker_in_data(source: &mut dyn Source) -> io::Result<u8> {
    loop {
        // A picture has thousands of those: they are passed over where they lie.
        let held = source.fill_buf()?;
        let is_data = |at: &usize| held.get(at + 1).is_some_and(|next| matches!(next, 0 | 0xD0..=0xD7));
        let data = memchr::memchr_iter(0xFF, held).find(|at| !is_data(at)).unwrap_or(held.len());
        let goes_on = data > 0 && data == held.len();
        source.consume(data);
        if goes_on {
            continue;
        }
        let marker = next_marker(source)?;
        if !(0xD0..=0xD7).contains(&marker) {
            return Ok(marker);
        }
    }
}

fn read_frame(source: &mut dyn Source) -> io::Result<(u32, u32)> {
    let length = read_u16(source)?;
    read_byte(source)?;
    let (height, width) = (read_u16(source)?, read_u16(source)?);
    skip(source, i64::from(length) - 7)?;
    Ok((u32::from(width), u32::from(height)))
}

fn skip_segment(source: &mut dyn Source) -> io::Result<()> {
    let length = read_u16(source)?;
    skip(source, i64::from(length) - 2)
}

fn skip(source: &mut dyn Source, bytes: i64) -> io::Result<()> {
    // Beyond the end a file reads as ended, which is what it is.
    if bytes > 0 { source.seek(io::SeekFrom::Current(bytes)).map(drop) } else { Ok(()) }
}

fn read_byte(source: &mut dyn Source) -> io::Result<u8> {
    let mut byte = [0];
    source.read_exact(&mut byte)?;
    Ok(byte[0])
}

fn read_u16(source: &mut dyn Source) -> io::Result<u16> {
    Ok(u16::from_be_bytes([read_byte(source)?, read_byte(source)?]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    const PHOTO: &[u8] = include_bytes!("../../tests/data/photos/portrait_6.jpg");

    fn of(bytes: &[u8]) -> Survey {
        survey(&mut Cursor::new(bytes)).unwrap()
    }

    #[test]
    fn a_whole_photo_is_sound_and_a_cut_one_is_not_wherever_it_is_cut() {
        let whole = of(PHOTO);
        assert!(whole.is_sound && whole.size.is_some());
        for cut in [2, 3, 20, 700, 5_000, PHOTO.len() / 2, PHOTO.len() - 2, PHOTO.len() - 1] {
            assert!(!of(&PHOTO[..cut]).is_sound, "cut at {cut}");
        }
    }

    #[test]
    fn what_follows_the_end_of_the_picture_does_not_matter() {
        assert_eq!(of(&[PHOTO, b"a film of three seconds"].concat()), of(PHOTO));
    }

    /// A frame of the given size and so many scans of nothing.
    fn scans(width: u16, height: u16, count: usize) -> Vec<u8> {
        let mut file = vec![0xFF, 0xD8, 0xFF, 0xC2, 0, 11, 8];
        file.extend(height.to_be_bytes());
        file.extend(width.to_be_bytes());
        file.extend([1, 1, 0x11, 0]);
        for _ in 0..count {
            file.extend([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0x12, 0xFF, 0x00, 0x34]);
        }
        file.extend([0xFF, 0xD9]);
        file
    }

    #[test]
    fn eighty_thousand_scans_are_refused_and_ten_are_not() {
        assert_eq!(of(&scans(8_000, 6_000, 10)), Survey { size: Some((8_000, 6_000)), is_sound: true });
        assert!(!of(&scans(1, 1, 80_000)).is_sound);
        assert!(!of(&scans(8_000, 6_000, 20)).is_sound);
    }
}
