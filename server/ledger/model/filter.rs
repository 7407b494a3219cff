//! Which entries are asked for.

use super::keys::AccountKind;
use super::{Account, EntryKind};
use crate::accounts::TeamId;
use crate::kit::clock::Moment;
use crate::kit::http::faults::Faults;
use crate::kit::http::problem::Problem;
use crate::kit::id::Id;

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

/// What an entry must be to be listed, as somebody says it.
#[derive(Debug, Clone, Default)]
pub struct FilterAsked {
    /// It touches an account of this kind.
    pub account_kind: Option<AccountKind>,
    /// This one of that kind.
    pub account_id: Option<String>,
    /// It touches an account of this kind as well.
    pub with_kind: Option<AccountKind>,
    /// This one of that kind.
    pub with_id: Option<String>,
    /// It moves this fund's money or this item: its id.
    pub commodity: Option<String>,
    /// It is of this kind.
    pub kind: Option<EntryKind>,
    /// It had happened by then.
    pub at: Option<Moment>,
}

impl FilterAsked {
    /// What is meant.
    ///
    /// # Errors
    /// All that is wrong with it at once.
    pub fn read(self) -> Result<Filter, Problem> {
        let mut faults = Faults::default();
        let account = touching(&mut faults, self.account_kind, self.account_id, ["/account_kind", "/account_id"]);
        let with = touching(&mut faults, self.with_kind, self.with_id, ["/with_kind", "/with_id"]);
        let commodity = self.commodity.and_then(|id| {
            let read = Id::parse(&id);
            faults.unless(read.is_some(), "/commodity", "not_a_uuid");
            read.map(|id| id.as_str().to_owned())
        });
        faults.or(Filter { account, with, commodity, kind: self.kind, at: self.at })
    }
}

fn touching(faults: &mut Faults, kind: Option<AccountKind>, id: Option<String>, [at_kind, at_id]: [&str; 2]) -> Option<Touching> {
    let Some(kind) = kind else {
        faults.unless(id.is_none(), at_kind, "missing");
        return None;
    };
    let Some(id) = id else {
        faults.unless(!matches!(kind, AccountKind::Store | AccountKind::Team | AccountKind::Unexplained), at_id, "missing");
        return Some(Touching::named(kind, None));
    };
    let account = Account::named(kind, &id);
    faults.unless(account.is_some(), at_id, "not_a_uuid");
    faults.unless(!matches!(kind, AccountKind::Returned | AccountKind::Loss), at_id, "must_be_empty");
    account.map(|account| Touching::named(kind, Some(account.id().to_owned())))
}

/// Which slips are asked for.
#[derive(Debug, Clone, Default)]
pub struct SlipFilter {
    /// In this state.
    pub state: Option<super::SlipState>,
    /// Of this team.
    pub team: Option<TeamId>,
}
