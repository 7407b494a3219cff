//! Text kept deflated, in blocks that each stand by itself: what many are sent is deflated once, and an answer is put together of blocks
//! without reading them. RFC 1951: a block ends on a whole byte and nothing behind it refers to what was before. RFC 1952: the frame.

use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use flate2::{Compress, Compression, Crc, Decompress, FlushCompress, FlushDecompress};

use super::problem::Problem;

/// What every file of gzip begins with: deflated, no name, no time, made anywhere.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
/// The last of all blocks, which holds nothing.
const LAST: [u8; 2] = [3, 0];

/// Bytes of all blocks that are held by anybody.
static HELD: AtomicUsize = AtomicUsize::new(0);

/// A piece of text, deflated.
#[derive(Debug)]
pub struct Block {
    deflated: Bytes,
    crc: Crc,
}

/// Counted as long as anybody holds them, be it a line that takes minutes.
struct Counted(Vec<u8>);

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        HELD.fetch_sub(self.0.len(), Ordering::Relaxed);
    }
}

impl Block {
    /// Deflates a text.
    ///
    /// # Errors
    /// When it cannot be deflated.
    pub fn of(text: &[u8]) -> Result<Self, Problem> {
        let mut crc = Crc::new();
        crc.update(text);
        let mut deflated = Vec::with_capacity(text.len() / 4 + 64);
        let mut compress = Compress::new(Compression::new(5), false);
        loop {
            let read = usize::try_from(compress.total_in()).unwrap_or(usize::MAX);
            let rest = text.get(read..).unwrap_or_default();
            compress.compress_vec(rest, &mut deflated, FlushCompress::Full).map_err(Problem::unexpected)?;
            let is_read = usize::try_from(compress.total_in()).unwrap_or(usize::MAX) == text.len();
            // Room that is left over says that nothing was held back for want of it.
            if is_read && deflated.len() < deflated.capacity() {
                break;
            }
            deflated.reserve(deflated.len().max(64));
        }
        deflated.shrink_to_fit();
        HELD.fetch_add(deflated.len(), Ordering::Relaxed);
        Ok(Self { deflated: Bytes::from_owner(Counted(deflated)), crc })
    }

    /// The text.
    ///
    /// # Errors
    /// When it cannot be inflated.
    pub fn text(&self) -> Result<Vec<u8>, Problem> {
        // One byte of room more than there is text: what is full may have been cut.
        let mut text = Vec::with_capacity(self.len() + 1);
        Decompress::new(false).decompress_vec(&self.deflated, &mut text, FlushDecompress::Sync).map_err(Problem::unexpected)?;
        Ok(text)
    }

    /// Bytes of the text.
    #[must_use]
    pub fn len(&self) -> usize {
        usize::try_from(self.crc.amount()).unwrap_or(usize::MAX)
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of all blocks that are held: in a cache, or by a line that has not taken them yet.
    #[must_use]
    pub fn all_held() -> usize {
        HELD.load(Ordering::Relaxed)
    }
}

/// A file of gzip, block by block.
#[derive(Debug, Default)]
pub struct Gzip {
    pieces: Vec<Bytes>,
    crc: Crc,
}

impl Gzip {
    /// Adds a block.
    pub fn add(&mut self, block: &Block) {
        self.crc.combine(&block.crc);
        self.pieces.push(block.deflated.clone());
    }

    /// The whole of it.
    #[must_use]
    pub fn finish(self) -> Vec<Bytes> {
        let mut tail = LAST.to_vec();
        tail.extend_from_slice(&self.crc.sum().to_le_bytes());
        tail.extend_from_slice(&self.crc.amount().to_le_bytes());
        let mut whole = vec![Bytes::from_static(&HEAD)];
        whole.extend(self.pieces);
        whole.push(Bytes::from(tail));
        whole
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn blocks_read_as_one_file_and_each_by_itself(texts in prop::collection::vec(prop_oneof![".{0,400}", "[ab]{0,4000}", Just("户".repeat(30_000))], 0..8)) {
            let mut gzip = Gzip::default();
            for text in &texts {
                let block = Block::of(text.as_bytes()).expect("deflated");
                prop_assert_eq!(block.text().expect("inflated"), text.as_bytes());
                gzip.add(&block);
            }
            let file = gzip.finish().concat();
            let mut read = String::new();
            GzDecoder::new(&file[..]).read_to_string(&mut read).expect("gzip");
            prop_assert_eq!(read, texts.concat());
        }
    }
}
