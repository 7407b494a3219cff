//! Evidence bytes: durable under their own hash or not there at all, in a folder and on S3 alike.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use futures_util::TryStreamExt;
use nuanfang::kit::blob::{BlobName, Blobs};
use nuanfang::kit::clock::{DAY_MS, Moment};
use nuanfang::kit::http::problem::{Code, Problem};
use s3s::service::{S3Service, S3ServiceBuilder};
use tempfile::TempDir;

use crate::kit::BEGINNING;

const LIMIT: u64 = 15 << 20;

struct Shop {
    blobs: Blobs,
    folder: TempDir,
}

fn in_folder() -> Shop {
    let folder = tempfile::tempdir().expect("a folder");
    let blobs = Blobs::open(&format!("file://{}", folder.path().display()), folder.path(), BEGINNING).expect("it opens");
    Shop { blobs, folder }
}

fn on_s3() -> Shop {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("s3");
    std::fs::create_dir_all(root.join("evidence")).expect("a bucket");
    let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(&root).expect("an S3 store"));
    service.set_auth(s3s::auth::SimpleAuth::from_single("key", "secret"));
    let service = service.build();
    let server =
        HttpServer::new(move || App::new().app_data(web::Data::new(service.clone())).app_data(web::PayloadConfig::new(1 << 25)).default_service(web::to(s3)))
            .workers(1)
            .bind("127.0.0.1:0")
            .expect("a port");
    let endpoint = format!("http://{}", server.addrs()[0]);
    actix_web::rt::spawn(server.disable_signals().run());
    let builder = object_store::aws::AmazonS3Builder::new().with_bucket_name("evidence").with_region("cn-east-1");
    let store = builder.with_access_key_id("key").with_secret_access_key("secret").with_allow_http(true).with_endpoint(endpoint).build().expect("a client");
    let blobs = Blobs::over(Arc::new(store), "season/2027".into(), &folder.path().join("scratch"), BEGINNING).expect("it opens");
    Shop { blobs, folder }
}

async fn s3(request: HttpRequest, body: bytes::Bytes, service: web::Data<S3Service>) -> HttpResponse {
    let mut asked = s3s::HttpRequest::new(s3s::Body::from(body));
    *asked.method_mut() = request.method().as_str().parse().expect("a method");
    *asked.uri_mut() = format!("http://{}{}", request.connection_info().host(), request.uri()).parse().expect("a URI");
    for (name, value) in request.headers() {
        let name: reqwest::header::HeaderName = name.as_str().parse().expect("a name");
        asked.headers_mut().append(name, reqwest::header::HeaderValue::from_bytes(value.as_bytes()).expect("a value"));
    }
    let answer = service.call(asked).await.expect("an answer");
    let mut reply = HttpResponse::build(actix_web::http::StatusCode::from_u16(answer.status().as_u16()).expect("a status"));
    for (name, value) in answer.headers() {
        reply.append_header((name.as_str(), value.as_bytes()));
    }
    reply.no_chunking(answer.headers().get("content-length").and_then(|v| v.to_str().ok()?.parse().ok()).unwrap_or(0));
    reply.streaming(answer.into_body().map_err(std::io::Error::other))
}

/// Bytes that no compressor and no short read can hide a mistake in.
fn noise(length: usize, seed: u8) -> Vec<u8> {
    let mut state = u32::from(seed) + 1;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..length).map(next).collect()
}

async fn send(blobs: &Blobs, name: BlobName, bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut upload = blobs.upload(name, LIMIT);
    for chunk in bytes.chunks(30_000) {
        upload.write(chunk).await?;
    }
    upload
        .finish(|source| {
            let mut seen = Vec::new();
            source.read_to_end(&mut seen).map_err(Problem::unexpected)?;
            Ok(seen)
        })
        .await
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}

async fn what_was_sent_comes_back(shop: Shop) {
    for (seed, length) in [(1, 0), (2, 1), (3, 300_000), (4, 1 << 20), (5, 5_000_000)] {
        let bytes = noise(length, seed);
        let name = BlobName::of_bytes(&bytes);
        assert_eq!(shop.blobs.size(name).await.expect("it answers"), None);
        assert_eq!(send(&shop.blobs, name, &bytes).await.expect("it is kept"), bytes, "the check sees the whole upload");
        assert_eq!(shop.blobs.size(name).await.expect("it answers"), Some(length as u64));
        assert_eq!(shop.blobs.read(name).await.expect("it answers").expect("it is there"), bytes);
        let (size, stream) = shop.blobs.stream(name).await.expect("it answers").expect("it is there");
        let parts: Vec<bytes::Bytes> = stream.try_collect().await.expect("it streams");
        assert_eq!((size, parts.concat()), (length as u64, bytes));
    }
    shop.blobs.answers().await.expect("it is well");
}

async fn a_wrong_hash_or_a_failed_check_leaves_nothing_behind(shop: Shop) {
    for length in [1_000, 3_000_000] {
        let bytes = noise(length, 7);
        let other = BlobName::of_bytes(b"something else");
        let before = files_below(shop.folder.path()).len();
        assert_eq!(send(&shop.blobs, other, &bytes).await.expect_err("it is refused").code, Code::HashMismatch);
        let name = BlobName::of_bytes(&bytes);
        let mut upload = shop.blobs.upload(name, LIMIT);
        upload.write(&bytes).await.expect("it is taken");
        let refused = upload.finish(|_| Err::<(), _>(Problem::of(Code::UnsupportedMediaType))).await;
        assert_eq!(refused.expect_err("it is refused").code, Code::UnsupportedMediaType);
        assert_eq!((shop.blobs.size(other).await.expect("it answers"), shop.blobs.size(name).await.expect("it answers")), (None, None));
        assert_eq!(files_below(shop.folder.path()).len(), before);
    }
}

async fn a_rendition_is_kept_beside_its_blob(shop: Shop) {
    let name = BlobName::of_bytes(b"picture");
    assert_eq!(shop.blobs.rendition(name, "thumb.jpg").await.expect("it answers"), None);
    shop.blobs.keep_rendition(name, "thumb.jpg", vec![1, 2, 3]).await.expect("it is kept");
    assert_eq!(shop.blobs.rendition(name, "thumb.jpg").await.expect("it answers").expect("it is there"), vec![1, 2, 3]);
    assert_eq!(shop.blobs.size(name).await.expect("it answers"), None);
}

macro_rules! in_both {
    ($($name:ident),+) => { $(mod $name {
        #[actix_web::test]
        async fn in_a_folder() { super::$name(super::in_folder()).await; }
        #[actix_web::test]
        async fn on_s3() { super::$name(super::on_s3()).await; }
    })+ };
}
in_both!(what_was_sent_comes_back, a_wrong_hash_or_a_failed_check_leaves_nothing_behind, a_rendition_is_kept_beside_its_blob);

#[actix_web::test]
async fn an_upload_past_its_limit_is_refused_while_it_comes() {
    let shop = in_folder();
    let mut upload = shop.blobs.upload(BlobName::of_bytes(b""), 2_000_000);
    upload.write(&noise(1_500_000, 1)).await.expect("within the limit");
    assert_eq!(upload.write(&noise(500_001, 1)).await.expect_err("past it").code, Code::TooLarge);
}

#[actix_web::test]
async fn a_hundred_uploads_of_one_picture_at_once_leave_one_file() {
    let shop = in_folder();
    let bytes = noise(200_000, 9);
    let name = BlobName::of_bytes(&bytes);
    let sent = futures_util::future::join_all((0..100).map(|_| send(&shop.blobs, name, &bytes))).await;
    assert!(sent.iter().all(Result::is_ok));
    assert_eq!(files_below(shop.folder.path()).len(), 1);
}

#[actix_web::test]
async fn leftovers_of_uploads_that_ended_with_their_server_go_at_the_next_start_but_young_ones_stay() {
    let shop = in_folder();
    // As this program leaves them, and as earlier ones did.
    let leftovers = ["unfinished/3/1-19", "unfinished/1-1"].map(|path| shop.folder.path().join(path));
    for leftover in &leftovers {
        std::fs::write(leftover, b"half a picture").expect("a leftover");
    }
    let changed = std::fs::metadata(&leftovers[1]).and_then(|meta| meta.modified()).expect("a time");
    let written = Moment::from_ms(changed.duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_millis() as i64);
    let url = format!("file://{}", shop.folder.path().display());
    Blobs::open(&url, shop.folder.path(), written.plus_ms(DAY_MS - 1_000)).expect("it opens");
    assert!(leftovers.iter().all(|leftover| leftover.exists()));
    Blobs::open(&url, shop.folder.path(), written.plus_ms(DAY_MS + 1_000)).expect("it opens");
    assert!(leftovers.iter().all(|leftover| !leftover.exists()));
}

#[test]
fn a_store_whose_address_cannot_be_understood_does_not_open() {
    let scratch = tempfile::tempdir().expect("a folder");
    for url in ["http://example.org/", "file://relative", "s3://", "s3://bucket/x?endpont=http://127.0.0.1:1"] {
        assert!(Blobs::open(url, scratch.path(), BEGINNING).is_err(), "{url} was opened");
    }
}
