//! The desk's lists.

mod alike;
mod export;
mod places;
mod readiness;

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{get, post};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{Changes, ChangesAsked, HouseholdFilter, HouseholdRow, HouseholdsAsked, Matches, MatchesAsked, Progress, VisitFilter, VisitRow, VisitView};
use super::{actions, queries};
use crate::accounts::Actor;
use crate::campaigns::CampaignId;
use crate::kit::db::Db;
use crate::kit::http::json::Body;
use crate::kit::http::language::Language;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Answer, Problem};
use crate::visits::VisitId;

/// The doors of this room.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(progress)
        .service(changes)
        .service(households)
        .service(search)
        .service(matches)
        .service(visits)
        .service(visit)
        .service(alike::alike)
        .service(export::export)
        .service(places::places)
        .service(readiness::readiness);
}

/// Which campaign.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// The campaign.
    campaign: Option<CampaignId>,
}

/// How far a campaign has come and where it is heading: in all, by team, by category, by day; of a subtree of orgs, or of own teams.
#[utoipa::path(tag = "boards", security(("bearer" = [])), params(Asked), responses((status = 200, body = Progress)))]
#[get("/progress")]
async fn progress(db: Data<Db>, actor: Actor, asked: Query<Asked>) -> Answer<Json<Progress>> {
    let campaign = asked.campaign.ok_or_else(|| Problem::field("/campaign", "missing"))?;
    let now = db.clock().now();
    Ok(Json(db.read(move |conn| actions::progress(conn, &actor, campaign, now)).await?))
}

/// What changed since somebody last looked: of a subtree of orgs, or of own teams. Asked without `since` it tells where to begin; asked
/// again and again it costs one look at where the log ends, as long as nothing happened.
#[utoipa::path(tag = "boards", security(("bearer" = [])), params(ChangesAsked), responses((status = 200, body = Changes)))]
#[get("/changes")]
async fn changes(db: Data<Db>, actor: Actor, asked: Query<ChangesAsked>) -> Answer<Json<Changes>> {
    Ok(Json(db.read(move |conn| actions::changes(conn, &actor, &asked)).await?))
}

/// Households with where they stand: of a subtree of orgs, or of own teams.
#[utoipa::path(tag = "boards", security(("bearer" = [])), params(HouseholdFilter, PageQuery), responses((status = 200, body = Page<HouseholdRow>)))]
#[get("/households")]
async fn households(db: Data<Db>, actor: Actor, filter: Query<HouseholdFilter>, page: Query<PageQuery>) -> Answer<Json<Page<HouseholdRow>>> {
    Ok(Json(db.read(move |conn| queries::households(conn, &actor, &filter, &page)).await?))
}

/// The same asked in the body, for a name may be searched for, and a name does not belong in an address.
#[utoipa::path(tag = "boards", security(("bearer" = [])), request_body = HouseholdsAsked, responses((status = 200, body = Page<HouseholdRow>)))]
#[post("/households/search")]
async fn search(db: Data<Db>, actor: Actor, asked: Body<HouseholdsAsked>) -> Answer<Json<Page<HouseholdRow>>> {
    let HouseholdsAsked { filter, limit, after } = asked.0;
    let page = PageQuery { limit, after };
    Ok(Json(db.read(move |conn| queries::households(conn, &actor, &filter, &page)).await?))
}

/// How many households a filter finds, and which: of a subtree of orgs, or of own teams. Asked in the body, for a name may be searched for.
#[utoipa::path(tag = "boards", security(("bearer" = [])), request_body = MatchesAsked, responses((status = 200, body = Matches)))]
#[post("/households/matches")]
async fn matches(db: Data<Db>, actor: Actor, asked: Body<MatchesAsked>) -> Answer<Json<Matches>> {
    Ok(Json(db.read(move |conn| queries::matches(conn, &actor, &asked.0.filter, asked.0.ids)).await?))
}

/// Visits, the newest first: of a subtree of orgs, of the teams somebody leads, or their own.
#[utoipa::path(tag = "boards", security(("bearer" = [])), params(VisitFilter, PageQuery), responses((status = 200, body = Page<VisitRow>)))]
#[get("/visits")]
async fn visits(db: Data<Db>, actor: Actor, filter: Query<VisitFilter>, page: Query<PageQuery>) -> Answer<Json<Page<VisitRow>>> {
    Ok(Json(db.read(move |conn| queries::visits(conn, &actor, &filter, &page)).await?))
}

/// One visit, as it was said, with what was found.
#[utoipa::path(tag = "boards", security(("bearer" = [])), params(("id" = VisitId, Path)), responses((status = 200, body = VisitView)))]
#[get("/visits/{id}")]
async fn visit(db: Data<Db>, actor: Actor, id: Path<VisitId>, language: Language) -> Answer<Json<VisitView>> {
    Ok(Json(db.read(move |conn| queries::visit(conn, &actor, *id, language)).await?))
}
