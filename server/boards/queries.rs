//! What the desk asks of the tables of the rooms before this one.

mod alike;
mod changes;
mod households;
mod places;
mod progress;
mod readiness;
mod visit;
mod visits;

pub(super) use alike::alike;
pub(super) use changes::{InSight, events, heads, in_sight};
pub(super) use households::{households, households_of, matches};
pub(super) use places::places;
pub(super) use progress::progress;
pub(super) use readiness::ready_facts;
pub(super) use visit::visit;
pub(super) use visits::visits;

use crate::accounts::{Actor, TeamId};
use crate::campaigns;
use crate::kit::http::problem::Problem;

/// What part of the campaign somebody may see.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Scope {
    /// Orgs whose path fits this pattern.
    path: String,
    /// These teams alone, or all of those orgs.
    teams: Option<Vec<TeamId>>,
}

impl Scope {
    /// A subtree of orgs, or own teams; who keeps accounts sees no household.
    fn of(actor: &Actor) -> Result<Self, Problem> {
        campaigns::must_read(actor)?;
        if actor.sees_subtree() {
            return Ok(Self { path: format!("{}%", actor.org.path), teams: None });
        }
        Ok(Self { path: "%".to_owned(), teams: Some(actor.team_ids()) })
    }

    fn is_whole(&self) -> bool {
        self.teams.is_none()
    }

    fn teams(&self) -> Vec<TeamId> {
        self.teams.clone().unwrap_or_default()
    }
}
