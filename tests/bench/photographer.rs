//! Pictures to send: as large as a phone's, none like another, and none that costs the generator a coding.

use nuanfang::kit::clock::Clock;

/// Makes photos of about 300 KB, each of a look of its own: the strips of one picture in an order of their own.
pub struct Photographer {
    /// All before the picture's first strip.
    head: Vec<u8>,
    /// Coded each by itself, so that they may stand in any order.
    strips: Vec<Vec<u8>>,
    signature: Vec<u8>,
    turn: u64,
    seed: u32,
}

/// Pixels of a strip: a row of what JPEG codes together.
const STRIP: u32 = 8;
const WIDTH: u16 = 1_600;
const HEIGHT: u16 = 1_200;

impl Photographer {
    pub fn new() -> Self {
        let mut seed = 1;
        let tone = |v: u32| u8::try_from(v % 220).unwrap_or_default();
        let mut coded = (0..u32::from(HEIGHT) / STRIP).map(|strip| {
            let picture = image::RgbImage::from_fn(WIDTH.into(), STRIP, |x, y| {
                let (y, grain) = (strip * STRIP + y, u8::try_from(next(&mut seed) >> 27).unwrap_or_default());
                image::Rgb([tone(x / 8).saturating_add(grain), tone(y / 6).saturating_add(grain), tone((x + y) / 13).saturating_add(grain)])
            });
            let mut jpeg = std::io::Cursor::new(Vec::new());
            image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 72).encode_image(&picture).expect("a JPEG");
            jpeg.into_inner()
        });
        let first = coded.next().expect("a strip");
        let scan = scan_of(&first);
        let mut head = first[..scan].to_vec();
        let size = find(&head, &[0xff, 0xc0]) + 5;
        head[size..size + 2].copy_from_slice(&HEIGHT.to_be_bytes());
        // Strips stand by themselves: marker FF DD, length 4, blocks of a strip.
        let blocks = WIDTH / u16::try_from(STRIP).expect("few");
        let restart = [&[0xff, 0xdd, 0, 4], blocks.to_be_bytes().as_slice()].concat();
        head.splice(2..2, restart);
        let strips: Vec<Vec<u8>> = std::iter::once(first.clone()).chain(coded).map(|jpeg| jpeg[scan_of(&jpeg)..jpeg.len() - 2].to_vec()).collect();
        let ink = image::GrayImage::from_fn(600, 240, |x, y| image::Luma([if (x * 3 + y * 7) % 97 < 4 { 0 } else { 255 }]));
        let mut signature = std::io::Cursor::new(Vec::new());
        ink.write_to(&mut signature, image::ImageFormat::Png).expect("a PNG");
        // Unlike the photos of any run before.
        let now = u64::try_from(Clock::system().now().ms()).unwrap_or_default();
        let (turn, seed) = (now << 20, u32::try_from(now & 0xffff_ffff).expect("cut"));
        Self { head, strips, signature: signature.into_inner(), turn, seed }
    }

    /// After the start-of-image marker comes a comment: marker FF FE, length 10, eight bytes of its own.
    pub fn photo(&mut self) -> Vec<u8> {
        self.turn += 1;
        for place in (1..self.strips.len()).rev() {
            self.strips.swap(place, usize::try_from(next(&mut self.seed) >> 8).expect("small") % (place + 1));
        }
        let mut bytes = Vec::with_capacity(400_000);
        bytes.extend_from_slice(&self.head[..2]);
        bytes.extend_from_slice(&[0xff, 0xfe, 0, 10]);
        bytes.extend_from_slice(&self.turn.to_be_bytes());
        bytes.extend_from_slice(&self.head[2..]);
        for (n, strip) in (0_u8..).zip(&self.strips) {
            if n > 0 {
                bytes.extend_from_slice(&[0xff, 0xd0 + (n - 1) % 8]);
            }
            bytes.extend_from_slice(strip);
        }
        bytes.extend_from_slice(&[0xff, 0xd9]);
        bytes
    }

    /// Bytes after the last chunk of a PNG are read by nobody.
    pub fn signature(&mut self) -> Vec<u8> {
        self.turn += 1;
        let mut bytes = self.signature.clone();
        bytes.extend_from_slice(&self.turn.to_be_bytes());
        bytes
    }
}

fn next(seed: &mut u32) -> u32 {
    *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    *seed
}

fn find(bytes: &[u8], marker: &[u8]) -> usize {
    bytes.windows(marker.len()).position(|window| window == marker).expect("a marker")
}

/// Where the coded picture begins, behind its own head.
fn scan_of(jpeg: &[u8]) -> usize {
    let start = find(jpeg, &[0xff, 0xda]);
    start + 2 + usize::from(u16::from_be_bytes([jpeg[start + 2], jpeg[start + 3]]))
}
