//! What was booked, line by line, by name: for whoever writes all of it down.

use super::{Named, Names, Thing, entries};
use crate::accounts::Actor;
use crate::campaigns::{self, CampaignId};
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::Problem;
use crate::ledger::model::{Commodity, EntryId, EntryKind, Filter};
use crate::ledger::rules;

/// A part of an entry: so much of one thing from one place to another.
#[derive(Debug, Clone)]
pub struct LineTold {
    /// The entry.
    pub entry: EntryId,
    /// When it happened.
    pub happened_at: Moment,
    /// What was done.
    pub kind: EntryKind,
    /// From where.
    pub from: Named,
    /// To where.
    pub to: Named,
    /// The fund or the item.
    pub thing: Thing,
    /// Fen, or thousandths of the unit.
    pub amount: i64,
    /// What it is worth.
    pub value_fen: i64,
    /// In which words.
    pub words: String,
}

/// The lines of the entries on a page, the newest first.
///
/// # Errors
/// When the campaign is out of sight.
pub fn lines(conn: &mut Conn, actor: &Actor, campaign: CampaignId, filter: &Filter, page: &PageQuery) -> Result<Page<LineTold>, Problem> {
    let (_, org) = campaigns::visible(conn, actor, campaign)?;
    let entries = entries(conn, actor, campaign, filter, page)?;
    let commodities: Vec<Commodity> = entries.items.iter().flat_map(|told| &told.postings).map(|posting| posting.commodity).collect();
    let names = Names::of(conn, campaign, &org, commodities.iter())?;
    let mut lines = Vec::new();
    for told in entries.items {
        let entry = told.entry;
        for (link, moved) in rules::links(&told.postings, entry.kind, entry.reverses.is_some()) {
            lines.push(LineTold {
                entry: entry.id,
                happened_at: entry.happened_at,
                kind: entry.kind,
                from: names.place(link.from.kind(), link.from.id()),
                to: names.place(link.to.kind(), link.to.id()),
                thing: names.thing(link.commodity),
                amount: moved.amount,
                value_fen: moved.worth_fen(link.commodity),
                words: entry.words.clone(),
            });
        }
    }
    Ok(Page { items: lines, next: entries.next })
}
