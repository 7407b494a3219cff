//! First pulls. On the first morning whole teams ask for the same households at once: a list is read and written once for all of them,
//! and no more are at work than there is anything to be gained from.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::value::RawValue;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::pull::Asked;
use crate::accounts::TeamId;
use crate::field::model::{EntitlementSeen, HouseholdSeen, Listed, LogHead, NeedSeen, VisitSeen};
use crate::kit::db::Version;
use crate::kit::http::language::Language;
use crate::kit::http::problem::{Code, Problem};

/// First pulls that are read at once: more would only wait for the processors, and take the connections of those who want little.
const AT_ONCE: usize = 2;
/// How long a phone waits for its turn: what it wants takes its time, and it has nothing to show before.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// How long a pack is kept for the next who asks.
const KEPT: Duration = Duration::from_secs(10);
/// Packs that are kept at once at the most.
const MOST: usize = 64;

/// The long lists of a first pull, written.
#[derive(Debug)]
pub(in crate::field) struct Pack {
    /// How far the log was heard.
    pub(in crate::field) chains: BTreeMap<String, i64>,
    pub(in crate::field) log_heads: Vec<LogHead>,
    pub(in crate::field) households: Arc<RawValue>,
    pub(in crate::field) entitlements: Arc<RawValue>,
    pub(in crate::field) visits: Arc<RawValue>,
    pub(in crate::field) needs: Arc<RawValue>,
}

/// The long lists of any pull.
#[derive(Debug)]
pub(in crate::field) struct Lists {
    pub(in crate::field) households: Listed<HouseholdSeen>,
    pub(in crate::field) entitlements: Listed<EntitlementSeen>,
    pub(in crate::field) visits: Listed<VisitSeen>,
    pub(in crate::field) needs: Listed<NeedSeen>,
}

impl Pack {
    pub(in crate::field) fn lists(&self) -> Lists {
        let Self { households, entitlements, visits, needs, .. } = self;
        Lists {
            households: Listed::Written(Arc::clone(households)),
            entitlements: Listed::Written(Arc::clone(entitlements)),
            visits: Listed::Written(Arc::clone(visits)),
            needs: Listed::Written(Arc::clone(needs)),
        }
    }
}

/// Who is handed the same pack: who is of the same teams and speaks the same language, as long as nothing is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::field) struct Key {
    teams: Vec<TeamId>,
    /// Whose campaigns and whose log are theirs.
    org: String,
    language: Language,
    version: Version,
}

impl Key {
    pub(in crate::field) fn of(asked: &Asked, version: Version) -> Self {
        let mut teams = asked.actor.team_ids();
        teams.sort_unstable();
        Self { teams, org: asked.actor.org.path.clone(), language: asked.language, version }
    }
}

type Place = Arc<Mutex<Option<Arc<Pack>>>>;

/// The packs of the moment. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Packs {
    places: Arc<Mutex<HashMap<Key, Place>>>,
    turns: Arc<Semaphore>,
}

impl Default for Packs {
    fn default() -> Self {
        Self { places: Arc::default(), turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Packs {
    /// Waits for a turn.
    ///
    /// # Errors
    /// [`Code::Busy`] after a minute.
    pub(in crate::field) async fn turn(&self) -> Result<SemaphorePermit<'_>, Problem> {
        match tokio::time::timeout(LONGEST_WAIT, self.turns.acquire()).await {
            Ok(Ok(turn)) => Ok(turn),
            _ => Err(Problem::of(Code::Busy)),
        }
    }

    /// The pack of a key: made here, or by another who asked at the same moment. Waits for it on the spot.
    pub(in crate::field) fn get(&self, key: &Key, make: impl FnOnce() -> Result<Pack, Problem>) -> Result<Arc<Pack>, Problem> {
        let place = {
            let mut places = self.places();
            if places.len() >= MOST {
                places.clear();
            }
            Arc::clone(places.entry(key.clone()).or_default())
        };
        let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pack) = &*place {
            return Ok(Arc::clone(pack));
        }
        let pack = Arc::new(make()?);
        *place = Some(Arc::clone(&pack));
        Ok(pack)
    }

    /// Lets a pack go after a while.
    pub(in crate::field) fn let_go(&self, key: Key) {
        let places = Arc::clone(&self.places);
        tokio::spawn(async move {
            tokio::time::sleep(KEPT).await;
            places.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
        });
    }

    fn places(&self) -> MutexGuard<'_, HashMap<Key, Place>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
