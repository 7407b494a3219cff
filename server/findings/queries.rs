//! Everything that reconciliation looks at, read from the rooms before this one: a fixed number of queries, however many households.

mod around;
mod chain;
mod copies;
mod custody;
mod likeness;
mod list;
mod names;
mod papers;
mod people;
mod purses;
mod seen;
mod visits;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(super) use around::keys_around;
pub(super) use chain::keys_behind;
pub(super) use copies::{FIRST_COPIES, keys_of};
pub(super) use custody::tail_of_team;
pub use likeness::like;
pub(super) use likeness::{keys_like, keys_like_those_of};
pub use list::Filter;
pub(super) use list::{Row, page, these};
pub(super) use names::Names;
pub(super) use papers::{File, keys_of_campaign, keys_of_households};
pub(super) use people::keys_of_people;
pub(super) use purses::{Purse, purses, slips_of, teams_of_campaign};
pub(super) use seen::SeenRow;
pub use seen::seen;
pub(super) use visits::{Told, keys_naming, visits_to};

use super::model::{Case, Key, Link, Neighbour, Trip, Visit};
use super::store::Stored;
use crate::campaigns::Earmark;
use crate::kit::db::{Conn, Tx, lock_key};
use crate::kit::http::problem::Problem;
use crate::ledger::FundId;
use crate::visits::{Aid, VisitId};

/// A case with what is needed to write its verdict down.
#[derive(Debug)]
pub(super) struct Loaded {
    /// Which one.
    pub(super) key: Key,
    /// What is reconciled.
    pub(super) case: Case,
    /// The file's place in the tree; none without a household.
    pub(super) file: Option<File>,
    /// Who made each visit.
    pub(super) told: HashMap<VisitId, Told>,
}

/// Loads cases. On PostgreSQL the pictures they name are locked first: two visits that share one come one after the other, so that the
/// later sees the earlier.
pub(super) fn cases(tx: &mut Tx<'_>, keys: &[Key]) -> Result<(Vec<Loaded>, Vec<Stored>), Problem> {
    let seasons = papers::seasons(tx.conn, keys)?;
    let files = papers::files(tx.conn, keys)?;
    let mut entitlements = papers::entitlements(tx.conn, keys)?;
    let earlier = visits::earlier(tx.conn, keys)?;
    let known: Vec<Key> = keys.iter().chain(earlier.values().flatten()).copied().collect::<BTreeSet<_>>().into_iter().collect();
    let mut told = visits::told(tx.conn, &known)?;
    let about: Vec<VisitId> = keys.iter().filter_map(|key| told.get(key)).flatten().map(|row| row.id).collect();
    let all: Vec<&visits::Row> = told.values().flatten().collect();
    let ids: Vec<VisitId> = all.iter().map(|row| row.id).collect();
    if let Conn::Postgres(_) = tx.conn {
        let pictures = all.iter().flat_map(|row| &row.said.evidence).map(|evidence| lock_key(&["picture", &evidence.sha256])).collect();
        tx.lock(pictures)?;
    }
    let late: Vec<VisitId> =
        all.iter().filter(|row| seasons.get(&row.campaign_id).is_some_and(|season| row.received_at > season.deadline_at)).map(|row| row.id).collect();
    let (arrived, hashes) = visits::arrivals(tx.conn, &ids)?;
    let witness = Witness {
        arrived,
        alike: likeness::alike(tx.conn, &hashes)?,
        also: people::also(tx.conn, &files, &all)?,
        links: chain::chains(tx.conn, &ids, &late)?,
        trips: around::trips(tx.conn, &ids)?,
        nearby: around::nearby(tx.conn, &ids)?,
        shared: copies::shared(tx.conn, &ids)?,
        custody: custody::overdrafts(tx.conn, &all)?,
        moves: papers::moves(tx.conn, &files, &all)?,
        amended: visits::amended_elsewhere(tx.conn, &known)?,
    };
    let earmarks = papers::earmarks(tx.conn, &all)?;
    let (campaigns, about) = (papers::parts(keys).0, about.iter().map(VisitId::as_str).collect::<Vec<_>>());
    let stored = super::store::stored(tx.conn, &campaigns, &about)?;
    let mut settled = super::store::settled(&stored);
    let mut amended = witness.earlier(&earlier, &told);
    let mut loaded = Vec::with_capacity(keys.len());
    for key in keys {
        let Some(season) = seasons.get(&key.campaign()) else { continue };
        let file = key.household().and_then(|household| files.get(&household).cloned());
        let rows = told.remove(key).unwrap_or_default();
        let told = rows.iter().map(|row| (row.id, row.told.clone())).collect();
        let settled = rows.iter().flat_map(|row| settled.remove(&row.id).unwrap_or_default()).collect();
        let funds = earmarks_of(&rows, &earmarks);
        let visits = rows.into_iter().map(|row| witness.visit(row, file.as_ref())).collect();
        let case = Case {
            now: tx.now,
            season: season.clone(),
            file: file.as_ref().map(|file| file.facts.clone()),
            entitlement: key.household().and_then(|household| entitlements.remove(&(key.campaign(), household))),
            visits,
            amended: amended.remove(key).unwrap_or_default(),
            earmarks: funds,
            settled,
        };
        loaded.push(Loaded { key: *key, case, file, told });
    }
    Ok((loaded, stored))
}

fn earmarks_of(rows: &[visits::Row], all: &HashMap<FundId, Earmark>) -> BTreeMap<FundId, Earmark> {
    let funds = rows.iter().flat_map(|row| &row.said.aid).filter_map(|aid| if let Aid::Cash { fund_id, .. } = aid { Some(*fund_id) } else { None });
    funds.filter_map(|fund| all.get(&fund).map(|earmark| (fund, *earmark))).collect()
}

/// What the other witnesses say of each visit.
struct Witness {
    arrived: visits::Arrivals,
    alike: HashMap<VisitId, BTreeMap<String, Vec<super::model::Alike>>>,
    also: HashMap<VisitId, Vec<super::model::Also>>,
    links: HashMap<VisitId, Link>,
    trips: HashMap<VisitId, Trip>,
    nearby: HashMap<VisitId, Vec<Neighbour>>,
    shared: copies::Shared,
    custody: custody::Overdrawn,
    moves: papers::Moves,
    amended: std::collections::HashSet<VisitId>,
}

impl Witness {
    /// The earlier visits of each chain, which may be cases of the same lot.
    fn earlier(&self, chains: &HashMap<Key, Vec<Key>>, told: &HashMap<Key, Vec<visits::Row>>) -> HashMap<Key, Vec<Visit>> {
        let of = |chain: &Vec<Key>| chain.iter().filter_map(|key| told.get(key)).flatten().map(|row| self.visit(row.clone(), None)).collect();
        chains.iter().map(|(key, chain)| (*key, of(chain))).collect()
    }

    fn visit(&self, row: visits::Row, file: Option<&File>) -> Visit {
        let homes_team = file.and_then(|file| self.moves.team_on(file, row.started_at));
        Visit {
            id: row.id,
            team: row.told.team_id,
            homes_team,
            started_at: row.started_at,
            ended_at: row.ended_at,
            clock_offset_ms: row.clock_offset_ms,
            received_at: row.received_at,
            said: row.said,
            arrived: self.arrived.get(&row.id).cloned().unwrap_or_default(),
            shared: self.shared.get(&row.id).cloned().unwrap_or_default(),
            overdrafts: self.custody.get(&row.id).cloned().unwrap_or_default(),
            amended: self.amended.contains(&row.id),
            link: self.links.get(&row.id).cloned(),
            before: self.trips.get(&row.id).cloned(),
            nearby: self.nearby.get(&row.id).cloned().unwrap_or_default(),
            also: self.also.get(&row.id).cloned().unwrap_or_default(),
            alike: self.alike.get(&row.id).cloned().unwrap_or_default(),
        }
    }
}
