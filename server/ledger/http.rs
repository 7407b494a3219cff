//! The ledger at the desk.

mod bodies;
mod funds;

use actix_web::web::{Data, Json, Query};
use actix_web::{get, post};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use self::bodies::{BalancesView, EntryBody, EntryView};
use super::actions;
use super::model::NewEntry;
use crate::accounts::Actor;
use crate::campaigns::{self, CampaignId};
use crate::kit::db::Db;
use crate::kit::http::json::Body;
use crate::kit::http::made::Made;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::Answer;

/// The doors of this room.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(funds::list).service(funds::make).service(entries).service(record).service(balances);
}

/// Which campaign.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfCampaign {
    /// The campaign.
    campaign: CampaignId,
}

/// Which campaign, and which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct EntriesQuery {
    /// The campaign.
    campaign: CampaignId,
    /// How many at most.
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// What was booked, newest first.
#[utoipa::path(tag = "ledger", security(("bearer" = [])), params(EntriesQuery), responses((status = 200, body = Page<EntryView>)))]
#[get("/ledger/entries")]
async fn entries(db: Data<Db>, actor: Actor, query: Query<EntriesQuery>) -> Answer<Json<Page<EntryView>>> {
    let EntriesQuery { campaign, limit, after } = query.into_inner();
    let page = db.read(move |conn| actions::entries(conn, &actor, campaign, &PageQuery { limit, after })).await?;
    Ok(Json(page.map(EntryView::from)))
}

/// Books a receipt, an issue, a return, a loss or a reversal; once, however often it is sent.
#[utoipa::path(tag = "ledger", security(("bearer" = [])), request_body = EntryBody,
    responses((status = 201, body = EntryView), (status = 200, description = "The same was booked before", body = EntryView)))]
#[post("/ledger/entries")]
async fn record(db: Data<Db>, actor: Actor, body: Body<EntryBody>) -> Answer<Made<EntryView>> {
    campaigns::must_read(&actor)?;
    let new = NewEntry::try_from(body.0)?;
    let told = db
        .write(actor.author(), move |tx| {
            let made = actions::record(tx, &actor, &new)?;
            Ok(Made { fresh: made.fresh, value: actions::entry(tx.conn, made.value)? })
        })
        .await?;
    Ok(told.map(EntryView::from))
}

/// Who holds what, and one line for each fund and item that shows where all of it is.
#[utoipa::path(tag = "ledger", security(("bearer" = [])), params(OfCampaign), responses((status = 200, body = BalancesView)))]
#[get("/ledger/balances")]
async fn balances(db: Data<Db>, actor: Actor, query: Query<OfCampaign>) -> Answer<Json<BalancesView>> {
    let told = db.read(move |conn| actions::told(conn, &actor, query.campaign)).await?;
    Ok(Json(told.into()))
}
