//! What is promised, and with which means: campaigns, their standards and funds, the goods, each household's entitlement.

use std::collections::BTreeMap;

use super::table::{Asking, Row, minute, whole};
use crate::boards::model::{Cell, HouseholdRow};
use crate::boards::queries;
use crate::campaigns::{self, Campaign, Item, ItemId, Quantity};
use crate::entitlements::{self, Entitlement};
use crate::households::HouseholdId;
use crate::kit::db::Conn;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::Problem;
use crate::ledger;

pub(super) fn campaigns(conn: &mut Conn, asking: &Asking, page: &PageQuery) -> Result<Page<Row>, Problem> {
    Ok(campaigns::listed(conn, &asking.actor, page)?.map(|row| campaign(row, asking)))
}

fn campaign(row: Campaign, asking: &Asking) -> Row {
    vec![
        Cell::Text(row.name),
        Cell::Text(row.theme),
        asking.say("campaign_status", row.status.as_str()),
        minute(Some(row.opens_at)),
        minute(Some(row.deadline_at)),
        minute(row.opened_at),
        minute(row.closed_at),
        Cell::text(Some(row.id)),
    ]
}

pub(super) fn goods(conn: &mut Conn, asking: &Asking, page: &PageQuery) -> Result<Page<Row>, Problem> {
    let row = |item: Item| vec![Cell::Text(item.name), Cell::Text(item.unit), Cell::yuan(item.unit_value_fen), Cell::text(Some(item.id))];
    Ok(campaigns::items(conn, &asking.actor, page)?.map(row))
}

pub(super) fn funds(conn: &mut Conn, asking: &Asking, _: &PageQuery) -> Result<Page<Row>, Problem> {
    let row = |fund: ledger::Fund| {
        let (source, earmark) = (asking.say("fund_source", fund.source.as_str()), asking.say("purpose", fund.earmark.as_str()));
        vec![Cell::Text(fund.name), source, earmark, Cell::text(Some(fund.id))]
    };
    Ok(whole(ledger::funds(conn, &asking.actor, asking.asked.campaign()?)?.into_iter().map(row).collect()))
}

pub(super) fn standards(conn: &mut Conn, asking: &Asking, _: &PageQuery) -> Result<Page<Row>, Problem> {
    let campaign = asking.asked.campaign()?;
    campaigns::visible(conn, &asking.actor, campaign)?;
    let standards = campaigns::standards_of(conn, campaign)?;
    let known = known(conn, standards.as_slice().iter().flat_map(|of| &of.goods))?;
    let row = |of: &campaigns::Standard| {
        let (category, purpose) = (asking.say("category", of.category.as_str()), asking.say("purpose", of.purpose.as_str()));
        vec![category, Cell::yuan(of.cash_fen), purpose, named(&of.goods, &known)]
    };
    Ok(whole(standards.as_slice().iter().map(row).collect()))
}

/// The page tells an entitlement on its household's; in a file of all of them it needs the household's name.
pub(super) fn entitlements(conn: &mut Conn, asking: &Asking, page: &PageQuery) -> Result<Page<Row>, Problem> {
    let (actor, campaign) = (&asking.actor, asking.asked.campaign()?);
    let listed = entitlements::listed(conn, actor, campaign, asking.asked.household, page)?;
    let ids: Vec<HouseholdId> = listed.items.iter().map(|row| row.household_id).collect();
    let homes: BTreeMap<HouseholdId, HouseholdRow> = queries::households_of(conn, actor, campaign, &ids)?.into_iter().map(|row| (row.id, row)).collect();
    let known = known(conn, listed.items.iter().flat_map(|row| &row.goods))?;
    let row = |row: Entitlement| {
        let home = homes.get(&row.household_id);
        vec![
            Cell::text(home.map(|home| &home.head_name)),
            Cell::text(home.map(|home| &home.head_id_masked)),
            Cell::text(home.and_then(|home| home.team_name.as_ref())),
            asking.say("category", row.category.as_str()),
            Cell::yuan(row.cash_fen),
            asking.say("purpose", row.purpose.as_str()),
            named(&row.goods, &known),
            minute(Some(row.frozen_at)),
            Cell::text(Some(row.household_id)),
        ]
    };
    Ok(listed.map(row))
}

fn known<'a>(conn: &mut Conn, goods: impl Iterator<Item = &'a Quantity>) -> Result<BTreeMap<ItemId, Item>, Problem> {
    let mut ids: Vec<ItemId> = goods.map(|line| line.item_id).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(campaigns::items_by_id(conn, &ids)?.into_iter().map(|item| (item.id, item)).collect())
}

/// Goods in one cell: `大米 2.000 袋; 食用油 1.000 升`.
fn named(goods: &[Quantity], known: &BTreeMap<ItemId, Item>) -> Cell {
    let one = |line: &Quantity| {
        let (Cell::Number(amount) | Cell::Text(amount)) = Cell::places(line.quantity_milli, 3);
        let (name, unit) = known.get(&line.item_id).map_or((line.item_id.as_str(), ""), |item| (item.name.as_str(), item.unit.as_str()));
        format!("{name} {amount} {unit}").trim_end().to_owned()
    };
    Cell::Text(goods.iter().map(one).collect::<Vec<_>>().join("; "))
}
