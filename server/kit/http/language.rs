//! The two languages the server speaks.

use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use std::future::{Ready, ready};

crate::words! {
    /// A language of the interface and of the server's words.
    Language {
        /// Simplified Chinese, the default.
        Chinese = "zh-CN",
        /// English.
        English = "en",
    }
}

impl Language {
    /// The first of our languages that `Accept-Language` names; Chinese where it names none.
    #[must_use]
    pub fn accepted(header: Option<&str>) -> Self {
        let tags = header.unwrap_or_default().split(',').filter_map(|part| part.split(';').next());
        for tag in tags.map(|tag| tag.trim().to_ascii_lowercase()) {
            if tag.starts_with("zh") {
                return Self::Chinese;
            }
            if tag.starts_with("en") {
                return Self::English;
            }
        }
        Self::Chinese
    }

    /// Of a request.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        Self::accepted(request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()))
    }
}

impl FromRequest for Language {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}
