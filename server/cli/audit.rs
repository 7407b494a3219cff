//! `nuanfang audit`: the log, held against itself and against heads that were handed out.

use std::io::Write;
use std::str::FromStr;

use clap::{Args, Subcommand};

use super::Ended;
use crate::config::Settings;
use crate::kit::db::look_at;
use crate::kit::log;

/// What can be asked of the log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Hash every row of every chain again and print the heads. A chain alone does not show that its end was cut off: a head that was
    /// handed out before does.
    Verify(Verify),
}

/// What else must be in it.
#[derive(Debug, Args)]
pub struct Verify {
    /// A head that was handed out: `CHAIN:SEQUENCE:HASH`, as this command prints them and every pull of a phone names them.
    #[arg(long = "head", value_name = "CHAIN:SEQUENCE:HASH")]
    pub heads: Vec<Head>,
}

/// The end of a chain at some time.
#[derive(Debug, Clone)]
pub struct Head {
    chain: String,
    sequence: i64,
    hash: String,
}

impl FromStr for Head {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.rsplitn(3, ':');
        let (hash, sequence, chain) = (parts.next(), parts.next(), parts.next());
        let sequence = sequence.and_then(|digits| digits.parse().ok()).filter(|sequence| *sequence > 0);
        let hash = hash.filter(|hash| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match (chain, sequence, hash) {
            (Some(chain), Some(sequence), Some(hash)) => Ok(Self { chain: chain.to_owned(), sequence, hash: hash.to_ascii_lowercase() }),
            _ => Err("a head is the chain, the number of its last row and that row's hash (64 digits), with colons between"),
        }
    }
}

/// Runs the command: 1 where the log does not hold, or does not hold a head.
///
/// # Errors
/// What kept it from running.
pub fn run(settings: &Settings, command: &AuditCommand) -> Ended {
    let AuditCommand::Verify(asked) = command;
    let url = &settings.database_url;
    if let Some(path) = url.strip_prefix("sqlite://").filter(|path| !std::path::Path::new(path).exists()) {
        return Err(format!("there is no database at {path}").into());
    }
    let mut out = std::io::stdout().lock();
    if let Some((chain, sequence)) = look_at(url, log::first_break)? {
        writeln!(out, "the log of {chain} is broken at {sequence}")?;
        return Ok(1);
    }
    for (chain, sequence, hash) in look_at(url, |conn| Ok(log::heads(conn)?))? {
        writeln!(out, "{chain}:{sequence}:{hash}")?;
    }
    let mut missing = 0;
    for head in &asked.heads {
        let row = look_at(url, |conn| Ok(log::after(conn, &head.chain, head.sequence - 1, 1)?))?.pop();
        if row.is_none_or(|row| row.sequence != head.sequence || row.hash != head.hash) {
            missing += 1;
            writeln!(out, "{}:{}:{} is not in the log: its end was cut off, or it was written anew", head.chain, head.sequence, head.hash)?;
        }
    }
    writeln!(out, "{}", if missing == 0 { "every row holds".to_owned() } else { format!("{missing} heads are missing") })?;
    Ok(i32::from(missing > 0))
}
