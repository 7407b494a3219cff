//! `GET /field/pull`, `POST /field/push`, `GET /field/tally`.

use actix_web::web::{Data, Json, Query};
use actix_web::{get, post};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::model::{Pulled, PushAnswer, PushRequest, Tally};
use crate::accounts::tokens::Keys;
use crate::accounts::{Actor, DeviceId, Role};
use crate::kit::db::Db;
use crate::kit::http::json::Body;
use crate::kit::http::language::Language;
use crate::kit::http::problem::{Answer, ProblemBody};

const LARGEST_PUSH: usize = 4 * 1_048_576;
const AT_THE_DOOR: &[Role] = &[Role::Cadre, Role::Lead, Role::Supervisor];

/// The room's doors.
pub fn routes(config: &mut ServiceConfig) {
    config.service(pull).service(push).service(tally);
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
async fn pull(actor: Actor, query: Query<PullQuery>, db: Data<Db>, keys: Data<Keys>, language: Language) -> Answer<Json<Pulled>> {
    actor.must_be(AT_THE_DOOR)?;
    let now = db.clock().now();
    let since = query.into_inner().since;
    let pulled = db.read(move |conn| actions::pull(conn, &actor, &keys, since.as_deref(), now, language)).await?;
    Ok(Json(pulled))
}

/// What was recorded on a phone.
#[utoipa::path(tag = "field", request_body = PushRequest, security(("bearer" = [])),
    responses((status = 200, body = PushAnswer), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
#[post("/field/push")]
async fn push(actor: Actor, body: Body<PushRequest, LARGEST_PUSH>, db: Data<Db>, keys: Data<Keys>, language: Language) -> Answer<Json<PushAnswer>> {
    actor.must_be(AT_THE_DOOR)?;
    let PushRequest { device, items } = body.0;
    let prepared = actions::prepare(&keys, &device, items, db.clock().now())?;
    let author = actor.author();
    let answer = db.write(author, move |tx| actions::push(tx, &actor, &device, &prepared, language)).await?;
    Ok(Json(answer))
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
