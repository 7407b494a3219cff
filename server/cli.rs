//! The command line.

pub mod audit;
mod backup;
pub mod demo;
mod doctor;
pub mod import;
pub mod lan;
mod manifest;
mod restore;
pub mod sample;
pub mod seal;
pub mod user;

use std::net::TcpListener;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::app::{self, Door, Parts};
use crate::campaigns;
use crate::config::{Given, Settings};
use crate::evidence::{self, Background};
use crate::findings;
use crate::kit::clock::{Chance, Clock};
use crate::kit::status;

/// Home visits that bring help.
#[derive(Debug, Parser)]
#[command(name = "nuanfang", version)]
pub struct Cli {
    /// Settings that hold for every command.
    #[command(flatten)]
    pub given: Given,
    /// The settings file.
    #[arg(long, default_value = "nuanfang.toml", global = true)]
    pub config: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the app and its API.
    Serve,
    /// Serve an invented city half-way through its season, on an embedded store of its own (data/demo unless --data says otherwise).
    Demo(demo::DemoArgs),
    /// Bring the database's schema up to date and leave.
    Migrate,
    /// Copy the embedded database, its evidence and the signing key into a folder, while the server goes on.
    Backup(backup::BackupArgs),
    /// Put a backup back into an empty place.
    Restore(restore::RestoreArgs),
    /// Hold everything that is stored against everything else. Ends with 1 where something is wrong.
    Doctor(doctor::DoctorArgs),
    /// The log of what everybody did.
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// The keys that phones seal to.
    #[command(subcommand)]
    Seal(seal::SealCommand),
    /// The spot checks' draws.
    #[command(subcommand)]
    Sample(sample::SampleCommand),
    /// Accounts.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Bring in what is kept elsewhere.
    #[command(subcommand)]
    Import(import::ImportCommand),
    /// Print the OpenAPI document.
    #[command(hide = true)]
    Openapi,
}

/// Why a command ended.
pub type Ended = Result<i32, Box<dyn std::error::Error>>;

/// Runs the command and says how the process should end: 0, 1 (it found something wrong) or 2 (it could not run).
///
/// # Errors
/// What kept it from running.
pub async fn run(cli: Cli) -> Ended {
    let given = cli.given.or(Given::from_file(&cli.config)?);
    let settings = Settings::try_from(if let Command::Demo(args) = &cli.command { demo::embedded(given, args) } else { given })?;
    match cli.command {
        Command::Demo(args) => demo::run(settings, &args).await,
        Command::Serve => serve(settings).await,
        Command::Migrate => Parts::open(settings, Clock::system(), Chance::system()).map(|_| 0).map_err(Into::into),
        Command::Backup(args) => backup::run(settings, &args).await,
        Command::Restore(args) => restore::run(settings, &args).await,
        Command::Doctor(args) => doctor::run(settings, &args).await,
        Command::Audit(command) => audit::run(&settings, &command),
        Command::Seal(command) => seal::run(settings, command).await,
        Command::Sample(command) => sample::run(command),
        Command::User(command) => user::run(settings, command).await,
        Command::Import(command) => import::run(settings, command).await,
        Command::Openapi => openapi(settings),
    }
}

async fn serve(settings: Settings) -> Ended {
    let listener = TcpListener::bind(settings.listen)?;
    serve_on(settings, Door::Plain(listener)).await
}

async fn serve_on(settings: Settings, door: Door) -> Ended {
    status::collect_metrics();
    let parts = Parts::open(settings, Clock::system(), Chance::system())?;
    tracing::info!(address = %door.address()?, "serving");
    campaigns::commit_all(&parts.db, parts.studio.seals()).await?;
    let background = Background::start(&parts.studio)?;
    let agreement = actix_web::rt::spawn(findings::keep_up(parts.db.clone()));
    let tidying = actix_web::rt::spawn(evidence::keep_tidy(parts.studio.clone()));
    app::server(parts, door)?.await?;
    agreement.abort();
    tidying.abort();
    background.stop();
    tracing::info!("stopped");
    Ok(0)
}

fn openapi(settings: Settings) -> Ended {
    use std::io::Write;
    let folder = std::env::temp_dir().join(format!("nuanfang-openapi-{}", std::process::id()));
    let settings = Settings {
        database_url: "sqlite://:memory:".into(),
        evidence_url: format!("file://{}", folder.join("evidence").display()),
        data: folder.clone(),
        ..settings
    };
    let parts = Parts::open(settings, Clock::system(), Chance::system())?;
    let text = app::document(&parts);
    std::fs::remove_dir_all(folder)?;
    writeln!(std::io::stdout(), "{text}")?;
    Ok(0)
}
