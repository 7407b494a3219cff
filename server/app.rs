//! Assembly only: the same app for `serve`, for the demo city and for every test.

mod door;

pub use door::{Door, server};

use std::sync::Arc;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, Error, web};
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

/// The OpenAPI document as it stands in `openapi.json`: indented, with a newline at its end left to the writer.
#[must_use]
pub fn document(parts: &Parts) -> String {
    build(parts).1.to_pretty_json().unwrap_or_default()
}
