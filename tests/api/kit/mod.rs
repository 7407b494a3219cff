//! The production app on a port of its own, with a database and a folder of its own; clients that are people.

pub mod city;
pub mod folds;
pub mod kept;
pub mod people;
pub mod phone;
pub mod postgres;
pub mod season;
pub mod street;
pub mod underway;

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use actix_web::dev::ServerHandle;
use diesel::prelude::*;
use nuanfang::accounts::{PasswordCost, Passwords};
use nuanfang::app::{self, Door, Parts};
use nuanfang::config::{Given, Settings};
use nuanfang::kit::clock::{Chance, Clock, Moment};
use nuanfang::kit::db::schema::log;
use tempfile::TempDir;

use self::postgres::Database;

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
}

/// Writes a test once and runs it on both databases: `both!(async fn name(app: TestApp) { … })`.
#[macro_export]
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: TestApp) $body:block)+) => {
        $(
            async fn $name($app: $crate::kit::TestApp) $body

            mod $name {
                $(#[$meta])*
                #[actix_web::test]
                async fn on_sqlite() {
                    super::$name($crate::kit::TestApp::start($crate::kit::On::Sqlite).await).await;
                }

                $(#[$meta])*
                #[actix_web::test]
                async fn on_postgres() {
                    super::$name($crate::kit::TestApp::start($crate::kit::On::Postgres).await).await;
                }
            }
        )+
    };
}

/// The app under test.
pub struct TestApp {
    /// `http://127.0.0.1:<port>`
    pub address: String,
    /// What the app was assembled from.
    pub parts: Parts,
    /// The clock the app sees, in milliseconds since the epoch; tests move it.
    pub time: Arc<AtomicI64>,
    /// Which database.
    pub on: On,
    handle: ServerHandle,
    folder: Option<TempDir>,
    database: Option<Database>,
}

/// Where every test's clock begins: 2027-01-26T02:00:00Z, ten in the morning in China, eleven days before the Spring Festival.
pub const BEGINNING: Moment = Moment::from_ms(1_800_928_800_000);

/// What hashing costs where hundreds sign in for nothing.
const CHEAP: PasswordCost = PasswordCost { memory_kib: 8, passes: 1, lanes: 1 };

impl TestApp {
    /// Starts the app.
    pub async fn start(on: On) -> Self {
        Self::start_with(on, Given::default()).await
    }

    /// Starts the app with settings of its own.
    pub async fn start_with(on: On, more: Given) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database = match on {
            On::Sqlite => None,
            On::Postgres => Some(actix_web::rt::task::spawn_blocking(Database::fresh).await.expect("a database")),
        };
        Self::start_in(on, folder, database, BEGINNING, more).await
    }

    /// Starts the app in a folder, on a database, at a moment.
    async fn start_in(on: On, folder: TempDir, database: Option<Database>, now: Moment, more: Given) -> Self {
        let database_url = database.as_ref().map(|database| database.url.clone());
        let given = Given { data: Some(folder.path().join("data")), database_url, database_connections: Some(6), workers: Some(1), ..more };
        let settings = Settings::try_from(given).expect("valid settings");
        let time = Arc::new(AtomicI64::new(now.ms()));
        let clock = {
            let time = Arc::clone(&time);
            Clock::of(move || Moment::from_ms(time.load(Ordering::Relaxed)))
        };
        let mut parts = Parts::open(settings, clock, Chance::system()).expect("the app opens");
        parts.passwords = Passwords::new(CHEAP, parts.db.chance()).expect("a hasher");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("bound"));
        let server = app::server(parts.clone(), Door::Plain(listener)).expect("a server");
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { address, parts, time, on, handle, folder: Some(folder), database }
    }

    /// The time the app sees.
    pub fn now(&self) -> Moment {
        Moment::from_ms(self.time.load(Ordering::Relaxed))
    }

    /// Lets time pass.
    pub fn pass_ms(&self, ms: i64) {
        self.time.fetch_add(ms, Ordering::Relaxed);
    }

    /// A fresh id as a client would make it.
    pub fn id(&self) -> String {
        nuanfang::kit::id::Id::fresh(self.now(), self.parts.db.chance()).as_str().to_owned()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

impl TestApp {
    /// The facts of each event of a verb, as the log holds them.
    pub async fn facts_of(&self, verb: &str) -> Vec<String> {
        let verb = verb.to_owned();
        self.parts.db.read(move |conn| Ok(log::table.filter(log::verb.eq(verb)).select(log::facts).load(conn)?)).await.expect("the log")
    }

    /// Lets the background work come to its end.
    pub async fn catch_up(&self) {
        nuanfang::findings::catch_up(&self.parts.db).await.expect("the background work comes to its end");
    }

    /// Stops the app and leaves its folder, and its database where that is not in the folder, to another process.
    pub async fn leave(mut self) -> (TempDir, Option<Database>) {
        self.handle.stop(true).await;
        (self.folder.take().expect("a folder"), self.database.take())
    }
}
