//! The slip of an entry: made with an issue or a return that names a team, taken back with it.

use super::acknowledge::tell;
use crate::accounts::{self, OrgId};
use crate::kit::db::Tx;
use crate::kit::http::problem::Problem;
use crate::ledger::model::{Acknowledged, Deed, EntryId, NewEntry, Slip, SlipKind, SlipState};
use crate::ledger::store;

/// Makes the slip of an entry out of this store, where it is one that a lead signs.
pub(super) fn make(tx: &mut Tx<'_>, new: &NewEntry, store: OrgId) -> Result<(), Problem> {
    let (team_id, kind) = match new.deed {
        Deed::Issue { team, .. } => (team, SlipKind::Issue),
        Deed::Return { team: Some(team), .. } => (team, SlipKind::Return),
        _ => return Ok(()),
    };
    let slip = Slip { id: new.id, campaign_id: new.campaign_id, org_id: store, team_id, kind, state: SlipState::Waiting };
    store::insert_slip(tx.conn, &slip)?;
    heard(tx, &slip, "slip.made")
}

/// Takes the slip of an entry back, where it has one.
pub(super) fn reverse(tx: &mut Tx<'_>, of: EntryId) -> Result<(), Problem> {
    let Some(slip) = store::slip(tx.conn, of)? else { return Ok(()) };
    store::set_slip_state(tx.conn, &[of], SlipState::Reversed)?;
    heard(tx, &Slip { state: SlipState::Reversed, ..slip }, "slip.reversed")
}

fn heard(tx: &mut Tx<'_>, slip: &Slip, verb: &'static str) -> Result<(), Problem> {
    if let Some(team) = accounts::team(tx.conn, slip.team_id)? {
        let done = Acknowledged { slip_id: slip.id, campaign_id: slip.campaign_id, team_id: slip.team_id, state: slip.state };
        tell(tx, None, &team.org, verb, &done);
    }
    Ok(())
}
