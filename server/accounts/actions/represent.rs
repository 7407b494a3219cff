//! `represent`: acts for somebody whose phone cannot speak for them.

use crate::accounts::model::{Actor, PersonId, Role};
use crate::accounts::store;
use crate::kit::db::Conn;
use crate::kit::http::problem::{Code, Problem};

/// The person another brings something for: a lead for those of the teams they lead, the centre for those of its subtree.
///
/// # Errors
/// [`Code::NotFound`] where they may not, or there is no such person.
pub fn represent(conn: &mut Conn, actor: &Actor, person: PersonId) -> Result<Actor, Problem> {
    let nobody = || Problem::of(Code::NotFound);
    let represented = store::represented(conn, person, actor.session)?.ok_or_else(nobody)?;
    let is_led = represented.teams.iter().any(|team| actor.leads(team.id));
    let is_below = actor.has(&[Role::Centre]) && actor.covers(&represented.org.path);
    if is_led || is_below { Ok(represented) } else { Err(nobody()) }
}
