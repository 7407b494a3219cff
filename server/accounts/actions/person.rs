//! A person enters.

use serde_json::json;

use crate::accounts::model::newcomers::NewPerson;
use crate::accounts::model::views::PersonView;
use crate::accounts::model::{Actor, Role};
use crate::accounts::store;
use crate::kit::db::Tx;
use crate::kit::http::made::Made;
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::Event;

/// Enters a person; the same under the same id again changes nothing, not even the password.
///
/// # Errors
/// [`Code::Invalid`] when the org is unknown, [`Code::IdTaken`], [`Code::NameTaken`] for the username.
pub fn register_person(tx: &mut Tx<'_>, new: &NewPerson) -> Result<Made<PersonView>, Problem> {
    let org = store::org(tx.conn, new.org_id)?.ok_or_else(|| Problem::field("/org_id", "unknown"))?;
    if !store::insert_person(tx.conn, new, tx.now)? {
        return met(tx, new);
    }
    store::set_roles(tx.conn, new.id, &new.roles)?;
    let facts = json!({ "org_id": org.id, "roles": new.roles });
    tx.record(Event { chain: org.chain, by: None, verb: "person.registered", subject_kind: "person", subject: new.id.to_string(), facts });
    Ok(Made::now(store::person_view(tx.conn, new.id)?.ok_or(Problem::of(Code::NotFound))?))
}

/// Enters a person into an org of the admin's subtree.
pub(in crate::accounts) fn add_person(tx: &mut Tx<'_>, actor: &Actor, new: &NewPerson) -> Result<Made<PersonView>, Problem> {
    actor.must_be(&[Role::Admin])?;
    let known = store::org(tx.conn, new.org_id)?.is_some_and(|org| actor.covers(&org.path));
    if !known {
        return Err(Problem::field("/org_id", "unknown"));
    }
    register_person(tx, new)
}

fn met(tx: &mut Tx<'_>, new: &NewPerson) -> Result<Made<PersonView>, Problem> {
    let Some(person) = store::person_view(tx.conn, new.id)? else { return Err(Problem::of(Code::NameTaken)) };
    let same = person.username == new.username.as_str()
        && person.name == new.name.as_str()
        && person.org_id == new.org_id
        && person.language == new.language
        && same_roles(&person.roles, &new.roles);
    tx.unchanged();
    if same { Ok(Made::before(person)) } else { Err(Problem::of(Code::IdTaken)) }
}

fn same_roles(one: &[Role], other: &[Role]) -> bool {
    one.len() == other.len() && one.iter().all(|role| other.contains(role))
}
