//! Who holds what, what moved from where to where, and what waits for a second signature.

use actix_web::get;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{Data, Json, Query};
use actix_web::{HttpResponse, Responder};
use serde::Deserialize;
use utoipa::IntoParams;

use super::bodies::{BalancesView, FlowView, SlipView};
use super::workbook::{PAGE, Workbook};
use crate::accounts::{Actor, TeamId};
use crate::campaigns::CampaignId;
use crate::kit::clock::Moment;
use crate::kit::db::Db;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::Answer;
use crate::ledger::actions;
use crate::ledger::model::{Filter, SlipFilter, SlipState};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Which campaign, and up to when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AsOf {
    /// The campaign.
    campaign: CampaignId,
    /// By when things had happened; now where nothing is said.
    at: Option<Moment>,
}

/// Which campaign, which of its slips, and which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SlipsQuery {
    /// The campaign.
    campaign: CampaignId,
    /// Only in this state.
    state: Option<SlipState>,
    /// Only of this team.
    team: Option<TeamId>,
    /// How many at most.
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// What changes hands with two signatures, newest first.
#[utoipa::path(tag = "ledger", security(("bearer" = [])), params(SlipsQuery), responses((status = 200, body = Page<SlipView>)))]
#[get("/ledger/slips")]
pub async fn slips(db: Data<Db>, actor: Actor, query: Query<SlipsQuery>) -> Answer<Json<Page<SlipView>>> {
    let SlipsQuery { campaign, state, team, limit, after } = query.into_inner();
    let (filter, page) = (SlipFilter { state, team }, PageQuery { limit, after });
    let page = db.read(move |conn| actions::slips(conn, &actor, campaign, &filter, &page)).await?;
    Ok(Json(page.map(SlipView::from)))
}

/// Who holds what, and one line for each fund and item that shows where all of it is; now, or as it had happened by a moment.
#[utoipa::path(tag = "ledger", security(("bearer" = [])), params(AsOf), responses((status = 200, body = BalancesView)))]
#[get("/ledger/balances")]
pub async fn balances(db: Data<Db>, actor: Actor, query: Query<AsOf>) -> Answer<Json<BalancesView>> {
    let told = db.read(move |conn| actions::told(conn, &actor, query.campaign, query.at)).await?;
    Ok(Json(told.into()))
}

/// What moved from where to where, net of what was reversed: from its sources by stores and teams to those who received it.
#[utoipa::path(tag = "ledger", security(("bearer" = [])), params(AsOf), responses((status = 200, body = FlowView)))]
#[get("/ledger/flow")]
pub async fn flow(db: Data<Db>, actor: Actor, query: Query<AsOf>) -> Answer<Json<FlowView>> {
    let now = db.clock().now();
    let told = db.read(move |conn| actions::flow(conn, &actor, query.campaign, query.at, now)).await?;
    Ok(Json(told.into()))
}

/// The same as a workbook: the sums, what moved, and the entries behind it, the newest hundred thousand lines of them.
#[utoipa::path(tag = "ledger", security(("bearer" = [])), params(AsOf), responses((status = 200, content_type = XLSX, body = Vec<u8>)))]
#[get("/ledger/flow.xlsx")]
pub async fn workbook(db: Data<Db>, actor: Actor, query: Query<AsOf>) -> Answer<impl Responder> {
    let now = db.clock().now();
    let AsOf { campaign, at } = query.into_inner();
    let bytes = db.read(move |conn| {
        let told = actions::flow(conn, &actor, campaign, at, now)?;
        let mut book = Workbook::of(&told)?;
        let (filter, mut after) = (Filter { at, ..Filter::default() }, None);
        while book.has_room() {
            let entries = actions::entries_after(conn, &actor, campaign, &filter, after, PAGE)?;
            let Some(last) = entries.last() else { break };
            after = Some((last.entry.made_at, last.entry.id));
            book.add(&told.names, &entries)?;
        }
        book.finish()
    });
    let attachment = (CONTENT_DISPOSITION, "attachment; filename=\"flow.xlsx\"");
    Ok(HttpResponse::Ok().content_type(XLSX).insert_header(attachment).body(bytes.await?))
}
