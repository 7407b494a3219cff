//! The tables of this room: campaigns and their standards.

mod draw_seeds;
mod goods;
mod seal_keys;

pub(super) use draw_seeds::{draw_seed, draw_seeds_after, insert_draw_seed, lock_draw_seed_anew, reveal_draw_seed, uncommitted};
pub(super) use goods::{insert_item, item, items_by_id, items_of, known_items};
pub(super) use seal_keys::{insert_key, keys_after, keys_by_id, lock_anew, newest_keys, open_campaigns};

use diesel::prelude::*;

use super::model::{Campaign, CampaignId, CampaignStatus, ItemId, Purpose, Quantity, Standard, Standards};
use super::policy::Policy;
use crate::accounts::OrgId;
use crate::each;
use crate::households::Category;
use crate::kit::clock::Moment;
use crate::kit::db::schema::{campaigns, standard_goods, standards};
use crate::kit::db::{Conn, among};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = campaigns, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: CampaignId,
    org_id: OrgId,
    name: String,
    theme: String,
    status: CampaignStatus,
    opens_at: Moment,
    deadline_at: Moment,
    policy: String,
    opened_at: Option<Moment>,
    closed_at: Option<Moment>,
    version: i64,
    made_at: Moment,
}

impl TryFrom<&Campaign> for Row {
    type Error = diesel::result::Error;

    fn try_from(of: &Campaign) -> QueryResult<Self> {
        let policy = serde_json::to_string(&of.policy).map_err(|error| Self::Error::SerializationError(error.into()))?;
        let (name, theme) = (of.name.clone(), of.theme.clone());
        let Campaign { id, org_id, status, opens_at, deadline_at, opened_at, closed_at, version, made_at, .. } = *of;
        Ok(Self { id, org_id, name, theme, status, opens_at, deadline_at, policy, opened_at, closed_at, version, made_at })
    }
}

impl TryFrom<Row> for Campaign {
    type Error = diesel::result::Error;

    fn try_from(row: Row) -> QueryResult<Self> {
        let policy: Policy = serde_json::from_str(&row.policy).map_err(|error| Self::Error::DeserializationError(error.into()))?;
        let Row { id, org_id, name, theme, status, opens_at, deadline_at, opened_at, closed_at, version, made_at, .. } = row;
        Ok(Self { id, org_id, name, theme, status, opens_at, deadline_at, policy, opened_at, closed_at, version, made_at })
    }
}

/// One campaign.
pub(super) fn campaign(conn: &mut Conn, id: CampaignId) -> QueryResult<Option<Campaign>> {
    let row: Option<Row> = campaigns::table.find(id).select(Row::as_select()).first(conn).optional()?;
    row.map(Campaign::try_from).transpose()
}

/// Campaigns of these orgs, newest first by id, `limit` of them before `before`.
pub(super) fn campaigns_of(conn: &mut Conn, orgs: &[OrgId], drafts: bool, before: Option<CampaignId>, limit: i64) -> QueryResult<Vec<Campaign>> {
    let mut query = campaigns::table.filter(among(campaigns::org_id, orgs)).select(Row::as_select()).into_boxed();
    if !drafts {
        query = query.filter(campaigns::status.ne(CampaignStatus::Draft));
    }
    if let Some(before) = before {
        query = query.filter(campaigns::id.lt(before));
    }
    let rows: Vec<Row> = query.order(campaigns::id.desc()).limit(limit).load(conn)?;
    rows.into_iter().map(Campaign::try_from).collect()
}

/// Adds a campaign.
pub(super) fn insert(conn: &mut Conn, campaign: &Campaign) -> QueryResult<()> {
    diesel::insert_into(campaigns::table).values(Row::try_from(campaign)?).execute(conn).map(drop)
}

/// Keeps a changed campaign; says whether nobody else had changed it since `version`.
pub(super) fn update(conn: &mut Conn, campaign: &Campaign, version: i64) -> QueryResult<bool> {
    let unchanged = campaigns::table.filter(campaigns::id.eq(campaign.id).and(campaigns::version.eq(version)));
    diesel::update(unchanged).set(Row::try_from(campaign)?).execute(conn).map(|rows| rows == 1)
}

/// The standards of a campaign.
pub(super) fn standards(conn: &mut Conn, campaign: CampaignId) -> QueryResult<Standards> {
    let rows: Vec<(Category, i64, Purpose)> = standards::table
        .filter(standards::campaign_id.eq(campaign))
        .order(standards::category)
        .select((standards::category, standards::cash_fen, standards::purpose))
        .load(conn)?;
    let goods: Vec<(Category, ItemId, i64)> = standard_goods::table
        .filter(standard_goods::campaign_id.eq(campaign))
        .order((standard_goods::category, standard_goods::item_id))
        .select((standard_goods::category, standard_goods::item_id, standard_goods::quantity_milli))
        .load(conn)?;
    let of = |category| goods.iter().filter(move |line| line.0 == category).map(|&(_, item_id, quantity_milli)| Quantity { item_id, quantity_milli });
    let standard = |(category, cash_fen, purpose)| Standard { category, cash_fen, purpose, goods: of(category).collect() };
    Ok(rows.into_iter().map(standard).collect::<Vec<_>>().into())
}

/// Puts these standards in the place of the old ones.
pub(super) fn replace_standards(conn: &mut Conn, campaign: CampaignId, new: &Standards) -> QueryResult<()> {
    diesel::delete(standard_goods::table.filter(standard_goods::campaign_id.eq(campaign))).execute(conn)?;
    diesel::delete(standards::table.filter(standards::campaign_id.eq(campaign))).execute(conn)?;
    let rows: Vec<_> = new
        .as_slice()
        .iter()
        .map(|standard| {
            (
                standards::campaign_id.eq(campaign),
                standards::category.eq(standard.category),
                standards::cash_fen.eq(standard.cash_fen),
                standards::purpose.eq(standard.purpose),
            )
        })
        .collect();
    each!(&mut *conn, |c| diesel::insert_into(standards::table).values(&rows).execute(c))?;
    let lines = new.as_slice().iter().flat_map(|standard| standard.goods.iter().map(|line| (standard.category, *line)));
    let rows: Vec<_> = lines
        .map(|(category, line)| {
            (
                standard_goods::campaign_id.eq(campaign),
                standard_goods::category.eq(category),
                standard_goods::item_id.eq(line.item_id),
                standard_goods::quantity_milli.eq(line.quantity_milli),
            )
        })
        .collect();
    each!(&mut *conn, |c| diesel::insert_into(standard_goods::table).values(&rows).execute(c)).map(drop)
}
