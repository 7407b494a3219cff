//! What the ledger tells, and to whom: who sees the campaign's whole org subtree reads all of it, a district reads its own stores
//! and teams, a team reads its own custody.

mod balances;
mod entries;
mod flow;
mod lines;
mod rows;
mod slips;

pub use balances::{Told, told};
pub use entries::{EntryTold, entries, entries_after, entry};
pub use flow::{FlowTold, flow};
pub use lines::{LineTold, lines};
pub use rows::{HeldTold, MovedTold, SumTold, held_rows, moved_rows, sum_rows};
pub use slips::{SlipLineTold, SlipTold, slip_lines, slips, slips_of_own_teams};

use std::collections::BTreeMap;

use crate::accounts::{self, Actor, Org, TeamId};
use crate::campaigns::{self, CampaignId, ItemId};
use crate::kit::db::Conn;
use crate::kit::http::problem::Problem;
use crate::ledger::model::keys::AccountKind;
use crate::ledger::model::{Account, Commodity};
use crate::ledger::store;

/// Names of funds, items, orgs and teams by id, and the units of items.
#[derive(Debug, Default)]
pub struct Names {
    /// By id.
    pub names: BTreeMap<String, String>,
    /// Of items.
    pub units: BTreeMap<ItemId, String>,
}

impl Names {
    /// The names of everything in a campaign of this org.
    fn of<'a>(conn: &mut Conn, campaign: CampaignId, org: &Org, commodities: impl Iterator<Item = &'a Commodity>) -> Result<Self, Problem> {
        let mut items: Vec<ItemId> = commodities.filter_map(|commodity| commodity.item_id()).collect();
        items.sort_unstable();
        items.dedup();
        let mut named = Self::default();
        named.names.extend(store::funds_of(conn, campaign)?.into_iter().map(|fund| (fund.id.to_string(), fund.name)));
        for item in campaigns::items_by_id(conn, &items)? {
            named.names.insert(item.id.to_string(), item.name);
            named.units.insert(item.id, item.unit);
        }
        let root = org.path.split('/').find(|part| !part.is_empty()).map(|part| format!("/{part}/")).unwrap_or_default();
        named.names.extend(accounts::orgs_in(conn, &root)?.into_iter().map(|org| (org.id.to_string(), org.name)));
        named.names.extend(accounts::teams_in(conn, &root)?.into_iter().map(|team| (team.id.to_string(), team.name)));
        Ok(named)
    }

    /// The name of whatever has this id.
    #[must_use]
    pub fn name(&self, id: &str) -> Option<String> {
        self.names.get(id).cloned()
    }

    /// A fund or an item, by name.
    fn thing(&self, commodity: Commodity) -> Thing {
        Thing { id: commodity.id().to_owned(), name: self.name(commodity.id()), is_cash: matches!(commodity, Commodity::Cash(_)), unit: self.unit(commodity) }
    }

    /// A place, by name.
    fn place(&self, kind: AccountKind, id: &str) -> Named {
        (kind, self.name(id))
    }

    /// What a commodity is counted in; `fen` for money.
    #[must_use]
    pub fn unit(&self, commodity: Commodity) -> Option<String> {
        commodity.item_id().map_or_else(|| Some("fen".to_owned()), |item| self.units.get(&item).cloned())
    }
}

/// A fund's money or an item, for whoever reads a list of them.
#[derive(Debug, Clone)]
pub struct Thing {
    /// The fund's or the item's id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Whether it is money.
    pub is_cash: bool,
    /// The item's unit; `fen` for money.
    pub unit: Option<String>,
}

/// Whose it is: the kind of account, and its owner's name.
pub type Named = (AccountKind, Option<String>);

/// The accounts an actor sees: all, or those of these ids.
fn reach(conn: &mut Conn, actor: &Actor, org: &Org) -> Result<Option<Vec<String>>, Problem> {
    if !actor.sees_subtree() {
        return Ok(Some(actor.team_ids().iter().map(ToString::to_string).collect()));
    }
    if actor.covers(&org.path) {
        return Ok(None);
    }
    let orgs = accounts::orgs_in(conn, &actor.org.path)?.into_iter().map(|org| org.id.to_string());
    let teams = accounts::teams_in(conn, &actor.org.path)?.into_iter().map(|team| team.id.to_string());
    Ok(Some(orgs.chain(teams).collect()))
}

/// What a team handed over beyond its custody: amounts above nothing.
///
/// # Errors
/// When it cannot be read.
pub fn overdrafts(conn: &mut Conn, campaign: CampaignId, team: TeamId) -> Result<Vec<(Commodity, i64)>, Problem> {
    held(conn, campaign, Account::Unexplained(team), i64::saturating_neg)
}

/// What a team holds: amounts above nothing.
///
/// # Errors
/// When it cannot be read.
pub fn custody(conn: &mut Conn, campaign: CampaignId, team: TeamId) -> Result<Vec<(Commodity, i64)>, Problem> {
    held(conn, campaign, Account::Team(team), |amount| amount)
}

fn held(conn: &mut Conn, campaign: CampaignId, account: Account, side: impl Fn(i64) -> i64) -> Result<Vec<(Commodity, i64)>, Problem> {
    let balances = store::balances_of(conn, campaign, &[account])?;
    Ok(balances.into_iter().map(|((_, commodity), amount)| (commodity, side(amount))).filter(|(_, amount)| *amount > 0).collect())
}
