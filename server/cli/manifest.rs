//! What a backup says of itself.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::campaigns::SECRET_FILE;
use crate::kit::blob::BlobName;
use crate::kit::clock::Moment;
use crate::kit::digest::hex;

const NAME: &str = "manifest.json";
/// What nobody but the server may read, as it stands in the data folder: the signing key and the sealing secret.
pub(super) const SECRETS: [&str; 2] = ["signing-key.pem", SECRET_FILE];

/// The words on the lid. Written last: a backup without it was not finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// When the database was copied: everything acknowledged before is in it.
    pub made_at: Moment,
    /// The program's version.
    pub version: String,
    /// The database's file, named by its hash.
    pub database: String,
    /// SHA-256 of that file.
    pub database_sha256: String,
    /// The heads of the log's chains: `(chain, sequence, hash)`.
    pub heads: Vec<(String, i64, String)>,
    /// Pieces of evidence that the database names.
    pub evidence: u64,
    /// Their bytes.
    pub evidence_bytes: u64,
}

impl Manifest {
    /// Reads it.
    ///
    /// # Errors
    /// When it is not there or cannot be understood.
    pub fn read(folder: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let path = folder.join(NAME);
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}; this is no finished backup", path.display()))?;
        Ok(serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?)
    }

    /// Writes it so that it is there whole or not at all.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn write(&self, folder: &Path) -> std::io::Result<()> {
        let fresh = folder.join(format!("{NAME}.new"));
        let mut file = File::create(&fresh)?;
        file.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(fresh, folder.join(NAME))?;
        File::open(folder)?.sync_all()
    }
}

/// Where a piece of evidence lies in a backup.
pub(super) fn place(folder: &Path, name: BlobName) -> PathBuf {
    let shelf = name.as_str().get(..2).unwrap_or_default();
    folder.join("evidence").join(shelf).join(name.as_str())
}

/// The SHA-256 of a file; none where there is none.
///
/// # Errors
/// When it is there and cannot be read.
pub(super) fn hash_of(path: &Path) -> std::io::Result<Option<String>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let (mut hash, mut piece) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(Some(hex(&hash.finalize()))),
            more => hash.update(piece.get(..more).unwrap_or_default()),
        }
    }
}
