//! Visits as they were said, and what has arrived of their evidence.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use diesel::prelude::*;

use super::copies::LONGEST_CHAIN;
use super::likeness::Hashes;
use super::papers::parts;
use crate::accounts::{OrgId, TeamId};
use crate::campaigns::CampaignId;
use crate::evidence::bits_of;
use crate::findings::model::{Arrival, Key};
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::schema::{evidence, orgs, visit_evidence, visits};
use crate::kit::db::{Conn, among};
use crate::kit::http::problem::Problem;
use crate::visits::{EvidenceKind, VisitId, VisitSaid};

/// Who made a visit.
#[derive(Debug, Clone)]
pub(in crate::findings) struct Told {
    pub(in crate::findings) org_id: OrgId,
    pub(in crate::findings) team_id: Option<TeamId>,
    /// The chain of the org.
    pub(in crate::findings) chain: String,
}

/// A visit as it is stored.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) id: VisitId,
    pub(super) household_id: Option<HouseholdId>,
    pub(super) campaign_id: CampaignId,
    pub(super) started_at: Moment,
    pub(super) ended_at: Moment,
    pub(super) clock_offset_ms: i64,
    pub(super) received_at: Moment,
    pub(super) said: VisitSaid,
    pub(super) told: Told,
}

#[derive(Queryable)]
struct Stored {
    id: VisitId,
    campaign_id: CampaignId,
    household_id: Option<HouseholdId>,
    org_id: OrgId,
    team_id: Option<TeamId>,
    chain: String,
    started_at: Moment,
    ended_at: Moment,
    clock_offset_ms: i64,
    received_at: Moment,
    body: String,
}

/// The visits of each key.
pub(super) fn told(conn: &mut Conn, keys: &[Key]) -> Result<HashMap<Key, Vec<Row>>, Problem> {
    let columns = (
        visits::id,
        visits::campaign_id,
        visits::household_id,
        visits::org_id,
        visits::team_id,
        orgs::chain,
        visits::started_at,
        visits::ended_at,
        visits::clock_offset_ms,
        visits::received_at,
        visits::body,
    );
    let joined = || visits::table.inner_join(orgs::table.on(orgs::id.eq(visits::org_id)));
    let (campaigns, households) = parts(keys);
    let loose = loose(keys);
    let mut rows: Vec<Stored> = Vec::new();
    if !households.is_empty() {
        let of = among(visits::campaign_id, campaigns).and(among(visits::household_id, households));
        rows.extend(joined().filter(of).select(columns).load::<Stored>(conn)?);
    }
    if !loose.is_empty() {
        rows.extend(joined().filter(among(visits::id, loose)).select(columns).load::<Stored>(conn)?);
    }
    let wanted: HashSet<&Key> = keys.iter().collect();
    let mut found: HashMap<Key, Vec<Row>> = HashMap::new();
    for row in rows {
        let key = Key::of(row.campaign_id, row.household_id, row.id);
        if wanted.contains(&key) {
            found.entry(key).or_default().push(read(row)?);
        }
    }
    Ok(found)
}

/// The visits that those without a household amend, the nearest first: each of them is a case by itself and would not know the other.
pub(super) fn earlier(conn: &mut Conn, keys: &[Key]) -> QueryResult<HashMap<Key, Vec<Key>>> {
    let mut chains: HashMap<Key, Vec<Key>> = HashMap::new();
    let mut ends: Vec<(Key, Key)> = keys.iter().filter(|key| matches!(key, Key::Visit(..))).map(|key| (*key, *key)).collect();
    for _ in 0..LONGEST_CHAIN {
        let rows: Vec<(VisitId, Option<VisitId>, CampaignId)> = if ends.is_empty() {
            break;
        } else {
            visits::table
                .filter(among(visits::id, loose(ends.iter().map(|(_, end)| end))).and(visits::amends.is_not_null()).and(visits::household_id.is_null()))
                .select((visits::id, visits::amends, visits::campaign_id))
                .load(conn)?
        };
        let before: HashMap<Key, Key> =
            rows.into_iter().filter_map(|(visit, amends, campaign)| amends.map(|amends| (Key::Visit(campaign, visit), Key::Visit(campaign, amends)))).collect();
        ends = ends.into_iter().filter_map(|(key, end)| before.get(&end).map(|earlier| (key, *earlier))).collect();
        for (key, earlier) in &ends {
            chains.entry(*key).or_default().push(*earlier);
        }
    }
    Ok(chains)
}

fn loose<'a>(keys: impl IntoIterator<Item = &'a Key>) -> Vec<VisitId> {
    keys.into_iter().filter_map(|key| if let Key::Visit(_, visit) = key { Some(*visit) } else { None }).collect()
}

fn read(row: Stored) -> Result<Row, Problem> {
    let said = serde_json::from_str(&row.body).map_err(|cause| Problem::unexpected(format!("visit {} cannot be read: {cause}", row.id)))?;
    Ok(Row {
        id: row.id,
        household_id: row.household_id,
        campaign_id: row.campaign_id,
        started_at: row.started_at,
        ended_at: row.ended_at,
        clock_offset_ms: row.clock_offset_ms,
        received_at: row.received_at,
        said,
        told: Told { org_id: row.org_id, team_id: row.team_id, chain: row.chain },
    })
}

/// The visit, the picture, its kind, who edited it, what it looks like.
type ArrivedRow = (VisitId, String, EvidenceKind, Option<String>, Option<String>);
pub(super) type Arrivals = HashMap<VisitId, BTreeMap<String, Arrival>>;

/// What has arrived of the evidence that these visits name, and what their photos look like.
pub(super) fn arrivals(conn: &mut Conn, ids: &[VisitId]) -> QueryResult<(Arrivals, Hashes)> {
    let (mut arrived, mut hashes) = (Arrivals::new(), Hashes::new());
    if ids.is_empty() {
        return Ok((arrived, hashes));
    }
    let rows: Vec<ArrivedRow> = visit_evidence::table
        .inner_join(evidence::table.on(evidence::sha256.eq(visit_evidence::sha256)))
        .filter(among(visit_evidence::visit_id, ids))
        .select((visit_evidence::visit_id, visit_evidence::sha256, visit_evidence::kind, evidence::editor, evidence::perceptual_hash))
        .load(conn)?;
    for (visit, sha256, kind, editor, hash) in rows {
        if let (EvidenceKind::Photo, Some(bits)) = (kind, hash.as_deref().and_then(bits_of)) {
            hashes.push((visit, sha256.clone(), bits));
        }
        arrived.entry(visit).or_default().insert(sha256, Arrival { edited: editor.is_some() });
    }
    Ok((arrived, hashes))
}

/// Which visits without a household are amended by another such visit.
pub(super) fn amended_elsewhere(conn: &mut Conn, keys: &[Key]) -> QueryResult<HashSet<VisitId>> {
    let loose = loose(keys);
    if loose.is_empty() {
        return Ok(HashSet::new());
    }
    let rows: Vec<(Option<VisitId>, CampaignId)> = visits::table
        .filter(among(visits::amends, &loose).and(visits::household_id.is_null()).and(visits::id.nullable().ne(visits::amends)))
        .select((visits::amends, visits::campaign_id))
        .load(conn)?;
    let same = |(visit, campaign): (Option<VisitId>, CampaignId)| visit.filter(|visit| keys.contains(&Key::Visit(campaign, *visit)));
    Ok(rows.into_iter().filter_map(same).collect())
}

/// The visits to these households.
pub(in crate::findings) fn visits_to(conn: &mut Conn, households: &[HouseholdId]) -> QueryResult<Vec<VisitId>> {
    visits::table.filter(among(visits::household_id, households)).select(visits::id).load(conn)
}

/// The keys of the visits that name these pictures.
pub(in crate::findings) fn keys_naming(conn: &mut Conn, sha256: &[&str]) -> QueryResult<BTreeSet<(String, Key)>> {
    let rows: Vec<(String, VisitId, CampaignId, Option<HouseholdId>)> = visit_evidence::table
        .inner_join(visits::table.on(visits::id.eq(visit_evidence::visit_id)))
        .filter(among(visit_evidence::sha256, sha256))
        .select((visit_evidence::sha256, visits::id, visits::campaign_id, visits::household_id))
        .load(conn)?;
    Ok(rows.into_iter().map(|(sha256, visit, campaign, household)| (sha256, Key::of(campaign, household, visit))).collect())
}
