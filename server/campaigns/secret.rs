//! The sealing secret: what the private halves of the campaigns' keys are themselves sealed to. It lies in the data folder, apart from
//! the database, readable by its owner alone: whoever has a copy of the database alone opens nothing.

use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::model::SealKeyId;
use crate::kit::clock::Chance;
use crate::kit::http::problem::Problem;
use crate::kit::id::Id;
use crate::kit::seal::{self, PrivateKey, PublicKey};

/// Its name in the data folder.
pub const SECRET_FILE: &str = "sealing-secret";

/// The secrets, newest first: a line each. There is more than one only while keys go over from the old to the new.
#[derive(Debug, Clone)]
pub struct Secret {
    path: PathBuf,
    lines: Vec<[u8; 32]>,
}

impl Secret {
    /// Reads it from the data folder; makes it at the first start.
    ///
    /// # Errors
    /// When the file cannot be read, made or understood.
    pub fn load_or_make(data: &Path, chance: &Chance) -> Result<Self, Problem> {
        if let Some(found) = Self::load(data)? {
            return Ok(found);
        }
        let fresh = Self { path: data.join(SECRET_FILE), lines: vec![chance.bytes()] };
        fresh.write()?;
        Ok(fresh)
    }

    /// Reads it; none where there is none.
    ///
    /// # Errors
    /// When the file cannot be read or understood.
    pub fn load(data: &Path) -> Result<Option<Self>, Problem> {
        let path = data.join(SECRET_FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unusable(&error)),
        };
        let lines: Option<Vec<[u8; 32]>> = text.lines().map(|line| STANDARD.decode(line.trim()).ok()?.try_into().ok()).collect();
        let lines = lines.filter(|lines| !lines.is_empty()).ok_or_else(|| unusable(&"it is damaged"))?;
        Ok(Some(Self { path, lines }))
    }

    /// A new secret before the others, which go on opening.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn renewed(mut self, chance: &Chance) -> Result<Self, Problem> {
        self.lines.insert(0, chance.bytes());
        self.write()?;
        Ok(self)
    }

    /// The newest alone.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn alone(mut self) -> Result<Self, Problem> {
        self.lines.truncate(1);
        self.write()?;
        Ok(self)
    }

    /// A private key as it stands in the database.
    #[must_use]
    pub fn lock(&self, id: SealKeyId, key: &PrivateKey, chance: &Chance) -> Option<String> {
        self.lock_bytes(&what(id), &key.bytes(), chance)
    }

    /// Any bytes as they stand in the database, bound to what they are.
    #[must_use]
    pub fn lock_bytes(&self, what: &str, bytes: &[u8], chance: &Chance) -> Option<String> {
        let (_, public) = self.pairs().next()?;
        public.seal(Id::nil(), bytes, what, chance).map(|envelope| STANDARD.encode(envelope))
    }

    /// Reads them back; none where they were locked with another secret, or are something else.
    #[must_use]
    pub fn unlock_bytes(&self, what: &str, locked: &str) -> Option<Vec<u8>> {
        let envelope = STANDARD.decode(locked).ok()?;
        self.pairs().find_map(|(private, _)| private.open(&envelope, what))
    }

    /// Reads it back; none where it was locked with another secret.
    #[must_use]
    pub fn unlock(&self, id: SealKeyId, locked: &str) -> Option<PrivateKey> {
        PrivateKey::of(&self.unlock_bytes(&what(id), locked)?)
    }

    fn pairs(&self) -> impl Iterator<Item = (PrivateKey, PublicKey)> {
        self.lines.iter().map(seal::pair_of)
    }

    /// Whole or not at all.
    fn write(&self) -> Result<(), Problem> {
        let write = || -> io::Result<()> {
            let fresh = self.path.with_extension("new");
            let mut file = File::options().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
            for line in &self.lines {
                writeln!(file, "{}", STANDARD.encode(line))?;
            }
            file.sync_all()?;
            std::fs::rename(&fresh, &self.path)?;
            self.path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
        };
        write().map_err(|error| unusable(&error))
    }
}

fn unusable(cause: &dyn std::fmt::Display) -> Problem {
    Problem::unexpected(format!("the sealing secret cannot be used: {cause}"))
}

fn what(id: SealKeyId) -> String {
    format!("key\n{}", id.as_str())
}
