//! Orgs, people and teams as lists show them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Level, OrgId, PersonId, Role, TeamId};
use crate::kit::http::language::Language;

/// An org in the tree.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OrgView {
    /// Its id.
    pub id: OrgId,
    /// The org above it; null for the root.
    pub parent_id: Option<OrgId>,
    /// Its code, unique over all orgs.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it stands in the tree.
    pub level: Level,
    /// Its version.
    pub version: i64,
    /// `/<root>/…/<own id>/`.
    #[serde(skip)]
    #[schema(ignore)]
    pub path: String,
}

/// A person on the list of accounts.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PersonView {
    /// Their id.
    pub id: PersonId,
    /// The name they sign in with.
    pub username: String,
    /// The name others see.
    pub name: String,
    /// Where they belong.
    pub org_id: OrgId,
    /// Their org's name.
    pub org_name: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// The language of their app.
    pub language: Language,
    /// Whether they are kept out.
    pub disabled: bool,
    /// The version to name in `If-Match`.
    pub version: i64,
    /// Their org's path.
    #[serde(skip)]
    #[schema(ignore)]
    pub org_path: String,
}

/// A team with its people.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TeamView {
    /// Its id.
    pub id: TeamId,
    /// Its code, unique in its org.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it belongs.
    pub org_id: OrgId,
    /// Its org's name.
    pub org_name: String,
    /// Who stands in it, leads first, then by name.
    pub members: Vec<MemberView>,
    /// The version to name in `If-Match`.
    pub version: i64,
    /// Its org's path.
    #[serde(skip)]
    #[schema(ignore)]
    pub org_path: String,
}

/// Somebody who stands in a team.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MemberView {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Whether they lead it.
    pub is_lead: bool,
}
