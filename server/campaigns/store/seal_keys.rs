//! The keys that phones seal to.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::campaigns::model::{CampaignId, CampaignStatus, SealKey, SealKeyId};
use crate::kit::clock::Moment;
use crate::kit::db::schema::{campaigns, orgs, seal_keys};
use crate::kit::db::{Conn, among};

type Row = (SealKeyId, CampaignId, String, String, Moment);
type Columns = (seal_keys::id, seal_keys::campaign_id, seal_keys::public_key, seal_keys::private_key, seal_keys::made_at);
const COLUMNS: Columns = (seal_keys::id, seal_keys::campaign_id, seal_keys::public_key, seal_keys::private_key, seal_keys::made_at);

fn key_of((id, campaign_id, public_key, private_key, made_at): Row) -> SealKey {
    SealKey { id, campaign_id, public_key, private_key, made_at }
}

/// The newest key of each of these campaigns.
pub fn newest_keys(conn: &mut Conn, of: &[CampaignId]) -> QueryResult<HashMap<CampaignId, SealKey>> {
    let rows: Vec<Row> = seal_keys::table.filter(among(seal_keys::campaign_id, of)).order((seal_keys::made_at, seal_keys::id)).select(COLUMNS).load(conn)?;
    Ok(rows.into_iter().map(|row| (row.1, key_of(row))).collect())
}

/// These keys, as far as there are such.
pub fn keys_by_id(conn: &mut Conn, ids: &[SealKeyId]) -> QueryResult<Vec<SealKey>> {
    let rows: Vec<Row> = seal_keys::table.filter(among(seal_keys::id, ids)).select(COLUMNS).load(conn)?;
    Ok(rows.into_iter().map(key_of).collect())
}

/// Keys after this one, by id.
pub fn keys_after(conn: &mut Conn, after: SealKeyId, limit: i64) -> QueryResult<Vec<SealKey>> {
    let rows: Vec<Row> = seal_keys::table.filter(seal_keys::id.gt(after)).order(seal_keys::id).limit(limit).select(COLUMNS).load(conn)?;
    Ok(rows.into_iter().map(key_of).collect())
}

/// Adds a key.
pub fn insert_key(conn: &mut Conn, key: &SealKey) -> QueryResult<()> {
    let row = (
        seal_keys::id.eq(key.id),
        seal_keys::campaign_id.eq(key.campaign_id),
        seal_keys::public_key.eq(&key.public_key),
        seal_keys::private_key.eq(&key.private_key),
        seal_keys::made_at.eq(key.made_at),
    );
    diesel::insert_into(seal_keys::table).values(row).execute(conn).map(drop)
}

/// Keeps a private key locked anew.
pub fn lock_anew(conn: &mut Conn, id: SealKeyId, private_key: &str) -> QueryResult<()> {
    diesel::update(seal_keys::table.find(id)).set(seal_keys::private_key.eq(private_key)).execute(conn).map(drop)
}

/// Open campaigns, each with the chain of its org; one of them alone where it is named.
pub fn open_campaigns(conn: &mut Conn, only: Option<CampaignId>, limit: i64) -> QueryResult<Vec<(CampaignId, String)>> {
    let mut query = campaigns::table
        .inner_join(orgs::table.on(orgs::id.eq(campaigns::org_id)))
        .filter(campaigns::status.eq(CampaignStatus::Open))
        .order(campaigns::id)
        .limit(limit)
        .select((campaigns::id, orgs::chain))
        .into_boxed();
    if let Some(only) = only {
        query = query.filter(campaigns::id.eq(only));
    }
    query.load(conn)
}
