//! Checks at the desk: the list, the blind form, the verdict, the result.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{get, post};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::accounts::Actor;
use crate::campaigns::Seals;
use crate::kit::db::Db;
use crate::kit::http::json::Body;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::Answer;
use crate::spotchecks::actions::{self, CheckView, NewVerdict};
use crate::spotchecks::model::{Answers, CheckId, CheckRow, CheckState, Fallen, Found, SampleId, Verdict};

/// Which checks are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// That stand here.
    state: Option<CheckState>,
}

/// The checks of a sample, by stratum and place: none of a team you stand in.
#[utoipa::path(tag = "spotchecks", security(("bearer" = [])), params(("id" = SampleId, Path), Wanted, PageQuery), responses((status = 200, body = Page<CheckRow>)))]
#[get("/samples/{id}/checks")]
pub async fn list(db: Data<Db>, actor: Actor, id: Path<SampleId>, wanted: Query<Wanted>, page: Query<PageQuery>) -> Answer<Json<Page<CheckRow>>> {
    Ok(Json(db.read(move |conn| actions::checks(conn, &actor, *id, wanted.state, &page)).await?))
}

/// One check: who is to be asked. What the cadre wrote stands in it only once the household has answered.
#[utoipa::path(tag = "spotchecks", security(("bearer" = [])), params(("id" = CheckId, Path)), responses((status = 200, body = CheckView)))]
#[get("/checks/{id}")]
pub async fn one(db: Data<Db>, actor: Actor, id: Path<CheckId>) -> Answer<Json<CheckView>> {
    Ok(Json(db.read(move |conn| actions::check(conn, &actor, *id)).await?))
}

/// Keeps what the household says, once; then shows it beside what the cadre wrote.
#[utoipa::path(tag = "spotchecks", security(("bearer" = [])), params(("id" = CheckId, Path)), request_body = Answers, responses((status = 200, body = CheckView)))]
#[post("/checks/{id}/answers")]
pub async fn answer(db: Data<Db>, actor: Actor, id: Path<CheckId>, body: Body<Answers>) -> Answer<Json<CheckView>> {
    Ok(Json(db.write(actor.author(), move |tx| actions::answer(tx, &actor, *id, body.0.clone())).await?))
}

/// A verdict.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = VerdictGiven)]
#[serde(deny_unknown_fields)]
pub struct VerdictBody {
    /// The how-manieth it is to be, from 1.
    version: i64,
    verdict: Verdict,
    /// What was done about it; needed for a discrepancy.
    #[serde(default)]
    measures: String,
    #[serde(default)]
    words: String,
    /// Why the one before does not stand; needed from the second on.
    #[serde(default)]
    reason: String,
}

/// Gives a verdict. A later one keeps the earlier and names its reason.
#[utoipa::path(tag = "spotchecks", security(("bearer" = [])), params(("id" = CheckId, Path)), request_body = VerdictBody, responses((status = 200, body = CheckView)))]
#[post("/checks/{id}/verdict")]
pub async fn judge(db: Data<Db>, seals: Data<Seals>, actor: Actor, id: Path<CheckId>, body: Body<VerdictBody>) -> Answer<Json<CheckView>> {
    let VerdictBody { version, verdict, measures, words, reason } = body.0;
    let new = NewVerdict { version, verdict, measures, words, reason };
    Ok(Json(db.write(actor.author(), move |tx| actions::judge(tx, &actor, &seals, *id, &new)).await?))
}

/// Why a household falls out.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = ReplacementGiven)]
#[serde(deny_unknown_fields)]
pub struct ReplacementBody {
    reason: Fallen,
    /// 1 to 500 characters.
    words: String,
}

/// Gives the place of a household that cannot be checked any more to the next by score in its stratum; answers that one's check.
#[utoipa::path(tag = "spotchecks", security(("bearer" = [])), params(("id" = CheckId, Path)), request_body = ReplacementBody, responses((status = 200, body = CheckView)))]
#[post("/checks/{id}/replacement")]
pub async fn replace(db: Data<Db>, actor: Actor, id: Path<CheckId>, body: Body<ReplacementBody>) -> Answer<Json<CheckView>> {
    let ReplacementBody { reason, words } = body.0;
    Ok(Json(db.write(actor.author(), move |tx| actions::replace(tx, &actor, *id, reason, &words)).await?))
}

/// What comes out of a sample: rates with their intervals, money at risk, the sentence for a report.
#[utoipa::path(tag = "spotchecks", security(("bearer" = [])), params(("id" = SampleId, Path)), responses((status = 200, body = Found)))]
#[get("/samples/{id}/result")]
pub async fn result(db: Data<Db>, actor: Actor, id: Path<SampleId>) -> Answer<Json<Found>> {
    Ok(Json(db.read(move |conn| actions::result(conn, &actor, *id)).await?))
}
