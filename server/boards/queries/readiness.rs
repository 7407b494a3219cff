//! What is known before a campaign opens.

use std::collections::BTreeMap;

use diesel::dsl::{count_star, exists, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::accounts::{self, Actor, TeamId};
use crate::boards::model::{Approved, ReadyFacts, Stock, Visiting};
use crate::campaigns::{self, Campaign, CampaignId, CampaignStatus, Earmark, ItemId};
use crate::households::{Category, Status};
use crate::kit::clock::{DAY_MS, Moment};
use crate::kit::db::schema::{balances, funds, households, notices, orgs, people, team_members, teams};
use crate::kit::db::{Conn, among};
use crate::kit::http::problem::{Code, Problem};
use crate::ledger::{AccountKind, CommodityKind};

/// Teams looked at at most.
const MOST_TEAMS: i64 = 2_000;
/// Where means come from and where they end without having reached anybody.
const ENDS: [AccountKind; 3] = [AccountKind::Source, AccountKind::Returned, AccountKind::Loss];

/// Fen by earmark.
type Cash = Vec<(Earmark, i64)>;
/// Thousandths of a unit by item.
type Goods = BTreeMap<String, i64>;

/// What is known of a campaign and of those it is for, to whom may change it and to whom audits it.
pub(in crate::boards) fn ready_facts(conn: &mut Conn, actor: &Actor, id: CampaignId, now: Moment) -> Result<ReadyFacts, Problem> {
    let campaign = campaigns::for_auditing(conn, actor, id)?;
    let org = accounts::org(conn, campaign.org_id)?.ok_or(Problem::of(Code::NotFound))?;
    let path = format!("{}%", org.path);
    let first_visit = if campaign.opens_at > now { campaign.opens_at } else { now };
    let notice_ms = campaign.policy.notice_days.saturating_mul(DAY_MS);
    let standards = campaigns::standards_of(conn, id)?;
    let items: Vec<ItemId> = standards.as_slice().iter().flat_map(|standard| standard.goods.iter().map(|line| line.item_id)).collect();
    let (cash, received) = received(conn, &campaign)?;
    let mut goods = Vec::new();
    for item in campaigns::items_by_id(conn, &items)? {
        let received_milli = received.get(item.id.as_str()).copied().unwrap_or_default();
        goods.push(Stock { item_id: item.id, name: item.name, unit: item.unit, received_milli });
    }
    Ok(ReadyFacts {
        campaign_id: id,
        is_draft: campaign.status == CampaignStatus::Draft,
        is_past: campaign.deadline_at <= now,
        standards,
        approved: approved(conn, &path)?,
        by_status: by_status(conn, &path)?,
        notice_over: noticed(conn, &path, Status::Noticed)? - noticed_since(conn, &path, Status::Noticed, now.plus_ms(-notice_ms))?,
        notice_running: noticed_since(conn, &path, Status::Approved, first_visit.plus_ms(-notice_ms))?,
        teams: visiting(conn, &path)?,
        cash,
        goods,
        has_seal_key: campaigns::seal_keys_of(conn, &[id])?.contains_key(&id),
        is_committed: campaigns::draw_seed(conn, id)?.is_some(),
    })
}

fn approved(conn: &mut Conn, path: &str) -> QueryResult<Vec<Approved>> {
    let rows: Vec<(Category, i64, i64)> = households::table
        .inner_join(orgs::table.on(orgs::id.eq(households::org_id)))
        .filter(households::status.eq(Status::Approved).and(orgs::path.like(path)))
        .group_by(households::category)
        .order(households::category)
        .select((households::category, count_star(), sql::<BigInt>("COUNT(households.team_id)")))
        .load(conn)?;
    Ok(rows.into_iter().map(|(category, files, with_team)| Approved { category, files, with_team }).collect())
}

fn by_status(conn: &mut Conn, path: &str) -> QueryResult<Vec<(Status, i64)>> {
    households::table
        .inner_join(orgs::table.on(orgs::id.eq(households::org_id)))
        .filter(orgs::path.like(path))
        .group_by(households::status)
        .order(households::status)
        .select((households::status, count_star()))
        .load(conn)
}

fn noticed(conn: &mut Conn, path: &str, status: Status) -> QueryResult<i64> {
    let own = households::table.inner_join(orgs::table.on(orgs::id.eq(households::org_id)));
    own.filter(households::status.eq(status).and(orgs::path.like(path))).select(count_star()).first(conn)
}

/// Files of a status that were made public after a moment: the last notice counts.
fn noticed_since(conn: &mut Conn, path: &str, status: Status, since: Moment) -> QueryResult<i64> {
    let own = households::table.inner_join(orgs::table.on(orgs::id.eq(households::org_id)));
    let public = notices::table.filter(notices::household_id.eq(households::id).and(notices::published_at.gt(since)));
    own.filter(households::status.eq(status).and(orgs::path.like(path)).and(exists(public))).select(count_star()).first(conn)
}

fn visiting(conn: &mut Conn, path: &str) -> QueryResult<Vec<Visiting>> {
    let rows: Vec<(Option<TeamId>, i64)> = households::table
        .inner_join(orgs::table.on(orgs::id.eq(households::org_id)))
        .filter(households::status.eq(Status::Approved).and(orgs::path.like(path)).and(households::team_id.is_not_null()))
        .group_by(households::team_id)
        .order(households::team_id)
        .limit(MOST_TEAMS)
        .select((households::team_id, count_star()))
        .load(conn)?;
    let households: BTreeMap<TeamId, i64> = rows.into_iter().filter_map(|(id, count)| Some((id?, count))).collect();
    let standing: Vec<(TeamId, bool)> = team_members::table
        .inner_join(people::table.on(people::id.eq(team_members::person_id)))
        .filter(among(team_members::team_id, households.keys()).and(people::disabled_at.is_null()))
        .select((team_members::team_id, team_members::is_lead))
        .load(conn)?;
    let named: Vec<(TeamId, String)> =
        teams::table.filter(among(teams::id, households.keys())).order((teams::code, teams::id)).select((teams::id, teams::name)).load(conn)?;
    let mut people: BTreeMap<TeamId, (i64, i64)> = BTreeMap::new();
    for (team, is_lead) in standing {
        let (leads, cadres) = people.entry(team).or_default();
        *if is_lead { leads } else { cadres } += 1;
    }
    let team = |(id, name): (TeamId, String)| {
        let (leads, cadres) = people.get(&id).copied().unwrap_or_default();
        Visiting { id, name, households: households.get(&id).copied().unwrap_or_default(), leads, cadres }
    };
    Ok(named.into_iter().map(team).collect())
}

/// What came in and neither went back nor was lost: cash by earmark, goods by item.
fn received(conn: &mut Conn, campaign: &Campaign) -> QueryResult<(Cash, Goods)> {
    let rows: Vec<(CommodityKind, String, i64)> = balances::table
        .filter(balances::campaign_id.eq(campaign.id).and(balances::account_kind.eq_any(ENDS)))
        .group_by((balances::commodity_kind, balances::commodity_id))
        .select((balances::commodity_kind, balances::commodity_id, sql::<BigInt>("CAST(-SUM(balances.amount) AS BIGINT)")))
        .load(conn)?;
    let earmarks: Vec<(String, Earmark)> = funds::table.filter(funds::campaign_id.eq(campaign.id)).select((funds::id, funds::earmark)).load(conn)?;
    let (mut cash, mut goods) = (BTreeMap::new(), BTreeMap::new());
    for (kind, id, amount) in rows {
        match kind {
            CommodityKind::Cash => cash.insert(id, amount),
            CommodityKind::Goods => goods.insert(id, amount),
        };
    }
    Ok((earmarks.into_iter().map(|(fund, earmark)| (earmark, cash.get(&fund).copied().unwrap_or_default())).collect(), goods))
}
