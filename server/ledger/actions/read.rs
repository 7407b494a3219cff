//! What the ledger tells, and to whom: who sees the campaign's whole org subtree reads all of it, a district reads its own stores
//! and teams, a team reads its own custody.

use std::collections::BTreeMap;

use crate::accounts::{self, Actor, Org, TeamId};
use crate::campaigns::{self, CampaignId, ItemId};
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Code, Problem};
use crate::ledger::model::keys::AccountKind;
use crate::ledger::model::{Account, Balances, Commodity, EntryId, Posting};
use crate::ledger::rules::Sum;
use crate::ledger::store::{self, EntryRow, Place};

/// An entry with what it moved.
#[derive(Debug)]
pub struct EntryTold {
    /// The entry.
    pub entry: EntryRow,
    /// Its postings.
    pub postings: Vec<Posting>,
    /// The entry that reversed it.
    pub reversed_by: Option<EntryId>,
}

/// Where everything is.
#[derive(Debug, Default)]
pub struct Told {
    /// What accounts hold; recipients are summed up only.
    pub balances: Balances,
    /// One line for each commodity, and whether it adds up and agrees with the postings. Empty for who sees a part only.
    pub sums: BTreeMap<Commodity, (Sum, bool)>,
    /// Names of funds, items, orgs and teams, by id.
    pub names: BTreeMap<String, String>,
    /// The units of items.
    pub units: BTreeMap<ItemId, String>,
}

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

/// The entries of a campaign, newest first.
pub fn entries(conn: &mut Conn, actor: &Actor, campaign: CampaignId, page: &PageQuery) -> Result<Page<EntryTold>, Problem> {
    let (_, org) = campaigns::visible(conn, actor, campaign)?;
    let limit = page.limit()?;
    let before = page.after()?.map(|key| place(&key).ok_or(Problem::of(Code::BadRequest))).transpose()?;
    let reach = reach(conn, actor, &org)?;
    let rows = store::entries_of(conn, campaign, reach.as_deref(), before, limit + 1)?;
    let page = Page::of(rows, limit, |row| format!("{} {}", row.made_at.ms(), row.id));
    let ids: Vec<EntryId> = page.items.iter().map(|row| row.id).collect();
    let mut postings: BTreeMap<EntryId, Vec<Posting>> = BTreeMap::new();
    for (entry, posting) in store::postings_of(conn, &ids)? {
        postings.entry(entry).or_default().push(posting);
    }
    let reversed: BTreeMap<EntryId, EntryId> = store::reversals_of(conn, &ids)?.into_iter().collect();
    Ok(page.map(|entry| {
        let (postings, reversed_by) = (postings.remove(&entry.id).unwrap_or_default(), reversed.get(&entry.id).copied());
        EntryTold { entry, postings, reversed_by }
    }))
}

fn place(key: &str) -> Option<Place> {
    let (made_at, id) = key.split_once(' ')?;
    Some((Moment::from_ms(made_at.parse().ok()?), EntryId::parse(id)?))
}

/// One entry.
pub fn entry(conn: &mut Conn, id: EntryId) -> Result<EntryTold, Problem> {
    let entry = store::entry(conn, id)?.ok_or(Problem::of(Code::NotFound))?;
    let postings = store::postings_of(conn, &[id])?.into_iter().map(|(_, posting)| posting).collect();
    Ok(EntryTold { entry, postings, reversed_by: store::reversal_of(conn, id)? })
}

/// Who holds what, and the sums that show that everything is somewhere.
pub fn told(conn: &mut Conn, actor: &Actor, campaign: CampaignId) -> Result<Told, Problem> {
    let (_, org) = campaigns::visible(conn, actor, campaign)?;
    let reach = reach(conn, actor, &org)?;
    let balances = store::holdings(conn, campaign, reach.as_deref())?;
    let sums = if reach.is_none() { sums(conn, campaign)? } else { BTreeMap::new() };
    let mut told = Told { balances, sums, ..Told::default() };
    name(conn, campaign, &org, &mut told)?;
    Ok(told)
}

fn sums(conn: &mut Conn, campaign: CampaignId) -> Result<BTreeMap<Commodity, (Sum, bool)>, Problem> {
    let fold = |rows: Vec<(AccountKind, Commodity, i64)>| {
        let mut sums: BTreeMap<Commodity, Sum> = BTreeMap::new();
        for (kind, commodity, amount) in rows {
            sums.entry(commodity).or_default().count(kind, amount);
        }
        sums
    };
    let kept = fold(store::sums_of_balances(conn, campaign)?);
    // Adding up alone would not show a balance that went another way than its postings.
    let posted = fold(store::sums_of_postings(conn, campaign)?);
    let agrees = |commodity: &Commodity, sum: &Sum| sum.adds_up() && posted.get(commodity) == Some(sum);
    let all = posted.keys().chain(kept.keys()).copied().collect::<std::collections::BTreeSet<_>>();
    let line = |commodity| {
        let sum = kept.get(&commodity).copied().unwrap_or_default();
        (commodity, (sum, agrees(&commodity, &sum)))
    };
    Ok(all.into_iter().map(line).collect())
}

fn name(conn: &mut Conn, campaign: CampaignId, org: &Org, told: &mut Told) -> Result<(), Problem> {
    let named = told.balances.keys().map(|(_, commodity)| commodity).chain(told.sums.keys());
    let items: Vec<ItemId> = named.filter_map(|commodity| commodity.item_id()).collect();
    let mut ids: Vec<(String, String)> = store::funds_of(conn, campaign)?.into_iter().map(|fund| (fund.id.to_string(), fund.name)).collect();
    for item in campaigns::items_by_id(conn, &items)? {
        ids.push((item.id.to_string(), item.name));
        told.units.insert(item.id, item.unit);
    }
    let root = org.path.split('/').find(|part| !part.is_empty()).map(|part| format!("/{part}/")).unwrap_or_default();
    ids.extend(accounts::orgs_in(conn, &root)?.into_iter().map(|org| (org.id.to_string(), org.name)));
    ids.extend(accounts::teams_in(conn, &root)?.into_iter().map(|team| (team.id.to_string(), team.name)));
    told.names.extend(ids);
    Ok(())
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
