//! `freeze`: computes what each approved household is promised, once.

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::accounts::{self, Actor};
use crate::campaigns::{self, Campaign, CampaignId, Seals, Standards};
use crate::entitlements::model::{Entitlement, EntitlementId};
use crate::entitlements::queries::{self, Approved};
use crate::entitlements::{rules, store};
use crate::kit::db::{Tx, lock_key};
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::Event;

/// Files taken in hand together: a page is three statements, whatever its length.
const PAGE: i64 = 2_000;

/// What a freezing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Frozen {
    /// Households that have an entitlement now and had none.
    pub entitled: i64,
    /// Approved households that had theirs before.
    pub before: i64,
    /// Approved households of a category without a standard.
    pub without_standard: i64,
    /// The cash newly promised.
    pub cash_fen: i64,
}

/// Opens a campaign, promises the seed of its draws and freezes what it promises to whom, in one transaction.
pub fn open(tx: &mut Tx<'_>, actor: &Actor, seals: &Seals, id: CampaignId) -> Result<(Campaign, Frozen), Problem> {
    let campaign = campaigns::open(tx, actor, id)?;
    seals.commit(tx, id)?;
    let frozen = freeze_all(tx, &campaign)?;
    Ok((campaign, frozen))
}

/// Takes in the files that were approved since.
pub fn freeze(tx: &mut Tx<'_>, actor: &Actor, id: CampaignId) -> Result<Frozen, Problem> {
    let campaign = campaigns::for_centre(tx.conn, actor, id)?;
    campaign.must_be_open()?;
    let frozen = freeze_all(tx, &campaign)?;
    if frozen.entitled == 0 {
        tx.unchanged();
    }
    Ok(frozen)
}

fn freeze_all(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<Frozen, Problem> {
    tx.lock(vec![lock_key(&["entitlements", campaign.id.as_str()])])?;
    let org = accounts::org(tx.conn, campaign.org_id)?.ok_or(Problem::of(Code::NotFound))?;
    let standards = campaigns::standards_of(tx.conn, campaign.id)?;
    let mut frozen = Frozen::default();
    let mut after = None;
    loop {
        let page = queries::approved(tx.conn, &org.path, after, PAGE)?;
        let (Some(first), Some(last)) = (page.first(), page.last()) else { return Ok(frozen) };
        after = Some(last.id);
        let had = store::entitled(tx.conn, campaign.id, first.id, last.id)?;
        let new: Vec<&Approved> = page.iter().filter(|file| !had.contains(&file.id)).collect();
        frozen.before += count(page.len() - new.len());
        freeze_page(tx, campaign, &standards, &new, &mut frozen)?;
    }
}

fn freeze_page(tx: &mut Tx<'_>, campaign: &Campaign, standards: &Standards, files: &[&Approved], frozen: &mut Frozen) -> Result<(), Problem> {
    let mut entitlements = Vec::with_capacity(files.len());
    for file in files {
        let Some(promise) = rules::promise(file.category, file.version, campaign.policy.version, standards) else {
            frozen.without_standard += 1;
            continue;
        };
        let id = EntitlementId::fresh(tx.now, tx.chance);
        frozen.entitled += 1;
        frozen.cash_fen += promise.cash_fen;
        let facts = json!({"campaign_id": campaign.id, "household_id": file.id});
        tx.record(Event { chain: file.chain.clone(), by: None, verb: "entitlement.frozen", subject_kind: "entitlement", subject: id.to_string(), facts });
        entitlements.push(Entitlement {
            id,
            campaign_id: campaign.id,
            household_id: file.id,
            category: file.category,
            cash_fen: promise.cash_fen,
            purpose: promise.purpose,
            goods: promise.goods,
            facts: promise.facts,
            frozen_at: tx.now,
        });
    }
    Ok(store::insert(tx.conn, &entitlements)?)
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
