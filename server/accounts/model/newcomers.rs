//! What it takes to enter an org, a person or a team.

use super::names::{Name, PasswordHash, ShortCode, Username};
use super::{Level, OrgId, PersonId, Role, TeamId};
use crate::kit::http::language::Language;

/// An org to be entered into the tree.
#[derive(Debug, Clone)]
pub struct NewOrg {
    /// Made by whoever enters it.
    pub id: OrgId,
    /// The org above it; none for the root.
    pub parent: Option<OrgId>,
    /// Unique over all orgs.
    pub code: ShortCode,
    /// Its name.
    pub name: Name,
    /// Below its parent's.
    pub level: Level,
}

/// A person to be entered.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Made by whoever enters them.
    pub id: PersonId,
    /// Where they belong.
    pub org_id: OrgId,
    /// The name they sign in with.
    pub username: Username,
    /// The name others see.
    pub name: Name,
    /// What they may do; sorted, each once.
    pub roles: Vec<Role>,
    /// The language of their app.
    pub language: Language,
    /// Their password, hashed.
    pub password: PasswordHash,
}

/// A team to be entered.
#[derive(Debug, Clone)]
pub struct NewTeam {
    /// Made by whoever enters it.
    pub id: TeamId,
    /// Where it belongs.
    pub org_id: OrgId,
    /// Unique in its org.
    pub code: ShortCode,
    /// Its name.
    pub name: Name,
    /// Who stands in it.
    pub members: Vec<NewMember>,
}

/// Somebody who is to stand in a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewMember {
    /// Who.
    pub person_id: PersonId,
    /// Whether they lead it.
    pub is_lead: bool,
}

/// What is to change about a person; what is none stays.
#[derive(Debug, Clone, Default)]
pub struct PersonChange {
    /// The name others see.
    pub name: Option<Name>,
    /// What they may do.
    pub roles: Option<Vec<Role>>,
    /// The language of their app.
    pub language: Option<Language>,
    /// Whether they are kept out.
    pub disabled: Option<bool>,
    /// A new password, hashed.
    pub password: Option<PasswordHash>,
}

impl PersonChange {
    /// The names of what changes, for the log.
    #[must_use]
    pub fn changed(&self) -> Vec<&'static str> {
        let marks = [
            (self.name.is_some(), "name"),
            (self.roles.is_some(), "roles"),
            (self.language.is_some(), "language"),
            (self.disabled.is_some(), "disabled"),
            (self.password.is_some(), "password"),
        ];
        marks.into_iter().filter_map(|(changes, name)| changes.then_some(name)).collect()
    }
}
