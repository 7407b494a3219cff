//! The ledger in memory: what the actions do with tables, and what must hold of it whatever was done.

use std::collections::{BTreeMap, BTreeSet};

use super::super::*;
use crate::accounts::{OrgId, TeamId};
use crate::campaigns::ItemId;
use crate::households::HouseholdId;
use crate::ledger::model::{EnterpriseId, EntryKind, FundId, Links, Moved, Place, RecipientId, SlipState};

fn uuid(kind: u8, n: u8) -> String {
    format!("01900000-0000-7000-8000-0000000{kind:02x}0{n:02x}")
}
pub fn store(n: u8) -> Account {
    Account::Store(OrgId::parse(&uuid(1, n % 2)).unwrap())
}
pub fn team_id(n: u8) -> TeamId {
    TeamId::parse(&uuid(2, n % 3)).unwrap()
}
pub fn team(n: u8) -> Account {
    Account::Team(team_id(n))
}
pub fn owed(n: u8) -> Account {
    Account::Unexplained(team_id(n))
}
/// Four households, and of enterprises and persons two each: a group's receiver is a person.
pub fn receiver(n: u8) -> Account {
    match n % 8 {
        n @ 0..4 => Account::Household(HouseholdId::parse(&uuid(3, n)).unwrap()),
        n @ 4..6 => Account::Enterprise(EnterpriseId::parse(&uuid(6, n)).unwrap()),
        n => Account::Person(RecipientId::parse(&uuid(7, n)).unwrap()),
    }
}
pub fn fund(n: u8) -> FundId {
    FundId::parse(&uuid(4, n)).unwrap()
}
pub fn commodity(n: u8) -> Commodity {
    if n.is_multiple_of(2) { Commodity::Cash(fund(0)) } else { Commodity::Goods(ItemId::parse(&uuid(5, 0)).unwrap()) }
}
/// A unit is worth three fen, so that worth is rounded wherever a unit is broken.
pub fn prices() -> Prices {
    commodity(1).item_id().into_iter().map(|item| (item, 3)).collect()
}

#[derive(Debug, Clone, Copy)]
pub enum Deed {
    Receipt(u8),
    Issue(u8, u8),
    Handover(u8, u8),
    Return(u8, u8),
    GiveBack(u8),
    LossOfStore(u8),
    LossOfTeam(u8),
    /// Undoes the n-th deed that was booked, if it was entered by hand.
    Reversal(u8),
    /// Undoes the n-th deed that was booked, if it was a handover: a visit amends it, and hands over anew.
    Amendment(u8),
    /// The lead signs the n-th deed that was booked, if it is a slip; with so much more than the store wrote.
    Signature(u8, bool),
}

impl Deed {
    const fn kind(self) -> EntryKind {
        match self {
            Self::Receipt(_) => EntryKind::Receipt,
            Self::Issue(..) => EntryKind::Issue,
            Self::Handover(..) | Self::Amendment(_) => EntryKind::Handover,
            Self::Return(..) | Self::GiveBack(_) => EntryKind::Return,
            Self::LossOfStore(_) | Self::LossOfTeam(_) => EntryKind::Loss,
            Self::Reversal(_) | Self::Signature(..) => EntryKind::Reversal,
        }
    }

    const fn is_a_slip(self) -> bool {
        matches!(self, Self::Issue(..) | Self::Return(..))
    }
}

pub type Step = (Deed, u8, i64);

#[derive(Default, Clone)]
pub struct Book {
    pub balances: Balances,
    /// Id: what was done, what is undone by it, what it moved.
    pub entries: BTreeMap<usize, (Deed, Option<usize>, Vec<Posting>)>,
    reversed: BTreeSet<usize>,
    /// Whether the lead counted the same.
    signed: BTreeMap<usize, bool>,
    slips: BTreeMap<usize, SlipState>,
    pub links: Links,
}

impl Book {
    /// Does the deed known by `id`, once; says whether it changed anything.
    pub fn do_it(&mut self, id: usize, (deed, what, amount): Step) -> Result<bool, Refusal> {
        if self.entries.contains_key(&id) {
            return Ok(false);
        }
        let lines = [Line { commodity: commodity(what), amount }];
        let ends = match deed {
            Deed::Receipt(s) => (Account::Source(fund(0)), store(s)),
            Deed::Issue(s, t) => (store(s), team(t)),
            Deed::Handover(t, r) => (team(t), receiver(r)),
            Deed::Return(t, s) => (team(t), store(s)),
            Deed::GiveBack(s) => (store(s), Account::Returned),
            Deed::LossOfStore(s) => (store(s), Account::Loss),
            Deed::LossOfTeam(t) => (team(t), Account::Loss),
            Deed::Reversal(n) | Deed::Amendment(n) => return self.undo(id, deed, usize::from(n), &lines),
            Deed::Signature(n, counts_more) => return Ok(self.sign(usize::from(n), counts_more)),
        };
        let nature = if matches!(deed, Deed::Handover(..)) { Nature::Happened } else { Nature::Asked };
        self.book(id, deed, None, &Movement::between(ends.0, ends.1, &lines, &prices()), nature)?;
        if deed.is_a_slip() {
            self.slips.insert(id, SlipState::Waiting);
        }
        Ok(true)
    }

    fn book(&mut self, id: usize, deed: Deed, undoes: Option<usize>, movement: &Movement, nature: Nature) -> Result<(), Refusal> {
        let postings = post(&self.balances, movement, nature)?;
        apply(&mut self.balances, &postings);
        let kind = undoes.map_or(deed, |of| self.entries[&of].0).kind();
        for (link, moved) in links(&postings, kind, undoes.is_some()) {
            let sum = self.links.entry(link).or_default();
            *sum = sum.plus(moved);
        }
        self.entries.insert(id, (deed, undoes, postings));
        Ok(())
    }

    fn undo(&mut self, id: usize, deed: Deed, n: usize, lines: &[Line]) -> Result<bool, Refusal> {
        let Some((of, (original, undoes, postings))) = self.entries.iter().nth(n).map(|(of, entry)| (*of, entry.clone())) else { return Ok(false) };
        let amends = matches!(deed, Deed::Amendment(_));
        if undoes.is_some() || self.reversed.contains(&of) || amends != matches!(original, Deed::Handover(..)) {
            return Ok(false);
        }
        let nature = if amends { Nature::Happened } else { Nature::Asked };
        self.book(id, deed, Some(of), &Movement::undoing(&postings), nature)?;
        self.reversed.insert(of);
        if let Some(state) = self.slips.get_mut(&of) {
            *state = SlipState::of(true, self.signed.get(&of).copied());
        }
        if let Deed::Handover(t, r) = original {
            // What the amending visit itself handed over.
            let anew = Movement::between(team(t), receiver(r), lines, &prices());
            self.book(id + 1_000, original, None, &anew, Nature::Happened)?;
        }
        Ok(true)
    }

    fn sign(&mut self, n: usize, counts_more: bool) -> bool {
        let Some((id, postings)) = self.entries.iter().nth(n).map(|(id, (.., postings))| (*id, postings)) else { return false };
        if !self.slips.contains_key(&id) || self.signed.contains_key(&id) {
            return false;
        }
        let wrote = written(postings);
        let counted: Vec<(Commodity, i64)> = wrote.iter().map(|(commodity, amount)| (*commodity, amount + i64::from(counts_more))).collect();
        let agrees = count(&wrote, &counted, "多一份").unwrap();
        assert_eq!(agrees, !counts_more);
        self.slips.insert(id, SlipState::of(self.reversed.contains(&id), Some(agrees)));
        self.signed.insert(id, agrees);
        true
    }

    pub fn holds(&self) -> BTreeMap<(Account, Commodity), i64> {
        self.balances.iter().filter(|(_, amount)| **amount != 0).map(|(key, amount)| (*key, *amount)).collect()
    }

    pub fn check(&self) {
        let mut fold = Balances::new();
        let mut worth: BTreeMap<(Place, Commodity), Moved> = BTreeMap::new();
        for (_, _, postings) in self.entries.values() {
            for each in [commodity(0), commodity(1)] {
                let of = || postings.iter().filter(|p| p.commodity == each);
                assert_eq!(of().map(|p| i128::from(p.amount)).sum::<i128>(), 0, "every entry sums to zero for each commodity");
                assert_eq!(of().map(|p| p.value_fen.unwrap_or_default()).sum::<i64>(), 0, "and so does its worth: {postings:?}");
                assert!(of().all(|p| p.value_fen.is_some() == each.item_id().is_some()), "goods have a worth and money has none");
            }
            for p in postings {
                let held = worth.entry((Place::of(p.account), p.commodity)).or_default();
                *held = held.plus(Moved { amount: p.amount, value_fen: p.value_fen.unwrap_or_default() });
            }
            apply(&mut fold, postings);
        }
        assert_eq!(fold, self.balances, "a balance is the fold of its postings");
        let moved: BTreeMap<_, _> = super::super::links::ends(&self.links).into_iter().filter(|(_, held)| *held != Moved::default()).collect();
        worth.retain(|_, held| *held != Moved::default());
        assert_eq!(moved, worth, "what moved leaves what is held, and its worth");
        self.check_sides();
        self.check_sums();
        self.check_slips();
    }

    fn check_sides(&self) {
        for (&(account, commodity), &amount) in &self.balances {
            match account {
                Account::Source(_) | Account::Unexplained(_) => assert!(amount <= 0, "{account:?} holds {amount}"),
                _ => assert!(amount >= 0, "{account:?} holds {amount}"),
            }
            if let Account::Team(team) = account {
                let owed = self.balances.get(&(Account::Unexplained(team), commodity)).copied().unwrap_or_default();
                assert!(amount == 0 || owed == 0, "a team holds and owes at once");
            }
        }
    }

    fn check_sums(&self) {
        let mut counted: BTreeMap<Commodity, (i128, Sum)> = BTreeMap::new();
        for (&(account, commodity), &amount) in &self.balances {
            let (total, sum) = counted.entry(commodity).or_default();
            *total += i128::from(amount);
            sum.count(account.kind(), Moved { amount, value_fen: 0 });
        }
        let told = sums(&self.links);
        for (commodity, (total, sum)) in counted {
            assert_eq!(total, 0, "over all accounts a commodity sums to zero");
            assert!(sum.adds_up(), "{sum:?}");
            let value_fen = told.get(&commodity).map_or(0, |told| told.value_fen);
            assert_eq!(told.get(&commodity).copied().unwrap_or_default(), Sum { value_fen, ..sum }, "what moved tells the same line");
        }
        let listed = |(account, _): &(Account, Commodity)| !matches!(account, Account::Household(_) | Account::Enterprise(_) | Account::Person(_));
        let held: BTreeMap<_, _> = self.holds().into_iter().filter(|(key, _)| listed(key)).collect();
        assert_eq!(holdings(&self.links).into_iter().map(|(key, held)| (key, held.amount)).collect::<BTreeMap<_, _>>(), held);
    }

    fn check_slips(&self) {
        for (id, (deed, undoes, _)) in &self.entries {
            let state = self.slips.get(id).copied();
            assert_eq!(state.is_some(), deed.is_a_slip() && undoes.is_none(), "issues and returns of teams are slips, and nothing else is");
            let expected = match (self.reversed.contains(id), self.signed.get(id)) {
                (true, _) => SlipState::Reversed,
                (false, None) => SlipState::Waiting,
                (false, Some(true)) => SlipState::Agreed,
                (false, Some(false)) => SlipState::Differs,
            };
            assert!(state.is_none_or(|state| state == expected), "{state:?}, not {expected:?}");
        }
    }
}
