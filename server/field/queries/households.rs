//! Households, their standings, what they are to receive.

use std::collections::HashMap;

use diesel::prelude::*;

use super::Reach;
use crate::accounts::{PersonId, TeamId};
use crate::campaigns::{CampaignId, ItemId, Purpose};
use crate::field::model::{EntitlementSeen, Flags, Home, HouseholdSeen, MemberSeen, Quantity, StandingSeen};
use crate::findings::Standing;
use crate::households::{Category, HouseholdId, Relation};
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{entitlement_goods, entitlements as promised, households as files, members, standings as stands};
use crate::kit::geo::Datum;
use crate::kit::idnumber::IdNumber;
use crate::visits::Outcome;

#[derive(Queryable, Selectable)]
#[diesel(table_name = files)]
struct FileRow {
    id: HouseholdId,
    version: i64,
    team_id: Option<TeamId>,
    cadre_id: Option<PersonId>,
    head_name: String,
    head_id_number: IdNumber,
    phone: Option<String>,
    address: String,
    workplace: Option<String>,
    category: Category,
    cause: Option<String>,
    people: Option<i64>,
    income_fen: Option<i64>,
    migrant: bool,
    laid_off: bool,
    retired: bool,
    bank_card: Option<String>,
    home_latitude: Option<f64>,
    home_longitude: Option<f64>,
    home_datum: Option<Datum>,
    status: String,
    remarks: String,
}

/// The files within reach, as a query that other queries are held against. One text for both engines, so nothing is boxed.
macro_rules! within {
    ($reach:expr) => {
        files::table.filter($crate::kit::db::among(files::id, &$reach.only).and(files::team_id.eq_any($reach.teams.clone())))
    };
}
pub(super) use within;

/// All households of these teams.
pub(in crate::field) fn ids_of(conn: &mut Conn, teams: &[TeamId]) -> QueryResult<Vec<HouseholdId>> {
    files::table.filter(files::team_id.eq_any(teams)).order(files::id).select(files::id).load(conn)
}

pub(in crate::field) fn households(conn: &mut Conn, reach: &Reach) -> QueryResult<Vec<HouseholdSeen>> {
    let rows: Vec<FileRow> = within!(reach).order(files::id).select(FileRow::as_select()).load(conn)?;
    let people: Vec<(HouseholdId, String, Relation)> = members::table
        .filter(members::household_id.eq_any(within!(reach).select(files::id)))
        .order((members::household_id, members::id))
        .select((members::household_id, members::name, members::relation))
        .load(conn)?;
    let mut by_household: HashMap<HouseholdId, Vec<MemberSeen>> = HashMap::new();
    for (household, name, relation) in people {
        by_household.entry(household).or_default().push(MemberSeen { name, relation });
    }
    Ok(rows.into_iter().map(|row| seen(row, &mut by_household)).collect())
}

fn seen(row: FileRow, members: &mut HashMap<HouseholdId, Vec<MemberSeen>>) -> HouseholdSeen {
    let home = match (row.home_latitude, row.home_longitude, row.home_datum) {
        (Some(latitude), Some(longitude), Some(datum)) => Some(Home { latitude, longitude, datum }),
        _ => None,
    };
    let members = members.remove(&row.id).unwrap_or_default();
    let lacks = [
        ("phone", row.phone.is_none()),
        ("home", home.is_none()),
        ("cause", row.cause.is_none()),
        ("people", row.people.is_none()),
        ("income", row.income_fen.is_none()),
        ("members", members.is_empty() && row.people.is_none_or(|people| people > 1)),
        ("bank_card", row.bank_card.is_none()),
    ];
    HouseholdSeen {
        id: row.id,
        version: row.version,
        team_id: row.team_id,
        cadre_id: row.cadre_id,
        head_name: row.head_name,
        head_id_masked: row.head_id_number.masked(),
        phone: row.phone,
        address: row.address,
        workplace: row.workplace,
        category: row.category,
        cause: row.cause,
        people: row.people,
        income_fen: row.income_fen,
        flags: Flags { migrant: row.migrant, laid_off: row.laid_off, retired: row.retired },
        home,
        status: row.status,
        members,
        missing_materials: lacks.iter().filter(|(_, lacking)| *lacking).map(|(what, _)| (*what).to_owned()).collect(),
        remarks: row.remarks,
        standings: Vec::new(),
    }
}

type StandingRow = (HouseholdId, CampaignId, Standing, Option<Outcome>, Option<Moment>, i64);

pub(in crate::field) fn standings(conn: &mut Conn, reach: &Reach) -> QueryResult<HashMap<HouseholdId, Vec<StandingSeen>>> {
    let rows: Vec<StandingRow> = stands::table
        .filter(stands::household_id.eq_any(within!(reach).select(files::id)))
        .order((stands::household_id, stands::campaign_id))
        .select((stands::household_id, stands::campaign_id, stands::standing, stands::last_outcome, stands::last_visit_at, stands::visits))
        .load(conn)?;
    let mut by_household: HashMap<HouseholdId, Vec<StandingSeen>> = HashMap::new();
    for (household, campaign_id, standing, last_outcome, last_visit_at, visits) in rows {
        by_household.entry(household).or_default().push(StandingSeen { campaign_id, standing, last_outcome, last_visit_at, visits });
    }
    Ok(by_household)
}

type PromiseRow = (String, CampaignId, HouseholdId, i64, Purpose);

pub(in crate::field) fn entitlements(conn: &mut Conn, reach: &Reach) -> QueryResult<Vec<EntitlementSeen>> {
    let rows: Vec<PromiseRow> = promised::table
        .filter(promised::household_id.eq_any(within!(reach).select(files::id)))
        .order(promised::id)
        .select((promised::id, promised::campaign_id, promised::household_id, promised::cash_fen, promised::purpose))
        .load(conn)?;
    let lines: Vec<(String, ItemId, i64)> = entitlement_goods::table
        .inner_join(promised::table.on(promised::id.eq(entitlement_goods::entitlement_id)))
        .filter(promised::household_id.eq_any(within!(reach).select(files::id)))
        .order((entitlement_goods::entitlement_id, entitlement_goods::item_id))
        .select((entitlement_goods::entitlement_id, entitlement_goods::item_id, entitlement_goods::quantity_milli))
        .load(conn)?;
    let mut goods: HashMap<String, Vec<Quantity>> = HashMap::new();
    for (entitlement, item_id, quantity_milli) in lines {
        goods.entry(entitlement).or_default().push(Quantity { item_id, quantity_milli });
    }
    let seen = |(id, campaign_id, household_id, cash_fen, purpose): PromiseRow| {
        let goods = goods.remove(&id).unwrap_or_default();
        EntitlementSeen { id, campaign_id, household_id, cash_fen, purpose, goods }
    };
    Ok(rows.into_iter().map(seen).collect())
}
