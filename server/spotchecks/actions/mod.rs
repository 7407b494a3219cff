//! One file a verb.

mod answer;
mod check;
mod choose;
mod draw;
mod escalate;
mod export;
mod freeze;
mod judge;
mod published;
mod read;
mod replace;
mod result;
mod reveal;
mod take;

pub(super) use answer::answer;
pub use check::list as checks;
pub(super) use check::{CheckView, check};
pub(super) use draw::{NewSample, draw_beside, make};
pub(super) use export::{frame_lot, proof, public_proof};
pub(super) use judge::{NewVerdict, judge};
pub(super) use published::{DrawsPublished, published};
pub use read::list;
pub(super) use read::{SampleView, one};
pub(super) use replace::replace;
pub use result::result;
pub(super) use reveal::reveal;
pub use take::take_answers;

use crate::accounts::{Actor, Role};
use crate::campaigns::{self, Campaign, CampaignId, CampaignStatus};
use crate::kit::db::Conn;
use crate::kit::http::problem::{Code, Problem};

/// Supervisors, the centre and auditors read; for everybody else there is nothing here: who knew of a check could prepare for it.
///
/// # Errors
/// [`Code::NotFound`] for everybody else.
pub fn must_read(actor: &Actor) -> Result<(), Problem> {
    if actor.sees_subtree() { Ok(()) } else { Err(Problem::of(Code::NotFound)) }
}

/// A campaign that this actor may read the samples of.
fn readable(conn: &mut Conn, actor: &Actor, id: CampaignId) -> Result<Campaign, Problem> {
    must_read(actor)?;
    Ok(campaigns::visible(conn, actor, id)?.0)
}

/// A campaign that this actor, a supervisor of its org or of one above, may draw from.
fn for_supervisor(conn: &mut Conn, actor: &Actor, id: CampaignId) -> Result<Campaign, Problem> {
    must_read(actor)?;
    let (campaign, org) = campaigns::visible(conn, actor, id)?;
    actor.must_be(&[Role::Supervisor])?;
    if !actor.covers(&org.path) {
        return Err(Problem::of(Code::Forbidden));
    }
    if campaign.status == CampaignStatus::Draft { Err(Problem::of(Code::CampaignNotOpen)) } else { Ok(campaign) }
}
