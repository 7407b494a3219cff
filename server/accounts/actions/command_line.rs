//! What the command line does to accounts: it stands outside the tree, so that the first admin can come from somewhere.

use serde_json::json;

use super::{register_org, register_person};
use crate::accounts::model::names::{Name, PasswordHash, ShortCode, Username};
use crate::accounts::model::newcomers::{NewOrg, NewPerson, PersonChange};
use crate::accounts::model::session::Ending;
use crate::accounts::model::{Level, OrgId, PersonId, Role};
use crate::accounts::store;
use crate::kit::db::Tx;
use crate::kit::http::language::Language;
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::Event;

/// Somebody to be entered from the command line.
#[derive(Debug, Clone)]
pub struct FirstPerson {
    /// The name they sign in with.
    pub username: Username,
    /// The name others see.
    pub name: Name,
    /// What they may do.
    pub roles: Vec<Role>,
    /// The code of their org; the root where none is given.
    pub org: Option<ShortCode>,
    /// The root's code and name, for when there is no org yet.
    pub root: (ShortCode, Name),
    /// Their password, hashed.
    pub password: PasswordHash,
}

/// Enters somebody; where there is no org yet and they are an admin, the root is made first.
///
/// # Errors
/// [`Code::NotFound`] for an org that does not exist, [`Code::NameTaken`] for the username.
pub fn add_first(tx: &mut Tx<'_>, first: &FirstPerson) -> Result<PersonId, Problem> {
    let known = match &first.org {
        Some(code) => store::org_by_code(tx.conn, code.as_str())?,
        None => store::any_org(tx.conn)?,
    };
    let org_id = match known {
        Some(id) => id,
        None if first.org.is_none() && first.roles.contains(&Role::Admin) => make_root(tx, &first.root)?,
        None => return Err(Problem::of(Code::NotFound)),
    };
    let id = PersonId::fresh(tx.now, tx.chance);
    let new = NewPerson {
        id,
        org_id,
        username: first.username.clone(),
        name: first.name.clone(),
        roles: first.roles.clone(),
        language: Language::Chinese,
        password: first.password.clone(),
    };
    register_person(tx, &new).map(|_| id)
}

fn make_root(tx: &mut Tx<'_>, (code, name): &(ShortCode, Name)) -> Result<OrgId, Problem> {
    let id = OrgId::fresh(tx.now, tx.chance);
    register_org(tx, &NewOrg { id, parent: None, code: code.clone(), name: name.clone(), level: Level::Federation })?;
    Ok(id)
}

/// Gives somebody a new password and signs them out everywhere.
///
/// # Errors
/// [`Code::NotFound`] when nobody has this username.
pub fn give_password(tx: &mut Tx<'_>, username: &Username, password: &PasswordHash) -> Result<(), Problem> {
    change(tx, username, &PersonChange { password: Some(password.clone()), ..PersonChange::default() }, Ending::PasswordChanged)
}

/// Keeps somebody out from now on.
///
/// # Errors
/// [`Code::NotFound`] when nobody has this username.
pub fn disable_person(tx: &mut Tx<'_>, username: &Username) -> Result<(), Problem> {
    change(tx, username, &PersonChange { disabled: Some(true), ..PersonChange::default() }, Ending::Disabled)
}

fn change(tx: &mut Tx<'_>, username: &Username, change: &PersonChange, why: Ending) -> Result<(), Problem> {
    let not_found = || Problem::of(Code::NotFound);
    let id = store::person(tx.conn, username.as_str())?.ok_or_else(not_found)?;
    let person = store::person_view(tx.conn, id)?.ok_or_else(not_found)?;
    let org = store::org(tx.conn, person.org_id)?.ok_or_else(not_found)?;
    store::set_person(tx.conn, id, person.version, change, tx.now)?;
    let ended = store::end_all_sessions(tx.conn, id, why, tx.now)?;
    let facts = json!({ "changed": change.changed(), "disabled": change.disabled, "sessions_ended": ended });
    tx.record(Event { chain: org.chain, by: None, verb: "person.changed", subject_kind: "person", subject: id.to_string(), facts });
    Ok(())
}
