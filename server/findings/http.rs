//! The queue of findings at the desk.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions::{self, FindingView, Refused};
use super::model::{AboutKind, Code, FindingId, How, Severity, Status};
use super::queries::Filter;
use crate::accounts::{Actor, PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::households::HouseholdId;
use crate::kit::db::Db;
use crate::kit::http::json::Body;
use crate::kit::http::language::Language;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Answer, Problem};

/// Findings settled by one request at most.
const MOST_AT_ONCE: usize = 200;

/// The doors of this room.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list).service(settle).service(settle_many);
}

/// Which findings are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// Of this campaign.
    campaign: Option<CampaignId>,
    /// That stand here; all but those that are gone where nothing is said.
    status: Option<Status>,
    /// With this code.
    code: Option<Code>,
    /// Of this weight.
    severity: Option<Severity>,
    /// That this team answers for.
    team: Option<TeamId>,
    /// About this household.
    household: Option<HouseholdId>,
    /// About things of this kind.
    about: Option<AboutKind>,
    /// About visits of this cadre.
    cadre: Option<PersonId>,
}

impl From<Asked> for Filter {
    fn from(of: Asked) -> Self {
        let Asked { campaign, status, code, severity, team, household, about, cadre } = of;
        Self { campaign, status, code, severity, team, household, about, cadre }
    }
}

/// What does not agree, oldest first: of a supervisor's, centre's or auditor's subtree, of the teams somebody leads, of own visits.
#[utoipa::path(tag = "findings", security(("bearer" = [])), params(Asked, PageQuery), responses((status = 200, body = Page<FindingView>)))]
#[get("/findings")]
async fn list(db: Data<Db>, actor: Actor, asked: Query<Asked>, page: Query<PageQuery>, language: Language) -> Answer<Json<Page<FindingView>>> {
    let (filter, page) = (asked.into_inner().into(), page.into_inner());
    Ok(Json(db.read(move |conn| actions::list(conn, &actor, &filter, &page, language)).await?))
}

/// How a finding is settled.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Settling {
    /// `explained` by a lead of the team; any by a supervisor.
    how: How,
    /// 2 to 500 characters.
    words: String,
}

/// Settles a finding. It opens again when its facts change.
#[utoipa::path(tag = "findings", security(("bearer" = [])), params(("id" = FindingId, Path)), request_body = Settling, responses((status = 200, body = FindingView)))]
#[post("/findings/{id}/settle")]
async fn settle(db: Data<Db>, actor: Actor, id: Path<FindingId>, body: Body<Settling>, language: Language) -> Answer<Json<FindingView>> {
    let Settling { how, words } = body.0;
    Ok(Json(db.write(actor.author(), move |tx| actions::settle(tx, &actor, *id, how, &words, language)).await?))
}

/// How many findings of one cause are settled.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SettlingMany {
    /// 1 to 200, all with one code.
    ids: Vec<FindingId>,
    /// `explained` by a lead of the team; any by a supervisor.
    how: How,
    /// 2 to 500 characters, the same for all.
    words: String,
}

/// What became of them.
#[derive(Debug, Serialize, ToSchema)]
struct SettledMany {
    /// Those that were settled.
    settled: Vec<FindingView>,
    /// Those that were not, and why.
    refused: Vec<Refused>,
}

/// Settles many findings that have one cause. Those that may not be settled hold up none of the others.
#[utoipa::path(tag = "findings", security(("bearer" = [])), request_body = SettlingMany, responses((status = 200, body = SettledMany)))]
#[post("/findings/settlements")]
async fn settle_many(db: Data<Db>, actor: Actor, body: Body<SettlingMany>, language: Language) -> Answer<Json<SettledMany>> {
    let SettlingMany { mut ids, how, words } = body.0;
    ids.sort_unstable();
    ids.dedup();
    if !(1..=MOST_AT_ONCE).contains(&ids.len()) {
        return Err(Problem::field("/ids", if ids.is_empty() { "missing" } else { "too_many" }));
    }
    let (settled, refused) = db.write(actor.author(), move |tx| actions::settle_many(tx, &actor, &ids, how, &words, language)).await?;
    Ok(Json(SettledMany { settled, refused }))
}
