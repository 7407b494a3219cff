//! `If-Match`: an update names the version it read.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::IF_MATCH;
use actix_web::{FromRequest, HttpRequest};

use super::problem::{Code, Problem};

/// The version a change is based on; `If-Match: "3"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub i64);

impl IfMatch {
    /// Holds it against the version that is stored.
    ///
    /// # Errors
    /// [`Code::StaleVersion`] when somebody changed the thing meanwhile.
    pub fn must_be(self, stored: i64) -> Result<(), Problem> {
        if self.0 == stored { Ok(()) } else { Err(Problem::of(Code::StaleVersion)) }
    }
}

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.headers().get(IF_MATCH).ok_or(Problem::of(Code::VersionMissing)).and_then(|value| {
            let text = value.to_str().unwrap_or_default().trim();
            let text = text.strip_prefix("W/").unwrap_or(text).trim_matches('"');
            // A version nobody can have handed out is stale, whatever it looks like.
            text.parse().map(Self).map_err(|_| Problem::of(Code::StaleVersion))
        }))
    }
}
