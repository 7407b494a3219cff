//! Means: what was booked, who holds what, what moved, what changes hands with two signatures.

use super::table::{Asking, NOTHING, Row, minute, whole};
use crate::boards::model::Cell;
use crate::kit::db::Conn;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::Problem;
use crate::ledger::{self, CommodityKind, HeldTold, LineTold, MovedTold, Named, SlipLineTold, SumTold, Thing};

pub(super) fn entries(conn: &mut Conn, asking: &Asking, page: &PageQuery) -> Result<Page<Row>, Problem> {
    let filter = asking.asked.of_entries()?;
    Ok(ledger::lines(conn, &asking.actor, asking.asked.campaign()?, &filter, page)?.map(|row| entry(row, asking)))
}

fn entry(line: LineTold, asking: &Asking) -> Row {
    vec![
        minute(Some(line.happened_at)),
        asking.say("entry_kind", line.kind.as_str()),
        place(&line.from, asking),
        place(&line.to, asking),
        Cell::text(line.thing.name.as_ref()),
        amount(&line.thing, line.amount),
        unit(&line.thing, asking),
        Cell::yuan(line.value_fen),
        Cell::Text(line.words),
        Cell::text(Some(line.entry)),
    ]
}

pub(super) fn balances(conn: &mut Conn, asking: &Asking, _: &PageQuery) -> Result<Page<Row>, Problem> {
    let asked = &asking.asked;
    let rows = ledger::held_rows(conn, &asking.actor, asked.campaign()?, asked.account_kind, asked.at)?;
    Ok(whole(rows.into_iter().map(|row| held(row, asking)).collect()))
}

fn held(row: HeldTold, asking: &Asking) -> Row {
    vec![
        asking.say("holder", row.place.0.as_str()),
        Cell::text(row.place.1),
        Cell::text(row.thing.name.as_ref()),
        amount(&row.thing, row.amount),
        unit(&row.thing, asking),
        Cell::yuan(row.value_fen),
    ]
}

pub(super) fn sums(conn: &mut Conn, asking: &Asking, _: &PageQuery) -> Result<Page<Row>, Problem> {
    let rows = ledger::sum_rows(conn, &asking.actor, asking.asked.campaign()?, asking.asked.at)?;
    Ok(whole(rows.into_iter().map(|row| sum(&row, asking)).collect()))
}

fn sum(row: &SumTold, asking: &Asking) -> Row {
    let sum = row.sum;
    let parts = [sum.received, sum.unexplained, sum.in_store, sum.with_teams, sum.handed_over, sum.lost, sum.returned_to_source];
    let mut cells = vec![Cell::text(row.thing.name.as_ref()), unit(&row.thing, asking)];
    cells.extend(parts.map(|part| amount(&row.thing, part)));
    cells.extend([Cell::yuan(row.value_fen), asking.say("agrees", if row.agrees { "yes" } else { "no" })]);
    cells
}

pub(super) fn flow(conn: &mut Conn, asking: &Asking, _: &PageQuery) -> Result<Page<Row>, Problem> {
    let rows = ledger::moved_rows(conn, &asking.actor, asking.asked.campaign()?, asking.asked.at, asking.now)?;
    let (of, kind) = (asking.asked.commodity.as_deref(), asking.asked.commodity_kind);
    let is_asked = |row: &MovedTold| {
        let kind_fits = kind.is_none_or(|kind| (kind == CommodityKind::Cash) == row.thing.is_cash);
        kind_fits && of.is_none_or(|id| id == row.thing.id)
    };
    Ok(whole(rows.iter().filter(|row| is_asked(row)).map(|row| moved(row, asking)).collect()))
}

fn moved(row: &MovedTold, asking: &Asking) -> Row {
    vec![
        place(&row.from, asking),
        place(&row.to, asking),
        asking.say("entry_kind", row.kind.as_str()),
        Cell::text(row.thing.name.as_ref()),
        amount(&row.thing, row.amount),
        unit(&row.thing, asking),
        Cell::yuan(row.value_fen),
    ]
}

pub(super) fn slips(conn: &mut Conn, asking: &Asking, page: &PageQuery) -> Result<Page<Row>, Problem> {
    let lines = ledger::slip_lines(conn, &asking.actor, asking.asked.campaign()?, &asking.asked.of_slips(), page)?;
    Ok(lines.map(|row| slip(&row, asking)))
}

fn slip(row: &SlipLineTold, asking: &Asking) -> Row {
    let (slip, signed) = (&row.slip.seen, row.slip.seen.acknowledged.as_ref());
    vec![
        minute(Some(slip.happened_at)),
        asking.say("slip_kind", slip.kind.as_str()),
        asking.say("slip_state", slip.state.as_str()),
        Cell::text(Some(&slip.store_name)),
        Cell::text(Some(&row.slip.team_name)),
        Cell::text(row.thing.name.as_ref()),
        amount(&row.thing, row.amount),
        row.counted.map_or(NOTHING, |counted| amount(&row.thing, counted)),
        unit(&row.thing, asking),
        Cell::text(Some(&slip.words)),
        Cell::text(Some(&slip.made_by_name)),
        Cell::text(signed.map(|signed| &signed.by_name)),
        minute(signed.map(|signed| signed.at)),
        Cell::text(signed.map(|signed| &signed.words)),
        Cell::text(Some(slip.id)),
    ]
}

fn place((kind, name): &Named, asking: &Asking) -> Cell {
    let kind = asking.word("place", kind.as_str());
    Cell::Text(name.as_ref().map_or_else(|| kind.to_owned(), |name| format!("{kind}: {name}")))
}

fn amount(of: &Thing, amount: i64) -> Cell {
    Cell::places(amount, if of.is_cash { 2 } else { 3 })
}

fn unit(of: &Thing, asking: &Asking) -> Cell {
    asking.say("unit", of.unit.as_deref().unwrap_or_default())
}
