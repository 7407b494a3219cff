//! The log since somebody last looked, and the names of what it is about.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::Scope;
use super::visits::led;
use crate::accounts::{Actor, TeamId};
use crate::households::HouseholdId;
use crate::kit::db::schema::{chains, households, log, orgs, people, teams, visits};
use crate::kit::db::{Conn, among};
use crate::kit::http::problem::Problem;
use crate::kit::log::LogRow;
use crate::visits::VisitId;

/// A team by id and name.
pub(in crate::boards) type TeamFound = (Option<TeamId>, Option<String>);

/// What is within sight of what events are about.
#[derive(Debug, Default)]
pub(in crate::boards) struct InSight {
    /// Households with their heads' names and their teams.
    pub(in crate::boards) households: HashMap<HouseholdId, (String, TeamFound)>,
    /// Visits to no household on file, with their teams.
    pub(in crate::boards) visits: HashMap<VisitId, TeamFound>,
    /// Teams.
    pub(in crate::boards) teams: HashMap<TeamId, String>,
    /// People by id.
    pub(in crate::boards) people: HashMap<String, String>,
}

/// Where the chains end in which anything within sight is told: of the orgs of a subtree, or of the way from the root to one's own and
/// of the orgs of that way's teams.
pub(in crate::boards) fn heads(conn: &mut Conn, actor: &Actor) -> Result<BTreeMap<String, i64>, Problem> {
    let scope = Scope::of(actor)?;
    let line: Vec<&str> = actor.org.path.split('/').filter(|part| !part.is_empty()).collect();
    let names: Vec<String> = if scope.is_whole() {
        let own = orgs::path.like(&scope.path).or(among(orgs::id, &line));
        orgs::table.filter(own).select(orgs::chain).distinct().load(conn)?
    } else {
        let below = format!("{}%", actor.org.path);
        orgs::table.filter(among(orgs::id, &line).or(orgs::path.like(below))).select(orgs::chain).distinct().load(conn)?
    };
    let ends: Vec<(String, i64)> = chains::table.filter(among(chains::chain, &names)).select((chains::chain, chains::sequence)).load(conn)?;
    let mut heads: BTreeMap<String, i64> = names.into_iter().map(|name| (name, 0)).collect();
    heads.extend(ends);
    Ok(heads)
}

/// Events with these verbs after these places, in the order of chains and sequences.
pub(in crate::boards) fn events(conn: &mut Conn, after: &BTreeMap<&str, i64>, verbs: &[&str], limit: i64) -> QueryResult<Vec<LogRow>> {
    let mut of = log::table.into_boxed();
    for (n, (chain, sequence)) in after.iter().enumerate() {
        let one = log::chain.eq((*chain).to_owned()).and(log::sequence.gt(*sequence)).and(among(log::verb, verbs));
        of = if n == 0 { of.filter(one) } else { of.or_filter(one) };
    }
    of.order((log::chain, log::sequence)).limit(limit).select(LogRow::as_select()).load(conn)
}

/// What of these somebody may see, by name.
pub(in crate::boards) fn in_sight(
    conn: &mut Conn,
    actor: &Actor,
    (named, visited, of_teams): (&[HouseholdId], &[VisitId], &[TeamId]),
    by: &[String],
) -> Result<InSight, Problem> {
    let scope = Scope::of(actor)?;
    let whole = || scope.is_whole().into_sql::<Bool>();
    let files: Vec<(HouseholdId, String, TeamFound)> = households::table
        .inner_join(orgs::table.on(orgs::id.eq(households::org_id)))
        .left_join(teams::table.on(teams::id.nullable().eq(households::team_id)))
        .filter(among(households::id, named.iter().map(HouseholdId::as_str)).and(orgs::path.like(&scope.path)))
        .filter(households::team_id.eq_any(scope.teams()).or(whole()))
        .select((households::id, households::head_name, (households::team_id, teams::name.nullable())))
        .load(conn)?;
    let own = visits::cadre_id.eq(actor.id).or(visits::team_id.eq_any(led(actor)));
    let made: Vec<(VisitId, TeamFound)> = visits::table
        .inner_join(orgs::table.on(orgs::id.eq(visits::org_id)))
        .left_join(teams::table.on(teams::id.nullable().eq(visits::team_id)))
        .filter(among(visits::id, visited.iter().map(VisitId::as_str)).and(orgs::path.like(&scope.path)))
        .filter(own.or(whole()))
        .select((visits::id, (visits::team_id, teams::name.nullable())))
        .load(conn)?;
    let held: Vec<(TeamId, String)> = teams::table
        .inner_join(orgs::table.on(orgs::id.eq(teams::org_id)))
        .filter(among(teams::id, of_teams.iter().map(TeamId::as_str)).and(orgs::path.like(&scope.path)))
        .filter(teams::id.eq_any(scope.teams()).or(whole()))
        .select((teams::id, teams::name))
        .load(conn)?;
    let names: Vec<(String, String)> = people::table.filter(among(people::id, by)).select((people::id, people::name)).load(conn)?;
    Ok(InSight {
        households: files.into_iter().map(|(id, name, team)| (id, (name, team))).collect(),
        visits: made.into_iter().collect(),
        teams: held.into_iter().collect(),
        people: names.into_iter().collect(),
    })
}
