//! From postings to who gave how much to whom, and back.

use std::collections::BTreeMap;

use crate::ledger::model::{Commodity, EntryKind, Link, Links, Moved, Place, Posting};

/// What an entry moved from where to where: a deed of this kind, or the undoing of one, which counts less than nothing on the same link.
///
/// An entry has two ends for each commodity: one that gave and one that took.
#[must_use]
pub fn links(postings: &[Posting], kind: EntryKind, undoes: bool) -> Links {
    let mut nets: BTreeMap<(Commodity, Place), Moved> = BTreeMap::new();
    for posting in postings {
        let net = nets.entry((posting.commodity, Place::of(posting.account))).or_default();
        *net = net.plus(Moved { amount: posting.amount, value_fen: posting.value_fen.unwrap_or_default() });
    }
    let gave = |net: &Moved| (net.amount < 0) != undoes;
    let givers: BTreeMap<Commodity, Place> = nets.iter().filter(|(_, net)| gave(net)).map(|((commodity, place), _)| (*commodity, *place)).collect();
    let link = |((commodity, to), net): (&(Commodity, Place), &Moved)| {
        let from = *givers.get(commodity)?;
        Some((Link { from, to: *to, kind, commodity: *commodity }, *net))
    };
    nets.iter().filter(|(_, net)| !gave(net)).filter_map(link).collect()
}

/// What had moved, if so much has moved in all and so much of it later.
#[must_use]
pub fn left(mut all: Links, later: &Links) -> Links {
    for (link, moved) in later {
        let kept = all.entry(*link).or_default();
        *kept = kept.plus(moved.turned());
    }
    all
}

/// What each end holds, by what came and what went.
#[must_use]
pub fn ends(links: &Links) -> BTreeMap<(Place, Commodity), Moved> {
    let mut ends: BTreeMap<(Place, Commodity), Moved> = BTreeMap::new();
    for (link, moved) in links {
        let from = ends.entry((link.from, link.commodity)).or_default();
        *from = from.plus(moved.turned());
        let to = ends.entry((link.to, link.commodity)).or_default();
        *to = to.plus(*moved);
    }
    ends
}
