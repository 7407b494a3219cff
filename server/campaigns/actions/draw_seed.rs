//! The seed of a campaign's draws: promised by its hash when the campaign opens, kept locked, published when the last draw is done.

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::accounts::{self, Actor};
use crate::campaigns::actions::Seals;
use crate::campaigns::model::{CampaignId, DrawSeed};
use crate::campaigns::secret::Secret;
use crate::campaigns::store;
use crate::kit::db::{Conn, Db, Tx, lock_key};
use crate::kit::digest::hex;
use crate::kit::http::problem::{Answer, Code, Problem};
use crate::kit::log::{Author, Event};

/// Seeds locked, and campaigns given one, in one transaction.
const LOT: i64 = 500;

impl Seals {
    /// Makes the seed of a campaign that has none, and writes its commitment to the log.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn commit(&self, tx: &mut Tx<'_>, campaign_id: CampaignId) -> Result<DrawSeed, Problem> {
        tx.lock(vec![lock_key(&["draw_seed", campaign_id.as_str()])])?;
        if let Some(found) = store::draw_seed(tx.conn, campaign_id)? {
            return Ok(found);
        }
        let campaign = store::campaign(tx.conn, campaign_id)?.ok_or(Problem::of(Code::NotFound))?;
        let org = accounts::org(tx.conn, campaign.org_id)?.ok_or(Problem::of(Code::NotFound))?;
        self.commit_in(tx, campaign_id, &org.chain)
    }

    /// The seed itself.
    ///
    /// # Errors
    /// When it was locked with another secret than this server's.
    pub fn seed_of(&self, of: &DrawSeed) -> Result<[u8; 32], Problem> {
        let bytes = self.secret().unlock_bytes(&what(of.campaign_id), &of.seed).and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or_else(|| Problem::unexpected("the seed of a draw cannot be opened: the sealing secret is missing, or another one"))
    }

    /// Publishes the seed of a campaign. There are no more draws after that.
    ///
    /// # Errors
    /// [`Code::SeedRevealed`] when it is published already.
    pub fn reveal(&self, tx: &mut Tx<'_>, actor: &Actor, campaign: CampaignId) -> Result<DrawSeed, Problem> {
        tx.lock(vec![lock_key(&["draw_seed", campaign.as_str()])])?;
        let mut seed = self.commit(tx, campaign)?;
        if seed.revealed.is_some() {
            return Err(Problem::of(Code::SeedRevealed));
        }
        let told = hex(&self.seed_of(&seed)?);
        store::reveal_draw_seed(tx.conn, campaign, &told, tx.now)?;
        tx.record(actor.event("draw_seed.revealed", "campaign", campaign, json!({"commitment": seed.commitment, "seed": told})));
        (seed.revealed, seed.revealed_at) = (Some(told), Some(tx.now));
        Ok(seed)
    }

    fn commit_in(&self, tx: &mut Tx<'_>, campaign_id: CampaignId, chain: &str) -> Result<DrawSeed, Problem> {
        let bytes: [u8; 32] = tx.chance.bytes();
        let locked = self.secret().lock_bytes(&what(campaign_id), &bytes, tx.chance);
        let seed = locked.ok_or_else(|| Problem::unexpected("the seed of a draw could not be locked"))?;
        let commitment = hex(&Sha256::digest(bytes));
        let made = DrawSeed { campaign_id, commitment, seed, committed_at: tx.now, revealed: None, revealed_at: None };
        store::insert_draw_seed(tx.conn, &made)?;
        let (subject, facts) = (campaign_id.to_string(), json!({"commitment": made.commitment}));
        tx.record(Event { chain: chain.to_owned(), by: None, verb: "draw_seed.committed", subject_kind: "campaign", subject, facts });
        Ok(made)
    }
}

/// The seed of a campaign, locked.
///
/// # Errors
/// When it cannot be read.
pub fn draw_seed(conn: &mut Conn, campaign: CampaignId) -> Result<Option<DrawSeed>, Problem> {
    Ok(store::draw_seed(conn, campaign)?)
}

/// Seeds for open campaigns that have none: they were opened by a version that drew no spot checks. Says how many.
///
/// # Errors
/// When the database fails.
pub async fn commit_all(db: &Db, seals: &Seals) -> Answer<usize> {
    let mut made = 0;
    loop {
        let seals = seals.clone();
        let lot = db.write(Author::system(), move |tx| {
            tx.lock(vec![lock_key(&["draw_seeds"])])?;
            let lacking = store::uncommitted(tx.conn, LOT)?;
            if lacking.is_empty() {
                tx.unchanged();
            }
            tx.lock(lacking.iter().map(|(campaign, _)| lock_key(&["draw_seed", campaign.as_str()])).collect())?;
            for (campaign, chain) in &lacking {
                seals.commit_in(tx, *campaign, chain)?;
            }
            Ok(lacking.len())
        });
        let count = lot.await?;
        made += count;
        if count == 0 {
            return Ok(made);
        }
    }
}

/// Locks every seed with the newest secret; says how many, and how many no secret of this server opens.
///
/// # Errors
/// When the database fails.
pub async fn lock_seeds_anew(db: &Db, secret: &Secret) -> Answer<(usize, usize)> {
    let (mut after, mut locked, mut lost) = (CampaignId::nil(), 0, 0);
    loop {
        let secret = secret.clone();
        let lot = db.upkeep(move |tx| {
            let seeds = store::draw_seeds_after(tx.conn, after, LOT)?;
            let mut lost = 0;
            for seed in &seeds {
                let what = what(seed.campaign_id);
                let anew = secret.unlock_bytes(&what, &seed.seed).and_then(|bytes| secret.lock_bytes(&what, &bytes, tx.chance));
                match anew {
                    Some(anew) => store::lock_draw_seed_anew(tx.conn, seed.campaign_id, &anew)?,
                    None => lost += 1,
                }
            }
            Ok((seeds.len(), lost, seeds.last().map(|seed| seed.campaign_id)))
        });
        let (count, unopened, last) = lot.await?;
        locked += count - unopened;
        lost += unopened;
        let Some(last) = last else { return Ok((locked, lost)) };
        after = last;
    }
}

/// How many seeds this secret does not open.
///
/// # Errors
/// When the database fails.
pub fn lost_draw_seeds(conn: &mut Conn, secret: Option<&Secret>) -> Result<usize, Problem> {
    let (mut after, mut lost) = (CampaignId::nil(), 0);
    loop {
        let seeds = store::draw_seeds_after(conn, after, LOT)?;
        lost += seeds.iter().filter(|seed| secret.and_then(|secret| secret.unlock_bytes(&what(seed.campaign_id), &seed.seed)).is_none()).count();
        let Some(last) = seeds.last() else { return Ok(lost) };
        after = last.campaign_id;
    }
}

fn what(campaign: CampaignId) -> String {
    format!("draw seed\n{campaign}")
}
