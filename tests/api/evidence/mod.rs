//! Pictures and signatures over HTTP, on both databases, with real photos.

mod parts;
mod people;
mod receive;
mod show;

use nuanfang::kit::blob::BlobName;
use reqwest::Method;

use crate::kit::people::{Person, Reply};

/// A real photo.
fn photo(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/photos/{name}.jpg", env!("CARGO_MANIFEST_DIR"))).expect("a photo")
}

fn name_of(bytes: &[u8]) -> String {
    BlobName::of_bytes(bytes).to_string()
}

async fn put_as(person: &Person, name: &str, media_type: &str, bytes: &[u8]) -> Reply {
    let request = person.call(Method::PUT, &format!("/evidence/{name}")).header("Content-Type", media_type).body(bytes.to_vec());
    Reply::of(request.send().await.expect("an answer")).await
}

/// Sends a photo under its own name.
async fn put(person: &Person, bytes: &[u8]) -> Reply {
    put_as(person, &name_of(bytes), "image/jpeg", bytes).await
}

/// What `HEAD` says: the status, how many bytes are here, whether that is all.
async fn ask(person: &Person, whole: &[u8]) -> (u16, Option<usize>, String) {
    let answer = person.call(Method::HEAD, &format!("/evidence/{}", name_of(whole))).send().await.expect("an answer");
    let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    (answer.status().as_u16(), header("upload-offset").and_then(|offset| offset.parse().ok()), header("upload-complete").unwrap_or_default())
}
