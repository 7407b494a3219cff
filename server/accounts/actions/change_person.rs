//! An account changes.

use serde_json::json;

use super::list::visible_person;
use crate::accounts::model::newcomers::PersonChange;
use crate::accounts::model::session::Ending;
use crate::accounts::model::views::PersonView;
use crate::accounts::model::{Actor, PersonId, Role};
use crate::accounts::store;
use crate::kit::db::Tx;
use crate::kit::http::problem::{Code, FieldProblem, Problem};
use crate::kit::log::Event;

/// Changes an account of the admin's subtree. Somebody who is disabled or gets a new password is signed out everywhere.
pub(in crate::accounts) fn change_person(tx: &mut Tx<'_>, actor: &Actor, id: PersonId, version: i64, change: &PersonChange) -> Result<PersonView, Problem> {
    let person = visible_person(tx.conn, actor, id)?;
    actor.must_be(&[Role::Admin])?;
    if id == actor.id {
        not_out_of_the_own_account(change)?;
    }
    if !store::set_person(tx.conn, id, version, change, tx.now)? {
        return Err(Problem::of(Code::StaleVersion));
    }
    let ended = match (change.disabled, &change.password) {
        (Some(true), _) => store::end_all_sessions(tx.conn, id, Ending::Disabled, tx.now)?,
        (_, Some(_)) => store::end_all_sessions(tx.conn, id, Ending::PasswordChanged, tx.now)?,
        _ => 0,
    };
    let chain = store::org(tx.conn, person.org_id)?.map_or_else(String::new, |org| org.chain);
    let facts = json!({ "changed": change.changed(), "roles": change.roles, "disabled": change.disabled, "sessions_ended": ended });
    tx.record(Event { chain, by: None, verb: "person.changed", subject_kind: "person", subject: id.to_string(), facts });
    store::person_view(tx.conn, id)?.ok_or(Problem::of(Code::NotFound))
}

/// An admin who locks the door from inside leaves nobody to open it.
fn not_out_of_the_own_account(change: &PersonChange) -> Result<(), Problem> {
    let mut faults = Vec::new();
    if change.disabled == Some(true) {
        faults.push(FieldProblem::new("/disabled", "own_account"));
    }
    if change.roles.as_ref().is_some_and(|roles| !roles.contains(&Role::Admin)) {
        faults.push(FieldProblem::new("/roles", "own_account"));
    }
    if faults.is_empty() { Ok(()) } else { Err(Problem::invalid(faults)) }
}
