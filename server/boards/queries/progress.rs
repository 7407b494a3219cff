//! How far a campaign has come: read from counters, never from households.

use std::collections::BTreeMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use super::Scope;
use crate::accounts::{Actor, Role, TeamId};
use crate::boards::model::{ByCategory, ByDay, ByTeam, Counted, Forecast, Money, Progress};
use crate::campaigns::{self, CampaignId};
use crate::findings::Standing;
use crate::households::Category;
use crate::kit::db::schema::{orgs, people, person_roles, progress as counted, progress_days, team_members, teams};
use crate::kit::db::{Conn, among};
use crate::kit::http::problem::Problem;

/// Teams whose days are read one by one at most: what a board costs must not grow without bound.
const MOST_TEAMS: usize = 200;

type Place = (String, Category, Standing, bool);

/// How far a campaign has come, within what somebody may see.
pub(in crate::boards) fn progress(conn: &mut Conn, actor: &Actor, campaign: CampaignId) -> Result<Counted, Problem> {
    let scope = Scope::of(actor)?;
    let (campaign, _) = campaigns::visible(conn, actor, campaign)?;
    let mut told = Progress {
        campaign_id: campaign.id,
        name: campaign.name,
        deadline_at: campaign.deadline_at,
        counts: Default::default(),
        by_team: Vec::new(),
        by_category: Vec::new(),
        by_day: Vec::new(),
        money: Money::default(),
        forecast: Forecast::default(),
    };
    let mut by_team: BTreeMap<String, ByTeam> = BTreeMap::new();
    let mut by_category: BTreeMap<Category, ByCategory> = BTreeMap::new();
    for ((team, category, standing, reached), households, promised_fen, handed_fen) in places(conn, &scope, campaign.id)? {
        told.counts.add(standing, reached, households);
        told.money.promised_fen += promised_fen;
        told.money.handed_fen += handed_fen;
        let team_id = TeamId::parse(&team);
        let nameless = || ByTeam { team_id, team_name: String::new(), org_name: String::new(), counts: Default::default(), forecast: None };
        by_team.entry(team).or_insert_with(nameless).counts.add(standing, reached, households);
        by_category.entry(category).or_insert_with(|| ByCategory { category, counts: Default::default() }).counts.add(standing, reached, households);
    }
    told.by_category = by_category.into_values().filter(|of| of.counts.households > 0).collect();
    told.by_team = named(conn, by_team)?;
    let ids: Vec<TeamId> = told.by_team.iter().filter_map(|of| of.team_id).collect();
    let by_team = ids.len() <= MOST_TEAMS;
    let (by_day, mut team_days) = days(conn, &scope, campaign.id, by_team)?;
    told.by_day = by_day;
    if by_team {
        // Of a team that has reached nobody that is told as well.
        team_days.extend(ids.iter().filter(|id| !team_days.contains_key(id)).map(|id| (*id, Vec::new())).collect::<Vec<_>>());
    }
    Ok(Counted { cadres: cadres(conn, &ids)?, team_days, progress: told })
}

type Places = (Place, i64, i64, i64);

fn places(conn: &mut Conn, scope: &Scope, campaign: CampaignId) -> QueryResult<Vec<Places>> {
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

/// A day's households of a team, reached or tried in vain; of all teams together where they are too many.
type OnDay = (String, String, bool, i64);
type TeamDays = BTreeMap<TeamId, Vec<(i64, i64)>>;

/// By day, and of each team the households first reached, by day.
fn days(conn: &mut Conn, scope: &Scope, campaign: CampaignId, by_team: bool) -> QueryResult<(Vec<ByDay>, TeamDays)> {
    let sum = || sql::<BigInt>("CAST(SUM(progress_days.households) AS BIGINT)");
    let own = progress_days::team_id.eq_any(scope.teams()).or(scope.is_whole().into_sql::<Bool>());
    let counted = progress_days::table
        .inner_join(orgs::table.on(orgs::id.eq(progress_days::org_id)))
        .filter(progress_days::campaign_id.eq(campaign).and(orgs::path.like(&scope.path)).and(own))
        .order((progress_days::day, progress_days::reached));
    // Days and teams are read with one look at the table: it is the longest there is here.
    let rows: Vec<OnDay> = if by_team {
        let each = counted.group_by((progress_days::day, progress_days::reached, progress_days::team_id));
        each.select((progress_days::team_id, progress_days::day, progress_days::reached, sum())).load(conn)?
    } else {
        let all = counted.group_by((progress_days::day, progress_days::reached));
        all.select((sql::<Text>("''"), progress_days::day, progress_days::reached, sum())).load(conn)?
    };
    let (mut days, mut of_teams): (Vec<ByDay>, TeamDays) = (Vec::new(), BTreeMap::new());
    let mut number = None;
    for (team, day, reached, households) in rows {
        if days.last().is_none_or(|last| last.day != day) {
            days.push(ByDay { day, reached: 0, attempted: 0 });
            number = days.last().and_then(ByDay::number);
        }
        let Some(of) = days.last_mut() else { continue };
        let place = if reached { &mut of.reached } else { &mut of.attempted };
        *place += households;
        if let (true, Some(team), Some(number)) = (reached, TeamId::parse(&team), number) {
            of_teams.entry(team).or_default().push((number, households));
        }
    }
    days.retain(|of| of.reached != 0 || of.attempted != 0);
    Ok((days, of_teams))
}

/// People who visit, by team.
fn cadres(conn: &mut Conn, ids: &[TeamId]) -> QueryResult<BTreeMap<TeamId, i64>> {
    let rows: Vec<(TeamId, i64)> = team_members::table
        .inner_join(people::table.on(people::id.eq(team_members::person_id)))
        .inner_join(person_roles::table.on(person_roles::person_id.eq(people::id)))
        .filter(among(team_members::team_id, ids.iter().map(TeamId::as_str)).and(people::disabled_at.is_null()).and(person_roles::role.eq(Role::Cadre)))
        .group_by(team_members::team_id)
        .select((team_members::team_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
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
