//! From balances and a deed to postings: pure.
//!
//! A team's account and its `unexplained` account are two sides of one number: what it was given less what it gave away. Every
//! change is worked out on that number and only then laid on the two accounts, so that an issue heard of after an overdraft covers
//! it, a reversal undoes what was done and not how it happened to be booked, and the order of hearing makes no difference.

use std::collections::BTreeMap;

use super::model::{Account, Balances, Commodity, Line, Posting};

mod links;
mod slips;
mod sums;
#[cfg(test)]
mod tests;
mod worth;

pub use links::{left, links};
pub use slips::{count, written};
pub use sums::{Sum, holdings, sums};
pub use worth::Prices;
use worth::{half_up, worth_fen};

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

/// A change of one account: so much, and what the goods are worth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Change {
    amount: i128,
    /// None for money, and for goods whose worth nobody kept.
    value_fen: Option<i128>,
}

impl Change {
    /// The worth of a part of it; what is left over is the worth of the rest, so that no fen is lost between the two.
    fn worth_of(self, part: i128) -> Option<i128> {
        self.value_fen.map(|value| if part == self.amount { value } else { half_up(value * part, self.amount) })
    }
}

/// The changes of a deed, on logical accounts: `unexplained` folded into its team, one change for each account and commodity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Movement(BTreeMap<(Account, Commodity), Change>);

impl Movement {
    /// Lines from one account to another; goods at the price of now.
    #[must_use]
    pub fn between(from: Account, to: Account, lines: &[Line], prices: &Prices) -> Self {
        let mut movement = Self::default();
        for line in lines {
            let (amount, value_fen) = (i128::from(line.amount), worth_fen(line, prices));
            movement.add(from, line.commodity, Change { amount: -amount, value_fen: value_fen.map(i128::wrapping_neg) });
            movement.add(to, line.commodity, Change { amount, value_fen });
        }
        movement
    }

    /// What undoes an entry with these postings: at the worth it was booked with, whatever the price is now.
    #[must_use]
    pub fn undoing(postings: &[Posting]) -> Self {
        let mut movement = Self::default();
        for posting in postings {
            let value_fen = posting.value_fen.map(|value| -i128::from(value));
            movement.add(posting.account, posting.commodity, Change { amount: -i128::from(posting.amount), value_fen });
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

    fn add(&mut self, account: Account, commodity: Commodity, by: Change) {
        let account = if let Account::Unexplained(team) = account { Account::Team(team) } else { account };
        let change = self.0.entry((account, commodity)).or_insert(Change { amount: 0, value_fen: by.value_fen.map(|_| 0) });
        change.amount += by.amount;
        change.value_fen = change.value_fen.zip(by.value_fen).map(|(held, more)| held + more);
    }
}

/// The postings that book a movement on these balances. Their sum is zero for each commodity, and so is the sum of their worth.
///
/// # Errors
/// When a store or a team would hold less than nothing; what happened at a door is booked all the same.
pub fn post(balances: &Balances, movement: &Movement, nature: Nature) -> Result<Vec<Posting>, Refusal> {
    let mut postings = Vec::new();
    for (&(account, commodity), &change) in &movement.0 {
        let held = |account| i128::from(balances.get(&(account, commodity)).copied().unwrap_or_default());
        let mut book = |account, after: i128, value_fen: Option<i128>| {
            let too_much = Refusal::TooMuch(commodity);
            let amount = i64::try_from(after - held(account)).ok().filter(|_| i64::try_from(after).is_ok()).ok_or(too_much)?;
            let value_fen = value_fen.map(i64::try_from).transpose().map_err(|_| too_much)?;
            if amount != 0 {
                postings.push(Posting { account, commodity, amount, value_fen });
            }
            Ok(())
        };
        let short = |after: i128| change.amount < 0 && after < 0;
        let after = held(account) + change.amount;
        match account {
            Account::Team(team) | Account::Unexplained(team) => {
                let after = held(Account::Team(team)) + held(Account::Unexplained(team)) + change.amount;
                if short(after) && nature == Nature::Asked {
                    return Err(Refusal::NotEnoughWithTeam(commodity));
                }
                let worth = change.worth_of(after.max(0) - held(Account::Team(team)));
                book(Account::Team(team), after.max(0), worth)?;
                book(Account::Unexplained(team), after.min(0), change.value_fen.zip(worth).map(|(whole, part)| whole - part))?;
            }
            Account::Store(_) if short(after) => return Err(Refusal::NotEnoughInStore(commodity)),
            Account::Store(_) | Account::Source(_) => book(account, after, change.value_fen)?,
            _ if short(after) => return Err(Refusal::NeverReceived(commodity)),
            _ => book(account, after, change.value_fen)?,
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
