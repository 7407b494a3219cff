//! Which entries are asked for, as the query says it.

use serde::Deserialize;
use utoipa::IntoParams;

use crate::campaigns::CampaignId;
use crate::kit::clock::Moment;
use crate::kit::http::page::PageQuery;
use crate::kit::http::problem::Problem;
use crate::ledger::model::keys::AccountKind;
use crate::ledger::model::{EntryKind, Filter, FilterAsked};

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
        let Self { campaign, account_kind, account_id, with_kind, with_id, commodity, kind, at, limit, after } = self;
        let filter = FilterAsked { account_kind, account_id, with_kind, with_id, commodity, kind, at }.read()?;
        Ok((campaign, filter, PageQuery { limit, after }))
    }
}
