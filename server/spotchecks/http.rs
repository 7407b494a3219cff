//! Samples at the desk: draw, choose, read, prove, publish.

mod brake;
mod checks;
mod export;
mod public;

pub use brake::Brake;

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{get, post};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions::{self, DrawsPublished, NewSample, SampleView};
use super::model::{Kind, Sample, SampleId};
use crate::accounts::Actor;
use crate::campaigns::{CampaignId, Seals};
use crate::households::HouseholdId;
use crate::kit::db::Db;
use crate::kit::http::faults::Faults;
use crate::kit::http::json::Body;
use crate::kit::http::made::Made;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Answer, Problem};

/// Households chosen at once.
const MOST_CHOSEN: usize = 200;

/// The doors of this room.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(public::draws).service(public::frame).service(draw).service(list).service(one).service(export::proof).service(export::csv).service(reveal);
    config.service(checks::list).service(checks::one).service(checks::answer).service(checks::judge).service(checks::replace).service(checks::result);
}

/// A sample to be drawn or chosen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SampleBody {
    id: Option<SampleId>,
    campaign_id: CampaignId,
    /// `assisted` and `not_reached` are drawn by chance, `targeted` is chosen; an `escalation` comes of itself.
    kind: Kind,
    /// Of a targeted check: 1 to 200 households.
    #[serde(default)]
    households: Vec<HouseholdId>,
    /// Of a targeted check: why these.
    #[serde(default)]
    words: String,
}

impl TryFrom<SampleBody> for NewSample {
    type Error = Problem;

    fn try_from(body: SampleBody) -> Result<Self, Problem> {
        let SampleBody { id, campaign_id, kind, mut households, words } = body;
        let mut faults = Faults::default();
        let given = households.len();
        households.sort_unstable();
        households.dedup();
        let words = if kind == Kind::Targeted {
            faults.unless(given > 0, "/households", "missing");
            faults.unless(given <= MOST_CHOSEN, "/households", "too_many");
            faults.unless(households.len() == given, "/households", "duplicate");
            faults.text(&words, 500, "/words")
        } else {
            faults.unless(kind != Kind::Escalation, "/kind", "wrong_kind");
            faults.unless(given == 0, "/households", "must_be_empty");
            faults.unless(words.trim().is_empty(), "/words", "must_be_empty");
            String::new()
        };
        faults.or(Self { id, campaign_id, kind, households, words })
    }
}

/// Draws a sample: the frame is frozen, and what is drawn can be repeated by anybody. Or chooses single households for a targeted check.
#[utoipa::path(tag = "spotchecks", security(("bearer" = [])), request_body = SampleBody,
    responses((status = 201, body = Sample), (status = 200, description = "The same was made before", body = Sample)))]
#[post("/samples")]
async fn draw(db: Data<Db>, seals: Data<Seals>, actor: Actor, body: Body<SampleBody>) -> Answer<Made<Sample>> {
    let new = NewSample::try_from(body.0)?;
    let asked = (actor.clone(), Data::clone(&seals), new.clone());
    let beside = db.read(move |conn| actions::draw_beside(conn, &asked.0, &asked.1, &asked.2)).await?;
    db.write(actor.author(), move |tx| actions::make(tx, &actor, &seals, &new, beside.as_ref())).await
}

/// Whose samples are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// Of this campaign.
    campaign: CampaignId,
}

/// The samples of a campaign, newest first.
#[utoipa::path(tag = "spotchecks", security(("bearer" = [])), params(Asked, PageQuery), responses((status = 200, body = Page<Sample>)))]
#[get("/samples")]
async fn list(db: Data<Db>, actor: Actor, asked: Query<Asked>, page: Query<PageQuery>) -> Answer<Json<Page<Sample>>> {
    Ok(Json(db.read(move |conn| actions::list(conn, &actor, asked.campaign, &page)).await?))
}

/// One sample, with its strata and how far its checks have come.
#[utoipa::path(tag = "spotchecks", security(("bearer" = [])), params(("id" = SampleId, Path)), responses((status = 200, body = SampleView)))]
#[get("/samples/{id}")]
async fn one(db: Data<Db>, actor: Actor, id: Path<SampleId>) -> Answer<Json<SampleView>> {
    Ok(Json(db.read(move |conn| actions::one(conn, &actor, *id)).await?))
}

/// Which seed is to be published.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RevealBody {
    /// The campaign's commitment, as it was read: nobody publishes a seed by mistake.
    commitment: String,
}

/// Publishes the seed of a campaign: anybody can hold every draw against the promise from then on, and nothing is drawn any more.
#[utoipa::path(tag = "spotchecks", security(("bearer" = [])), params(("id" = CampaignId, Path)), request_body = RevealBody,
    responses((status = 200, body = DrawsPublished)))]
#[post("/campaigns/{id}/reveal-seed")]
async fn reveal(db: Data<Db>, seals: Data<Seals>, actor: Actor, id: Path<CampaignId>, body: Body<RevealBody>) -> Answer<Json<DrawsPublished>> {
    let done = db.write(actor.author(), move |tx| actions::reveal(tx, &actor, &seals, *id, &body.0.commitment));
    Ok(Json(done.await?))
}
