//! What was booked.

use std::collections::BTreeMap;

use super::reach;
use crate::accounts::Actor;
use crate::campaigns::{self, CampaignId};
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Code, Problem};
use crate::ledger::model::{EntryId, Filter, Posting};
use crate::ledger::store::{self, At, EntryRow};

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

/// The entries of a campaign that are asked for, newest first.
pub fn entries(conn: &mut Conn, actor: &Actor, campaign: CampaignId, filter: &Filter, page: &PageQuery) -> Result<Page<EntryTold>, Problem> {
    let (_, org) = campaigns::visible(conn, actor, campaign)?;
    let limit = page.limit()?;
    let before = page.after()?.map(|key| place(&key).ok_or(Problem::of(Code::BadRequest))).transpose()?;
    let reach = reach(conn, actor, &org)?;
    let rows = store::entries_of(conn, campaign, reach.as_deref(), filter, before, limit + 1)?;
    let page = Page::of(rows, limit, |row| key(row.made_at, row.id));
    Ok(Page { items: with_postings(conn, &page.items)?, next: page.next })
}

/// The same from a place in the list on, without its end: for whoever reads all of it, some at a time.
pub fn entries_after(conn: &mut Conn, actor: &Actor, campaign: CampaignId, filter: &Filter, after: Option<At>, limit: i64) -> Result<Vec<EntryTold>, Problem> {
    let (_, org) = campaigns::visible(conn, actor, campaign)?;
    let reach = reach(conn, actor, &org)?;
    let rows = store::entries_of(conn, campaign, reach.as_deref(), filter, after, limit)?;
    with_postings(conn, &rows)
}

fn with_postings(conn: &mut Conn, rows: &[EntryRow]) -> Result<Vec<EntryTold>, Problem> {
    let ids: Vec<EntryId> = rows.iter().map(|row| row.id).collect();
    let mut postings: BTreeMap<EntryId, Vec<Posting>> = BTreeMap::new();
    for (entry, posting) in store::postings_of(conn, &ids)? {
        postings.entry(entry).or_default().push(posting);
    }
    let reversed: BTreeMap<EntryId, EntryId> = store::reversals_of(conn, &ids)?.into_iter().collect();
    let told = |entry: &EntryRow| {
        let (postings, reversed_by) = (postings.remove(&entry.id).unwrap_or_default(), reversed.get(&entry.id).copied());
        EntryTold { entry: entry.clone(), postings, reversed_by }
    };
    Ok(rows.iter().map(told).collect())
}

/// A place in a list that is ordered by the server's time.
pub(super) fn key(made_at: Moment, id: EntryId) -> String {
    format!("{} {id}", made_at.ms())
}

pub(super) fn place(key: &str) -> Option<At> {
    let (made_at, id) = key.split_once(' ')?;
    Some((Moment::from_ms(made_at.parse().ok()?), EntryId::parse(id)?))
}

/// One entry.
pub fn entry(conn: &mut Conn, id: EntryId) -> Result<EntryTold, Problem> {
    let entry = store::entry(conn, id)?.ok_or(Problem::of(Code::NotFound))?;
    let postings = store::postings_of(conn, &[id])?.into_iter().map(|(_, posting)| posting).collect();
    Ok(EntryTold { entry, postings, reversed_by: store::reversal_of(conn, id)? })
}
