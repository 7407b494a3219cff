//! `standings`, and the counters that follow them.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::accounts::{OrgId, TeamId};
use crate::campaigns::CampaignId;
use crate::findings::model::{Key, Standing};
use crate::households::{Category, HouseholdId};
use crate::kit::clock::Moment;
use crate::kit::db::schema::{progress, progress_days, standings};
use crate::kit::db::{Conn, among};
use crate::upsert_all;
use crate::visits::{Outcome, VisitId};

/// Where a household stands.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = standings, treat_none_as_default_value = false)]
pub(in crate::findings) struct StandingRow {
    pub(in crate::findings) campaign_id: CampaignId,
    pub(in crate::findings) household_id: HouseholdId,
    pub(in crate::findings) org_id: OrgId,
    pub(in crate::findings) team_id: Option<TeamId>,
    pub(in crate::findings) category: Category,
    pub(in crate::findings) standing: Standing,
    pub(in crate::findings) visits: i64,
    pub(in crate::findings) reached: bool,
    pub(in crate::findings) last_visit_id: Option<VisitId>,
    pub(in crate::findings) last_outcome: Option<Outcome>,
    pub(in crate::findings) last_visit_at: Option<Moment>,
    pub(in crate::findings) reached_at: Option<Moment>,
    pub(in crate::findings) promised_fen: i64,
    pub(in crate::findings) handed_fen: i64,
}

/// The standings of these keys.
pub(in crate::findings) fn standings(conn: &mut Conn, keys: &[Key]) -> QueryResult<BTreeMap<(CampaignId, HouseholdId), StandingRow>> {
    let households: Vec<HouseholdId> = keys.iter().filter_map(Key::household).collect();
    if households.is_empty() {
        return Ok(BTreeMap::new());
    }
    let campaigns = keys.iter().map(Key::campaign).collect::<std::collections::BTreeSet<_>>();
    let rows: Vec<StandingRow> = standings::table
        .filter(among(standings::campaign_id, campaigns).and(among(standings::household_id, households)))
        .select(StandingRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| ((row.campaign_id, row.household_id), row)).collect())
}

/// Writes standings.
pub(in crate::findings) fn set_standings(conn: &mut Conn, rows: &[StandingRow]) -> QueryResult<()> {
    upsert_all!(
        &mut *conn,
        rows,
        standings::table,
        "ON CONFLICT (campaign_id, household_id) DO UPDATE SET org_id = excluded.org_id, team_id = excluded.team_id, category = excluded.category,
         standing = excluded.standing, visits = excluded.visits, reached = excluded.reached, last_visit_id = excluded.last_visit_id,
         last_outcome = excluded.last_outcome, last_visit_at = excluded.last_visit_at, reached_at = excluded.reached_at,
         promised_fen = excluded.promised_fen, handed_fen = excluded.handed_fen"
    )
}

type Place = (CampaignId, OrgId, String, Category, Standing, bool);
type Day = (CampaignId, OrgId, String, String, bool);

/// Moves the counters from the rows before to the rows after. Keys are written in one order, so that two writes never wait for each other.
pub(in crate::findings) fn count<'a>(conn: &mut Conn, moves: impl Iterator<Item = (Option<&'a StandingRow>, &'a StandingRow)>) -> QueryResult<()> {
    let mut places: BTreeMap<Place, [i64; 3]> = BTreeMap::new();
    let mut days: BTreeMap<Day, i64> = BTreeMap::new();
    for (before, after) in moves {
        let signed = before.map(|row| (row, -1)).into_iter().chain([(after, 1)]);
        for (row, sign) in signed {
            let [households, promised, handed] = places.entry(place(row)).or_default();
            *households += sign;
            *promised += sign * row.promised_fen;
            *handed += sign * row.handed_fen;
            if let Some(day) = day(row) {
                *days.entry(day).or_default() += sign;
            }
        }
    }
    places.retain(|_, delta| *delta != [0, 0, 0]);
    days.retain(|_, delta| *delta != 0);
    add_places(conn, places)?;
    add_days(conn, days)
}

fn team(row: &StandingRow) -> String {
    row.team_id.map_or_else(String::new, |id| id.to_string())
}

fn place(row: &StandingRow) -> Place {
    (row.campaign_id, row.org_id, team(row), row.category, row.standing, row.reached)
}

/// The day it counts for: of the visit that first reached it, or of the last try.
fn day(row: &StandingRow) -> Option<Day> {
    let at = row.reached_at.or(row.last_visit_at)?;
    Some((row.campaign_id, row.org_id, team(row), at.china_day(), row.reached))
}

fn add_places(conn: &mut Conn, places: BTreeMap<Place, [i64; 3]>) -> QueryResult<()> {
    if places.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = places
        .into_iter()
        .map(|((campaign, org, team, category, standing, reached), [households, promised, handed])| {
            (
                (progress::campaign_id.eq(campaign), progress::org_id.eq(org), progress::team_id.eq(team)),
                (progress::category.eq(category), progress::standing.eq(standing), progress::reached.eq(reached)),
                (progress::households.eq(households), progress::promised_fen.eq(promised), progress::handed_fen.eq(handed)),
            )
        })
        .collect();
    upsert_all!(
        &mut *conn,
        &rows,
        progress::table,
        "ON CONFLICT (campaign_id, org_id, team_id, category, standing, reached) DO UPDATE SET households = progress.households + excluded.households,
         promised_fen = progress.promised_fen + excluded.promised_fen, handed_fen = progress.handed_fen + excluded.handed_fen"
    )
}

fn add_days(conn: &mut Conn, days: BTreeMap<Day, i64>) -> QueryResult<()> {
    if days.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = days
        .into_iter()
        .map(|((campaign, org, team, day, reached), households)| {
            (
                (progress_days::campaign_id.eq(campaign), progress_days::org_id.eq(org), progress_days::team_id.eq(team)),
                (progress_days::day.eq(day), progress_days::reached.eq(reached), progress_days::households.eq(households)),
            )
        })
        .collect();
    upsert_all!(
        &mut *conn,
        &rows,
        progress_days::table,
        "ON CONFLICT (campaign_id, org_id, team_id, day, reached) DO UPDATE SET households = progress_days.households + excluded.households"
    )
}
