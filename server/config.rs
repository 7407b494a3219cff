//! One validated [`Settings`] value: command line over environment over `nuanfang.toml` over defaults.

mod base_map;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;

pub use base_map::{BaseMap, GivenMap};

/// What may be given on the command line, in the environment or in the file; everything has a default.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Given {
    /// Address to listen on.
    #[arg(global = true, long, env = "NUANFANG_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// Address for /metrics alone; without it /metrics answers on the main address, to this machine only.
    #[arg(global = true, long, env = "NUANFANG_METRICS_LISTEN")]
    pub metrics_listen: Option<SocketAddr>,
    /// Folder for the embedded database, the evidence and the keys.
    #[arg(global = true, long = "data", env = "NUANFANG_DATA")]
    pub data: Option<PathBuf>,
    /// sqlite://PATH or postgres://USER:PASSWORD@HOST/DATABASE.
    #[arg(global = true, long, env = "NUANFANG_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// file:///PATH or s3://BUCKET/PREFIX?endpoint=…
    #[arg(global = true, long, env = "NUANFANG_EVIDENCE_URL", hide_env_values = true)]
    pub evidence_url: Option<String>,
    /// Database connections for reading (and, on PostgreSQL, for writing).
    #[arg(global = true, long, env = "NUANFANG_DATABASE_CONNECTIONS")]
    pub database_connections: Option<u32>,
    /// Threads that serve requests; one for every two cores where nothing is said.
    #[arg(global = true, long, env = "NUANFANG_WORKERS")]
    pub workers: Option<usize>,
    /// Whether the refresh cookie is marked Secure: always, except on localhost.
    #[arg(global = true, long, env = "NUANFANG_SECURE_COOKIES")]
    pub secure_cookies: Option<bool>,
    /// Whether the client's address is read from the proxy's Forwarded headers.
    #[arg(global = true, long, env = "NUANFANG_BEHIND_PROXY")]
    pub behind_proxy: Option<bool>,
    /// The map that phones draw homes on.
    #[command(flatten)]
    pub base_map: GivenMap,
}

/// The settings the server runs with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Address for /metrics alone.
    pub metrics_listen: Option<SocketAddr>,
    /// Folder for what is kept on this machine.
    pub data: PathBuf,
    /// The database.
    pub database_url: String,
    /// The evidence store.
    pub evidence_url: String,
    /// Connections.
    pub database_connections: u32,
    /// Threads that serve requests.
    pub workers: usize,
    /// Whether cookies are marked Secure.
    pub secure_cookies: bool,
    /// Whether to trust Forwarded headers.
    pub behind_proxy: bool,
    /// The map that phones draw homes on.
    pub base_map: Option<BaseMap>,
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("setting `{name}`: {why}")]
pub struct BadSetting {
    name: &'static str,
    why: String,
}

impl Given {
    /// Reads `nuanfang.toml`; a missing file is an empty one.
    ///
    /// # Errors
    /// When the file cannot be read or names a setting that does not exist.
    pub fn from_file(path: &Path) -> Result<Self, BadSetting> {
        let bad = |why: String| BadSetting { name: "nuanfang.toml", why };
        match std::fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text).map_err(|error| bad(error.to_string())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(bad(error.to_string())),
        }
    }

    /// These settings, with another's where they say nothing.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            listen: self.listen.or(other.listen),
            metrics_listen: self.metrics_listen.or(other.metrics_listen),
            data: self.data.or(other.data),
            database_url: self.database_url.or(other.database_url),
            evidence_url: self.evidence_url.or(other.evidence_url),
            database_connections: self.database_connections.or(other.database_connections),
            workers: self.workers.or(other.workers),
            secure_cookies: self.secure_cookies.or(other.secure_cookies),
            behind_proxy: self.behind_proxy.or(other.behind_proxy),
            base_map: self.base_map.or(other.base_map),
        }
    }
}

impl TryFrom<Given> for Settings {
    type Error = BadSetting;

    fn try_from(given: Given) -> Result<Self, BadSetting> {
        let data = given.data.unwrap_or_else(|| PathBuf::from("data"));
        let data = std::path::absolute(&data).map_err(|error| BadSetting { name: "data", why: error.to_string() })?;
        let listen = given.listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
        let settings = Self {
            database_url: given.database_url.unwrap_or_else(|| format!("sqlite://{}", data.join("nuanfang.db").display())),
            evidence_url: given.evidence_url.unwrap_or_else(|| format!("file://{}", data.join("evidence").display())),
            database_connections: given.database_connections.unwrap_or(8),
            // The other half of the cores is the disk's and the writer's: a request crosses over to them and back several times.
            workers: given.workers.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, |cores| usize::from(cores).div_ceil(2))),
            secure_cookies: given.secure_cookies.unwrap_or(!listen.ip().is_loopback()),
            behind_proxy: given.behind_proxy.unwrap_or(false),
            base_map: given.base_map.check()?,
            metrics_listen: given.metrics_listen,
            listen,
            data,
        };
        settings.check()?;
        Ok(settings)
    }
}

impl Settings {
    fn check(&self) -> Result<(), BadSetting> {
        let bad = |name, why: &str| Err(BadSetting { name, why: why.to_owned() });
        if !["sqlite://", "postgres://", "postgresql://"].iter().any(|scheme| self.database_url.starts_with(scheme)) {
            return bad("database_url", "begins with neither sqlite:// nor postgres://");
        }
        if !["file:///", "s3://"].iter().any(|scheme| self.evidence_url.starts_with(scheme)) {
            return bad("evidence_url", "begins with neither file:/// nor s3://");
        }
        if !(1..=256).contains(&self.database_connections) {
            return bad("database_connections", "is not between 1 and 256");
        }
        if !(1..=256).contains(&self.workers) {
            return bad("workers", "is not between 1 and 256");
        }
        Ok(())
    }
}
