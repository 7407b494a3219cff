//! What everybody may know, without a session.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, get};

use super::{Brake, export};
use crate::campaigns::CampaignId;
use crate::config::Settings;
use crate::kit::db::Db;
use crate::kit::http::caller::address_of;
use crate::kit::http::problem::{Answer, ProblemBody};
use crate::spotchecks::actions::{self, DrawsPublished};
use crate::spotchecks::model::SampleId;

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

/// The proof of a draw, for everybody: its frame, its seed and what was drawn, once nobody can prepare for a check with it any more.
#[utoipa::path(tag = "public", params(("id" = CampaignId, Path), ("draw" = SampleId, Path)), responses(
    (status = 200, content_type = "application/json", body = Vec<u8>, description = "the file; docs/draw.md says what stands in it"),
    (status = 409, body = ProblemBody, description = "frame_not_public", content_type = "application/problem+json"),
    (status = 429, body = ProblemBody, description = "too_many_tries, with Retry-After", content_type = "application/problem+json"),
))]
#[get("/public/campaigns/{id}/draws/{draw}/frame")]
pub async fn frame(
    request: HttpRequest,
    db: Data<Db>,
    brake: Data<Brake>,
    settings: Data<Settings>,
    path: Path<(CampaignId, SampleId)>,
) -> Answer<HttpResponse> {
    brake.pass(address_of(&request, settings.behind_proxy), db.clock().now())?;
    let (campaign, id) = path.into_inner();
    let (head, drawn) = db.read(move |conn| actions::public_proof(conn, campaign, id)).await?;
    export::file(db, id, &head, &drawn)
}
