//! Whom a supervisor is to ask. The cadre's record is not looked at here, so that nothing of it can reach the phone.

use diesel::dsl::not;
use diesel::prelude::*;

use crate::accounts::{Actor, Role};
use crate::campaigns::{CampaignId, ItemId};
use crate::field::model::{CheckGoods, CheckSeen, Home};
use crate::households::HouseholdId;
use crate::kit::db::schema::{checks as asked, goods as catalogue, households as files, orgs, standard_goods};
use crate::kit::db::{Conn, among};
use crate::kit::geo::Datum;
use crate::spotchecks::{CheckId, CheckState};

/// Most checks on one phone: more than anybody makes before the next pull.
const MOST: i64 = 500;
/// Most kinds of goods to pick from.
const MOST_GOODS: i64 = 500;

type Row = (CheckId, CampaignId, HouseholdId, (String, String, Option<String>), (Option<f64>, Option<f64>, Option<Datum>));

/// The checks that wait in a supervisor's subtree, the oldest first; none of a team they stand in, neither of the one that was there nor
/// of the one that has the household now, whose visits lie on their phone; and none of their own visits.
pub(in crate::field) fn checks(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<CheckSeen>> {
    if !actor.has(&[Role::Supervisor]) {
        return Ok(Vec::new());
    }
    let visited = asked::team_id.is_not_null().and(among(asked::team_id, actor.team_ids()));
    let has = files::team_id.is_not_null().and(among(files::team_id, actor.team_ids()));
    let rows: Vec<Row> = asked::table
        .inner_join(orgs::table.on(orgs::id.eq(asked::org_id)))
        .inner_join(files::table.on(files::id.eq(asked::household_id)))
        .filter(asked::state.eq(CheckState::Waiting).and(orgs::path.like(format!("{}%", actor.org.path))))
        .filter(not(visited).and(not(has)).and(asked::cadre_id.is_null().or(asked::cadre_id.ne(actor.id))))
        .order((asked::made_at, asked::id))
        .limit(MOST)
        .select((
            asked::id,
            asked::campaign_id,
            asked::household_id,
            (files::head_name, files::address, files::phone),
            (files::home_latitude, files::home_longitude, files::home_datum),
        ))
        .load(conn)?;
    let seen = |(id, campaign_id, household_id, (head_name, address, phone), home): Row| {
        let home = match home {
            (Some(latitude), Some(longitude), Some(datum)) => Some(Home { latitude, longitude, datum }),
            _ => None,
        };
        CheckSeen { id, campaign_id, household_id, head_name, address, phone, home }
    };
    Ok(rows.into_iter().map(seen).collect())
}

/// The goods that these campaigns promise.
pub(in crate::field) fn check_goods(conn: &mut Conn, campaigns: &[CampaignId]) -> QueryResult<Vec<CheckGoods>> {
    if campaigns.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(CampaignId, ItemId, String, String)> = standard_goods::table
        .inner_join(catalogue::table.on(catalogue::id.eq(standard_goods::item_id)))
        .filter(among(standard_goods::campaign_id, campaigns))
        .order((standard_goods::campaign_id, catalogue::name, standard_goods::item_id))
        .limit(MOST_GOODS)
        .select((standard_goods::campaign_id, standard_goods::item_id, catalogue::name, catalogue::unit))
        .distinct()
        .load(conn)?;
    Ok(rows.into_iter().map(|(campaign_id, item_id, name, unit)| CheckGoods { campaign_id, item_id, name, unit }).collect())
}
