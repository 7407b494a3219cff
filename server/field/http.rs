//! `GET /field/pull`, `POST /field/push`, `POST /field/vault`, `GET /field/tally`, `GET /field/visits/{id}`.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions::{self, Asked, Packs, Parcel, Pushes, Sender};
use super::model::{Pulled, PushAnswer, PushRequest, SealKeySeen, Tally};
use crate::accounts::tokens::Keys;
use crate::accounts::{Actor, DeviceId, Role};
use crate::boards::BaseMap;
use crate::campaigns::Seals;
use crate::config::Settings;
use crate::kit::db::Db;
use crate::kit::http::json::Body;
use crate::kit::http::language::Language;
use crate::kit::http::pieces::{self, ReadsGzip};
use crate::kit::http::problem::{Answer, ProblemBody};
use crate::visits::{VisitId, VisitSaid};

const LARGEST_PUSH: usize = 4 * 1_048_576;
const BRINGERS: &[Role] = &[Role::Lead, Role::Centre];
const AT_THE_DOOR: &[Role] = &[Role::Cadre, Role::Lead, Role::Supervisor];

/// The room's doors.
pub fn routes(config: &mut ServiceConfig) {
    config.service(pull).service(push).service(vault).service(tally).service(said);
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PullQuery {
    /// The cursor of the pull before; without it everything is sent.
    since: Option<String>,
}

/// What a phone needs offline.
#[utoipa::path(tag = "field", params(PullQuery), security(("bearer" = [])),
    responses((status = 200, body = Pulled), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
#[get("/field/pull")]
async fn pull(
    actor: Actor,
    query: Query<PullQuery>,
    db: Data<Db>,
    packs: Data<Packs>,
    (keys, seals): (Data<Keys>, Data<Seals>),
    settings: Data<Settings>,
    (language, encoding): (Language, ReadsGzip),
) -> Answer<HttpResponse> {
    actor.must_be(AT_THE_DOOR)?;
    let base_map = settings.base_map.as_ref().and_then(BaseMap::set);
    let asked = Asked { actor: actor.clone(), since: query.into_inner().since, language, base_map };
    let mut pulled = actions::pull(&db, &packs, Keys::clone(&keys), asked).await?;
    let lacking: Vec<_> = pulled.campaigns.iter().filter(|campaign| campaign.seal_key.is_none()).map(|campaign| campaign.id).collect();
    if !lacking.is_empty() {
        let mut first = seals.first_keys(&db, &actor, lacking).await?;
        for campaign in pulled.campaigns.iter_mut().filter(|campaign| campaign.seal_key.is_none()) {
            campaign.seal_key = first.remove(&campaign.id).map(SealKeySeen::from);
        }
    }
    let parts: Vec<_> =
        [pulled.households.written(), pulled.entitlements.written(), pulled.visits.written(), pulled.needs.written()].into_iter().flatten().collect();
    // A few rows are not worth a frame of their own.
    if parts.is_empty() { Ok(HttpResponse::Ok().json(&pulled)) } else { pieces::json(&pulled, &parts, encoding) }
}

/// What was recorded on a phone.
#[utoipa::path(tag = "field", request_body = PushRequest, security(("bearer" = [])),
    responses((status = 200, body = PushAnswer), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
#[post("/field/push")]
async fn push(
    actor: Actor,
    body: Body<PushRequest, LARGEST_PUSH>,
    db: Data<Db>,
    pushes: Data<Pushes>,
    keys: Data<Keys>,
    seals: Data<Seals>,
    language: Language,
) -> Answer<Json<PushAnswer>> {
    let PushRequest { device, items, on_behalf_of } = body.0;
    actor.must_be(if on_behalf_of.is_some() { BRINGERS } else { AT_THE_DOOR })?;
    let place = pushes.enter(items.len())?;
    let opening = seals.keys(&db, actions::sealed_to(&items)).await?;
    let (device, prepared) = pushes.prepare(&keys, opening, device, items).await?;
    let parcel = Parcel { sender: Sender { actor, for_another: on_behalf_of }, device, prepared, language };
    pushes.take(parcel, place).await.map(Json)
}

/// The key of a phone's vault, sealed by the phone against the day its PIN is forgotten.
#[derive(Debug, Deserialize, ToSchema)]
struct VaultRequest {
    /// The phone.
    device: DeviceId,
    /// The envelope, in base64.
    #[schema(max_length = 1_000)]
    sealed: String,
}

/// The same, open.
#[derive(Serialize, ToSchema)]
struct VaultKey {
    /// 32 bytes, in base64.
    key: String,
}

/// The way back into a vault: its key is given to the person who sealed it, and to nobody else. It is written into the log.
#[utoipa::path(tag = "field", request_body = VaultRequest, security(("bearer" = [])), responses(
    (status = 200, body = VaultKey),
    (status = 403, body = ProblemBody, description = "sign_in_again: the password was given more than ten minutes ago", content_type = "application/problem+json"),
    (status = 422, body = ProblemBody, description = "seal_broken: it is not theirs, or damaged; seal_key_unknown", content_type = "application/problem+json"),
    (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
#[post("/field/vault")]
async fn vault(actor: Actor, body: Body<VaultRequest>, db: Data<Db>, seals: Data<Seals>) -> Answer<HttpResponse> {
    actor.must_be(AT_THE_DOOR)?;
    let VaultRequest { device, sealed } = body.0;
    let key = actions::reopen(&db, &seals, &actor, device, &sealed).await?;
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(VaultKey { key }))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct TallyQuery {
    /// The phone.
    #[param(value_type = DeviceId)]
    device: DeviceId,
}

/// What the server holds of one of the asker's phones: what it compares itself with at the end of the day.
#[utoipa::path(tag = "field", params(TallyQuery), security(("bearer" = [])),
    responses((status = 200, body = Tally), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
#[get("/field/tally")]
async fn tally(actor: Actor, query: Query<TallyQuery>, db: Data<Db>) -> Answer<Json<Tally>> {
    actor.must_be(AT_THE_DOOR)?;
    let (now, device) = (db.clock().now(), query.into_inner().device);
    Ok(Json(db.read(move |conn| actions::tally(conn, &actor, device, now)).await?))
}

/// What somebody said of a visit of their own, word for word: a correction begins with it. It is written into the log.
#[utoipa::path(tag = "field", params(("id" = VisitId, Path)), security(("bearer" = [])),
    responses((status = 200, body = VisitSaid), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
#[get("/field/visits/{id}")]
async fn said(actor: Actor, id: Path<VisitId>, db: Data<Db>) -> Answer<HttpResponse> {
    actor.must_be(AT_THE_DOOR)?;
    let said = actions::said(&db, &actor, id.into_inner()).await?;
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(said))
}
