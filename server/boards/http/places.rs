//! Households on a map.

use actix_web::get;
use actix_web::web::{Data, Json, Query};

use crate::accounts::Actor;
use crate::boards::model::{BaseMap, Places, PlacesAsked};
use crate::boards::queries;
use crate::config::Settings;
use crate::kit::db::Db;
use crate::kit::http::problem::{Answer, ProblemBody};

/// Where the households of a campaign live and how they stand: of a subtree of orgs, or of own teams. Few are told one by one, many are
/// gathered by where they live.
#[utoipa::path(tag = "boards", security(("bearer" = [])), params(PlacesAsked), responses(
    (status = 200, body = Places),
    (status = "4XX", body = ProblemBody, content_type = "application/problem+json"),
))]
#[get("/progress/places")]
pub(super) async fn places(db: Data<Db>, settings: Data<Settings>, actor: Actor, asked: Query<PlacesAsked>) -> Answer<Json<Places>> {
    let mut told = db.read(move |conn| queries::places(conn, &actor, &asked)).await?;
    told.base_map = settings.base_map.as_ref().and_then(BaseMap::set);
    Ok(Json(told))
}
