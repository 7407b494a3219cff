//! `change`: names, days and limits.

use serde_json::{Map, Value, json};

use crate::accounts::Actor;
use crate::campaigns::actions::for_centre;
use crate::campaigns::model::{Campaign, CampaignId, CampaignStatus};
use crate::campaigns::{rules, store};
use crate::kit::clock::Moment;
use crate::kit::db::Tx;
use crate::kit::http::faults::Faults;
use crate::kit::http::problem::{Code, Problem};
use crate::kit::http::version::IfMatch;

/// What is to change; what is none stays.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// Its name.
    pub name: Option<String>,
    /// Its theme.
    pub theme: Option<String>,
    /// Its first moment, while it is a draft.
    pub opens_at: Option<Moment>,
    /// Its deadline.
    pub deadline_at: Option<Moment>,
    /// Limits to lay over the present ones.
    pub policy: Option<Map<String, Value>>,
}

/// Changes a campaign that is not closed. A limit changed while it is open makes a new version of the policy.
pub fn change(tx: &mut Tx<'_>, actor: &Actor, id: CampaignId, read: IfMatch, change: &Change, policy_at: &str) -> Result<Campaign, Problem> {
    let before = for_centre(tx.conn, actor, id)?;
    read.must_be(before.version)?;
    before.must_not_be_closed()?;
    let mut faults = Faults::default();
    let mut after = before.clone();
    after.name = change.name.as_ref().map_or(after.name, |name| faults.text(name, 80, "/name"));
    after.theme = change.theme.as_ref().map_or(after.theme, |theme| faults.text(theme, 80, "/theme"));
    after.opens_at = change.opens_at.unwrap_or(before.opens_at);
    after.deadline_at = change.deadline_at.unwrap_or(before.deadline_at);
    rules::check_days(&mut faults, after.opens_at, after.deadline_at);
    if let Some(change) = &change.policy {
        match before.policy.with(change) {
            Ok(policy) => after.policy = policy,
            Err(pointer) => faults.add(format!("{policy_at}{pointer}"), "bad_format"),
        }
        faults.extend(after.policy.faults(policy_at));
    }
    faults.or(())?;
    if after.opens_at != before.opens_at {
        before.must_be_draft()?;
    }
    if after == before {
        tx.unchanged();
        return Ok(before);
    }
    if before.status == CampaignStatus::Open && after.policy != before.policy {
        after.policy.version += 1;
    }
    after.version += 1;
    if !store::update(tx.conn, &after, before.version)? {
        return Err(Problem::of(Code::StaleVersion));
    }
    let facts = json!({"version": after.version, "policy_version": after.policy.version, "deadline_at": after.deadline_at});
    tx.record(actor.event("campaign.changed", "campaign", id, facts));
    Ok(after)
}
