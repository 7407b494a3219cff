//! `nuanfang doctor`: everything that can be held against something else is. What it finds it says; it mends nothing and brings nothing up to date.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Ended;
use super::manifest::{Manifest, hash_of, place};
use crate::campaigns::{Secret, lost_draw_seeds, lost_seal_keys};
use crate::config::Settings;
use crate::evidence;
use crate::kit::blob::{BlobName, Blobs};
use crate::kit::clock::Clock;
use crate::kit::db::{look_at, look_into, unsound};
use crate::kit::log;
use crate::ledger;

/// Pieces of evidence asked for at once.
const PAGE: i64 = 1_000;

/// What is looked at.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Look at a backup instead of the store.
    #[arg(long, value_name = "FOLDER")]
    pub backup: Option<PathBuf>,
}

/// Runs the command: 0 where nothing is wrong, 1 where something is.
///
/// # Errors
/// What kept it from running.
pub async fn run(settings: Settings, args: &DoctorArgs) -> Ended {
    let mut wrong = Vec::new();
    let looked_at = match &args.backup {
        Some(folder) => of_backup(folder, &mut wrong)?,
        None => of_store(settings, &mut wrong).await?,
    };
    let mut out = std::io::stdout().lock();
    for line in &wrong {
        writeln!(out, "{line}")?;
    }
    let verdict = if wrong.is_empty() { "nothing wrong".to_owned() } else { format!("{} things wrong", wrong.len()) };
    writeln!(out, "{verdict}; {looked_at} pieces of evidence hashed")?;
    Ok(i32::from(!wrong.is_empty()))
}

fn of_backup(folder: &Path, wrong: &mut Vec<String>) -> Result<u64, Box<dyn std::error::Error>> {
    let manifest = Manifest::read(folder)?;
    let database = folder.join(&manifest.database);
    if hash_of(&database)?.as_deref() != Some(&manifest.database_sha256) {
        wrong.push(format!("{}: not the database the backup was closed over", manifest.database));
        return Ok(0);
    }
    wrong.extend(unsound(&database)?);
    if let Some((chain, sequence)) = look_into(&database, log::first_break)? {
        wrong.push(format!("the log of {chain} is broken at {sequence}"));
    }
    let secret = Secret::load(folder)?;
    wrong.extend(lost_keys(look_into(&database, |conn| lost_seal_keys(conn, secret.as_ref()))?));
    wrong.extend(lost_seeds(look_into(&database, |conn| lost_draw_seeds(conn, secret.as_ref()))?));
    let (mut looked_at, mut after) = (0, None);
    loop {
        let page = look_into(&database, |conn| Ok(evidence::listed(conn, after, PAGE)?))?;
        let Some((last, _)) = page.last() else { return Ok(looked_at) };
        after = Some(*last);
        for (name, _) in page {
            looked_at += 1;
            match hash_of(&place(folder, name))?.as_deref() {
                None => wrong.push(format!("evidence {name}: missing")),
                Some(found) if found != name.as_str() => wrong.push(format!("evidence {name}: damaged")),
                Some(_) => {}
            }
        }
    }
}

async fn of_store(settings: Settings, wrong: &mut Vec<String>) -> Result<u64, Box<dyn std::error::Error>> {
    if let Some(path) = settings.database_url.strip_prefix("sqlite://") {
        let path = Path::new(path);
        if !path.exists() {
            return Err(format!("there is no database at {}", path.display()).into());
        }
        wrong.extend(unsound(path)?);
        if !wrong.is_empty() {
            return Ok(0);
        }
    }
    let url = &settings.database_url;
    let blobs = Blobs::open(&settings.evidence_url, &settings.data.join("uploads"), Clock::system().now())?;
    if let Some((chain, sequence)) = look_at(url, log::first_break)? {
        wrong.push(format!("the log of {chain} is broken at {sequence}"));
    }
    wrong.extend(look_at(url, ledger::faults)?);
    let secret = Secret::load(&settings.data)?;
    wrong.extend(lost_keys(look_at(url, |conn| lost_seal_keys(conn, secret.as_ref()))?));
    wrong.extend(lost_seeds(look_at(url, |conn| lost_draw_seeds(conn, secret.as_ref()))?));
    let (mut looked_at, mut after) = (0, None);
    loop {
        let page = look_at(url, |conn| Ok(evidence::listed(conn, after, PAGE)?))?;
        let Some((last, _)) = page.last() else { return Ok(looked_at) };
        after = Some(*last);
        for (name, bytes) in page {
            looked_at += 1;
            wrong.extend(fault_of(&blobs, name, bytes).await?.map(|what| format!("evidence {name}: {what}")));
        }
    }
}

fn lost_keys(count: usize) -> Option<String> {
    (count > 0).then(|| format!("{count} keys that phones seal to cannot be opened: the sealing secret is missing, or another one"))
}

fn lost_seeds(count: usize) -> Option<String> {
    (count > 0).then(|| format!("{count} seeds of draws cannot be opened: the sealing secret is missing, or another one"))
}

async fn fault_of(blobs: &Blobs, name: BlobName, bytes: u64) -> Result<Option<&'static str>, Box<dyn std::error::Error>> {
    Ok(match blobs.read(name).await? {
        None => Some("missing"),
        Some(found) if BlobName::of_bytes(&found) != name => Some("damaged"),
        Some(found) if u64::try_from(found.len())? != bytes => Some("of another length than the database says"),
        Some(_) => None,
    })
}
