//! Needs at the desk.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{get, post};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions;
use super::model::{NeedFilter, NeedId, NeedStep, NeedView, StepAsked, StepId};
use crate::accounts::Actor;
use crate::kit::db::Db;
use crate::kit::http::faults::Faults;
use crate::kit::http::json::Body;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Answer, Code, Problem};

/// Longest words said to a need, in characters.
const LONGEST_WORDS: usize = 500;
/// Fewest.
const FEWEST: usize = 2;

/// The doors of this room.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list).service(step);
}

/// A step to be taken.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NeedStepBody {
    /// UUIDv7, made by who asks, so that a repeat changes nothing.
    id: StepId,
    /// What is to be done.
    step: NeedStep,
    /// 2 to 500 characters: what was done, or what is to come.
    words: String,
}

impl TryFrom<NeedStepBody> for StepAsked {
    type Error = Problem;

    fn try_from(body: NeedStepBody) -> Result<Self, Problem> {
        let mut faults = Faults::default();
        let words = faults.text(&body.words, LONGEST_WORDS, "/words");
        faults.unless(words.is_empty() || words.chars().count() >= FEWEST, "/words", "too_short");
        faults.or(Self { id: body.id, step: body.step, words })
    }
}

/// What was asked for at the doors, those that wait longest first: of a subtree of orgs, or of own teams.
#[utoipa::path(tag = "needs", security(("bearer" = [])), params(NeedFilter, PageQuery), responses((status = 200, body = Page<NeedView>)))]
#[get("/needs")]
async fn list(db: Data<Db>, actor: Actor, filter: Query<NeedFilter>, page: Query<PageQuery>) -> Answer<Json<Page<NeedView>>> {
    Ok(Json(db.read(move |conn| actions::list(conn, &actor, &filter, &page)).await?))
}

/// Answers a need, settles it, or opens it again. A repeat changes nothing.
#[utoipa::path(
    tag = "needs", security(("bearer" = [])), params(("id" = String, Path)), request_body = NeedStepBody, responses((status = 200, body = NeedView))
)]
#[post("/needs/{id}/steps")]
async fn step(db: Data<Db>, actor: Actor, id: Path<String>, body: Body<NeedStepBody>) -> Answer<Json<NeedView>> {
    let id = NeedId::parse(&id).ok_or(Problem::of(Code::NotFound))?;
    let asked: StepAsked = body.0.try_into()?;
    Ok(Json(db.write(actor.author(), move |tx| actions::step(tx, &actor, id, &asked)).await?))
}
