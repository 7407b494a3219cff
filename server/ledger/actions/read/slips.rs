//! What changes hands with two signatures.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::entries::{key, place};
use super::{Names, Thing, reach};
use crate::accounts::{Actor, OrgId};
use crate::campaigns::{self, CampaignId};
use crate::kit::db::Conn;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Code, Problem};
use crate::ledger::model::{Commodity, EntryId, Posting, SlipFilter, SlipLine, SlipSeen, SlipSigned, SlipState};
use crate::ledger::rules;
use crate::ledger::store::{self, Found, Signed};

/// Most slips a phone is handed.
const MOST_ON_A_PHONE: i64 = 200;

/// A slip as the desk sees it.
#[derive(Debug)]
pub struct SlipTold {
    /// As everybody sees it.
    pub seen: SlipSeen,
    /// The team's name.
    pub team_name: String,
    /// Whose store.
    pub org_id: OrgId,
    /// The signature, once there is one.
    pub signature_sha256: Option<String>,
}

/// The slips of a campaign, newest first.
pub fn slips(conn: &mut Conn, actor: &Actor, campaign: CampaignId, filter: &SlipFilter, page: &PageQuery) -> Result<Page<SlipTold>, Problem> {
    let (_, org) = campaigns::visible(conn, actor, campaign)?;
    let limit = page.limit()?;
    let before = page.after()?.map(|key| place(&key).ok_or(Problem::of(Code::BadRequest))).transpose()?;
    let reach = reach(conn, actor, &org)?;
    let rows = store::slips_of(conn, campaign, reach.as_deref(), filter, before, limit + 1)?;
    let page = Page::of(rows, limit, |row| key(row.made_at, row.slip().id));
    Ok(Page { items: told(conn, actor, page.items)?, next: page.next })
}

/// A line of a slip: what the store wrote, and what the lead counted.
#[derive(Debug)]
pub struct SlipLineTold {
    /// The slip; of its lines only this one is told here.
    pub slip: Rc<SlipTold>,
    /// Of what.
    pub thing: Thing,
    /// What the store wrote: fen, or thousandths of the unit.
    pub amount: i64,
    /// What the lead counted; none until they did.
    pub counted: Option<i64>,
}

/// The lines of the slips on a page, the newest first.
///
/// # Errors
/// When the campaign is out of sight.
pub fn slip_lines(conn: &mut Conn, actor: &Actor, campaign: CampaignId, filter: &SlipFilter, page: &PageQuery) -> Result<Page<SlipLineTold>, Problem> {
    let (_, org) = campaigns::visible(conn, actor, campaign)?;
    let slips = slips(conn, actor, campaign, filter, page)?;
    let commodities: Vec<Commodity> = slips.items.iter().flat_map(|told| &told.seen.lines).map(|line| line.parts().0).collect();
    let names = Names::of(conn, campaign, &org, commodities.iter())?;
    let mut lines = Vec::new();
    for slip in slips.items.into_iter().map(Rc::new) {
        for (commodity, amount, counted) in slip.seen.lines.iter().map(SlipLine::parts) {
            lines.push(SlipLineTold { slip: Rc::clone(&slip), thing: names.thing(commodity), amount, counted });
        }
    }
    Ok(Page { items: lines, next: slips.next })
}

/// What own teams have to sign, and what changed hands in campaigns that are open; newest first.
///
/// # Errors
/// When it cannot be read.
pub fn slips_of_own_teams(conn: &mut Conn, actor: &Actor) -> Result<Vec<SlipSeen>, Problem> {
    let rows = store::slips_of_teams(conn, &actor.team_ids(), MOST_ON_A_PHONE)?;
    Ok(told(conn, actor, rows)?.into_iter().map(|told| told.seen).collect())
}

fn told(conn: &mut Conn, actor: &Actor, rows: Vec<Found>) -> Result<Vec<SlipTold>, Problem> {
    let ids: Vec<EntryId> = rows.iter().map(|row| row.slip().id).collect();
    let mut postings: BTreeMap<EntryId, Vec<Posting>> = BTreeMap::new();
    for (entry, posting) in store::postings_of(conn, &ids)? {
        postings.entry(entry).or_default().push(posting);
    }
    let counted: BTreeMap<(EntryId, Commodity), i64> =
        store::counted(conn, &ids)?.into_iter().map(|(entry, commodity, amount)| ((entry, commodity), amount)).collect();
    let mut signed: BTreeMap<EntryId, Signed> = store::signed(conn, &ids)?.into_iter().map(|signed| (signed.entry_id, signed)).collect();
    let tell = |row: Found| {
        let slip = row.slip();
        let written = rules::written(postings.get(&slip.id).map(Vec::as_slice).unwrap_or_default());
        let line = |(commodity, amount)| SlipLine::of(commodity, amount, counted.get(&(slip.id, commodity)).copied());
        let signed = signed.remove(&slip.id);
        let signature_sha256 = signed.as_ref().map(|signed| signed.signature_sha256.clone());
        let seen = SlipSeen {
            id: slip.id,
            campaign_id: slip.campaign_id,
            team_id: slip.team_id,
            kind: slip.kind,
            state: slip.state,
            store_name: row.store_name,
            made_by_name: row.made_by_name,
            happened_at: row.happened_at,
            words: row.words,
            lines: written.into_iter().map(line).collect(),
            acknowledged: signed.map(|signed| SlipSigned { by_name: signed.by_name, at: signed.at, words: signed.words }),
            may_sign: slip.state == SlipState::Waiting && actor.leads(slip.team_id),
        };
        SlipTold { seen, team_name: row.team_name, org_id: slip.org_id, signature_sha256 }
    };
    Ok(rows.into_iter().map(tell).collect())
}
