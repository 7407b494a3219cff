//! Opening a campaign, and what it promises.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions::{self, Frozen};
use super::model::Entitlement;
use crate::accounts::Actor;
use crate::campaigns::{CampaignId, CampaignView, Seals};
use crate::households::HouseholdId;
use crate::kit::db::Db;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::Answer;

/// The doors of this room.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(open).service(freeze).service(list);
}

/// A campaign that was opened, and what it promised.
#[derive(Debug, Serialize, ToSchema)]
struct OpenedView {
    #[serde(flatten)]
    campaign: CampaignView,
    frozen: Frozen,
}

/// Opens a campaign and freezes the entitlements of all approved files.
#[utoipa::path(tag = "campaigns", security(("bearer" = [])), params(("id" = CampaignId, Path)), responses((status = 200, body = OpenedView)))]
#[post("/campaigns/{id}/open")]
async fn open(db: Data<Db>, seals: Data<Seals>, actor: Actor, id: Path<CampaignId>) -> Answer<Json<OpenedView>> {
    let (campaign, frozen) = db.write(actor.author(), move |tx| actions::open(tx, &actor, &seals, *id)).await?;
    Ok(Json(OpenedView { campaign: campaign.into(), frozen }))
}

/// Freezes the entitlements of files that were approved since; may be asked again at any time.
#[utoipa::path(tag = "campaigns", security(("bearer" = [])), params(("id" = CampaignId, Path)), responses((status = 200, body = Frozen)))]
#[post("/campaigns/{id}/entitlements")]
async fn freeze(db: Data<Db>, actor: Actor, id: Path<CampaignId>) -> Answer<Json<Frozen>> {
    Ok(Json(db.write(actor.author(), move |tx| actions::freeze(tx, &actor, *id)).await?))
}

/// Whose entitlement is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Whose {
    /// Of this household alone.
    household: Option<HouseholdId>,
}

/// Who is to receive what.
#[utoipa::path(tag = "campaigns", security(("bearer" = [])), params(("id" = CampaignId, Path), Whose, PageQuery),
    responses((status = 200, body = Page<Entitlement>)))]
#[get("/campaigns/{id}/entitlements")]
async fn list(db: Data<Db>, actor: Actor, id: Path<CampaignId>, whose: Query<Whose>, page: Query<PageQuery>) -> Answer<Json<Page<Entitlement>>> {
    Ok(Json(db.read(move |conn| actions::list(conn, &actor, *id, whose.household, &page)).await?))
}
