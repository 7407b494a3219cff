//! Households on a map, gathered by the database so that a city costs no more than a street.

use std::collections::BTreeMap;

use diesel::dsl::{count, count_star, max, min, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Double, Nullable, Text};

use super::Scope;
use super::households::standings_of;
use crate::accounts::{Actor, TeamId};
use crate::boards::model::{Part, PlaceCell, PlacedHousehold, Places, PlacesAsked};
use crate::campaigns::{self, CampaignId};
use crate::findings::Standing;
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{households, orgs, standings, teams};
use crate::kit::geo::{Datum, Point};
use crate::kit::http::problem::Problem;

/// As many are shown one by one.
const EACH: i64 = 400;
/// Cells across the part that is looked at.
const ACROSS: f64 = 24.0;
/// A cell is so much less high than wide, in degrees: about a square in China.
const HEIGHT: f64 = 0.8;
/// No datum is farther from WGS 84 than this, in degrees.
const SHIFT: f64 = 0.015;

/// What is asked for, with who may see it.
struct Wanted {
    scope: Scope,
    campaign: CampaignId,
    standings: Option<Vec<Standing>>,
    team: Option<TeamId>,
}

/// The households asked for, with the standing that each has, before anything is said of where.
macro_rules! wanted {
    ($wanted:expr) => {{
        let of: &Wanted = $wanted;
        let all = of.standings.is_none();
        standings::table
            .inner_join(households::table.on(households::id.eq(standings::household_id)))
            .inner_join(orgs::table.on(orgs::id.eq(households::org_id)))
            .filter(standings::campaign_id.eq(of.campaign).and(orgs::path.like(of.scope.path.clone())))
            .filter(households::team_id.eq_any(of.scope.teams()).or(of.scope.is_whole().into_sql::<Bool>()))
            .filter(households::team_id.eq(of.team).or(of.team.is_none().into_sql::<Bool>()))
            .filter(standings::standing.eq_any(of.standings.clone().unwrap_or_default()).or(all.into_sql::<Bool>()))
    }};
}

/// Those that live in a part of the map, and a few around it where their datum is another.
macro_rules! within {
    ($part:expr) => {{
        let Part { west, south, east, north } = $part;
        let plain = households::home_latitude.between(south, north).and(households::home_longitude.between(west, east));
        let around = households::home_latitude.between(south - SHIFT, north + SHIFT).and(households::home_longitude.between(west - SHIFT, east + SHIFT));
        around.and(plain.or(households::home_datum.ne(Datum::Wgs84)))
    }};
}

/// Households of a campaign on a map.
pub(in crate::boards) fn places(conn: &mut Conn, actor: &Actor, asked: &PlacesAsked) -> Result<Places, Problem> {
    let part = asked.part().map_err(Problem::invalid)?;
    let campaign = asked.campaign.ok_or_else(|| Problem::field("/campaign", "missing"))?;
    let (campaign, _) = campaigns::visible(conn, actor, campaign)?;
    let standings = asked.standing.as_deref().map(standings_of).transpose()?;
    let wanted = Wanted { scope: Scope::of(actor)?, campaign: campaign.id, standings, team: asked.team };
    let (all, placed, around) = extent(conn, &wanted)?;
    let mut told = Places { households: 0, without_place: all - placed, cells: Vec::new(), each: Vec::new(), base_map: None };
    let Some(part) = part.or(around) else { return Ok(told) };
    let cells = cells(conn, &wanted, part)?;
    let here: i64 = cells.iter().map(|cell| cell.counts.households).sum();
    if here <= EACH {
        told.each = each(conn, &wanted, part)?;
        told.households = told.each.iter().map(|_| 1).sum();
    } else {
        (told.households, told.cells) = (here, cells);
    }
    Ok(told)
}

type Ends = (i64, i64, Option<f64>, Option<f64>, Option<f64>, Option<f64>);

/// How many there are, how many have a place, and what part of the map holds them all.
fn extent(conn: &mut Conn, wanted: &Wanted) -> QueryResult<(i64, i64, Option<Part>)> {
    let (lat, lon) = (households::home_latitude, households::home_longitude);
    let (all, placed, south, north, west, east): Ends =
        wanted!(wanted).select((count_star(), count(lat), min(lat), max(lat), min(lon), max(lon))).first(conn)?;
    let part = south.zip(north).zip(west.zip(east)).map(|((south, north), (west, east))| Part {
        west: west - SHIFT,
        south: south - SHIFT,
        east: east + SHIFT,
        north: north + SHIFT,
    });
    Ok((all, placed, part))
}

/// How wide a cell is, in degrees: a whole part of the globe, so that cells stay where they are while the map is moved.
fn width(part: Part) -> f64 {
    let across = (part.east - part.west).max((part.north - part.south) / HEIGHT).max(0.000_1);
    360.0 / (360.0 * ACROSS / across).log2().floor().exp2()
}

type Gathered = (Option<Datum>, Standing, bool, i64, f64, f64);

fn cells(conn: &mut Conn, wanted: &Wanted, part: Part) -> QueryResult<Vec<PlaceCell>> {
    let width = width(part);
    let height = width * HEIGHT;
    // Rounded down, in the words both databases know.
    let cell = |column: &str, size: f64| format!("ROUND(households.{column} / {size:.12} - 0.5)");
    let places = format!("{}, {}", cell("home_latitude", height), cell("home_longitude", width));
    let rows: Vec<Gathered> = wanted!(wanted)
        .filter(within!(part))
        .group_by(sql::<Text>(&format!("households.home_datum, standings.standing, standings.reached, {places}")))
        .select((
            sql::<Nullable<Text>>("households.home_datum"),
            sql::<Text>("standings.standing"),
            sql::<Bool>("standings.reached"),
            sql::<BigInt>("COUNT(*)"),
            sql::<Double>("AVG(households.home_latitude)"),
            sql::<Double>("AVG(households.home_longitude)"),
        ))
        .load(conn)?;
    let mut cells: BTreeMap<(i64, i64), (PlaceCell, f64)> = BTreeMap::new();
    for (datum, standing, reached, households, latitude, longitude) in rows {
        let point = wgs84(datum, latitude, longitude);
        let at = (down(point.latitude / height), down(point.longitude / width));
        let empty = || (PlaceCell { latitude: 0.0, longitude: 0.0, counts: Default::default() }, 0.0);
        let (cell, weight) = cells.entry(at).or_insert_with(empty);
        let more = f64::from(u32::try_from(households).unwrap_or(u32::MAX));
        *weight += more;
        cell.latitude += (point.latitude - cell.latitude) * more / *weight;
        cell.longitude += (point.longitude - cell.longitude) * more / *weight;
        cell.counts.add(standing, reached, households);
    }
    Ok(cells.into_values().map(|(cell, _)| cell).collect())
}

#[derive(Queryable)]
struct Found {
    id: HouseholdId,
    head_name: String,
    address: String,
    team_name: Option<String>,
    standing: Standing,
    last_visit_at: Option<Moment>,
    home: (Option<f64>, Option<f64>, Option<Datum>),
}

fn each(conn: &mut Conn, wanted: &Wanted, part: Part) -> QueryResult<Vec<PlacedHousehold>> {
    let found: Vec<Found> = wanted!(wanted)
        .left_join(teams::table.on(teams::id.nullable().eq(households::team_id)))
        .filter(within!(part))
        .order(households::id)
        .select((
            households::id,
            households::head_name,
            households::address,
            teams::name.nullable(),
            standings::standing,
            standings::last_visit_at,
            (households::home_latitude, households::home_longitude, households::home_datum),
        ))
        .limit(EACH)
        .load(conn)?;
    let placed = |of: Found| {
        let (latitude, longitude) = of.home.0.zip(of.home.1)?;
        let Point { latitude, longitude } = wgs84(of.home.2, latitude, longitude);
        let is_here = (part.south..=part.north).contains(&latitude) && (part.west..=part.east).contains(&longitude);
        let Found { id, head_name, address, team_name, standing, last_visit_at, .. } = of;
        is_here.then_some(PlacedHousehold { id, head_name, address, team_name, standing, last_visit_at, latitude, longitude })
    };
    Ok(found.into_iter().filter_map(placed).collect())
}

fn wgs84(datum: Option<Datum>, latitude: f64, longitude: f64) -> Point {
    Point::from_datum(latitude, longitude, datum.unwrap_or(Datum::Wgs84))
}

#[expect(clippy::as_conversions, reason = "cells of the globe are few; what is no number becomes nothing")]
fn down(cells: f64) -> i64 {
    cells.floor() as i64
}
