//! An answer of which long parts are written already: they are kept deflated, once for however many are sent them, and sent as they lie.

use std::future::{Ready, ready};
use std::io;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use bytes::Bytes;
use serde::Serialize;
use serde_json::value::RawValue;

use super::block::{Block, Gzip};
use super::problem::Problem;

/// A part of an answer that is written already: where its mark is written, these blocks are sent.
#[derive(Debug, Clone)]
pub struct Part {
    mark: Arc<RawValue>,
    blocks: Vec<Arc<Block>>,
}

impl Part {
    /// Blocks that together are one value of JSON.
    ///
    /// # Errors
    /// When its mark cannot be written.
    pub fn of(blocks: Vec<Arc<Block>>) -> Result<Self, Problem> {
        Ok(Self { mark: serde_json::value::to_raw_value("").map(Arc::from).map_err(Problem::unexpected)?, blocks })
    }
}

/// Writes its mark, which only [`json`] can read.
impl Serialize for Part {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.mark.serialize(serializer)
    }
}

/// Whether who asks can read gzip.
#[derive(Debug, Clone, Copy)]
pub struct ReadsGzip(pub bool);

impl FromRequest for ReadsGzip {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let is_gzip = |part: &str| {
            let mut words = part.split(';').map(str::trim);
            words.next() == Some("gzip") && !words.any(|word| word.strip_prefix("q=").is_some_and(|weight| weight.parse() == Ok(0.0)))
        };
        ready(Ok(Self(accepted.split(',').any(is_gzip))))
    }
}

/// The whole of an answer in JSON, the blocks of these parts as they are, or inflated one by one for who cannot read them.
///
/// # Errors
/// When it cannot be written.
pub fn json(value: &impl Serialize, parts: &[Part], ReadsGzip(reads_gzip): ReadsGzip) -> Result<HttpResponse, Problem> {
    let blocks = blocks(value, parts)?;
    let mut answer = HttpResponse::Ok();
    answer.content_type("application/json").insert_header((header::VARY, "Accept-Encoding"));
    if reads_gzip {
        let mut gzip = Gzip::default();
        blocks.iter().for_each(|block| gzip.add(block));
        let whole = gzip.finish();
        let length = whole.iter().map(|piece| u64::try_from(piece.len()).unwrap_or_default()).sum();
        let body = futures_util::stream::iter(whole.into_iter().map(Ok::<_, actix_web::Error>));
        return Ok(answer.insert_header((header::CONTENT_ENCODING, "gzip")).no_chunking(length).streaming(body));
    }
    let length = blocks.iter().map(|block| u64::try_from(block.len()).unwrap_or_default()).sum();
    let inflated = blocks.into_iter().map(|block| block.text().map(Bytes::from).map_err(actix_web::Error::from));
    Ok(answer.insert_header((header::CONTENT_ENCODING, "identity")).no_chunking(length).streaming(futures_util::stream::iter(inflated)))
}

fn blocks(value: &impl Serialize, parts: &[Part]) -> Result<Vec<Arc<Block>>, Problem> {
    let mut writer = Writer { parts, done: Vec::new(), text: Vec::new() };
    serde_json::to_writer(&mut writer, value).map_err(Problem::unexpected)?;
    writer.end_text().map_err(Problem::unexpected)?;
    Ok(writer.done)
}

/// Takes what is written, and the blocks of a part where its mark comes.
struct Writer<'a> {
    parts: &'a [Part],
    done: Vec<Arc<Block>>,
    text: Vec<u8>,
}

impl Writer<'_> {
    fn end_text(&mut self) -> io::Result<()> {
        let text = std::mem::take(&mut self.text);
        if !text.is_empty() {
            self.done.push(Arc::new(Block::of(&text).map_err(|_| io::Error::other("not deflated"))?));
        }
        Ok(())
    }
}

impl io::Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let part = self.parts.iter().find(|part| std::ptr::eq(part.mark.get().as_bytes(), bytes));
        if let Some(part) = part {
            self.end_text()?;
            self.done.extend(part.blocks.iter().cloned());
        } else {
            self.text.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Serialize)]
    struct Whole {
        before: &'static str,
        list: Part,
        after: &'static str,
    }

    #[test]
    fn blocks_stay_as_they_are_and_the_whole_reads_as_if_they_did_not() {
        let blocks: Vec<Arc<Block>> = ["[7,", "8", "]"].iter().map(|text| Arc::new(Block::of(text.as_bytes()).expect("deflated"))).collect();
        let list = Part::of(blocks.clone()).expect("a part");
        let whole = Whole { before: "", list: list.clone(), after: "后" };
        let written = super::blocks(&whole, &[list]).expect("written");
        assert!(blocks.iter().all(|block| written.iter().any(|one| Arc::ptr_eq(one, block))), "a block was copied");
        let text: Vec<u8> = written.iter().flat_map(|block| block.text().expect("inflated")).collect();
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&text).expect("JSON"), json!({"before": "", "list": [7, 8], "after": "后"}));
    }
}
