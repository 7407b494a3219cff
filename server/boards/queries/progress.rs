//! How far a campaign has come: read from counters, never from households.

use std::collections::BTreeMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::Scope;
use crate::accounts::{Actor, TeamId};
use crate::boards::model::{ByCategory, ByDay, ByTeam, Money, Progress};
use crate::campaigns::{self, CampaignId};
use crate::findings::Standing;
use crate::households::Category;
use crate::kit::db::Conn;
use crate::kit::db::schema::{orgs, progress as counted, progress_days, teams};
use crate::kit::http::problem::Problem;

type Place = (String, Category, Standing, bool);

/// How far a campaign has come, within what somebody may see.
pub(in crate::boards) fn progress(conn: &mut Conn, actor: &Actor, campaign: CampaignId) -> Result<Progress, Problem> {
    let scope = Scope::of(actor)?;
    let (campaign, _) = campaigns::visible(conn, actor, campaign)?;
    let mut told = Progress {
        campaign_id: campaign.id,
        name: campaign.name,
        deadline_at: campaign.deadline_at,
        counts: Default::default(),
        by_team: Vec::new(),
        by_category: Vec::new(),
        by_day: days(conn, &scope, campaign.id)?,
        money: Money::default(),
    };
    let mut by_team: BTreeMap<String, ByTeam> = BTreeMap::new();
    let mut by_category: BTreeMap<Category, ByCategory> = BTreeMap::new();
    for ((team, category, standing, reached), households, promised_fen, handed_fen) in places(conn, &scope, campaign.id)? {
        told.counts.add(standing, reached, households);
        told.money.promised_fen += promised_fen;
        told.money.handed_fen += handed_fen;
        let team_id = TeamId::parse(&team);
        let nameless = || ByTeam { team_id, team_name: String::new(), org_name: String::new(), counts: Default::default() };
        by_team.entry(team).or_insert_with(nameless).counts.add(standing, reached, households);
        by_category.entry(category).or_insert_with(|| ByCategory { category, counts: Default::default() }).counts.add(standing, reached, households);
    }
    told.by_category = by_category.into_values().filter(|of| of.counts.households > 0).collect();
    told.by_team = named(conn, by_team)?;
    Ok(told)
}

type Counted = (Place, i64, i64, i64);

fn places(conn: &mut Conn, scope: &Scope, campaign: CampaignId) -> QueryResult<Vec<Counted>> {
    // A sum of BIGINT is NUMERIC on PostgreSQL.
    let sum = |column: &str| sql::<BigInt>(&format!("CAST(SUM(progress.{column}) AS BIGINT)"));
    counted::table
        .inner_join(orgs::table.on(orgs::id.eq(counted::org_id)))
        .filter(counted::campaign_id.eq(campaign).and(orgs::path.like(&scope.path)))
        .filter(counted::team_id.eq_any(scope.teams()).or(scope.is_whole().into_sql::<Bool>()))
        .group_by((counted::team_id, counted::category, counted::standing, counted::reached))
        .select(((counted::team_id, counted::category, counted::standing, counted::reached), sum("households"), sum("promised_fen"), sum("handed_fen")))
        .load(conn)
}

fn days(conn: &mut Conn, scope: &Scope, campaign: CampaignId) -> QueryResult<Vec<ByDay>> {
    let rows: Vec<(String, bool, i64)> = progress_days::table
        .inner_join(orgs::table.on(orgs::id.eq(progress_days::org_id)))
        .filter(progress_days::campaign_id.eq(campaign).and(orgs::path.like(&scope.path)))
        .filter(progress_days::team_id.eq_any(scope.teams()).or(scope.is_whole().into_sql::<Bool>()))
        .group_by((progress_days::day, progress_days::reached))
        .order(progress_days::day)
        .select((progress_days::day, progress_days::reached, sql::<BigInt>("CAST(SUM(progress_days.households) AS BIGINT)")))
        .load(conn)?;
    let mut days: BTreeMap<String, ByDay> = BTreeMap::new();
    for (day, reached, households) in rows {
        let of = days.entry(day.clone()).or_insert(ByDay { day, reached: 0, attempted: 0 });
        let place = if reached { &mut of.reached } else { &mut of.attempted };
        *place += households;
    }
    Ok(days.into_values().filter(|of| of.reached != 0 || of.attempted != 0).collect())
}

/// Teams with their names, in the order of orgs and team codes; households without a team stand last.
fn named(conn: &mut Conn, mut by_team: BTreeMap<String, ByTeam>) -> QueryResult<Vec<ByTeam>> {
    let ids: Vec<TeamId> = by_team.values().filter_map(|of| of.team_id).collect();
    let names: Vec<(TeamId, String, String)> = teams::table
        .inner_join(orgs::table.on(orgs::id.eq(teams::org_id)))
        .filter(teams::id.eq_any(ids))
        .order((orgs::path, teams::code, teams::id))
        .select((teams::id, teams::name, orgs::name))
        .load(conn)?;
    let mut told = Vec::with_capacity(by_team.len());
    for (id, team_name, org_name) in names {
        told.extend(by_team.remove(id.as_str()).map(|of| ByTeam { team_name, org_name, ..of }));
    }
    told.extend(by_team.into_values());
    told.retain(|of| of.counts.households > 0);
    Ok(told)
}
