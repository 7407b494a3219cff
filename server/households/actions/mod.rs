//! What can be done with a file: a file per verb.

mod approve;
mod assign;
mod correct;
mod import;
mod look;
mod step;

pub use approve::{Which, approve};
pub use assign::{Assigned, Whom, assign};
pub use correct::{Edit, NewMember, correct};
pub use import::{Outcome, import, import_at_the_console};
pub use look::{Opened, look, look_at_history, look_at_id_number};
pub use step::{Together, step, step_together};

use std::collections::{BTreeSet, HashMap};

use super::model::{Change, Household, HouseholdId};
use super::store::{self, Changed};
use crate::accounts::{Actor, Org, OrgId, PersonId, Role, orgs_in};
use crate::kit::db::{Conn, Tx, lock_key};
use crate::kit::http::problem::{Code, Problem};

/// Roles that see households at all.
const SEEING: [Role; 5] = [Role::Cadre, Role::Lead, Role::Supervisor, Role::Centre, Role::Auditor];

/// For whoever sees no household these doors are not there; others are told that they may not.
fn must_be(actor: &Actor, roles: &[Role]) -> Result<(), Problem> {
    if !actor.has(&SEEING) {
        return Err(Problem::of(Code::NotFound));
    }
    actor.must_be(roles)
}

/// The orgs of the actor's subtree.
fn own_orgs(conn: &mut Conn, actor: &Actor) -> Result<HashMap<OrgId, Org>, Problem> {
    Ok(orgs_in(conn, &actor.org.path)?.into_iter().map(|org| (org.id, org)).collect())
}

/// Whether the actor sees a file: by the subtree, or through a team.
fn sees(actor: &Actor, orgs: &HashMap<OrgId, Org>, file: &Household) -> bool {
    let by_team = actor.has(&[Role::Cadre, Role::Lead]) && file.team_id.is_some_and(|team| actor.is_of(team));
    by_team || (actor.sees_subtree() && orgs.contains_key(&file.org_id))
}

/// Files are written by desks, a few times a minute: one lock for all of it keeps numbers unique and versions in order.
fn lock(tx: &mut Tx<'_>) -> Result<(), Problem> {
    tx.lock(vec![lock_key(&["households"])])
}

/// The files with these ids, all of which the actor must see.
fn all_seen(conn: &mut Conn, actor: &Actor, orgs: &HashMap<OrgId, Org>, ids: &[HouseholdId]) -> Result<Vec<Household>, Problem> {
    let wanted: BTreeSet<HouseholdId> = ids.iter().copied().collect();
    let files = those_seen(conn, actor, orgs, ids)?;
    if files.len() == wanted.len() { Ok(files) } else { Err(Problem::of(Code::NotFound)) }
}

/// The files with these ids that the actor sees; the others are not there for them.
fn those_seen(conn: &mut Conn, actor: &Actor, orgs: &HashMap<OrgId, Org>, ids: &[HouseholdId]) -> Result<Vec<Household>, Problem> {
    let ids: Vec<HouseholdId> = ids.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    Ok(store::found_all(conn, &ids)?.into_iter().filter(|file| sees(actor, orgs, file)).collect())
}

/// Writes a file's next version and keeps what changed.
struct Rewrite {
    files: Vec<Household>,
    changed: Vec<Changed>,
}

impl Rewrite {
    const fn new() -> Self {
        Self { files: Vec::new(), changed: Vec::new() }
    }

    fn add(&mut self, tx: &Tx<'_>, by: Option<PersonId>, file: Household, changes: &[Change]) {
        let file = Household { version: file.version + 1, ..file };
        self.changed.extend(changes.iter().map(|change| Changed::by(change, file.id, file.version, by, tx.now)));
        self.files.push(file);
    }

    fn write(self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        store::save_all(tx.conn, self.files)?;
        Ok(store::note(tx.conn, &self.changed)?)
    }
}
