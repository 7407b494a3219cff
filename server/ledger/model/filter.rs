//! Which entries are asked for.

use super::EntryKind;
use super::keys::AccountKind;
use crate::accounts::TeamId;
use crate::kit::clock::Moment;

/// Entries that touch an account, or any account of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touching {
    /// Of one of these kinds: a team's overdraft is the team's.
    pub kinds: Vec<AccountKind>,
    /// This one; none for any.
    pub id: Option<String>,
}

impl Touching {
    /// As the picture names it: a team is asked for with its overdraft.
    #[must_use]
    pub fn named(kind: AccountKind, id: Option<String>) -> Self {
        let kinds = if kind == AccountKind::Team { vec![kind, AccountKind::Unexplained] } else { vec![kind] };
        Self { kinds, id }
    }
}

/// What an entry must be to be listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// It touches this.
    pub account: Option<Touching>,
    /// And this.
    pub with: Option<Touching>,
    /// It moves this fund's money or this item; where an account is named, that account's.
    pub commodity: Option<String>,
    /// It is of this kind.
    pub kind: Option<EntryKind>,
    /// It had happened by then.
    pub at: Option<Moment>,
}

/// Which slips are asked for.
#[derive(Debug, Clone, Default)]
pub struct SlipFilter {
    /// In this state.
    pub state: Option<super::SlipState>,
    /// Of this team.
    pub team: Option<TeamId>,
}
