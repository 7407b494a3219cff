//! `nuanfang demo`: the demo city on an embedded store of its own.

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use clap::Args;
use serde::{Deserialize, Serialize};

use super::lan::{self, Lan};
use super::{Ended, serve_on};
use crate::accounts::tokens::Keys;
use crate::app::{Door, Parts};
use crate::config::{Given, Settings};
use crate::demo::{self, DESK, PASSWORD, Raised, Wish, dice, paint::Size};
use crate::kit::clock::{Chance, Clock, Moment};

/// Stands in a data folder that holds a demo and nothing else.
const MARK: &str = "demo.json";
/// Where the demo lives when nothing is said.
const FOLDER: &str = "data/demo";

/// Which city.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Make the city anew, even if there is one of today.
    #[arg(long)]
    pub fresh: bool,
    /// The same seed on the same day makes the same city.
    #[arg(long, default_value_t = 2027)]
    pub seed: u64,
    /// How wide the pictures are painted, in pixels; a city with small ones stands sooner.
    #[arg(long, value_name = "PX", default_value_t = 1_280, value_parser = clap::value_parser!(u32).range(320..=4_096))]
    pub picture_width: u32,
    /// Serve over HTTPS to phones in the same network, with a certificate of its own; says what to tap to trust it.
    #[arg(long)]
    pub lan: bool,
    /// With --lan: address of the plain page with the certificate.
    #[arg(long, value_name = "ADDRESS", default_value_t = lan::TRUST_LISTEN)]
    pub trust_listen: SocketAddr,
}

/// What a demo's folder says of itself.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    day: String,
    seed: u64,
    /// A demo made before it could be chosen says nothing of it, and is made anew.
    #[serde(default)]
    picture_width: u32,
    /// Whether the city was finished.
    whole: bool,
}

/// A demo lives in a folder of its own and on nothing else, whatever the settings say of other stores.
#[must_use]
pub fn embedded(given: Given, args: &DemoArgs) -> Given {
    let listen = given.listen.or(args.lan.then_some(lan::LISTEN));
    Given { data: given.data.or_else(|| Some(FOLDER.into())), database_url: None, evidence_url: None, listen, ..given }
}

/// Runs it.
///
/// # Errors
/// When the folder holds something else, or the city cannot be made.
pub async fn run(settings: Settings, args: &DemoArgs) -> Ended {
    // First of all: whoever cannot have the address must not touch the city that somebody else is serving there.
    let listener =
        TcpListener::bind(settings.listen).map_err(|error| format!("{} cannot be listened on ({error}); choose another with --listen", settings.listen))?;
    let address = listener.local_addr()?;
    let now = Clock::system().now();
    let lan = if args.lan { Some(Lan::open(address, args.trust_listen, &settings.data, now)?) } else { None };
    let today = now.china_day_start();
    let mark = Mark { day: today.china_day(), seed: args.seed, picture_width: args.picture_width, whole: true };
    let found = look(&settings.data)?;
    if found.as_ref() != Some(&mark) || args.fresh {
        if found.is_some() {
            std::fs::remove_dir_all(&settings.data)?;
        }
        make(&settings, &mark, today).await?;
    }
    greet(address, lan.as_ref())?;
    let Some(lan) = lan else { return serve_on(settings, Door::Plain(listener)).await };
    let (tls, page) = lan.serve_page()?;
    let handle = page.handle();
    actix_web::rt::spawn(page);
    let ended = serve_on(settings, Door::Tls(listener, Box::new(tls))).await;
    handle.stop(false).await;
    ended
}

/// The mark of the demo in a folder; none where there is nothing yet.
fn look(data: &Path) -> Result<Option<Mark>, String> {
    let is_empty = match std::fs::read_dir(data) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(format!("{} cannot be read: {error}", data.display())),
    };
    if is_empty {
        return Ok(None);
    }
    let foreign = || format!("{} holds something that is not a demo's and stays as it is; name another folder with --data", data.display());
    let text = std::fs::read_to_string(data.join(MARK)).map_err(|_| foreign())?;
    serde_json::from_str(&text).map(Some).map_err(|_| foreign())
}

async fn make(settings: &Settings, mark: &Mark, today: Moment) -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all(&settings.data)?;
    // Half a city is told from a whole one, and may be cleared away as well.
    write(&settings.data, &Mark { day: mark.day.clone(), whole: false, ..*mark })?;
    // The one thing that does not come from the seed: nobody else shall be able to sign for this server.
    Keys::load_or_make(&settings.data, &Chance::system())?;
    let time = Arc::new(AtomicI64::new(today.ms()));
    let clock = {
        let time = Arc::clone(&time);
        Clock::of(move || Moment::from_ms(time.load(Ordering::Relaxed)))
    };
    let begun = Clock::system().now();
    let parts = Parts::open(settings.clone(), clock, dice::chance(mark.seed))?;
    let Raised { households, visits, pictures } = demo::raise(&parts, &time, Wish { seed: mark.seed, today, size: Size::across(mark.picture_width) }).await?;
    tracing::info!(households, visits, pictures, ms = Clock::system().now().since(begun), "the demo city stands");
    write(&settings.data, mark)?;
    Ok(())
}

fn write(data: &Path, mark: &Mark) -> std::io::Result<()> {
    std::fs::write(data.join(MARK), serde_json::to_vec(mark)?)
}

fn greet(address: SocketAddr, lan: Option<&Lan>) -> Result<(), Box<dyn std::error::Error>> {
    let desk: Vec<&str> = DESK.iter().map(|(username, _)| *username).collect();
    let mut out = std::io::stdout();
    writeln!(out, "\n  暖访 Nuanfang · 演示城市 demo city")?;
    match lan {
        None => writeln!(out, "  http://{address}")?,
        Some(lan) => lan.greet(&mut out)?,
    }
    writeln!(out, "\n  账号 accounts   {}, lead1–lead8, cadre1–cadre24", desk.join(", "))?;
    writeln!(out, "  密码 password   {PASSWORD}\n")?;
    out.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_holds_something_else_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("nuanfang.db"), "years of work").unwrap();
        assert!(look(folder.path()).unwrap_err().contains("--data"));
        std::fs::write(folder.path().join(MARK), "{}").unwrap();
        assert!(look(folder.path()).is_err());
        assert!(folder.path().join("nuanfang.db").exists());
    }

    #[test]
    fn an_empty_folder_or_none_is_free_and_a_demo_says_which_it_is() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(look(folder.path()).unwrap(), None);
        assert_eq!(look(&folder.path().join("none")).unwrap(), None);
        let mark = Mark { day: "2027-01-26".into(), seed: 7, picture_width: 1_280, whole: true };
        write(folder.path(), &mark).unwrap();
        assert_eq!(look(folder.path()).unwrap(), Some(mark));
    }

    #[test]
    fn the_mark_of_an_older_demo_is_still_known_for_one() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(MARK), r#"{"day":"2027-01-26","seed":7,"whole":true}"#).unwrap();
        assert_eq!(look(folder.path()).unwrap().map(|mark| mark.picture_width), Some(0));
    }

    #[test]
    fn other_stores_that_are_set_are_not_the_demos() {
        let given = Given { database_url: Some("postgres://somewhere".into()), evidence_url: Some("s3://bucket".into()), ..Given::default() };
        let settings =
            Settings::try_from(embedded(given, &DemoArgs { fresh: false, seed: 1, picture_width: 320, lan: false, trust_listen: lan::TRUST_LISTEN })).unwrap();
        assert!(settings.database_url.starts_with("sqlite://") && settings.database_url.contains(FOLDER));
        assert!(settings.evidence_url.starts_with("file:///") && settings.evidence_url.contains(FOLDER));
    }
}
