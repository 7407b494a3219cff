//! `nuanfang backup`: the database, every piece of evidence it names, and the signing key, while the server goes on.
//!
//! The database is copied first: a piece of evidence is durable before any row names it, and is never removed, so that all the copy names
//! is there to be copied after it. Evidence that the folder has already is not copied again.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use futures_util::StreamExt;
use sha2::{Digest, Sha256};

use super::Ended;
use super::manifest::{Manifest, SECRETS, hash_of, place};
use crate::config::Settings;
use crate::evidence;
use crate::kit::blob::{BlobName, Blobs};
use crate::kit::clock::{Clock, Moment};
use crate::kit::db::{look_into, snapshot, unsound};
use crate::kit::digest::hex;
use crate::kit::log;

/// Pieces of evidence asked for at once.
const PAGE: i64 = 1_000;

/// Where the backup goes.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// A folder: a new one, or that of an earlier backup, which is brought up to date.
    pub folder: PathBuf,
}

/// Runs the command: 1 where a piece of evidence was missing or was not what it is called.
///
/// # Errors
/// What kept it from running.
pub async fn run(settings: Settings, args: &BackupArgs) -> Ended {
    fs::create_dir_all(&args.folder)?;
    let fresh = args.folder.join("database.new");
    if fresh.exists() {
        fs::remove_file(&fresh)?;
    }
    let made_at = Clock::system().now();
    snapshot(&settings.database_url, &fresh)?;
    let wrong = unsound(&fresh)?;
    if !wrong.is_empty() {
        return Err(format!("the database is damaged, nothing was backed up: {}", wrong.join("; ")).into());
    }
    let blobs = Blobs::open(&settings.evidence_url, &settings.data.join("uploads"), made_at)?;
    let heads = look_into(&fresh, |conn| Ok(log::heads(conn)?))?;
    let (mut manifest, mut lost, mut after) = (empty(made_at, heads), Vec::new(), None);
    loop {
        let page = look_into(&fresh, |conn| Ok(evidence::listed(conn, after, PAGE)?))?;
        let Some((last, _)) = page.last() else { break };
        after = Some(*last);
        for (name, bytes) in page {
            if keep(&args.folder, &blobs, name, bytes).await? {
                manifest.evidence += 1;
                manifest.evidence_bytes += bytes;
            } else {
                lost.push(name);
            }
        }
    }
    for name in SECRETS {
        if let Ok(secret) = fs::read(settings.data.join(name)) {
            write_secret(&args.folder.join(name), &secret)?;
        }
    }
    let kept = close(&args.folder, &fresh, manifest)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}: {} pieces of evidence, {} bytes, as of {}", kept.database, kept.evidence, kept.evidence_bytes, kept.made_at)?;
    for name in &lost {
        writeln!(out, "{name}: missing or damaged in the evidence store")?;
    }
    Ok(i32::from(!lost.is_empty()))
}

fn empty(made_at: Moment, heads: Vec<(String, i64, String)>) -> Manifest {
    let version = env!("CARGO_PKG_VERSION").to_owned();
    Manifest { made_at, version, database: String::new(), database_sha256: String::new(), heads, evidence: 0, evidence_bytes: 0 }
}

/// Copies a piece of evidence unless it is there; says whether it is now.
async fn keep(folder: &Path, blobs: &Blobs, name: BlobName, bytes: u64) -> Result<bool, Box<dyn std::error::Error>> {
    let path = place(folder, name);
    if fs::metadata(&path).is_ok_and(|meta| meta.len() == bytes) {
        return Ok(true);
    }
    let Some((_, mut stream)) = blobs.stream(name).await? else { return Ok(false) };
    let shelf = path.parent().unwrap_or(folder);
    fs::create_dir_all(shelf)?;
    let fresh = shelf.join(format!("{name}.new"));
    let (mut file, mut hash) = (File::create(&fresh)?, Sha256::new());
    while let Some(piece) = stream.next().await {
        let piece = piece?;
        hash.update(&piece);
        file.write_all(&piece)?;
    }
    if hex(&hash.finalize()) != name.as_str() {
        fs::remove_file(&fresh)?;
        return Ok(false);
    }
    file.sync_all()?;
    fs::rename(fresh, &path)?;
    File::open(shelf)?.sync_all()?;
    Ok(true)
}

/// Names the database by its hash, closes the lid over it, and removes those of earlier backups.
fn close(folder: &Path, fresh: &Path, manifest: Manifest) -> Result<Manifest, Box<dyn std::error::Error>> {
    File::open(fresh)?.sync_all()?;
    let sha256 = hash_of(fresh)?.ok_or("the copy of the database is gone")?;
    let database = format!("nuanfang-{}.db", sha256.get(..16).unwrap_or_default());
    fs::rename(fresh, folder.join(&database))?;
    File::open(folder)?.sync_all()?;
    let manifest = Manifest { database, database_sha256: sha256, ..manifest };
    manifest.write(folder)?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("nuanfang-") && name.ends_with(".db") && name != manifest.database {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(manifest)
}

/// For its owner alone.
pub(super) fn write_secret(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
