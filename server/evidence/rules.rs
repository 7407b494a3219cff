//! Who may send and who may see.

use super::model::{Placed, Size};
use crate::accounts::{Actor, Role};
use crate::kit::http::problem::{Code, Problem};

/// Who may send evidence: whoever may make a visit, and whoever files papers.
pub const SENDERS: [Role; 4] = [Role::Cadre, Role::Lead, Role::Supervisor, Role::Centre];
/// Who may open an original, with all that its metadata says.
const ORIGINAL_READERS: [Role; 3] = [Role::Supervisor, Role::Auditor, Role::Centre];

/// Whether this evidence exists for them: the subtree's for those who see a subtree, their own and their team's for the others.
#[must_use]
pub fn may_see(actor: &Actor, placed: &Placed) -> bool {
    let is_own = placed.evidence.received_by == actor.id;
    let visits = actor.has(&[Role::Cadre, Role::Lead]);
    (actor.sees_subtree() && actor.covers(&placed.org_path)) || (visits && (is_own || placed.is_of_own_team))
}

/// Lets whoever may see this size pass.
///
/// # Errors
/// [`Code::Forbidden`] for an original outside the circle that reads originals.
pub fn must_be_allowed(actor: &Actor, size: Size) -> Result<(), Problem> {
    if size == Size::Original && !actor.has(&ORIGINAL_READERS) { Err(Problem::of(Code::Forbidden)) } else { Ok(()) }
}
