//! The tree of orgs.

use actix_web::{get, post, web};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::accounts::actions;
use crate::accounts::model::names::{Name, ShortCode};
use crate::accounts::model::newcomers::NewOrg;
use crate::accounts::model::views::OrgView;
use crate::accounts::model::{Actor, Level, OrgId, Role};
use crate::kit::db::Db;
use crate::kit::http::faults::Faults;
use crate::kit::http::json::Body;
use crate::kit::http::made::Made;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Answer, Problem, ProblemBody};

/// An org to be entered.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct OrgBody {
    /// UUIDv7; made here where none is given.
    id: Option<OrgId>,
    /// The org above it.
    parent_id: OrgId,
    /// 1 to 32 of `A–Z a–z 0–9 - _ .`, unique over all orgs.
    code: String,
    /// 1 to 64 characters.
    name: String,
    /// Below its parent's.
    level: Level,
}

impl OrgBody {
    fn read(self, db: &Db) -> Result<NewOrg, Problem> {
        let mut faults = Faults::default();
        let code = faults.take("/code", ShortCode::parse(&self.code));
        let name = faults.take("/name", Name::parse(&self.name));
        let id = self.id.unwrap_or_else(|| OrgId::fresh(db.clock().now(), db.chance()));
        let new = code.zip(name).map(|(code, name)| NewOrg { id, parent: Some(self.parent_id), code, name, level: self.level });
        faults.taken(new)
    }
}

/// The orgs of one's subtree, each after the one above it.
#[utoipa::path(tag = "accounts", params(PageQuery), security(("bearer" = [])), responses(
    (status = 200, body = Page<OrgView>),
    (status = 403, body = ProblemBody, content_type = "application/problem+json"),
))]
#[get("/orgs")]
pub(super) async fn list(actor: Actor, db: web::Data<Db>, page: web::Query<PageQuery>) -> Answer<web::Json<Page<OrgView>>> {
    db.read(move |conn| actions::orgs(conn, &actor, &page)).await.map(web::Json)
}

/// Enter an org below one's own.
#[utoipa::path(tag = "accounts", request_body = OrgBody, security(("bearer" = [])), responses(
    (status = 201, body = OrgView),
    (status = 200, body = OrgView, description = "It was there"),
    (status = 409, body = ProblemBody, description = "id_taken, name_taken", content_type = "application/problem+json"),
    (status = 422, body = ProblemBody, content_type = "application/problem+json"),
))]
#[post("/orgs")]
pub(super) async fn add(actor: Actor, db: web::Data<Db>, body: Body<OrgBody>) -> Answer<Made<OrgView>> {
    actions::must_see(&actor, &actions::SEE_TEAMS)?;
    actor.must_be(&[Role::Admin])?;
    let new = body.0.read(&db)?;
    db.write(actor.author(), move |tx| actions::add_org(tx, &actor, &new)).await
}
