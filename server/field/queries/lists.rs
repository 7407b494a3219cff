//! The short lists: campaigns, teams, goods, funds, custody.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::accounts::{Actor, OrgId, PersonId, TeamId};
use crate::campaigns::{CampaignId, CampaignStatus, Earmark, ItemId, Policy};
use crate::field::model::{CampaignSeen, Custody, CustodyOf, FundSeen, GoodsSeen, TeamMember, TeamSeen, Totals};
use crate::findings::Standing;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{balances, campaigns as seasons, funds as sources, goods as catalogue, people, progress, team_members, teams as groups};
use crate::kit::http::problem::Problem;
use crate::ledger::{AccountKind, FundId, FundSource};

/// Most campaigns, kinds of goods and funds a phone is handed.
const MOST: i64 = 500;

type CampaignRow = (CampaignId, String, String, OrgId, CampaignStatus, Moment, Moment, String);

fn line_of(actor: &Actor) -> Vec<OrgId> {
    actor.org.path.split('/').filter_map(OrgId::parse).collect()
}

/// The campaigns of the actor's own org and of those above it.
pub(in crate::field) fn campaigns(conn: &mut Conn, actor: &Actor) -> Result<Vec<CampaignSeen>, Problem> {
    let rows: Vec<CampaignRow> = seasons::table
        .filter(seasons::org_id.eq_any(line_of(actor)).and(seasons::status.ne("draft")))
        .order((seasons::deadline_at.desc(), seasons::id))
        .limit(20)
        .select((seasons::id, seasons::name, seasons::theme, seasons::org_id, seasons::status, seasons::opens_at, seasons::deadline_at, seasons::policy))
        .load(conn)?;
    seen(conn, actor, rows)
}

/// These campaigns: what is checked may belong to an org below.
pub(in crate::field) fn campaigns_of(conn: &mut Conn, actor: &Actor, ids: &[CampaignId]) -> Result<Vec<CampaignSeen>, Problem> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<CampaignRow> = seasons::table
        .filter(seasons::id.eq_any(ids).and(seasons::status.ne("draft")))
        .order((seasons::deadline_at.desc(), seasons::id))
        .select((seasons::id, seasons::name, seasons::theme, seasons::org_id, seasons::status, seasons::opens_at, seasons::deadline_at, seasons::policy))
        .load(conn)?;
    seen(conn, actor, rows)
}

fn seen(conn: &mut Conn, actor: &Actor, rows: Vec<CampaignRow>) -> Result<Vec<CampaignSeen>, Problem> {
    let counted: Vec<(CampaignId, Standing, bool, i64)> = progress::table
        .filter(progress::team_id.eq_any(actor.team_ids()))
        .select((progress::campaign_id, progress::standing, progress::reached, progress::households))
        .load(conn)?;
    let mut totals: HashMap<CampaignId, Totals> = HashMap::new();
    for (campaign, standing, reached, households) in counted {
        totals.entry(campaign).or_default().add(standing, reached, households);
    }
    let seen = |(id, name, theme, org_id, status, opens_at, deadline_at, policy): CampaignRow| {
        let policy: Policy = serde_json::from_str(&policy).map_err(|error| Problem::unexpected(format!("a stored policy: {error}")))?;
        let totals = totals.remove(&id).unwrap_or_default();
        Ok(CampaignSeen { id, name, theme, org_id, status, opens_at, deadline_at, policy, seal_key: None, totals })
    };
    rows.into_iter().map(seen).collect()
}

impl Totals {
    fn add(&mut self, standing: Standing, reached: bool, households: i64) {
        self.households += households;
        if reached {
            self.reached += households;
        }
        match standing {
            Standing::Unreached => self.unreached += households,
            Standing::Attempted => self.attempted += households,
            Standing::Pending => self.pending += households,
            Standing::Matched => self.matched += households,
            Standing::Disputed => self.disputed += households,
            Standing::Settled => self.settled += households,
        }
    }
}

pub(in crate::field) fn teams(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<TeamSeen>> {
    let own = actor.team_ids();
    let rows: Vec<(TeamId, String, String, OrgId)> = groups::table
        .filter(groups::id.eq_any(&own))
        .order((groups::code, groups::id))
        .select((groups::id, groups::code, groups::name, groups::org_id))
        .load(conn)?;
    let stand: Vec<(TeamId, PersonId, String, bool)> = team_members::table
        .inner_join(people::table.on(people::id.eq(team_members::person_id)))
        .filter(team_members::team_id.eq_any(&own).and(people::disabled_at.is_null()))
        .order((people::name, people::id))
        .select((team_members::team_id, people::id, people::name, team_members::is_lead))
        .load(conn)?;
    let mut members: HashMap<TeamId, Vec<TeamMember>> = HashMap::new();
    for (team, id, name, is_lead) in stand {
        members.entry(team).or_default().push(TeamMember { id, name, is_lead });
    }
    let seen = |(id, code, name, org_id)| TeamSeen { id, code, name, org_id, is_lead: actor.leads(id), members: members.remove(&id).unwrap_or_default() };
    Ok(rows.into_iter().map(seen).collect())
}

pub(in crate::field) fn goods(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<GoodsSeen>> {
    let rows: Vec<(ItemId, String, String, i64)> = catalogue::table
        .filter(catalogue::org_id.eq_any(line_of(actor)))
        .order((catalogue::name, catalogue::id))
        .limit(MOST)
        .select((catalogue::id, catalogue::name, catalogue::unit, catalogue::unit_value_fen))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, name, unit, unit_value_fen)| GoodsSeen { id, name, unit, unit_value_fen }).collect())
}

pub(in crate::field) fn funds(conn: &mut Conn, campaigns: &[CampaignId]) -> QueryResult<Vec<FundSeen>> {
    let rows: Vec<(FundId, CampaignId, String, FundSource, Earmark)> = sources::table
        .filter(sources::campaign_id.eq_any(campaigns))
        .order((sources::campaign_id, sources::name))
        .limit(MOST)
        .select((sources::id, sources::campaign_id, sources::name, sources::source, sources::earmark))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, campaign_id, name, source, earmark)| FundSeen { id, campaign_id, name, source, earmark }).collect())
}

pub(in crate::field) fn custody(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Custody>> {
    let rows: Vec<(TeamId, CampaignId, String, String, AccountKind, i64)> = balances::table
        .filter(balances::account_kind.eq_any([AccountKind::Team, AccountKind::Unexplained]))
        .filter(balances::account_id.eq_any(actor.team_ids()).and(balances::amount.ne(0)))
        .order((balances::campaign_id, balances::account_id, balances::commodity_kind, balances::commodity_id))
        .select((balances::account_id, balances::campaign_id, balances::commodity_kind, balances::commodity_id, balances::account_kind, balances::amount))
        .load(conn)?;
    // A team holds a thing or owes it, never both.
    let seen = |(team_id, campaign_id, kind, commodity, side, amount): (TeamId, CampaignId, String, String, AccountKind, i64)| {
        let of = if kind == "cash" { CustodyOf::Cash { fund_id: commodity } } else { CustodyOf::Goods { item_id: commodity } };
        let (amount, unexplained) = if side == AccountKind::Team { (amount, 0) } else { (0, amount.saturating_neg()) };
        Custody { team_id, campaign_id, of, amount, unexplained }
    };
    Ok(rows.into_iter().map(seen).collect())
}
