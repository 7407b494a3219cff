//! What everybody may know, without a session.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, get};

use super::Brake;
use crate::campaigns::CampaignId;
use crate::config::Settings;
use crate::kit::db::Db;
use crate::kit::http::caller::address_of;
use crate::kit::http::problem::{Answer, ProblemBody};
use crate::spotchecks::actions::{self, DrawsPublished};

/// What a campaign's draws are promised to be made from, and what each came to. Names no household.
#[utoipa::path(tag = "public", params(("id" = CampaignId, Path)), responses(
    (status = 200, body = DrawsPublished),
    (status = 429, body = ProblemBody, description = "too_many_tries, with Retry-After", content_type = "application/problem+json"),
))]
#[get("/public/campaigns/{id}/draws")]
pub async fn draws(request: HttpRequest, db: Data<Db>, brake: Data<Brake>, settings: Data<Settings>, id: Path<CampaignId>) -> Answer<Json<DrawsPublished>> {
    brake.pass(address_of(&request, settings.behind_proxy), db.clock().now())?;
    Ok(Json(db.read(move |conn| actions::published(conn, *id)).await?))
}
