//! `nuanfang sample`: repeats a draw from its proof. It asks no server and no database: whoever doubts us runs it at home.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Ended;
use crate::spotchecks::{Proof, rules};

/// A proof of some twelve million households; nothing longer was made here.
const LARGEST: u64 = 1 << 30;

/// What can be done with samples.
#[derive(Debug, Subcommand)]
pub enum SampleCommand {
    /// Repeat a draw from its exported proof. Ends with 0 where it comes to the same, and with 1 where it does not: it says where.
    Verify(Verify),
}

/// A proof.
#[derive(Debug, Args)]
pub struct Verify {
    /// The file, as the desk exported it.
    pub file: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// What kept it from running.
pub fn run(command: SampleCommand) -> Ended {
    let SampleCommand::Verify(Verify { file }) = command;
    let length = std::fs::metadata(&file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?.len();
    if length > LARGEST {
        return Err(format!("{} is longer than any proof: {length} bytes", file.display()).into());
    }
    let bytes = std::fs::read(&file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    let proof: Proof = serde_json::from_slice(&bytes).map_err(|error| format!("{} is no proof of a draw: {error}", file.display()))?;
    let differences = rules::verify::differences(&proof);
    let mut out = std::io::stdout().lock();
    for line in &differences {
        writeln!(out, "{line}")?;
    }
    let head = &proof.head;
    if differences.is_empty() {
        let drawn = proof.drawn.len();
        writeln!(out, "the same: {drawn} of {} households are drawn from this frame with this seed", head.households)?;
        let told = if head.campaign_seed.is_some() {
            "the draw's seed comes from the campaign's, which was promised"
        } else {
            "the campaign's seed is not published yet: verify once more when it is"
        };
        writeln!(out, "{told} as {} at {}", head.commitment, head.committed_at)?;
    } else {
        writeln!(out, "not the same: {} differences", differences.len())?;
    }
    Ok(i32::from(!differences.is_empty()))
}
