//! Campaigns at the desk. Opening stands with the entitlements it freezes.

mod goods;

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{get, patch, post, put};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions::{self, Change, NewCampaign};
use super::model::{Campaign, CampaignId, CampaignStatus, Standard, Standards};
use super::policy::Policy;
use super::rules;
use crate::accounts::{Actor, OrgId};
use crate::kit::clock::Moment;
use crate::kit::db::Db;
use crate::kit::http::faults::Faults;
use crate::kit::http::json::Body;
use crate::kit::http::made::Made;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Answer, Problem};
use crate::kit::http::version::IfMatch;

/// The doors of this room.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list).service(make).service(one).service(change).service(change_policy).service(standards).service(set_standards);
    config.service(goods::list).service(goods::make);
}

/// A campaign, as the desk sees it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CampaignView {
    /// Its id.
    pub id: CampaignId,
    /// The org that holds it.
    pub org_id: OrgId,
    /// Its name.
    pub name: String,
    /// Its theme.
    pub theme: String,
    /// Where it stands.
    pub status: CampaignStatus,
    /// Its first moment.
    pub opens_at: Moment,
    /// The moment by which every household is to be reached.
    pub deadline_at: Moment,
    /// The limits visits are held against.
    pub policy: Policy,
    /// When it was opened.
    pub opened_at: Option<Moment>,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// The version to name in `If-Match`.
    pub version: i64,
}

impl From<Campaign> for CampaignView {
    fn from(of: Campaign) -> Self {
        let Campaign { id, org_id, name, theme, status, opens_at, deadline_at, policy, opened_at, closed_at, version, .. } = of;
        Self { id, org_id, name, theme, status, opens_at, deadline_at, policy, opened_at, closed_at, version }
    }
}

/// A campaign to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CampaignBody {
    id: Option<CampaignId>,
    name: String,
    theme: String,
    opens_at: Moment,
    deadline_at: Moment,
    #[serde(default)]
    policy: Policy,
}

impl TryFrom<CampaignBody> for NewCampaign {
    type Error = Problem;

    fn try_from(body: CampaignBody) -> Result<Self, Problem> {
        let mut faults = Faults::default();
        let name = faults.text(&body.name, 80, "/name");
        let theme = faults.text(&body.theme, 80, "/theme");
        rules::check_days(&mut faults, body.opens_at, body.deadline_at);
        faults.extend(body.policy.faults("/policy"));
        faults.or(Self { id: body.id, name, theme, opens_at: body.opens_at, deadline_at: body.deadline_at, policy: body.policy })
    }
}

/// What is to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CampaignChange)]
#[serde(deny_unknown_fields)]
struct ChangeBody {
    name: Option<String>,
    theme: Option<String>,
    opens_at: Option<Moment>,
    deadline_at: Option<Moment>,
    #[schema(value_type = Option<Policy>)]
    policy: Option<Map<String, Value>>,
}

/// The campaigns you may see, newest first.
#[utoipa::path(tag = "campaigns", security(("bearer" = [])), params(PageQuery), responses((status = 200, body = Page<CampaignView>)))]
#[get("/campaigns")]
async fn list(db: Data<Db>, actor: Actor, page: Query<PageQuery>) -> Answer<Json<Page<CampaignView>>> {
    let found = db.read(move |conn| actions::list(conn, &actor, &page)).await?;
    Ok(Json(found.map(CampaignView::from)))
}

/// Makes a campaign, as a draft.
#[utoipa::path(tag = "campaigns", security(("bearer" = [])), request_body = CampaignBody,
    responses((status = 201, body = CampaignView), (status = 200, description = "The same was made before", body = CampaignView)))]
#[post("/campaigns")]
async fn make(db: Data<Db>, actor: Actor, body: Body<CampaignBody>) -> Answer<Made<CampaignView>> {
    actions::must_read(&actor)?;
    let new = NewCampaign::try_from(body.0)?;
    let made = db.write(actor.author(), move |tx| actions::make(tx, &actor, &new)).await?;
    Ok(made.map(CampaignView::from))
}

/// One campaign.
#[utoipa::path(tag = "campaigns", security(("bearer" = [])), params(("id" = CampaignId, Path)), responses((status = 200, body = CampaignView)))]
#[get("/campaigns/{id}")]
async fn one(db: Data<Db>, actor: Actor, id: Path<CampaignId>) -> Answer<Json<CampaignView>> {
    let (campaign, _) = db.read(move |conn| actions::visible(conn, &actor, *id)).await?;
    Ok(Json(campaign.into()))
}

/// Changes names, days and limits.
#[utoipa::path(tag = "campaigns", security(("bearer" = [])), request_body = ChangeBody,
    params(("id" = CampaignId, Path), ("If-Match" = i64, Header)), responses((status = 200, body = CampaignView)))]
#[patch("/campaigns/{id}")]
async fn change(db: Data<Db>, actor: Actor, id: Path<CampaignId>, read: IfMatch, body: Body<ChangeBody>) -> Answer<Json<CampaignView>> {
    let ChangeBody { name, theme, opens_at, deadline_at, policy } = body.0;
    let asked = Change { name, theme, opens_at, deadline_at, policy };
    let campaign = db.write(actor.author(), move |tx| actions::change(tx, &actor, *id, read, &asked, "/policy")).await?;
    Ok(Json(campaign.into()))
}

/// Changes limits alone.
#[utoipa::path(tag = "campaigns", security(("bearer" = [])), request_body = Policy,
    params(("id" = CampaignId, Path), ("If-Match" = i64, Header)), responses((status = 200, body = CampaignView)))]
#[patch("/campaigns/{id}/policy")]
async fn change_policy(db: Data<Db>, actor: Actor, id: Path<CampaignId>, read: IfMatch, body: Body<Map<String, Value>>) -> Answer<Json<CampaignView>> {
    let asked = Change { policy: Some(body.0), ..Change::default() };
    let campaign = db.write(actor.author(), move |tx| actions::change(tx, &actor, *id, read, &asked, "")).await?;
    Ok(Json(campaign.into()))
}

/// What each category receives.
#[utoipa::path(tag = "campaigns", security(("bearer" = [])), params(("id" = CampaignId, Path)), responses((status = 200, body = Vec<Standard>)))]
#[get("/campaigns/{id}/standards")]
async fn standards(db: Data<Db>, actor: Actor, id: Path<CampaignId>) -> Answer<Json<Standards>> {
    let found = db.read(move |conn| actions::visible(conn, &actor, *id).and_then(|_| actions::standards_of(conn, *id))).await?;
    Ok(Json(found))
}

/// Sets what each category receives; only while the campaign is a draft.
#[utoipa::path(tag = "campaigns", security(("bearer" = [])), request_body = Vec<Standard>,
    params(("id" = CampaignId, Path), ("If-Match" = Option<i64>, Header)), responses((status = 200, body = Vec<Standard>)))]
#[put("/campaigns/{id}/standards")]
async fn set_standards(db: Data<Db>, actor: Actor, id: Path<CampaignId>, read: Option<IfMatch>, body: Body<Vec<Standard>>) -> Answer<Json<Standards>> {
    Ok(Json(db.write(actor.author(), move |tx| actions::set_standards(tx, &actor, *id, read, body.0.clone())).await?))
}
