//! Who may act. Orgs stand in a tree; people belong to an org, hold roles, and stand in teams.
//! A person signs in and gets a session: a family of refresh tokens, and short access tokens made from it.
//! Whoever asks anything of another room does so as an [`Actor`]: the person, their roles, their org and their teams, read from the
//! database at each request, so that somebody who was disabled is out at once.

mod model;
mod store;

pub mod identity;
pub mod tokens;

pub use model::{Actor, DeviceId, Level, Org, OrgId, OwnTeam, PersonId, Role, SessionId, TeamId};
pub use store::tree::{PlacedTeam, org, orgs_in, orgs_related_to, team, teams_in};
