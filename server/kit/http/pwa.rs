//! The app's own files, built by Vite and carried inside the binary, compressed once at build time.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::problem::{Code, Problem};
use super::ways::Ways;
use crate::kit::digest::hex;

#[derive(RustEmbed)]
#[folder = "pwa/dist"]
#[allow_missing = true]
struct Files;

/// Serves a file of the app; an address that is a page of the app gets its shell.
///
/// # Errors
/// [`Code::NotFound`] for a missing file, and for pages where the app has not been built in; what [`Ways::astray`] says for the API.
pub async fn file(request: HttpRequest, ways: web::Data<Ways>) -> Result<HttpResponse, actix_web::Error> {
    let path = request.path().trim_start_matches('/');
    if path.starts_with("api/") || !matches!(*request.method(), actix_web::http::Method::GET | actix_web::http::Method::HEAD) {
        return Err(ways.astray(&request));
    }
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let path = if is_file { path } else { "index.html" };
    let plain = Files::get(path).ok_or(Problem::of(Code::NotFound))?;
    let (encoding, body) = best_encoding(&request, path).unwrap_or(("identity", plain.clone()));
    let etag = format!("\"{}-{encoding}\"", hex(plain.metadata.sha256_hash().get(..16).unwrap_or_default()));
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::ETAG, etag.clone())).insert_header((header::VARY, "Accept-Encoding"));
    answer.insert_header((header::CACHE_CONTROL, if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" }));
    if request.headers().get(header::IF_NONE_MATCH).is_some_and(|tag| tag.as_bytes() == etag.as_bytes()) {
        return Ok(answer.status(actix_web::http::StatusCode::NOT_MODIFIED).finish());
    }
    answer.insert_header((header::CONTENT_ENCODING, encoding)).content_type(media_type(path));
    Ok(answer.body(body.data.into_owned()))
}

fn best_encoding(request: &HttpRequest, path: &str) -> Option<(&'static str, EmbeddedFile)> {
    let accepted = request.headers().get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    [("br", ".br"), ("gzip", ".gz")].into_iter().find_map(|(name, suffix)| {
        let wanted = accepted.split(',').any(|part| part.split(';').next().is_some_and(|token| token.trim() == name));
        if wanted { Files::get(&format!("{path}{suffix}")).map(|file| (name, file)) } else { None }
    })
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "jpg" | "jpeg" => "image/jpeg",
        "ico" => "image/x-icon",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
