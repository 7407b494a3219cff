//! First pulls. On the first morning whole teams ask for the same households at once, and later somebody asks again while others' visits
//! come in: a list is read and written once for all of them, kept deflated, and brought up to date by what changed.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};

use super::pull::Asked;
use crate::accounts::TeamId;
use crate::campaigns::CampaignId;
use crate::field::model::{EntitlementSeen, HouseholdSeen, Listed, LogHead, Lots, NeedSeen, VisitSeen};
use crate::kit::http::block::Block;
use crate::kit::http::language::Language;
use crate::kit::http::problem::{Code, Problem};

/// First pulls that are read at once: more would only wait for the processors, and take the connections of those who want little.
const AT_ONCE: usize = 2;
/// How long a phone waits for its turn: what it wants takes its time, and it has nothing to show before.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// How long a pack is kept for the next who asks. What its rows say of other things than households, a cadre's name, is no older.
const KEPT: Duration = Duration::from_secs(60);
/// Packs that are kept at once at the most.
const MOST: usize = 64;
/// Bytes of packs, deflated, that are kept or still on their way to slow lines, before no new one is made: some hundred of them.
const MOST_HELD: usize = 192 << 20;

/// The long lists of a first pull, written. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(in crate::field) struct Pack {
    /// How far the log was heard.
    pub(in crate::field) chains: BTreeMap<String, i64>,
    pub(in crate::field) log_heads: Vec<LogHead>,
    pub(in crate::field) households: Lots,
    pub(in crate::field) entitlements: Lots,
    pub(in crate::field) visits: Lots,
    pub(in crate::field) needs: Lots,
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
    pub(in crate::field) fn lists(&self) -> Result<Lists, Problem> {
        Ok(Lists {
            households: Listed::Written(self.households.part()?),
            entitlements: Listed::Written(self.entitlements.part()?),
            visits: Listed::Written(self.visits.part()?),
            needs: Listed::Written(self.needs.part()?),
        })
    }
}

/// Who is handed the same pack: who is of the same teams, sees the same campaigns and speaks the same language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::field) struct Key {
    teams: Vec<TeamId>,
    /// Whose campaigns and whose log are theirs.
    org: String,
    campaigns: Vec<CampaignId>,
    language: Language,
}

impl Key {
    pub(in crate::field) fn of(asked: &Asked, campaigns: &[CampaignId]) -> Self {
        let mut teams = asked.actor.team_ids();
        teams.sort_unstable();
        let mut campaigns = campaigns.to_vec();
        campaigns.sort_unstable();
        Self { teams, org: asked.actor.org.path.clone(), campaigns, language: asked.language }
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
    /// [`Code::Busy`] after a minute, and where slow lines hold more than there is room for.
    pub(in crate::field) async fn turn(&self) -> Result<SemaphorePermit<'_>, Problem> {
        match tokio::time::timeout(LONGEST_WAIT, self.turns.acquire()).await {
            Ok(Ok(turn)) if Block::all_held() < MOST_HELD => Ok(turn),
            _ => Err(Problem::of(Code::Busy)),
        }
    }

    /// The pack of a key as it stands now, made out of the one there is; and whether it is the first of its place. Waits for others who
    /// make it at the same moment.
    ///
    /// # Errors
    /// What making it says.
    pub(in crate::field) fn get(&self, key: &Key, make: impl FnOnce(Option<&Arc<Pack>>) -> Result<Arc<Pack>, Problem>) -> Result<(Arc<Pack>, bool), Problem> {
        let place = {
            let mut places = self.places();
            if places.len() >= MOST {
                places.clear();
            }
            Arc::clone(places.entry(key.clone()).or_default())
        };
        let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = place.is_none();
        let pack = make(place.as_ref())?;
        *place = Some(Arc::clone(&pack));
        Ok((pack, is_first))
    }

    /// Lets a place go after a while.
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
