//! `nuanfang restore`: a backup back into an empty place.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Ended;
use super::backup::write_secret;
use super::manifest::{Manifest, SECRETS, hash_of, place};
use crate::config::Settings;
use crate::evidence;
use crate::kit::blob::{BlobName, Blobs};
use crate::kit::clock::Clock;
use crate::kit::db::{look_into, unsound};
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log;

/// Pieces of evidence asked for at once.
const PAGE: i64 = 1_000;
/// No piece is larger.
const MOST_BYTES: u64 = 64 << 20;

/// Where the backup lies.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// The folder that `backup` made.
    pub folder: PathBuf,
}

/// Runs the command: 1 where a piece of evidence was missing or damaged in the backup; all else is restored.
///
/// # Errors
/// What kept it from running: a database that is there already, a backup that was not finished or is not what its lid says.
pub async fn run(settings: Settings, args: &RestoreArgs) -> Ended {
    let path = settings.database_url.strip_prefix("sqlite://").ok_or("a backup is restored into an embedded database; for PostgreSQL there is pg_restore")?;
    let path = Path::new(path);
    // The journal of a database that is gone would be played into the one that takes its name.
    for tail in ["", "-wal", "-shm", "-journal"] {
        let there = PathBuf::from(format!("{}{tail}", path.display()));
        if there.exists() {
            return Err(format!("there is a database at {} already; restore into an empty place", there.display()).into());
        }
    }
    let manifest = Manifest::read(&args.folder)?;
    let source = args.folder.join(&manifest.database);
    if hash_of(&source)?.as_deref() != Some(&manifest.database_sha256) {
        return Err(format!("{} is not the database this backup was closed over: it was changed or damaged", source.display()).into());
    }
    fs::create_dir_all(&settings.data)?;
    // Under another name until all of it is there: a server started half-way through finds no database to serve.
    let fresh = PathBuf::from(format!("{}.new", path.display()));
    fs::copy(&source, &fresh)?;
    let wrong = unsound(&fresh)?;
    if !wrong.is_empty() {
        return Err(format!("the database in the backup is damaged: {}", wrong.join("; ")).into());
    }
    if let Some((chain, sequence)) = look_into(&fresh, log::first_break)? {
        return Err(format!("the log of {chain} is broken at {sequence}: the backup was changed").into());
    }
    let blobs = Blobs::open(&settings.evidence_url, &settings.data.join("uploads"), Clock::system().now())?;
    let (mut restored, mut lost, mut after) = (0_u64, Vec::new(), None);
    loop {
        let page = look_into(&fresh, |conn| Ok(evidence::listed(conn, after, PAGE)?))?;
        let Some((last, _)) = page.last() else { break };
        after = Some(*last);
        for (name, _) in page {
            if put(&args.folder, &blobs, name).await? { restored += 1 } else { lost.push(name) }
        }
    }
    for name in SECRETS {
        if let Ok(secret) = fs::read(args.folder.join(name)) {
            write_secret(&settings.data.join(name), &secret)?;
        }
    }
    settle(&fresh, path)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}: as of {}, {restored} pieces of evidence", path.display(), manifest.made_at)?;
    for name in &lost {
        writeln!(out, "{name}: missing or damaged in the backup")?;
    }
    Ok(i32::from(!lost.is_empty()))
}

/// Puts a piece of evidence back under its name; says whether it was what it is called.
async fn put(folder: &Path, blobs: &Blobs, name: BlobName) -> Result<bool, Box<dyn std::error::Error>> {
    if blobs.size(name).await?.is_some() {
        return Ok(true);
    }
    let Ok(bytes) = fs::read(place(folder, name)) else { return Ok(false) };
    let mut upload = blobs.upload(name, MOST_BYTES);
    upload.take_slot(u64::try_from(bytes.len()).unwrap_or_default()).await?;
    upload.write(&bytes).await?;
    match upload.finish(|_| Ok(())).await {
        Ok(()) => Ok(true),
        Err(Problem { code: Code::HashMismatch, .. }) => Ok(false),
        Err(problem) => Err(problem.into()),
    }
}

fn settle(fresh: &Path, path: &Path) -> std::io::Result<()> {
    File::open(fresh)?.sync_all()?;
    fs::rename(fresh, path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    File::open(folder)?.sync_all()
}
