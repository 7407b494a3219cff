//! Who may act. Orgs stand in a tree; people belong to an org, hold roles, and stand in teams.
//! A person signs in and gets a session: a family of refresh tokens, and short access tokens made from it.
//! Whoever asks anything of another room does so as an [`Actor`]: the person, their roles, their org and their teams, read from the
//! database at each request, so that somebody who was disabled is out at once.
//! What somebody keeps for themselves — a table of the desk as they look at it — stands here too, for it follows the person.
//! An admin keeps the accounts, the orgs and the teams of the own subtree; the first admin comes from the command line.

mod actions;
mod http;
mod model;
mod passwords;
mod rules;
mod store;
mod tries;

pub mod identity;
pub mod tokens;

pub use actions::{
    FirstPerson, PeopleWanted, SEE_PEOPLE, SEE_TEAMS, add_first, disable_person, give_password, must_see, people as people_seen, register_org, register_person,
    register_team, represent, teams as teams_seen,
};
pub use http::routes;
pub use model::names::{Name, Password, PasswordHash, ShortCode, Username};
pub use model::newcomers::{NewMember, NewOrg, NewPerson, NewTeam};
pub use model::views::{MemberView, PersonView, TeamView};
pub use model::{Actor, DeviceId, Doer, Level, Org, OrgId, OwnTeam, PersonId, Role, SessionId, TeamId};
pub use passwords::{PasswordCost, Passwords};
pub use store::tree::{PlacedTeam, org, org_by_code, orgs_in, orgs_related_to, team, teams_in};
pub use store::{begun_at, stands_in};
pub use tries::Tries;
