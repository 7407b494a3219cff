//! An answer of which long parts are written already: they are sent as they lie in memory, once for however many are sent them.

use std::io;
use std::sync::Arc;

use actix_web::HttpResponse;
use bytes::Bytes;
use serde::Serialize;
use serde_json::value::RawValue;

use super::problem::Problem;

/// Bytes handed to a line at once.
const PIECE: usize = 32 * 1_024;

/// The whole of an answer in JSON. Of these parts none is copied.
///
/// # Errors
/// When it cannot be written.
pub fn json(value: &impl Serialize, parts: &[Arc<RawValue>]) -> Result<HttpResponse, Problem> {
    let pieces = pieces(value, parts)?;
    let length = pieces.iter().map(|piece| u64::try_from(piece.len()).unwrap_or_default()).sum();
    // In small pieces: each one is copied into its line's buffer as a whole.
    let small = pieces.into_iter().flat_map(|piece| (0..piece.len()).step_by(PIECE).map(move |at| piece.slice(at..piece.len().min(at + PIECE))));
    let body = futures_util::stream::iter(small.map(Ok::<_, actix_web::Error>));
    Ok(HttpResponse::Ok().content_type("application/json").no_chunking(length).streaming(body))
}

fn pieces(value: &impl Serialize, parts: &[Arc<RawValue>]) -> Result<Vec<Bytes>, Problem> {
    let mut writer = Writer { parts, done: Vec::new(), text: Vec::new() };
    serde_json::to_writer(&mut writer, value).map_err(Problem::unexpected)?;
    writer.end_text();
    Ok(writer.done)
}

struct Part(Arc<RawValue>);

impl AsRef<[u8]> for Part {
    fn as_ref(&self) -> &[u8] {
        self.0.get().as_bytes()
    }
}

/// Takes what is written; a part that comes as it lies in memory is kept where it lies.
struct Writer<'a> {
    parts: &'a [Arc<RawValue>],
    done: Vec<Bytes>,
    text: Vec<u8>,
}

impl Writer<'_> {
    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.done.push(Bytes::from(std::mem::take(&mut self.text)));
        }
    }
}

impl io::Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let part = self.parts.iter().find(|part| std::ptr::eq(part.get().as_bytes(), bytes));
        if let Some(part) = part {
            self.end_text();
            self.done.push(Bytes::from_owner(Part(Arc::clone(part))));
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
        before: u8,
        list: Arc<RawValue>,
        after: &'static str,
    }

    #[test]
    fn parts_stay_where_they_lie_and_the_whole_reads_as_if_they_did_not() {
        let list: Arc<RawValue> = serde_json::value::to_raw_value(&vec![7; 10_000]).map(Arc::from).expect("JSON");
        let whole = Whole { before: 1, list: Arc::clone(&list), after: "后" };
        let pieces = pieces(&whole, &[Arc::clone(&list)]).expect("written");
        assert!(pieces.iter().any(|piece| std::ptr::eq(&raw const piece[..], &raw const *list.get().as_bytes())), "the list was copied");
        let text = pieces.concat();
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&text).expect("JSON"), json!({"before": 1, "list": vec![7; 10_000], "after": "后"}));
    }
}
