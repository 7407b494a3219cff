//! People, orgs, roles, teams.

pub mod names;
pub mod newcomers;
pub mod saved;
pub mod session;
pub mod views;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kit::http::language::Language;
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::{Author, Event};

crate::id!(
    /// An org's id.
    OrgId
);
crate::id!(
    /// A person's id.
    PersonId
);
crate::id!(
    /// A team's id.
    TeamId
);
crate::id!(
    /// A phone's id, made by the app at its first start.
    DeviceId
);
crate::id!(
    /// A session's id.
    SessionId
);

crate::words! {
    /// What a person may do (glossary).
    Role {
        /// Visits households.
        Cadre = "cadre",
        /// Answers for a team.
        Lead = "lead",
        /// Spot-checks and settles.
        Supervisor = "supervisor",
        /// Keeps files, campaigns, funds and goods.
        Centre = "centre",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
        /// Keeps accounts; sees no household.
        Admin = "admin",
    }
}

crate::words! {
    /// Where an org stands in the tree.
    Level {
        /// 总工会
        Federation = "federation",
        /// 区县、产业工会
        District = "district",
        /// 街道、企业帮扶站
        Station = "station",
    }
}

/// An org.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Org {
    /// Its id.
    pub id: OrgId,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// `/<root>/…/<own id>/`: a subtree is a prefix.
    #[serde(skip)]
    #[schema(ignore)]
    pub path: String,
    /// The reporting org whose event chain this org writes to.
    #[serde(skip)]
    #[schema(ignore)]
    pub chain: String,
}

impl Default for Org {
    fn default() -> Self {
        Self { id: OrgId::nil(), name: String::new(), level: Level::Station, path: String::new(), chain: String::new() }
    }
}

/// A team somebody stands in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OwnTeam {
    /// Its id.
    pub id: TeamId,
    /// Its short code, unique in its org.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether this person leads it.
    pub is_lead: bool,
}

/// Whoever acts: read from the database at each request.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The person.
    pub id: PersonId,
    /// The session they act in.
    pub session: SessionId,
    /// The name others see.
    pub name: String,
    /// The name they sign in with.
    pub username: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// Where they belong.
    pub org: Org,
    /// The teams they stand in.
    pub teams: Vec<OwnTeam>,
    /// The language of their app.
    pub language: Language,
}

impl Actor {
    /// Whether they hold one of these roles.
    #[must_use]
    pub fn has(&self, roles: &[Role]) -> bool {
        self.roles.iter().any(|role| roles.contains(role))
    }

    /// Lets only these roles pass.
    ///
    /// # Errors
    /// [`Code::Forbidden`] for everybody else.
    pub fn must_be(&self, roles: &[Role]) -> Result<(), Problem> {
        if self.has(roles) { Ok(()) } else { Err(Problem::of(Code::Forbidden)) }
    }

    /// Whether an org with this path lies in their subtree.
    #[must_use]
    pub fn covers(&self, path: &str) -> bool {
        path.starts_with(&self.org.path)
    }

    /// Whether they see a whole org subtree rather than their teams alone.
    #[must_use]
    pub fn sees_subtree(&self) -> bool {
        self.has(&[Role::Supervisor, Role::Centre, Role::Auditor])
    }

    /// The teams they stand in.
    #[must_use]
    pub fn team_ids(&self) -> Vec<TeamId> {
        self.teams.iter().map(|team| team.id).collect()
    }

    /// Whether they stand in this team.
    #[must_use]
    pub fn is_of(&self, team: TeamId) -> bool {
        self.teams.iter().any(|own| own.id == team)
    }

    /// Whether they lead this team.
    #[must_use]
    pub fn leads(&self, team: TeamId) -> bool {
        self.teams.iter().any(|own| own.id == team && own.is_lead)
    }

    /// As the author of a write.
    #[must_use]
    pub fn author(&self) -> Author {
        Author(Some(self.id.to_string()))
    }

    /// As the log and the ledger name them.
    #[must_use]
    pub fn doer(&self) -> Doer {
        Doer { id: self.id, chain: self.org.chain.clone() }
    }

    /// An event in the chain of their own org.
    #[must_use]
    pub fn event(&self, verb: &'static str, subject_kind: &'static str, subject: impl ToString, facts: serde_json::Value) -> Event {
        self.doer().event(verb, subject_kind, subject, facts)
    }
}

/// Who did something, as the log and the ledger name them: also where it is worked off after they have left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doer {
    /// The person.
    pub id: PersonId,
    /// The chain of the log that their org's events stand in.
    pub chain: String,
}

impl Doer {
    /// An event in that chain.
    #[must_use]
    pub fn event(&self, verb: &'static str, subject_kind: &'static str, subject: impl ToString, facts: serde_json::Value) -> Event {
        Event { chain: self.chain.clone(), by: Some(self.id.to_string()), verb, subject_kind, subject: subject.to_string(), facts }
    }
}
