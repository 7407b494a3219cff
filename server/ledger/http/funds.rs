//! Funds.

use actix_web::web::{Data, Json, Query};
use actix_web::{get, post};
use serde::Deserialize;
use utoipa::ToSchema;

use super::OfCampaign;
use crate::accounts::Actor;
use crate::campaigns::{self, CampaignId, Earmark};
use crate::kit::db::Db;
use crate::kit::http::faults::Faults;
use crate::kit::http::json::Body;
use crate::kit::http::made::Made;
use crate::kit::http::page::Page;
use crate::kit::http::problem::{Answer, Problem};
use crate::ledger::actions::{self, NewFund};
use crate::ledger::model::{Fund, FundId, FundSource};

/// A fund to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FundBody {
    id: Option<FundId>,
    campaign_id: CampaignId,
    name: String,
    source: FundSource,
    earmark: Earmark,
}

impl TryFrom<FundBody> for NewFund {
    type Error = Problem;

    fn try_from(body: FundBody) -> Result<Self, Problem> {
        let mut faults = Faults::default();
        let name = faults.text(&body.name, 80, "/name");
        faults.or(Self { id: body.id, campaign_id: body.campaign_id, name, source: body.source, earmark: body.earmark })
    }
}

/// The funds of a campaign, by name.
#[utoipa::path(tag = "ledger", security(("bearer" = [])), params(OfCampaign), responses((status = 200, body = Page<Fund>)))]
#[get("/funds")]
pub async fn list(db: Data<Db>, actor: Actor, query: Query<OfCampaign>) -> Answer<Json<Page<Fund>>> {
    let items = db.read(move |conn| actions::funds(conn, &actor, query.campaign)).await?;
    Ok(Json(Page { items, next: None }))
}

/// Adds a fund to a campaign.
#[utoipa::path(tag = "ledger", security(("bearer" = [])), request_body = FundBody,
    responses((status = 201, body = Fund), (status = 200, description = "The same was made before", body = Fund)))]
#[post("/funds")]
pub async fn make(db: Data<Db>, actor: Actor, body: Body<FundBody>) -> Answer<Made<Fund>> {
    campaigns::must_read(&actor)?;
    let new = NewFund::try_from(body.0)?;
    db.write(actor.author(), move |tx| actions::make_fund(tx, &actor, &new)).await
}
