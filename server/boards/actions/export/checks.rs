//! The spot check: what was drawn, whom to ask, and what came out.

use super::table::{Asking, NOTHING, Row, minute, whole};
use crate::boards::model::Cell;
use crate::kit::db::Conn;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::Problem;
use crate::spotchecks::{self, CheckRow, Sample, Tally, Verdict};

pub(super) fn samples(conn: &mut Conn, asking: &Asking, page: &PageQuery) -> Result<Page<Row>, Problem> {
    Ok(spotchecks::samples(conn, &asking.actor, asking.asked.campaign()?, page)?.map(|row| sample(row, asking)))
}

fn sample(row: Sample, asking: &Asking) -> Row {
    vec![
        asking.say("sample_kind", row.kind.as_str()),
        Cell::count(row.k),
        minute(Some(row.drawn_at)),
        Cell::count(row.households),
        Cell::places(row.rate.ppm(), 6),
        Cell::count(row.size),
        Cell::count(row.seats),
        Cell::yuan(row.handed_fen),
        Cell::Text(row.words),
        Cell::text(Some(row.id)),
    ]
}

pub(super) fn checks(conn: &mut Conn, asking: &Asking, page: &PageQuery) -> Result<Page<Row>, Problem> {
    Ok(spotchecks::checks(conn, &asking.actor, asking.asked.sample()?, asking.asked.check_state, page)?.map(|row| check(row, asking)))
}

fn check(row: CheckRow, asking: &Asking) -> Row {
    let [team, category] = stratum(&row.stratum, asking);
    vec![
        Cell::Text(row.household.head_name),
        Cell::Text(row.household.address),
        Cell::text(row.household.phone),
        team,
        category,
        Cell::count(row.place),
        asking.say("check_state", row.state.as_str()),
        asking.say_any("verdict", row.verdict.map(Verdict::as_str)),
        Cell::text(row.replaces),
        Cell::text(Some(row.id)),
    ]
}

/// By stratum, and in all at the end, where shares are weighted.
pub(super) fn strata(conn: &mut Conn, asking: &Asking, _: &PageQuery) -> Result<Page<Row>, Problem> {
    let found = spotchecks::result(conn, &asking.actor, asking.asked.sample()?)?;
    let mut rows: Vec<Row> = found.strata.into_iter().map(|of| counted(stratum(&of.stratum, asking), &of.tally)).collect();
    rows.push(counted([asking.say("stratum", "overall"), NOTHING], &found.overall));
    Ok(whole(rows))
}

fn counted(of: [Cell; 2], tally: &Tally) -> Row {
    let mut cells = Vec::from(of);
    cells.extend([tally.households, tally.drawn, tally.checked, tally.unreachable, tally.discrepancies, tally.minor].map(Cell::count));
    for share in [tally.share, tally.pessimistic] {
        cells.extend(share.map(|of| [of.rate_ppm, of.low_ppm, of.high_ppm]).map_or([NOTHING, NOTHING, NOTHING], |of| of.map(|ppm| Cell::places(ppm, 6))));
    }
    cells
}

/// `team_code/category` as two cells; without a team there is no code.
fn stratum(of: &str, asking: &Asking) -> [Cell; 2] {
    let (team, category) = of.split_once('/').unwrap_or((of, ""));
    let team = if team == "?" { asking.say("team", "none") } else { Cell::Text(team.to_owned()) };
    [team, asking.say("category", category)]
}
