//! The teams.

use actix_web::{get, post, put, web};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::accounts::actions;
use crate::accounts::model::names::{Name, ShortCode};
use crate::accounts::model::newcomers::{NewMember, NewTeam};
use crate::accounts::model::views::TeamView;
use crate::accounts::model::{Actor, OrgId, PersonId, TeamId};
use crate::kit::db::Db;
use crate::kit::http::faults::Faults;
use crate::kit::http::json::Body;
use crate::kit::http::made::Made;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Answer, Problem, ProblemBody};
use crate::kit::http::version::IfMatch;

/// A team is a handful of people; this bounds a mistake.
const MOST_MEMBERS: usize = 100;

/// A team to be entered.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct TeamBody {
    /// UUIDv7; made here where none is given.
    id: Option<TeamId>,
    /// Where it belongs.
    org_id: OrgId,
    /// 1 to 32 of `A–Z a–z 0–9 - _ .`, unique in its org.
    code: String,
    /// 1 to 64 characters.
    name: String,
    /// Who stands in it; at most 100.
    #[serde(default)]
    members: Vec<MemberBody>,
}

/// Who is to stand in a team.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct MembersBody {
    /// All of them; at most 100.
    members: Vec<MemberBody>,
}

/// Somebody who is to stand in a team.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewTeamMember)]
pub(super) struct MemberBody {
    /// A cadre or a lead of the team's org, of one above it or of one below it.
    person_id: PersonId,
    /// Whether they lead it; leads only.
    #[serde(default)]
    is_lead: bool,
}

fn read_members(members: &[MemberBody]) -> Result<Vec<NewMember>, &'static str> {
    if members.len() > MOST_MEMBERS {
        return Err("too_many");
    }
    Ok(members.iter().map(|m| NewMember { person_id: m.person_id, is_lead: m.is_lead }).collect())
}

/// The teams of one's subtree with their people.
#[utoipa::path(tag = "accounts", params(PageQuery), security(("bearer" = [])), responses(
    (status = 200, body = Page<TeamView>),
    (status = 403, body = ProblemBody, content_type = "application/problem+json"),
))]
#[get("/teams")]
pub(super) async fn list(actor: Actor, db: web::Data<Db>, page: web::Query<PageQuery>) -> Answer<web::Json<Page<TeamView>>> {
    db.read(move |conn| actions::teams(conn, &actor, &page)).await.map(web::Json)
}

/// Enter a team.
#[utoipa::path(tag = "accounts", request_body = TeamBody, security(("bearer" = [])), responses(
    (status = 201, body = TeamView),
    (status = 200, body = TeamView, description = "It was there"),
    (status = 409, body = ProblemBody, description = "id_taken, name_taken", content_type = "application/problem+json"),
    (status = 422, body = ProblemBody, content_type = "application/problem+json"),
))]
#[post("/teams")]
pub(super) async fn add(actor: Actor, db: web::Data<Db>, body: Body<TeamBody>) -> Answer<Made<TeamView>> {
    actions::must_see(&actor, &actions::SEE_TEAMS)?;
    actor.must_be(&actions::TEAM_KEEPERS)?;
    let body = body.0;
    let mut faults = Faults::default();
    let code = faults.take("/code", ShortCode::parse(&body.code));
    let name = faults.take("/name", Name::parse(&body.name));
    let members = faults.take("/members", read_members(&body.members));
    let ((code, name), members) = faults.taken(code.zip(name).zip(members))?;
    let id = body.id.unwrap_or_else(|| TeamId::fresh(db.clock().now(), db.chance()));
    let new = NewTeam { id, org_id: body.org_id, code, name, members };
    db.write(actor.author(), move |tx| actions::add_team(tx, &actor, &new)).await
}

/// Put these people into a team, and nobody else.
#[utoipa::path(tag = "accounts", request_body = MembersBody, security(("bearer" = [])),
    params(("id" = TeamId, Path,), ("If-Match" = String, Header, description = "The version that was read")), responses(
    (status = 200, body = TeamView),
    (status = 404, body = ProblemBody, content_type = "application/problem+json"),
    (status = 412, body = ProblemBody, description = "stale_version", content_type = "application/problem+json"),
    (status = 422, body = ProblemBody, content_type = "application/problem+json"),
))]
#[put("/teams/{id}/members")]
pub(super) async fn set_members(
    actor: Actor,
    db: web::Data<Db>,
    id: web::Path<TeamId>,
    version: IfMatch,
    body: Body<MembersBody>,
) -> Answer<web::Json<TeamView>> {
    let id = id.into_inner();
    let members = read_members(&body.0.members).map_err(|word| Problem::field("/members", word))?;
    db.write(actor.author(), move |tx| actions::set_members(tx, &actor, id, version.0, &members)).await.map(web::Json)
}
