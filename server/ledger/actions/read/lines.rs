//! What was booked, line by line, by name: for whoever writes all of it down.

use super::{Names, entries_after};
use crate::accounts::Actor;
use crate::campaigns::{self, CampaignId};
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::http::problem::Problem;
use crate::ledger::model::keys::AccountKind;
use crate::ledger::model::{Commodity, EntryId, EntryKind, Filter, Place};
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
    pub from: (AccountKind, Option<String>),
    /// To where.
    pub to: (AccountKind, Option<String>),
    /// The fund or the item.
    pub name: Option<String>,
    /// Whether it is money.
    pub is_cash: bool,
    /// Fen, or thousandths of the unit.
    pub amount: i64,
    /// The item's unit; `fen` for money.
    pub unit: Option<String>,
    /// What it is worth.
    pub value_fen: i64,
    /// In which words.
    pub words: String,
}

/// A place in the list of what was booked.
pub type LinesAfter = (Moment, EntryId);

/// The lines of so many entries, the newest first, after a place in the list; and the next place, as long as there is one.
///
/// # Errors
/// When the campaign is out of sight.
pub fn lines(
    conn: &mut Conn,
    actor: &Actor,
    campaign: CampaignId,
    after: Option<LinesAfter>,
    limit: i64,
) -> Result<(Vec<LineTold>, Option<LinesAfter>), Problem> {
    let (_, org) = campaigns::visible(conn, actor, campaign)?;
    let entries = entries_after(conn, actor, campaign, &Filter::default(), after, limit)?;
    let next = entries.last().map(|last| (last.entry.made_at, last.entry.id));
    let commodities: Vec<Commodity> = entries.iter().flat_map(|told| &told.postings).map(|posting| posting.commodity).collect();
    let names = Names::of(conn, campaign, &org, commodities.iter())?;
    let place = |place: Place| (place.kind(), names.name(place.id()));
    let mut lines = Vec::new();
    for told in entries {
        let entry = told.entry;
        for (link, moved) in rules::links(&told.postings, entry.kind, entry.reverses.is_some()) {
            lines.push(LineTold {
                entry: entry.id,
                happened_at: entry.happened_at,
                kind: entry.kind,
                from: place(link.from),
                to: place(link.to),
                name: names.name(link.commodity.id()),
                is_cash: matches!(link.commodity, Commodity::Cash(_)),
                amount: moved.amount,
                unit: names.unit(link.commodity),
                value_fen: moved.worth_fen(link.commodity),
                words: entry.words.clone(),
            });
        }
    }
    Ok((lines, next))
}
