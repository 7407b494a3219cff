//! Who holds what.

use std::collections::{BTreeMap, BTreeSet};

use super::flow::{moved_by, with_agreement};
use super::{Names, reach};
use crate::accounts::Actor;
use crate::campaigns::{self, CampaignId};
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::http::problem::Problem;
use crate::ledger::model::keys::AccountKind;
use crate::ledger::model::{Account, Commodity, Moved};
use crate::ledger::rules::{self, Sum};
use crate::ledger::store;

type Held = BTreeMap<(Account, Commodity), Moved>;

/// Where everything is.
#[derive(Debug)]
pub struct Told {
    /// What accounts hold; recipients are summed up only.
    pub balances: Held,
    /// One line for each commodity, and whether it adds up and agrees with what moved. Empty for who sees a part only.
    pub sums: BTreeMap<Commodity, (Sum, bool)>,
    /// Who and what it is about.
    pub names: Names,
}

/// Who holds what, now or at a moment, and the sums that show that everything is somewhere.
pub fn told(conn: &mut Conn, actor: &Actor, campaign: CampaignId, at: Option<Moment>) -> Result<Told, Problem> {
    let (_, org) = campaigns::visible(conn, actor, campaign)?;
    let reach = reach(conn, actor, &org)?;
    let sees_all = reach.is_none();
    let (balances, sums) = if at.is_some() {
        let links = moved_by(conn, campaign, reach.as_deref(), at)?;
        let mut balances = rules::holdings(&links);
        if let Some(reach) = &reach {
            let own: BTreeSet<&str> = reach.iter().map(String::as_str).collect();
            balances.retain(|(account, _), _| own.contains(account.id()));
        }
        let sums = if sees_all { with_agreement(rules::sums(&links), &agreement(conn, campaign)?) } else { BTreeMap::new() };
        (balances, sums)
    } else {
        let balances = store::holdings(conn, campaign, reach.as_deref())?;
        let sums = if sees_all { sums(conn, campaign, &balances)? } else { BTreeMap::new() };
        (balances, sums)
    };
    let names = Names::of(conn, campaign, &org, balances.keys().map(|(_, commodity)| commodity).chain(sums.keys()))?;
    Ok(Told { balances, sums, names })
}

/// The commodities whose two folds, what is held and what moved, tell the same.
pub(super) fn agreement(conn: &mut Conn, campaign: CampaignId) -> Result<BTreeSet<Commodity>, Problem> {
    let held = store::holdings(conn, campaign, None)?;
    Ok(sums(conn, campaign, &held)?.into_iter().filter(|(_, (_, agrees))| *agrees).map(|(commodity, _)| commodity).collect())
}

fn sums(conn: &mut Conn, campaign: CampaignId, held: &Held) -> Result<BTreeMap<Commodity, (Sum, bool)>, Problem> {
    let mut moved: BTreeMap<Commodity, Sum> = BTreeMap::new();
    for (from, to, commodity, net) in store::nets(conn, campaign)? {
        let sum = moved.entry(commodity).or_default();
        sum.count(from, net.turned());
        sum.count(to, net);
    }
    let mut kept: BTreeMap<Commodity, Sum> = BTreeMap::new();
    for ((account, commodity), amount) in held {
        kept.entry(*commodity).or_default().count(account.kind(), *amount);
    }
    let line = |(commodity, moved): (Commodity, Sum)| {
        let mut sum = kept.get(&commodity).copied().unwrap_or_default();
        // Recipients are many: what they hold is read from what moved, and adding up shows whether the two agree.
        sum.count(AccountKind::Household, Moved { amount: moved.handed_over, value_fen: 0 });
        (commodity, (sum, sum.adds_up() && sum.folded() == moved))
    };
    Ok(moved.into_iter().map(line).collect())
}
