//! How far a campaign has come, as the board tells it.

use super::table::{Asking, NOTHING, Row, whole};
use crate::boards::actions;
use crate::boards::model::{ByCategory, ByTeam, Cell, Counts, DayAhead, Outlook, Progress};
use crate::kit::db::Conn;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::Problem;

fn told(conn: &mut Conn, asking: &Asking) -> Result<Progress, Problem> {
    actions::progress(conn, &asking.actor, asking.asked.campaign()?, asking.now)
}

pub(super) fn teams(conn: &mut Conn, asking: &Asking, _: &PageQuery) -> Result<Page<Row>, Problem> {
    let row = |of: ByTeam| {
        let name = if of.team_id.is_some() { Cell::Text(of.team_name) } else { asking.say("team", "none") };
        let mut cells = vec![name, Cell::Text(of.org_name)];
        cells.extend(counts(&of.counts));
        cells.extend(ahead(of.forecast.as_ref()));
        cells
    };
    Ok(whole(told(conn, asking)?.by_team.into_iter().map(row).collect()))
}

pub(super) fn categories(conn: &mut Conn, asking: &Asking, _: &PageQuery) -> Result<Page<Row>, Problem> {
    let row = |of: ByCategory| {
        let mut cells = vec![asking.say("category", of.category.as_str())];
        cells.extend(counts(&of.counts));
        cells
    };
    Ok(whole(told(conn, asking)?.by_category.into_iter().map(row).collect()))
}

pub(super) fn days(conn: &mut Conn, asking: &Asking, _: &PageQuery) -> Result<Page<Row>, Problem> {
    let days = told(conn, asking)?.by_day;
    Ok(whole(days.into_iter().map(|of| vec![Cell::Text(of.day), Cell::count(of.reached), Cell::count(of.attempted)]).collect()))
}

pub(super) fn ahead_of_us(conn: &mut Conn, asking: &Asking, _: &PageQuery) -> Result<Page<Row>, Problem> {
    let days = told(conn, asking)?.forecast.days_ahead;
    let row = |of: DayAhead| vec![Cell::Text(of.day), Cell::count(of.expected), Cell::count(of.low), Cell::count(of.high)];
    Ok(whole(days.into_iter().map(row).collect()))
}

fn counts(of: &Counts) -> [Cell; 8] {
    let by = of.by_standing;
    [of.households, of.reached, by.unreached, by.attempted, by.pending, by.matched, by.disputed, by.settled].map(Cell::count)
}

/// What is to be expected by the deadline: nothing, where there is no forecast.
fn ahead(of: Option<&Outlook>) -> [Cell; 3] {
    let of = of.map(|of| [of.expected_reached, of.low_reached, of.high_reached]).unwrap_or_default();
    of.map(|count| count.map_or(NOTHING, Cell::count))
}
