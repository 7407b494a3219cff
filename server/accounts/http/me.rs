//! Who am I?

use actix_web::{get, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::model::{Actor, Level, OrgId, OwnTeam, PersonId, Role};
use crate::kit::http::language::Language;
use crate::kit::http::problem::Answer;

/// Whoever is signed in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Me {
    /// Their id.
    id: PersonId,
    /// The name others see.
    name: String,
    /// The name they sign in with.
    username: String,
    /// What they may do.
    roles: Vec<Role>,
    /// Where they belong.
    org: MyOrg,
    /// The teams they stand in, by code.
    teams: Vec<OwnTeam>,
    /// The first of them.
    team: Option<OwnTeam>,
    /// The language of their app.
    language: Language,
}

/// Where somebody belongs.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct MyOrg {
    /// Its id.
    id: OrgId,
    /// Its name.
    name: String,
    /// Where it stands in the tree.
    level: Level,
}

impl From<Actor> for Me {
    fn from(actor: Actor) -> Self {
        Self {
            id: actor.id,
            name: actor.name,
            username: actor.username,
            roles: actor.roles,
            org: MyOrg { id: actor.org.id, name: actor.org.name, level: actor.org.level },
            team: actor.teams.first().cloned(),
            teams: actor.teams,
            language: actor.language,
        }
    }
}

/// Whoever is signed in: name, roles, org and teams as they are now.
#[utoipa::path(tag = "session", security(("bearer" = [])), responses((status = 200, body = Me)))]
#[get("/me")]
pub(super) async fn me(actor: Actor) -> Answer<web::Json<Me>> {
    Ok(web::Json(actor.into()))
}
