//! The refresh cookie, and where a request came from that uses it.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use crate::config::Settings;
use crate::kit::clock::Moment;
use crate::kit::http::problem::{Code, Problem};

const NAME: &str = "nuanfang_refresh";
const PATH: &str = "/api/v1/session";

/// The cookie that carries a refresh token until then.
pub(super) fn with(token: &str, expires_at: Moment, now: Moment, settings: &Settings) -> Cookie<'static> {
    let seconds = expires_at.since(now).max(0) / 1_000;
    bare(token.to_owned(), settings).max_age(Duration::seconds(seconds)).finish()
}

/// The cookie that makes a browser forget.
pub(super) fn without(settings: &Settings) -> Cookie<'static> {
    bare(String::new(), settings).max_age(Duration::ZERO).finish()
}

fn bare(value: String, settings: &Settings) -> actix_web::cookie::CookieBuilder<'static> {
    Cookie::build(NAME, value).path(PATH).http_only(true).same_site(SameSite::Strict).secure(settings.secure_cookies)
}

/// The refresh token of a request.
pub(super) fn token(request: &HttpRequest) -> Option<String> {
    request.cookie(NAME).map(|cookie| cookie.value().to_owned()).filter(|token| !token.is_empty())
}

/// Lets only our own pages and plain programs use the cookie: a browser says where a request comes from, and a foreign page can
/// neither change that nor add a header of its own.
pub(super) fn from_our_own_page(request: &HttpRequest) -> Result<(), Problem> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let ours = match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => header("host").is_some_and(|host| origin.split_once("://").is_some_and(|(_, from)| from == host)),
        (None, None) => header("x-requested-with").is_some(),
    };
    if ours { Ok(()) } else { Err(Problem::of(Code::Forbidden)) }
}

/// Refuses what a browser says comes from a foreign page, so that nobody is signed in as somebody else behind their back.
pub(super) fn not_from_a_foreign_page(request: &HttpRequest) -> Result<(), Problem> {
    let says = ["sec-fetch-site", "origin"].iter().any(|name| request.headers().contains_key(*name));
    if says { from_our_own_page(request) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn judged(headers: &[(&'static str, &'static str)]) -> bool {
        let request = headers.iter().fold(TestRequest::default().insert_header(("host", "a.example")), |r, h| r.insert_header(*h));
        from_our_own_page(&request.to_http_request()).is_ok()
    }

    #[test]
    fn only_our_own_pages_and_plain_programs_may_use_the_cookie() {
        assert!(judged(&[("sec-fetch-site", "same-origin")]));
        assert!(judged(&[("origin", "https://a.example")]));
        assert!(judged(&[("x-requested-with", "curl")]));
        assert!(!judged(&[]));
        assert!(!judged(&[("sec-fetch-site", "cross-site"), ("x-requested-with", "x")]));
        assert!(!judged(&[("sec-fetch-site", "same-site")]));
        assert!(!judged(&[("origin", "https://b.example")]));
        assert!(!judged(&[("origin", "null")]));
    }

    #[test]
    fn the_cookie_is_for_this_path_and_for_no_script() {
        let settings = Settings::try_from(crate::config::Given { secure_cookies: Some(true), ..crate::config::Given::default() }).unwrap();
        let text = with("t", Moment::from_ms(5_000), Moment::from_ms(0), &settings).to_string();
        assert_eq!(text, "nuanfang_refresh=t; HttpOnly; SameSite=Strict; Secure; Path=/api/v1/session; Max-Age=5");
    }
}
