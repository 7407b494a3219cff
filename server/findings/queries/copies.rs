//! Pictures that stand in more than one visit.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::campaigns::CampaignId;
use crate::each;
use crate::findings::model::Key;
use crate::households::HouseholdId;
use crate::kit::db::schema::{visit_evidence, visits};
use crate::kit::db::{Conn, among};
use crate::visits::{EvidenceKind, VisitId};

diesel::alias!(visit_evidence as elsewhere: Elsewhere);

/// Other visits looked at for one picture: enough to name one outside any chain of amendments.
pub(in crate::findings) const FIRST_COPIES: usize = 8;

/// Amendments of a visit without a household that are followed back.
pub(super) const LONGEST_CHAIN: usize = 16;

pub(super) type Shared = HashMap<VisitId, BTreeMap<String, Vec<VisitId>>>;

/// For each visit, its pictures that stand in visits of other households too, with the first of those by id.
pub(super) fn shared(conn: &mut Conn, ids: &[VisitId]) -> QueryResult<Shared> {
    let mut shared = Shared::new();
    if ids.is_empty() {
        return Ok(shared);
    }
    let other = elsewhere
        .filter(elsewhere.field(visit_evidence::sha256).eq(visit_evidence::sha256).and(elsewhere.field(visit_evidence::visit_id).ne(visit_evidence::visit_id)));
    let mine: Vec<(VisitId, String)> = visit_evidence::table
        .filter(among(visit_evidence::visit_id, ids).and(visit_evidence::kind.ne(EvidenceKind::Document)).and(exists(other)))
        .select((visit_evidence::visit_id, visit_evidence::sha256))
        .load(conn)?;
    if mine.is_empty() {
        return Ok(shared);
    }
    let pictures: BTreeSet<&str> = mine.iter().map(|(_, sha256)| sha256.as_str()).collect();
    let named = first_naming(conn, &pictures, &[EvidenceKind::Photo, EvidenceKind::Signature], FIRST_COPIES + 1)?;
    let all: BTreeSet<VisitId> = named.values().flatten().copied().collect();
    let homes: HashMap<VisitId, (CampaignId, Option<HouseholdId>)> = visits::table
        .filter(among(visits::id, all.iter().chain(ids)))
        .select((visits::id, (visits::campaign_id, visits::household_id)))
        .load(conn)?
        .into_iter()
        .collect();
    let loose = |id: &VisitId| homes.get(id).is_some_and(|(_, household)| household.is_none());
    let chained: Vec<VisitId> = mine.iter().map(|(id, _)| *id).filter(loose).collect();
    let roots = if chained.is_empty() { HashMap::new() } else { roots(conn, chained.iter().copied().chain(all).collect())? };
    for (visit, sha256) in mine {
        let own = homes.get(&visit);
        let stranger = |id: &&VisitId| match homes.get(id) {
            Some(home @ (_, Some(_))) => own != Some(home),
            _ => **id != visit && (!loose(&visit) || roots.get(id) != roots.get(&visit)),
        };
        let others: Vec<VisitId> = named.get(&sha256).into_iter().flatten().filter(stranger).copied().collect();
        if !others.is_empty() {
            shared.entry(visit).or_default().insert(sha256, others);
        }
    }
    Ok(shared)
}

/// The first visit of each one's chain of amendments: a visit without a household has no case that would know its chain.
fn roots(conn: &mut Conn, ids: BTreeSet<VisitId>) -> QueryResult<HashMap<VisitId, VisitId>> {
    let mut roots: HashMap<VisitId, VisitId> = ids.iter().map(|id| (*id, *id)).collect();
    for _ in 0..LONGEST_CHAIN {
        let ends: BTreeSet<VisitId> = roots.values().copied().collect();
        let rows: Vec<(VisitId, Option<VisitId>)> =
            visits::table.filter(among(visits::id, ends).and(visits::amends.is_not_null())).select((visits::id, visits::amends)).load(conn)?;
        let earlier: HashMap<VisitId, VisitId> = rows.into_iter().filter_map(|(id, amends)| amends.map(|amends| (id, amends))).collect();
        if earlier.is_empty() {
            break;
        }
        roots.values_mut().for_each(|root| *root = earlier.get(root).copied().unwrap_or(*root));
    }
    Ok(roots)
}

#[derive(QueryableByName)]
struct Naming {
    #[diesel(sql_type = Text)]
    sha256: String,
    #[diesel(sql_type = Text)]
    visit_id: VisitId,
}

/// For each picture, the first visits by id that have it as one of these kinds. A picture may stand in fifty thousand visits (a black
/// frame of a broken camera); so many are never brought here.
pub(super) fn first_naming(conn: &mut Conn, pictures: &BTreeSet<&str>, kinds: &[EvidenceKind], most: usize) -> QueryResult<HashMap<String, Vec<VisitId>>> {
    let mut named: HashMap<String, Vec<VisitId>> = HashMap::new();
    if pictures.is_empty() {
        return Ok(named);
    }
    let rows: Vec<Naming> = each!(conn, |c| diesel::sql_query(FIRST_OF_EACH)
        .bind::<Text, _>(serde_json::json!(pictures).to_string())
        .bind::<Text, _>(serde_json::json!(kinds).to_string())
        .bind::<BigInt, _>(i64::try_from(most).unwrap_or(i64::MAX))
        .load(c))?;
    for Naming { sha256, visit_id } in rows {
        named.entry(sha256).or_default().push(visit_id);
    }
    Ok(named)
}

const FIRST_OF_EACH: &str = "SELECT sha256, visit_id FROM \
    (SELECT sha256, visit_id, row_number() OVER (PARTITION BY sha256 ORDER BY visit_id) AS place FROM visit_evidence \
     WHERE sha256 IN (SELECT value FROM json_each($1)) AND kind IN (SELECT value FROM json_each($2))) AS named \
    WHERE place <= $3 ORDER BY sha256, visit_id";

/// Where visits belong.
pub(in crate::findings) fn keys_of(conn: &mut Conn, ids: &[VisitId]) -> QueryResult<Vec<Key>> {
    let rows: Vec<(VisitId, CampaignId, Option<HouseholdId>)> =
        visits::table.filter(among(visits::id, ids)).select((visits::id, visits::campaign_id, visits::household_id)).load(conn)?;
    Ok(rows.into_iter().map(|(visit, campaign, household)| Key::of(campaign, household, visit)).collect())
}
