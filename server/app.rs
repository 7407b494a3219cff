//! Assembly only: the same app for `serve`, for the demo city and for every test.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, Error, HttpServer, web};
use rustls::ServerConfig;
use tracing_actix_web::TracingLogger;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::accounts::tokens::Keys;
use crate::accounts::{PasswordCost, Passwords, Tries};
use crate::campaigns::{Seals, Secret};
use crate::config::Settings;
use crate::evidence::{self, Studio};
use crate::field::{Packs, Pushes};
use crate::households;
use crate::kit::blob::Blobs;
use crate::kit::clock::{Chance, Clock};
use crate::kit::db::Db;
use crate::kit::http::gate::gate;
use crate::kit::http::middleware::{RequestSpan, speak};
use crate::kit::http::openapi::Frame;
use crate::kit::http::policy::ContentPolicy;
use crate::kit::http::problem::Problem;
use crate::kit::http::pwa;
use crate::kit::http::ways::Ways;
use crate::kit::status;
use crate::spotchecks::{self, Brake};
use crate::{accounts, boards, campaigns, entitlements, field, findings, ledger, needs};

/// Threads of each worker that wait for the disk and the database: as many as files are written at once.
const MOST_BLOCKING: usize = 64;

/// What the kernel holds of a line before it is read. What has come is read at once, whoever waits for it, and a thousand phones that
/// wait for their turn are held at this size, not at an eighth of a megabyte each, twice.
const LINE_BYTES: usize = 64 << 10;

/// Everything the rooms are handed.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The validated settings.
    pub settings: Arc<Settings>,
    /// The database, with its clock and its chance.
    pub db: Db,
    /// The signing key.
    pub keys: Keys,
    /// The password hasher.
    pub passwords: Passwords,
    /// The wrong passwords of late.
    pub tries: Tries,
    /// Calls of late by those who have no session.
    pub brake: Brake,
    /// The pushes of phones, taken together.
    pub pushes: Pushes,
    /// The first pulls of the moment.
    pub packs: Packs,
    /// Where pictures are kept and drawn.
    pub studio: Studio,
}

impl Parts {
    /// Opens what the settings name.
    ///
    /// # Errors
    /// When the data folder, the database, the evidence store or the key cannot be opened.
    pub fn open(settings: Settings, clock: Clock, chance: Chance) -> Result<Self, Problem> {
        std::fs::create_dir_all(&settings.data).map_err(|error| Problem::unexpected(format!("the data folder cannot be made: {error}")))?;
        let keys = Keys::load_or_make(&settings.data, &chance)?;
        let passwords = Passwords::new(PasswordCost::STRONG, &chance)?;
        let blobs = Blobs::open(&settings.evidence_url, &settings.data.join("uploads"), clock.now())?;
        let db = Db::open(&settings.database_url, settings.database_connections, clock, chance)?;
        let seals = Seals::new(Secret::load_or_make(&settings.data, db.chance())?);
        let studio = Studio::new(db.clone(), blobs, seals);
        let pushes = Pushes::new(db.clone());
        Ok(Self {
            settings: Arc::new(settings),
            db,
            keys,
            passwords,
            tries: Tries::default(),
            brake: Brake::default(),
            pushes,
            packs: Packs::default(),
            studio,
        })
    }
}

/// What an assembled app is to actix.
pub trait AppFactory: ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<Self::Body>, Error = Error, InitError = ()> {
    /// The body of its answers.
    type Body: MessageBody;
}

impl<F, B: MessageBody> AppFactory for F
where
    F: ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<B>, Error = Error, InitError = ()>,
{
    type Body = B;
}

/// The doors of all rooms, in river order.
fn rooms(config: &mut ServiceConfig<'_>) {
    config.configure(accounts::routes);
    config.configure(households::routes);
    config.configure(campaigns::routes);
    config.configure(entitlements::routes);
    config.configure(ledger::routes);
    config.configure(evidence::routes);
    config.configure(needs::routes);
    config.configure(findings::routes);
    config.configure(spotchecks::routes);
    config.configure(boards::routes);
    config.configure(field::routes);
}

/// The app and the document that describes it.
pub fn build(parts: &Parts) -> (App<impl AppFactory + use<>>, Document) {
    let (app, document) = App::new()
        .app_data(web::Data::new(parts.db.clone()))
        .app_data(web::Data::new(parts.keys.clone()))
        .app_data(web::Data::new(parts.passwords.clone()))
        .app_data(web::Data::new(parts.tries.clone()))
        .app_data(web::Data::new(parts.brake.clone()))
        .app_data(web::Data::new(parts.pushes.clone()))
        .app_data(web::Data::new(parts.packs.clone()))
        .app_data(web::Data::new(parts.studio.clone()))
        .app_data(web::Data::new(parts.studio.blobs().clone()))
        .app_data(web::Data::new(parts.studio.seals().clone()))
        .app_data(web::Data::from(Arc::clone(&parts.settings)))
        .app_data(web::Data::new(ContentPolicy::with(&parts.settings.base_map.iter().map(|map| map.origin.as_str()).collect::<Vec<_>>())))
        .into_utoipa_app()
        .openapi(Frame::openapi())
        .service(utoipa_actix_web::scope("/api/v1").configure(rooms))
        .split_for_parts();
    let (served, ways) = (document.clone(), Ways::of(&document));
    let app = app
        .configure(status::routes)
        .route("/api/v1/openapi.json", web::get().to(move || std::future::ready(actix_web::HttpResponse::Ok().json(&served))))
        .service(utoipa_swagger_ui::SwaggerUi::new("/docs/{_:.*}").config(utoipa_swagger_ui::Config::from("/api/v1/openapi.json")))
        .app_data(web::Data::new(ways))
        .default_service(web::to(pwa::file))
        .wrap(Compress::default())
        .wrap(from_fn(gate))
        .wrap(from_fn(speak))
        .wrap(TracingLogger::<RequestSpan>::new());
    (app, document)
}

/// Where callers come in.
#[derive(Debug)]
pub enum Door {
    /// Plain, for this machine or behind a proxy that speaks HTTPS.
    Plain(TcpListener),
    /// HTTPS.
    Tls(TcpListener, Box<ServerConfig>),
}

impl Door {
    /// The address it listens on.
    ///
    /// # Errors
    /// When the listener is gone.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        let (Self::Plain(listener) | Self::Tls(listener, _)) = self;
        listener.local_addr()
    }
}

/// Serves at a door until the process is asked to stop; then lets running requests finish.
///
/// # Errors
/// When the door cannot be used.
pub fn server(parts: Parts, door: Door) -> std::io::Result<Server> {
    let workers = parts.settings.workers;
    let (Door::Plain(listener) | Door::Tls(listener, _)) = &door;
    rustix::net::sockopt::set_socket_recv_buffer_size(listener, LINE_BYTES)?;
    let server = HttpServer::new(move || build(&parts).0)
        .workers(workers)
        .worker_max_blocking_threads(MOST_BLOCKING)
        .backlog(2_048)
        // An answer that goes out in two parts waits for nobody's word that the first arrived: that was 40 ms of every longer one.
        .tcp_nodelay(true)
        .keep_alive(std::time::Duration::from_secs(75))
        .client_request_timeout(std::time::Duration::from_secs(20))
        .shutdown_timeout(20);
    let server = match door {
        Door::Plain(listener) => server.listen(listener)?,
        Door::Tls(listener, tls) => server.listen_rustls_0_23(listener, *tls)?,
    };
    Ok(server.run())
}

/// The OpenAPI document as it stands in `openapi.json`: indented, with a newline at its end left to the writer.
#[must_use]
pub fn document(parts: &Parts) -> String {
    build(parts).1.to_pretty_json().unwrap_or_default()
}
