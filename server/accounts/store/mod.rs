//! The tables of this room.

mod actor;
mod orgs;
mod people;
mod saved;
mod sessions;
mod teams;
pub mod tree;

pub(super) use actor::{actor, represented};
pub(super) use orgs::{any_org, insert_org, org_by_code, org_view, orgs_below};
pub(super) use people::{PersonFilter, insert_person, keep_password, people_below, person, person_view, set_person, set_roles, sign_in_row};
pub(super) use saved::{drop_view, no_other_default, put_view, view, views_of};
pub use sessions::begun_at;
pub(super) use sessions::{begin_session, end_all_sessions, end_session, find_token, forget_tokens, issue_token, use_token};
pub use teams::stands_in;
pub(super) use teams::{insert_team, put_members, set_team_version, team_view, teams_below};
pub(super) use tree::org;

/// `LIKE` pattern for a subtree. Paths are made of lower-case ids and slashes, so nothing in them needs escaping.
fn subtree(path: &str) -> String {
    format!("{path}%")
}
