//! Where a picture stands.

use actix_web::get;
use actix_web::web::{Data, Json, Path};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::Actor;
use crate::boards::model::AlikeView;
use crate::boards::queries;
use crate::kit::blob::BlobName;
use crate::kit::db::Db;
use crate::kit::http::problem::{Answer, Problem, ProblemBody};

/// Where a picture stands.
#[derive(Serialize, ToSchema)]
pub(super) struct AlikeList {
    /// At most 100, the likest first.
    items: Vec<AlikeView>,
}

/// The visits within sight that name a picture, byte for byte, or one that looks like it: side by side it is seen whether one was used twice.
#[utoipa::path(tag = "boards", security(("bearer" = [])), params(("sha256" = BlobName, Path)), responses(
    (status = 200, body = AlikeList),
    (status = 404, body = ProblemBody, content_type = "application/problem+json"),
))]
#[get("/evidence/{sha256}/alike")]
pub(super) async fn alike(db: Data<Db>, actor: Actor, sha256: Path<String>) -> Answer<Json<AlikeList>> {
    let name = BlobName::parse(&sha256).ok_or_else(|| Problem::field("/sha256", "not_sha256"))?;
    let items = db.read(move |conn| queries::alike(conn, &actor, &name)).await?;
    Ok(Json(AlikeList { items }))
}
