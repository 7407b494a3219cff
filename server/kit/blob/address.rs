//! From a URL to a store.

use std::path::{Path as Folder, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ClientOptions, ObjectStore, RetryConfig};

use crate::kit::http::problem::Problem;

/// A store that was opened.
pub(super) struct Opened {
    pub(super) store: Arc<dyn ObjectStore>,
    pub(super) prefix: Path,
    pub(super) folder: PathBuf,
    pub(super) is_folder: bool,
}

pub(super) fn open(url: &str, scratch: &Folder) -> Result<Opened, Problem> {
    if let Some(path) = url.strip_prefix("file://").filter(|path| path.starts_with('/')) {
        return in_folder(PathBuf::from(path));
    }
    if url.starts_with("s3://") {
        return in_s3(url, scratch);
    }
    Err(Problem::unexpected("the evidence URL begins with neither file:/// nor s3://"))
}

fn in_folder(folder: PathBuf) -> Result<Opened, Problem> {
    let wrong = |error: &dyn std::fmt::Display| Problem::unexpected(format!("the evidence folder cannot be used: {error}"));
    std::fs::create_dir_all(&folder).map_err(|error| wrong(&error))?;
    let store = LocalFileSystem::new_with_prefix(&folder).map_err(|error| wrong(&error))?;
    Ok(Opened { store: Arc::new(store), prefix: Path::default(), folder, is_folder: true })
}

fn in_s3(text: &str, scratch: &Folder) -> Result<Opened, Problem> {
    let wrong = |error: &dyn std::fmt::Display| Problem::unexpected(format!("the evidence store cannot be opened: {error}"));
    let url = url::Url::parse(text).map_err(|error| wrong(&error))?;
    let bucket = url.host_str().filter(|bucket| !bucket.is_empty()).ok_or_else(|| wrong(&"the URL names no bucket"))?;
    // A store that hangs must not hold phones for the minutes the defaults allow: they come again by themselves.
    let patience = RetryConfig { max_retries: 3, retry_timeout: Duration::from_secs(20), ..RetryConfig::default() };
    let client = ClientOptions::new().with_connect_timeout(Duration::from_secs(5)).with_timeout(Duration::from_secs(30));
    let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket).with_retry(patience).with_client_options(client);
    for (key, value) in url.query_pairs() {
        builder = match &*key {
            "endpoint" => builder.with_allow_http(value.starts_with("http://")).with_endpoint(value),
            "region" => builder.with_region(value),
            _ => return Err(wrong(&format!("the URL says `{key}`, which is neither endpoint nor region"))),
        };
    }
    let store = builder.build().map_err(|error| wrong(&error))?;
    let prefix = Path::parse(url.path()).map_err(|error| wrong(&error))?;
    Ok(Opened { store: Arc::new(store), prefix, folder: scratch.to_owned(), is_folder: false })
}
