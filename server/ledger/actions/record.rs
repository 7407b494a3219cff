//! `record`: what the centre enters by hand: receipts, issues, returns, losses, reversals.

use super::acknowledge::slip_lock;
use super::book::{Booking, book, prices_of};
use super::slip;
use crate::accounts::{self, Actor, OrgId, Role, TeamId};
use crate::campaigns::{self, Campaign, ItemId};
use crate::kit::clock::{DAY_MS, MINUTE_MS};
use crate::kit::db::{Tx, lock_key};
use crate::kit::http::faults::Faults;
use crate::kit::http::made::Made;
use crate::kit::http::problem::{Code, Problem};
use crate::ledger::model::{Account, Commodity, Deed, EntryId, EntryKind, NewEntry, Posting};
use crate::ledger::rules::{Movement, Nature};
use crate::ledger::store::{self, EntryRow};

/// Clocks at the desk may be ahead by this much.
const AHEAD_MS: i64 = 5 * MINUTE_MS;
/// Means may be gathered this long before a campaign begins.
const BEFORE_MS: i64 = 366 * DAY_MS;

/// Books an entry once, however often it is sent.
///
/// A closed campaign takes no more means, but what is left over may still return, and mistakes may be put right.
pub fn record(tx: &mut Tx<'_>, actor: &Actor, new: &NewEntry) -> Result<Made<EntryId>, Problem> {
    let (campaign, org) = campaigns::visible(tx.conn, actor, new.campaign_id)?;
    actor.must_be(&[Role::Centre])?;
    tx.lock(vec![lock_key(&["entry", new.id.as_str()])])?;
    let content_hash = new.content_hash();
    if let Some(found) = store::entry(tx.conn, new.id)? {
        tx.unchanged();
        return if found.content_hash == content_hash { Ok(Made::before(new.id)) } else { Err(Problem::of(Code::IdTaken)) };
    }
    if matches!(new.deed, Deed::Receipt { .. } | Deed::Issue { .. }) {
        campaign.must_not_be_closed()?;
    }
    let mut faults = Faults::default();
    let in_time = new.happened_at <= tx.now.plus_ms(AHEAD_MS) && new.happened_at >= campaign.opens_at.plus_ms(-BEFORE_MS);
    faults.unless(in_time, "/happened_at", "out_of_range");
    let known = campaigns::known_items(tx.conn, &org, &items(new))?;
    check_commodities(tx, actor, &mut faults, &campaign, new, &known)?;
    let ends = ends(tx, actor, &mut faults, &new.deed)?;
    faults.or(())?;
    let (movement, deed, reverses) = match (&new.deed, ends) {
        (Deed::Reversal { of }, _) => {
            let (movement, deed) = undoing(tx, actor, &campaign, *of)?;
            (movement, deed, Some(*of))
        }
        (deed, Some((from, to))) => (Movement::between(from, to, deed.lines(), &prices_of(tx, &items(new))?), deed.kind(), None),
        (_, None) => return Err(Problem::unexpected("a deed without ends")),
    };
    let entry = EntryRow {
        id: new.id,
        campaign_id: campaign.id,
        kind: new.deed.kind(),
        visit_id: None,
        reverses,
        content_hash,
        happened_at: new.happened_at,
        made_by: actor.id,
        made_at: tx.now,
        words: new.words.clone(),
    };
    book(tx, campaign.id, &[Booking { by: &actor.doer(), entry, movement, nature: Nature::Asked, deed }])?;
    match reverses {
        Some(of) => slip::reverse(tx, of)?,
        None => slip::make(tx, new, new.deed.store().unwrap_or(actor.org.id))?,
    }
    Ok(Made::now(new.id))
}

fn items(new: &NewEntry) -> Vec<ItemId> {
    new.deed.lines().iter().filter_map(|line| line.commodity.item_id()).collect()
}

fn check_commodities(tx: &mut Tx<'_>, actor: &Actor, faults: &mut Faults, campaign: &Campaign, new: &NewEntry, known: &[ItemId]) -> Result<(), Problem> {
    let funds = store::funds_of(tx.conn, campaign.id)?;
    // Of another district's fund nobody is told that it is there.
    let in_sight = accounts::orgs_related_to(tx.conn, &actor.org)?;
    let giver = new.deed.fund();
    let named = giver.into_iter().chain(new.deed.lines().iter().filter_map(|line| line.commodity.fund_id()));
    for id in named.filter(|id| funds.iter().all(|fund| fund.id != *id)) {
        let elsewhere = store::fund(tx.conn, id)?.is_some_and(|fund| in_sight.contains(&fund.org_id));
        faults.add(if giver == Some(id) { "/fund_id" } else { "/lines" }, if elsewhere { "not_same_campaign" } else { "unknown" });
    }
    for line in new.deed.lines() {
        match line.commodity {
            // A fund gives its own money and no other's.
            Commodity::Cash(id) => faults.unless(giver.is_none_or(|giver| giver == id), "/lines", "wrong_kind"),
            Commodity::Goods(id) => faults.unless(known.contains(&id), "/lines", "unknown"),
        }
    }
    Ok(())
}

/// From which account to which; none for a reversal.
fn ends(tx: &mut Tx<'_>, actor: &Actor, faults: &mut Faults, deed: &Deed) -> Result<Option<(Account, Account)>, Problem> {
    let store = store_of(tx, actor, faults, deed.store())?;
    if let Some(team) = deed.team() {
        let placed = accounts::team(tx.conn, team)?;
        faults.unless(placed.is_some_and(|team| actor.covers(&team.org.path)), "/team_id", "unknown");
    }
    let held_by = |team: &Option<TeamId>| team.map_or(store, Account::Team);
    Ok(match deed {
        Deed::Receipt { fund, .. } => Some((Account::Source(*fund), store)),
        Deed::Issue { team, .. } => Some((store, Account::Team(*team))),
        Deed::Return { team: Some(team), .. } => Some((Account::Team(*team), store)),
        Deed::Return { team: None, .. } => Some((store, Account::Returned)),
        Deed::Loss { team, .. } => Some((held_by(team), Account::Loss)),
        Deed::Reversal { .. } => None,
    })
}

fn store_of(tx: &mut Tx<'_>, actor: &Actor, faults: &mut Faults, named: Option<OrgId>) -> Result<Account, Problem> {
    let Some(id) = named else { return Ok(Account::Store(actor.org.id)) };
    let org = accounts::org(tx.conn, id)?;
    faults.unless(org.is_some_and(|org| actor.covers(&org.path)), "/org_id", "unknown");
    Ok(Account::Store(id))
}

/// What undoes an entry, and of what kind that entry was.
fn undoing(tx: &mut Tx<'_>, actor: &Actor, campaign: &Campaign, of: EntryId) -> Result<(Movement, EntryKind), Problem> {
    tx.lock(vec![lock_key(&["reversal", of.as_str()]), slip_lock(of)])?;
    let original = store::entry(tx.conn, of)?.ok_or_else(|| Problem::field("/reverses", "unknown"))?;
    let postings: Vec<Posting> = store::postings_of(tx.conn, &[of])?.into_iter().map(|(_, posting)| posting).collect();
    for posting in &postings {
        let org = match posting.account {
            Account::Store(org) => accounts::org(tx.conn, org)?,
            Account::Team(team) | Account::Unexplained(team) => accounts::team(tx.conn, team)?.map(|team| team.org),
            _ => continue,
        };
        if !org.is_some_and(|org| actor.covers(&org.path)) {
            return Err(Problem::field("/reverses", "unknown"));
        }
    }
    if original.campaign_id != campaign.id {
        return Err(Problem::field("/reverses", "not_same_campaign"));
    }
    if matches!(original.kind, EntryKind::Handover | EntryKind::Reversal) {
        return Err(Problem::of(Code::NotReversible));
    }
    if store::reversal_of(tx.conn, of)?.is_some() {
        return Err(Problem::of(Code::AlreadyReversed));
    }
    Ok((Movement::undoing(&postings), original.kind))
}
