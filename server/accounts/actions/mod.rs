//! What can be done here: a file for each verb.

mod change_person;
mod command_line;
mod list;
mod org;
mod person;
mod refresh;
mod represent;
mod saved;
mod sign_in;
mod sign_out;
mod team;

pub use command_line::{FirstPerson, add_first, disable_person, give_password};
pub use list::{PeopleWanted, SEE_PEOPLE, SEE_TEAMS, must_see, people, teams};
pub use org::register_org;
pub use person::register_person;
pub use represent::represent;
pub use team::register_team;

pub(super) use change_person::change_person;
pub(super) use list::{orgs, visible_person};
pub(super) use org::add_org;
pub(super) use person::add_person;
pub(super) use refresh::refresh;
pub(super) use saved::{forget_view, save_view, views};
pub(super) use sign_in::{Going, SignIn, sign_in};
pub(super) use sign_out::{sign_out, sign_out_by_token, sign_out_everywhere};
pub(super) use team::{TEAM_KEEPERS, add_team, set_members};
