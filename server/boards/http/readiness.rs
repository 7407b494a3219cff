//! Before a campaign opens.

use actix_web::get;
use actix_web::web::{Data, Json, Path};

use crate::accounts::Actor;
use crate::boards::actions;
use crate::boards::model::Readiness;
use crate::campaigns::CampaignId;
use crate::kit::db::Db;
use crate::kit::http::problem::{Answer, ProblemBody};

/// What a campaign still lacks before it opens: what keeps it from opening, what somebody would have to do without, what the server sees
/// to by itself. For the centre that may open it, and for auditors.
#[utoipa::path(tag = "boards", security(("bearer" = [])), params(("id" = CampaignId, Path)), responses(
    (status = 200, body = Readiness),
    (status = 404, body = ProblemBody, content_type = "application/problem+json"),
))]
#[get("/campaigns/{id}/readiness")]
pub(super) async fn readiness(db: Data<Db>, actor: Actor, id: Path<CampaignId>) -> Answer<Json<Readiness>> {
    let now = db.clock().now();
    Ok(Json(db.read(move |conn| actions::readiness(conn, &actor, *id, now)).await?))
}
