//! From balances and a deed to postings: pure.
//!
//! A team's account and its `unexplained` account are two sides of one number: what it was given less what it gave away. Every
//! change is worked out on that number and only then laid on the two accounts, so that an issue heard of after an overdraft covers
//! it, a reversal undoes what was done and not how it happened to be booked, and the order of hearing makes no difference.

use std::collections::BTreeMap;

use super::model::keys::AccountKind;
use super::model::{Account, Balances, Commodity, Line, Posting};

#[cfg(test)]
mod tests;

/// Why a deed cannot be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The store does not hold this much.
    NotEnoughInStore(Commodity),
    /// The team does not hold this much.
    NotEnoughWithTeam(Commodity),
    /// An account that only receives would hold less than nothing: no sequence of deeds leads here.
    NeverReceived(Commodity),
    /// More than can be counted.
    TooMuch(Commodity),
}

/// Whether a deed may be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Somebody asks to do it now.
    Asked,
    /// It was done at a door; it is only heard of now.
    Happened,
}

/// The changes of a deed, on logical accounts: `unexplained` folded into its team, one change for each account and commodity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Movement(BTreeMap<(Account, Commodity), i128>);

impl Movement {
    /// Lines from one account to another.
    #[must_use]
    pub fn between(from: Account, to: Account, lines: &[Line]) -> Self {
        let mut movement = Self::default();
        for line in lines {
            movement.add(from, line.commodity, -i128::from(line.amount));
            movement.add(to, line.commodity, i128::from(line.amount));
        }
        movement
    }

    /// What undoes an entry with these postings.
    #[must_use]
    pub fn undoing(postings: &[Posting]) -> Self {
        let mut movement = Self::default();
        for posting in postings {
            movement.add(posting.account, posting.commodity, -i128::from(posting.amount));
        }
        movement
    }

    /// The accounts whose balances decide; both sides of a team.
    #[must_use]
    pub fn accounts(&self) -> Vec<Account> {
        let mut accounts: Vec<Account> = Vec::new();
        for (account, _) in self.0.keys() {
            accounts.push(*account);
            if let Account::Team(team) = account {
                accounts.push(Account::Unexplained(*team));
            }
        }
        accounts.sort_unstable();
        accounts.dedup();
        accounts
    }

    fn add(&mut self, account: Account, commodity: Commodity, amount: i128) {
        let account = if let Account::Unexplained(team) = account { Account::Team(team) } else { account };
        *self.0.entry((account, commodity)).or_default() += amount;
    }
}

/// The postings that book a movement on these balances. Their sum is zero for each commodity.
///
/// # Errors
/// When a store or a team would hold less than nothing; what happened at a door is booked all the same.
pub fn post(balances: &Balances, movement: &Movement, nature: Nature) -> Result<Vec<Posting>, Refusal> {
    let mut postings = Vec::new();
    for (&(account, commodity), &change) in &movement.0 {
        let held = |account| i128::from(balances.get(&(account, commodity)).copied().unwrap_or_default());
        let mut book = |account, after: i128| {
            let amount = i64::try_from(after - held(account)).ok().filter(|_| i64::try_from(after).is_ok()).ok_or(Refusal::TooMuch(commodity))?;
            if amount != 0 {
                postings.push(Posting { account, commodity, amount });
            }
            Ok(())
        };
        let short = |after: i128| change < 0 && after < 0;
        match account {
            Account::Team(team) | Account::Unexplained(team) => {
                let after = held(Account::Team(team)) + held(Account::Unexplained(team)) + change;
                if short(after) && nature == Nature::Asked {
                    return Err(Refusal::NotEnoughWithTeam(commodity));
                }
                book(Account::Team(team), after.max(0))?;
                book(Account::Unexplained(team), after.min(0))?;
            }
            Account::Store(_) if short(held(account) + change) => return Err(Refusal::NotEnoughInStore(commodity)),
            Account::Store(_) | Account::Source(_) => book(account, held(account) + change)?,
            _ if short(held(account) + change) => return Err(Refusal::NeverReceived(commodity)),
            _ => book(account, held(account) + change)?,
        }
    }
    Ok(postings)
}

/// Lays postings on balances.
pub fn apply(balances: &mut Balances, postings: &[Posting]) {
    for posting in postings {
        let held = balances.entry((posting.account, posting.commodity)).or_default();
        *held = held.saturating_add(posting.amount);
    }
}

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
}

impl Sum {
    /// Counts what accounts of a kind hold.
    pub const fn count(&mut self, kind: AccountKind, amount: i64) {
        let (place, amount) = match kind {
            AccountKind::Source => (&mut self.received, amount.saturating_neg()),
            AccountKind::Store => (&mut self.in_store, amount),
            AccountKind::Team => (&mut self.with_teams, amount),
            AccountKind::Household | AccountKind::Enterprise | AccountKind::Person => (&mut self.handed_over, amount),
            AccountKind::Loss => (&mut self.lost, amount),
            AccountKind::Returned => (&mut self.returned_to_source, amount),
            AccountKind::Unexplained => (&mut self.unexplained, amount.saturating_neg()),
        };
        *place = place.saturating_add(amount);
    }

    /// Whether everything that came is somewhere, and nothing is that never came.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let parts = [self.in_store, self.with_teams, self.handed_over, self.lost, self.returned_to_source];
        let whole = i128::from(self.received) + i128::from(self.unexplained);
        parts.into_iter().map(i128::from).sum::<i128>() == whole
    }
}
