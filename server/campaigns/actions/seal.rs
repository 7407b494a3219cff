//! The keys of sealed envelopes: handed out, looked up, renewed.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::accounts::Actor;
use crate::campaigns::model::{CampaignId, SealKey, SealKeyId};
use crate::campaigns::secret::Secret;
use crate::campaigns::store;
use crate::kit::db::{Conn, Db, Tx, lock_key};
use crate::kit::http::problem::{Answer, Code, Problem};
use crate::kit::log::{Author, Event};
use crate::kit::seal::{self, PrivateKey};

/// Private keys held open at once; a server has a few campaigns.
const MOST_OPEN: usize = 1_000;
/// Keys locked anew, and campaigns renewed, in one transaction.
const LOT: i64 = 500;

/// Opens what phones sealed. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Seals {
    secret: Arc<Secret>,
    open: Arc<RwLock<HashMap<SealKeyId, PrivateKey>>>,
}

impl Seals {
    /// With the secret of this server.
    #[must_use]
    pub fn new(secret: Secret) -> Self {
        Self { secret: Arc::new(secret), open: Arc::default() }
    }

    pub(super) fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Keys for campaigns that have none yet; where somebody else was quicker, theirs.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn first_keys(&self, db: &Db, actor: &Actor, of: Vec<CampaignId>) -> Answer<HashMap<CampaignId, SealKey>> {
        let (seals, chain) = (self.clone(), actor.org.chain.clone());
        db.write(actor.author(), move |tx| {
            tx.lock(vec![lock_key(&["seal_keys"])])?;
            let mut keys = store::newest_keys(tx.conn, &of)?;
            let lacking: Vec<CampaignId> = of.iter().copied().filter(|id| !keys.contains_key(id)).collect();
            if lacking.is_empty() {
                tx.unchanged();
            }
            for campaign in lacking {
                keys.insert(campaign, seals.make(tx, campaign, &chain)?);
            }
            Ok(keys)
        })
        .await
    }

    /// The private keys of these ids, as far as this server holds them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keys(&self, db: &Db, mut ids: Vec<SealKeyId>) -> Answer<HashMap<SealKeyId, PrivateKey>> {
        ids.sort_unstable();
        ids.dedup();
        let mut keys: HashMap<SealKeyId, PrivateKey> = {
            let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
            ids.iter().filter_map(|id| Some((*id, open.get(id)?.clone()))).collect()
        };
        ids.retain(|id| !keys.contains_key(id));
        if ids.is_empty() {
            return Ok(keys);
        }
        let stored = db.read(move |conn| Ok(store::keys_by_id(conn, &ids)?)).await?;
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        if open.len() > MOST_OPEN {
            open.clear();
        }
        for key in stored {
            if let Some(private) = self.secret.unlock(key.id, &key.private_key) {
                open.insert(key.id, private.clone());
                keys.insert(key.id, private);
            }
        }
        Ok(keys)
    }

    /// The private key an envelope is sealed to; its head is enough.
    ///
    /// # Errors
    /// [`Code::SealBroken`] where it is no envelope, [`Code::SealKeyUnknown`] where this server does not hold the key.
    pub async fn key_of(&self, db: &Db, head: &[u8]) -> Answer<PrivateKey> {
        let id = SealKeyId::of_envelope(head).ok_or(Problem::of(Code::SealBroken))?;
        self.keys(db, vec![id]).await?.remove(&id).ok_or(Problem::of(Code::SealKeyUnknown))
    }

    fn make(&self, tx: &mut Tx<'_>, campaign_id: CampaignId, chain: &str) -> Result<SealKey, Problem> {
        let id = SealKeyId::fresh(tx.now, tx.chance);
        let (private, public) = seal::pair_of(&tx.chance.bytes());
        let private_key = self.secret.lock(id, &private, tx.chance).ok_or_else(|| Problem::unexpected("a key could not be locked"))?;
        let key = SealKey { id, campaign_id, public_key: STANDARD.encode(public.bytes()), private_key, made_at: tx.now };
        store::insert_key(tx.conn, &key)?;
        let (subject, facts) = (campaign_id.to_string(), json!({"seal_key": id}));
        tx.record(Event { chain: chain.to_owned(), by: None, verb: "seal_key.made", subject_kind: "campaign", subject, facts });
        Ok(key)
    }
}

/// The newest key of each of these campaigns that has one.
///
/// # Errors
/// When the database fails.
pub fn seal_keys_of(conn: &mut Conn, of: &[CampaignId]) -> Result<HashMap<CampaignId, SealKey>, Problem> {
    Ok(store::newest_keys(conn, of)?)
}

/// New keys for open campaigns, or for one of them: phones seal to them from their next pull on, and the old ones go on opening. Says how many.
///
/// # Errors
/// When the database fails.
pub async fn renew_seal_keys(db: &Db, seals: &Seals, only: Option<CampaignId>) -> Answer<usize> {
    let seals = seals.clone();
    db.write(Author::system(), move |tx| {
        tx.lock(vec![lock_key(&["seal_keys"])])?;
        let open = store::open_campaigns(tx.conn, only, LOT)?;
        if open.is_empty() {
            tx.unchanged();
        }
        for (campaign, chain) in &open {
            seals.make(tx, *campaign, chain)?;
        }
        Ok(open.len())
    })
    .await
}

/// Locks every private key with the newest secret; says how many, and how many no secret of this server opens.
///
/// # Errors
/// When the database fails.
pub async fn lock_keys_anew(db: &Db, secret: &Secret) -> Answer<(usize, usize)> {
    let (mut after, mut locked, mut lost) = (SealKeyId::nil(), 0, 0);
    loop {
        let secret = secret.clone();
        let lot = db.upkeep(move |tx| {
            let keys = store::keys_after(tx.conn, after, LOT)?;
            let mut lost = 0;
            for key in &keys {
                let anew = secret.unlock(key.id, &key.private_key).and_then(|private| secret.lock(key.id, &private, tx.chance));
                match anew {
                    Some(anew) => store::lock_anew(tx.conn, key.id, &anew)?,
                    None => lost += 1,
                }
            }
            Ok((keys.len(), lost, keys.last().map(|key| key.id)))
        });
        let (count, unopened, last) = lot.await?;
        locked += count - unopened;
        lost += unopened;
        let Some(last) = last else { return Ok((locked, lost)) };
        after = last;
    }
}

/// How many keys this secret does not open.
///
/// # Errors
/// When the database fails.
pub fn lost_seal_keys(conn: &mut Conn, secret: Option<&Secret>) -> Result<usize, Problem> {
    let (mut after, mut lost) = (SealKeyId::nil(), 0);
    loop {
        let keys = store::keys_after(conn, after, LOT)?;
        lost += keys.iter().filter(|key| secret.and_then(|secret| secret.unlock(key.id, &key.private_key)).is_none()).count();
        let Some(last) = keys.last() else { return Ok(lost) };
        after = last.id;
    }
}
