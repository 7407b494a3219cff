//! What goods, funds and teams are called, for the words of findings.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use serde_json::Value;

use crate::accounts::TeamId;
use crate::campaigns::ItemId;
use crate::kit::db::schema::{funds, goods, teams};
use crate::kit::db::{Conn, among};
use crate::ledger::FundId;

/// Names by id; an item's with its unit.
#[derive(Debug, Default)]
pub(in crate::findings) struct Names {
    names: HashMap<String, String>,
    units: HashMap<String, String>,
}

impl Names {
    /// What this id is called.
    pub(in crate::findings) fn name(&self, id: &str) -> &str {
        self.names.get(id).map_or("—", String::as_str)
    }

    /// The unit of this item.
    pub(in crate::findings) fn unit(&self, id: &str) -> &str {
        self.units.get(id).map_or("", String::as_str)
    }

    /// Looks up what these facts mention: a query for each kind of thing mentioned, none where nothing is.
    pub(in crate::findings) fn of<'a>(conn: &mut Conn, facts: impl Iterator<Item = &'a Value> + Clone) -> QueryResult<Self> {
        let mentioned = |key: &str| -> BTreeSet<&'a str> { facts.clone().filter_map(|value| value.get(key)?.as_str()).collect() };
        let mut names = Self::default();
        let items: Vec<ItemId> = mentioned("item_id").into_iter().filter_map(ItemId::parse).collect();
        if !items.is_empty() {
            let rows: Vec<(ItemId, String, String)> = goods::table.filter(among(goods::id, items)).select((goods::id, goods::name, goods::unit)).load(conn)?;
            for (id, name, unit) in rows {
                names.names.insert(id.to_string(), name);
                names.units.insert(id.to_string(), unit);
            }
        }
        let mentioned_funds: Vec<FundId> = mentioned("fund_id").into_iter().filter_map(FundId::parse).collect();
        if !mentioned_funds.is_empty() {
            let rows: Vec<(FundId, String)> = funds::table.filter(among(funds::id, mentioned_funds)).select((funds::id, funds::name)).load(conn)?;
            names.names.extend(rows.into_iter().map(|(id, name)| (id.to_string(), name)));
        }
        let mentioned_teams: Vec<TeamId> = mentioned("team_id").into_iter().filter_map(TeamId::parse).collect();
        if !mentioned_teams.is_empty() {
            let rows: Vec<(TeamId, String)> = teams::table.filter(among(teams::id, mentioned_teams)).select((teams::id, teams::name)).load(conn)?;
            names.names.extend(rows.into_iter().map(|(id, name)| (id.to_string(), name)));
        }
        Ok(names)
    }
}
