//! What the app's pages may load, and from where.

use actix_web::http::header::HeaderValue;

/// The content security policy of every answer.
#[derive(Debug, Clone)]
pub struct ContentPolicy(HeaderValue);

impl ContentPolicy {
    /// Everything from here; pictures, and what is fetched, also from these origins.
    #[must_use]
    pub fn with(origins: &[&str]) -> Self {
        let others: String = origins.iter().map(|origin| format!(" {origin}")).collect();
        let text = format!(
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:{others}; \
             media-src 'self' blob:; connect-src 'self'{others}; worker-src 'self' blob:; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
             form-action 'self'"
        );
        Self(HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'")))
    }

    /// As a header's value.
    #[must_use]
    pub fn value(&self) -> HeaderValue {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_fetched_comes_from_here_and_from_the_origins_named() {
        let text = |origins: &[&str]| ContentPolicy::with(origins).value().to_str().unwrap().to_owned();
        assert!(text(&[]).contains("img-src 'self' blob: data:; ") && text(&[]).contains("connect-src 'self';"));
        let with = text(&["https://tiles.example.cn"]);
        assert!(with.contains("data: https://tiles.example.cn;") && with.contains("connect-src 'self' https://tiles.example.cn;"));
        assert!(with.contains("script-src 'self' 'wasm-unsafe-eval';"));
    }

    #[test]
    fn what_cannot_be_a_header_lets_nothing_in() {
        assert_eq!(ContentPolicy::with(&["a\nb"]).value(), "default-src 'none'");
    }
}
