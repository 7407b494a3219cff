//! What moved from where to where, up to a moment.

use std::collections::{BTreeMap, BTreeSet};

use super::balances::agreement;
use super::{Names, reach};
use crate::accounts::Actor;
use crate::campaigns::{self, CampaignId};
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::http::problem::Problem;
use crate::ledger::model::keys::AccountKind;
use crate::ledger::model::{Commodity, Links, Place};
use crate::ledger::rules::{self, Sum};
use crate::ledger::store;

/// The season as a picture.
#[derive(Debug)]
pub struct FlowTold {
    /// What moved.
    pub links: Links,
    /// One line for each commodity, and whether it adds up. Empty for who sees a part only.
    pub sums: BTreeMap<Commodity, (Sum, bool)>,
    /// Who and what it is about.
    pub names: Names,
    /// Up to when.
    pub at: Moment,
}

/// What moved in a campaign: all of it, or what had by a moment.
pub fn flow(conn: &mut Conn, actor: &Actor, campaign: CampaignId, at: Option<Moment>, now: Moment) -> Result<FlowTold, Problem> {
    let (_, org) = campaigns::visible(conn, actor, campaign)?;
    let reach = reach(conn, actor, &org)?;
    let mut links = moved_by(conn, campaign, reach.as_deref(), at)?;
    let sums = if reach.is_none() { with_agreement(rules::sums(&links), &agreement(conn, campaign)?) } else { BTreeMap::new() };
    let names = Names::of(conn, campaign, &org, links.keys().map(|link| &link.commodity))?;
    // What was undone is no part of the picture, but its names are still asked for.
    links.retain(|_, moved| moved.amount != 0);
    Ok(FlowTold { links, sums, names, at: at.unwrap_or(now) })
}

/// What had moved by a moment: all that moved without what moved since.
pub(super) fn moved_by(conn: &mut Conn, campaign: CampaignId, reach: Option<&[String]>, at: Option<Moment>) -> Result<Links, Problem> {
    let all = store::flows(conn, campaign, reach)?;
    let Some(at) = at else { return Ok(all) };
    let mut later = store::moved_after(conn, campaign, at)?;
    if let Some(reach) = reach {
        let own: BTreeSet<&str> = reach.iter().map(String::as_str).collect();
        let is_own = |place: &Place| matches!(place.kind(), AccountKind::Store | AccountKind::Team) && own.contains(place.id());
        later.retain(|link, _| is_own(&link.from) || is_own(&link.to));
    }
    Ok(rules::left(all, &later))
}

/// What adds up at a moment agrees if what is kept of now does.
pub(super) fn with_agreement(sums: BTreeMap<Commodity, Sum>, agree: &BTreeSet<Commodity>) -> BTreeMap<Commodity, (Sum, bool)> {
    let line = |(commodity, sum): (Commodity, Sum)| (commodity, (sum, sum.adds_up() && agree.contains(&commodity)));
    sums.into_iter().map(line).collect()
}
