//! One line for each commodity that shows where all of it is.

use std::collections::BTreeMap;

use super::links::ends;
use crate::ledger::model::keys::AccountKind;
use crate::ledger::model::{Account, Commodity, Links, Moved, Place};

/// One line that adds up: where everything of one commodity is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// Given by all sources.
    pub received: i64,
    /// In all stores.
    pub in_store: i64,
    /// In the custody of all teams.
    pub with_teams: i64,
    /// With households, enterprises, persons.
    pub handed_over: i64,
    /// Lost.
    pub lost: i64,
    /// Given back to where it came from.
    pub returned_to_source: i64,
    /// Handed over beyond custody.
    pub unexplained: i64,
    /// What all that was received is worth; nothing for money.
    pub value_fen: i64,
}

impl Sum {
    /// Counts what accounts of a kind hold.
    pub const fn count(&mut self, kind: AccountKind, held: Moved) {
        let (place, amount) = match kind {
            AccountKind::Source => (&mut self.received, held.turned().amount),
            AccountKind::Store => (&mut self.in_store, held.amount),
            AccountKind::Team => (&mut self.with_teams, held.amount),
            AccountKind::Household | AccountKind::Enterprise | AccountKind::Person => (&mut self.handed_over, held.amount),
            AccountKind::Loss => (&mut self.lost, held.amount),
            AccountKind::Returned => (&mut self.returned_to_source, held.amount),
            AccountKind::Unexplained => (&mut self.unexplained, held.turned().amount),
        };
        *place = place.saturating_add(amount);
        if matches!(kind, AccountKind::Source) {
            self.value_fen = self.value_fen.saturating_add(held.turned().value_fen);
        }
    }

    /// Whether everything that came is somewhere, and nothing is that never came.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let parts = [self.in_store, self.with_teams, self.handed_over, self.lost, self.returned_to_source];
        let whole = i128::from(self.received) + i128::from(self.unexplained);
        parts.into_iter().map(i128::from).sum::<i128>() == whole
    }

    /// The same with teams and their overdrafts taken together, as links tell it.
    #[must_use]
    pub const fn folded(self) -> Self {
        Self { with_teams: self.with_teams.saturating_sub(self.unexplained), unexplained: 0, ..self }
    }
}

/// The account that holds what stands at an end: a team that gave more than it had owes it. None for recipients, who are many.
const fn account(place: Place, amount: i64) -> Option<Account> {
    match place {
        Place::Source(id) => Some(Account::Source(id)),
        Place::Store(id) => Some(Account::Store(id)),
        Place::Team(id) if amount < 0 => Some(Account::Unexplained(id)),
        Place::Team(id) => Some(Account::Team(id)),
        Place::Households | Place::Enterprises | Place::Persons => None,
        Place::Returned => Some(Account::Returned),
        Place::Loss => Some(Account::Loss),
    }
}

/// What accounts other than recipients hold after all that moved; who holds nothing is left out.
#[must_use]
pub fn holdings(links: &Links) -> BTreeMap<(Account, Commodity), Moved> {
    let held = ends(links).into_iter().filter(|(_, held)| held.amount != 0);
    held.filter_map(|((place, commodity), held)| Some(((account(place, held.amount)?, commodity), held))).collect()
}

/// One line for each commodity, after all that moved.
#[must_use]
pub fn sums(links: &Links) -> BTreeMap<Commodity, Sum> {
    let mut sums: BTreeMap<Commodity, Sum> = BTreeMap::new();
    for ((place, commodity), held) in ends(links) {
        let kind = account(place, held.amount).map_or(place.kind(), Account::kind);
        sums.entry(commodity).or_default().count(kind, held);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::TeamId;

    #[test]
    fn a_team_owes_from_one_fen_below_nothing() {
        let team = TeamId::nil();
        assert_eq!(account(Place::Team(team), -1), Some(Account::Unexplained(team)));
        assert_eq!(account(Place::Team(team), 0), Some(Account::Team(team)));
    }
}
