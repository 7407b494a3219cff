//! The ledger at the desk.

mod bodies;
mod funds;
mod told;
mod workbook;

use actix_web::web::{Data, Json, Query};
use actix_web::{get, post};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use self::bodies::{EntriesQuery, EntryBody, EntryView};
use super::actions;
use super::model::NewEntry;
use crate::accounts::Actor;
use crate::campaigns::{self, CampaignId};
use crate::kit::db::Db;
use crate::kit::http::json::Body;
use crate::kit::http::made::Made;
use crate::kit::http::page::Page;
use crate::kit::http::problem::Answer;

/// The doors of this room.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(funds::list).service(funds::make).service(entries).service(record);
    config.service(told::slips).service(told::balances).service(told::flow).service(told::workbook);
}

/// Which campaign.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfCampaign {
    /// The campaign.
    campaign: CampaignId,
}

/// What was booked and is asked for, newest first.
#[utoipa::path(tag = "ledger", security(("bearer" = [])), params(EntriesQuery), responses((status = 200, body = Page<EntryView>)))]
#[get("/ledger/entries")]
async fn entries(db: Data<Db>, actor: Actor, query: Query<EntriesQuery>) -> Answer<Json<Page<EntryView>>> {
    let (campaign, filter, page) = query.into_inner().read()?;
    let page = db.read(move |conn| actions::entries(conn, &actor, campaign, &filter, &page)).await?;
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
