//! JSON bodies, bounded, with a pointer to the field that could not be read.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use bytes::{Bytes, BytesMut};
use serde::de::DeserializeOwned;

use super::gate::chunk_of;
use super::problem::{Code, Problem};

/// A JSON body of at most `LIMIT` bytes (1 MiB where nothing else is said).
#[derive(Debug)]
pub struct Body<T, const LIMIT: usize = 1_048_576>(pub T);

impl<T: DeserializeOwned + 'static, const LIMIT: usize> FromRequest for Body<T, LIMIT> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = read_body(request, payload, LIMIT);
        Box::pin(async move { Ok(Self(parse(&bytes.await?)?)) })
    }
}

/// Reads JSON; what cannot be read is named by its JSON pointer.
///
/// # Errors
/// [`Code::BadRequest`] for what is no JSON, [`Code::Invalid`] for a field of the wrong form.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        if error.inner().is_syntax() || error.inner().is_eof() {
            return Problem::of(Code::BadRequest);
        }
        let missing = error.inner().to_string().starts_with("missing field");
        Problem::field(pointer(error.path()), if missing { "missing" } else { "bad_format" })
    })?;
    reader.end().map_err(|_| Problem::of(Code::BadRequest))?;
    Ok(value)
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let segment = |segment: &Segment| match segment {
        Segment::Seq { index } => index.to_string(),
        Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
        Segment::Enum { variant } => variant.clone(),
        Segment::Unknown => String::new(),
    };
    path.iter().map(|s| format!("/{}", segment(s))).collect()
}

/// Collects a body up to a limit.
///
/// # Errors
/// [`Code::TooLarge`] past the limit, [`Code::BadRequest`] when the line is cut.
pub fn read_body(request: &HttpRequest, payload: &mut Payload, limit: usize) -> impl Future<Output = Result<Bytes, Problem>> + 'static {
    let declared = request.headers().get("content-length").and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<usize>().ok());
    let mut stream = web::Payload::from_request(request, payload);
    async move {
        if declared.is_some_and(|length| length > limit) {
            return Err(Problem::of(Code::TooLarge));
        }
        let Ok(stream) = (&mut stream).await else { return Err(Problem::of(Code::BadRequest)) };
        let mut stream = stream;
        let mut body = BytesMut::with_capacity(declared.unwrap_or(4_096).min(limit));
        while let Some(chunk) = chunk_of(&mut stream).await? {
            if body.len() + chunk.len() > limit {
                return Err(Problem::of(Code::TooLarge));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    }
}
