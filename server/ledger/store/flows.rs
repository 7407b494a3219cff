//! What moved from where to where.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::campaigns::CampaignId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::flows as kept;
use crate::ledger::model::keys::{AccountKind, CommodityKind};
use crate::ledger::model::{Commodity, EntryKind, Link, Links, Moved, Place};
use crate::{each, upsert_all};

#[derive(Insertable)]
#[diesel(table_name = kept, treat_none_as_default_value = false)]
struct NewFlow<'a> {
    campaign_id: CampaignId,
    from_kind: AccountKind,
    from_id: &'a str,
    to_kind: AccountKind,
    to_id: &'a str,
    kind: EntryKind,
    commodity_kind: CommodityKind,
    commodity_id: &'a str,
    amount: i64,
    value_fen: i64,
}

#[derive(Queryable, QueryableByName, Selectable)]
#[diesel(table_name = kept)]
struct Flow {
    from_kind: AccountKind,
    from_id: String,
    to_kind: AccountKind,
    to_id: String,
    kind: EntryKind,
    commodity_kind: CommodityKind,
    commodity_id: String,
    amount: i64,
    value_fen: i64,
}

/// One text for both engines: `$1` is the first value to either. The join goes from few entries to their postings by the primary key.
const MOVED_AFTER: &str = "
    SELECT from_kind, from_id, to_kind, to_id, kind, commodity_kind, commodity_id,
        CAST(SUM(sign * amount) AS BIGINT) AS amount, CAST(SUM(sign * value_fen) AS BIGINT) AS value_fen
    FROM (
        SELECT CASE gave.account_kind WHEN 'unexplained' THEN 'team' ELSE gave.account_kind END AS from_kind,
            CASE WHEN gave.account_kind IN ('household', 'enterprise', 'person') THEN '' ELSE gave.account_id END AS from_id,
            CASE took.account_kind WHEN 'unexplained' THEN 'team' ELSE took.account_kind END AS to_kind,
            CASE WHEN took.account_kind IN ('household', 'enterprise', 'person') THEN '' ELSE took.account_id END AS to_id,
            COALESCE(undone.kind, entries.kind) AS kind, gave.commodity_kind AS commodity_kind, gave.commodity_id AS commodity_id,
            CASE WHEN entries.reverses IS NULL THEN 1 ELSE -1 END AS sign,
            CASE WHEN ABS(gave.amount) < ABS(took.amount) THEN ABS(gave.amount) ELSE ABS(took.amount) END AS amount,
            CASE WHEN ABS(gave.amount) < ABS(took.amount) THEN COALESCE(ABS(gave.value_fen), 0) ELSE COALESCE(ABS(took.value_fen), 0) END AS value_fen
        FROM entries
        LEFT JOIN entries AS undone ON undone.id = entries.reverses
        JOIN postings AS gave ON gave.entry_id = entries.id
        JOIN postings AS took ON took.entry_id = entries.id AND took.commodity_kind = gave.commodity_kind AND took.commodity_id = gave.commodity_id
        WHERE entries.campaign_id = $1 AND entries.happened_at > $2
            AND (gave.amount < 0) = (entries.reverses IS NULL) AND (took.amount > 0) = (entries.reverses IS NULL)
    ) AS moved
    GROUP BY from_kind, from_id, to_kind, to_id, kind, commodity_kind, commodity_id";

/// What moved after a moment, by when it happened. One end of an entry has one posting for a commodity, the other one or two.
pub fn moved_after(conn: &mut Conn, campaign: CampaignId, at: Moment) -> QueryResult<Links> {
    let rows: Vec<Flow> = each!(conn, |c| diesel::sql_query(MOVED_AFTER).bind::<Text, _>(campaign).bind::<BigInt, _>(at).load(c))?;
    rows.into_iter().map(read).collect()
}

/// All that moved; only what these orgs' stores and these teams gave or took, where some are named.
pub fn flows(conn: &mut Conn, campaign: CampaignId, of: Option<&[String]>) -> QueryResult<Links> {
    let mut query = kept::table.filter(kept::campaign_id.eq(campaign)).select(Flow::as_select()).into_boxed();
    if let Some(of) = of {
        let ends = [AccountKind::Store, AccountKind::Team];
        let gave = kept::from_kind.eq_any(ends).and(kept::from_id.eq_any(of));
        query = query.filter(gave.or(kept::to_kind.eq_any(ends).and(kept::to_id.eq_any(of))));
    }
    let rows: Vec<Flow> = query.load(conn)?;
    rows.into_iter().map(read).collect()
}

fn read(flow: Flow) -> QueryResult<(Link, Moved)> {
    let named = || {
        let (from, to) = (Place::named(flow.from_kind, &flow.from_id)?, Place::named(flow.to_kind, &flow.to_id)?);
        Some(Link { from, to, kind: flow.kind, commodity: Commodity::named(flow.commodity_kind, &flow.commodity_id)? })
    };
    let link = named().ok_or_else(|| diesel::result::Error::DeserializationError("a flow names no place".into()))?;
    Ok((link, Moved { amount: flow.amount, value_fen: flow.value_fen }))
}

type NetRow = (AccountKind, AccountKind, CommodityKind, String, i64, i64);

/// The same summed up by kinds of ends: `(gave, took, of what, how much)`.
pub fn nets(conn: &mut Conn, campaign: CampaignId) -> QueryResult<Vec<(AccountKind, AccountKind, Commodity, Moved)>> {
    use diesel::dsl::sql;
    let by = (kept::from_kind, kept::to_kind, kept::commodity_kind, kept::commodity_id);
    let sums = (sql::<BigInt>("CAST(SUM(amount) AS BIGINT)"), sql::<BigInt>("CAST(SUM(value_fen) AS BIGINT)"));
    let rows: Vec<NetRow> = kept::table
        .filter(kept::campaign_id.eq(campaign))
        .group_by(by)
        .select((kept::from_kind, kept::to_kind, kept::commodity_kind, kept::commodity_id, sums.0, sums.1))
        .load(conn)?;
    let net = |(from, to, kind, id, amount, value_fen): NetRow| {
        let commodity = Commodity::named(kind, &id).ok_or_else(|| diesel::result::Error::DeserializationError("a flow names no commodity".into()))?;
        Ok((from, to, commodity, Moved { amount, value_fen }))
    };
    rows.into_iter().map(net).collect()
}

/// Adds to what moved. The caller holds the lock of an account at one end of each.
pub fn add_flows(conn: &mut Conn, campaign_id: CampaignId, links: &Links) -> QueryResult<()> {
    let rows: Vec<NewFlow<'_>> = links
        .iter()
        .map(|(link, moved)| NewFlow {
            campaign_id,
            from_kind: link.from.kind(),
            from_id: link.from.id(),
            to_kind: link.to.kind(),
            to_id: link.to.id(),
            kind: link.kind,
            commodity_kind: link.commodity.kind(),
            commodity_id: link.commodity.id(),
            amount: moved.amount,
            value_fen: moved.value_fen,
        })
        .collect();
    upsert_all!(
        &mut *conn,
        &rows,
        kept::table,
        "ON CONFLICT (campaign_id, from_kind, from_id, to_kind, to_id, kind, commodity_kind, commodity_id)
         DO UPDATE SET amount = flows.amount + excluded.amount, value_fen = flows.value_fen + excluded.value_fen"
    )
}
