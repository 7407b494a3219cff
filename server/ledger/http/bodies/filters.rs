//! Which entries are asked for, as the query says it.

use serde::Deserialize;
use utoipa::IntoParams;

use crate::campaigns::CampaignId;
use crate::kit::clock::Moment;
use crate::kit::http::faults::Faults;
use crate::kit::http::page::PageQuery;
use crate::kit::http::problem::Problem;
use crate::kit::id::Id;
use crate::ledger::model::keys::AccountKind;
use crate::ledger::model::{Account, EntryKind, Filter, Touching};

/// Which campaign, which of its entries, and which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EntriesQuery {
    /// The campaign.
    campaign: CampaignId,
    /// Only entries that touch an account of this kind; `team` is meant with its overdraft.
    account_kind: Option<AccountKind>,
    /// This one of that kind; a store and a team must be named, of the others any is meant where none is.
    account_id: Option<String>,
    /// Only entries that touch an account of this kind as well.
    with_kind: Option<AccountKind>,
    /// This one of that kind.
    with_id: Option<String>,
    /// Only entries that move this fund's money or this item: its id.
    commodity: Option<String>,
    /// Only entries of this kind.
    kind: Option<EntryKind>,
    /// Only what had happened by then.
    at: Option<Moment>,
    /// How many at most.
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

impl EntriesQuery {
    /// The campaign, what is asked for and which part of it.
    pub fn read(self) -> Result<(CampaignId, Filter, PageQuery), Problem> {
        let mut faults = Faults::default();
        let account = touching(&mut faults, self.account_kind, self.account_id, ["/account_kind", "/account_id"]);
        let with = touching(&mut faults, self.with_kind, self.with_id, ["/with_kind", "/with_id"]);
        let commodity = self.commodity.and_then(|id| {
            let read = Id::parse(&id);
            faults.unless(read.is_some(), "/commodity", "not_a_uuid");
            read.map(|id| id.as_str().to_owned())
        });
        let filter = Filter { account, with, commodity, kind: self.kind, at: self.at };
        faults.or((self.campaign, filter, PageQuery { limit: self.limit, after: self.after }))
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
