//! `nuanfang seal`: the keys that phones seal to, and the secret those are kept under.

use std::io::Write;

use clap::{Args, Subcommand};

use super::Ended;
use crate::app::Parts;
use crate::campaigns::{CampaignId, Secret, lock_keys_anew, lock_seeds_anew, renew_seal_keys};
use crate::config::Settings;
use crate::kit::clock::{Chance, Clock};

/// What can be done to keys.
#[derive(Debug, Subcommand)]
pub enum SealCommand {
    /// Give open campaigns new keys. Phones seal to them from their next pull on; what was sealed to the old ones is still opened.
    Renew(Renew),
    /// Make a new sealing secret and lock every key with it. Do it with the server stopped, and make a backup after it.
    Secret,
}

/// Which campaigns.
#[derive(Debug, Args)]
pub struct Renew {
    /// This campaign alone.
    #[arg(long, value_parser = |text: &str| CampaignId::parse(text).ok_or("no id of a campaign"))]
    pub campaign: Option<CampaignId>,
}

/// Runs the command: 1 where nothing was renewed, or where a key could not be opened.
///
/// # Errors
/// What kept it from running.
pub async fn run(settings: Settings, command: SealCommand) -> Ended {
    let data = settings.data.clone();
    let parts = Parts::open(settings, Clock::system(), Chance::system())?;
    let mut out = std::io::stdout();
    match command {
        SealCommand::Renew(which) => {
            let count = renew_seal_keys(&parts.db, parts.studio.seals(), which.campaign).await?;
            writeln!(out, "{count} campaigns have a new key")?;
            Ok(i32::from(count == 0))
        }
        SealCommand::Secret => {
            let chance = Chance::system();
            // The old one stays in the file until every key is locked with the new one: whatever ends this, both can be opened.
            let secret = Secret::load_or_make(&data, &chance)?.renewed(&chance)?;
            let (keys, lost_keys) = lock_keys_anew(&parts.db, &secret).await?;
            let (seeds, lost_seeds) = lock_seeds_anew(&parts.db, &secret).await?;
            let (locked, lost) = (keys + seeds, lost_keys + lost_seeds);
            if lost > 0 {
                writeln!(out, "{locked} keys are locked with the new secret; {lost} could not be opened, and the old secrets are kept")?;
                return Ok(1);
            }
            secret.alone()?;
            writeln!(out, "{locked} keys are locked with the new secret")?;
            Ok(0)
        }
    }
}
