//! `tally`: what the server holds of one phone.

use crate::accounts::{Actor, DeviceId};
use crate::field::model::Tally;
use crate::field::{queries, rules, store};
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::http::problem::Problem;

/// What has arrived from a phone of the actor's own. Of a phone that is not theirs, or that never sent anything, nothing has.
///
/// # Errors
/// When the database fails.
pub(in crate::field) fn tally(conn: &mut Conn, actor: &Actor, device: DeviceId, now: Moment) -> Result<Tally, Problem> {
    let items = queries::newest_items(conn, device, actor.id)?;
    let (visits, (pictures_named, pictures_held)) = queries::totals(conn, device, actor.id)?;
    let missing = if pictures_held < pictures_named { queries::missing_pictures(conn, device, actor.id)? } else { Vec::new() };
    // The chain is the phone's; whose it is not learns nothing of it.
    let (through, highest) = if items.is_empty() { (0, 0) } else { store::chains(conn, &[device])?.remove(&device).unwrap_or_default() };
    let beyond = if highest > through { store::beyond(conn, device, through)? } else { Vec::new() };
    let gaps = rules::gaps(through, &beyond);
    Ok(Tally { server_time: now, accepted_through: through, highest, gaps, items, visits, pictures_named, pictures_held, missing })
}
