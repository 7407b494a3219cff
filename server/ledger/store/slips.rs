//! Slips and their second signatures.

use diesel::prelude::*;

use super::At;
use crate::accounts::{OrgId, PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::each;
use crate::kit::clock::Moment;
use crate::kit::db::schema::{acknowledged_lines, acknowledgements, campaigns, entries, orgs, people, slips as kept, teams};
use crate::kit::db::{Conn, among};
use crate::ledger::model::keys::CommodityKind;
use crate::ledger::model::{Commodity, EntryId, Slip, SlipFilter, SlipKind, SlipState};

const ROWS_A_STATEMENT: usize = 2_000;

/// A second signature as it is stored.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = acknowledgements, treat_none_as_default_value = false)]
pub struct AcknowledgementRow {
    pub(in crate::ledger) entry_id: EntryId,
    pub(in crate::ledger) item_id: String,
    pub(in crate::ledger) signature_sha256: String,
    pub(in crate::ledger) words: String,
    pub(in crate::ledger) made_by: PersonId,
    pub(in crate::ledger) made_at: Moment,
    pub(in crate::ledger) received_at: Moment,
}

type SlipRow = (EntryId, CampaignId, OrgId, TeamId, SlipKind, SlipState);
type Columns = (kept::entry_id, kept::campaign_id, kept::org_id, kept::team_id, kept::kind, kept::state);
const COLUMNS: Columns = (kept::entry_id, kept::campaign_id, kept::org_id, kept::team_id, kept::kind, kept::state);

const fn slip_of((id, campaign_id, org_id, team_id, kind, state): SlipRow) -> Slip {
    Slip { id, campaign_id, org_id, team_id, kind, state }
}

/// Adds a slip.
pub fn insert_slip(conn: &mut Conn, slip: &Slip) -> QueryResult<()> {
    let of = (kept::entry_id.eq(slip.id), kept::campaign_id.eq(slip.campaign_id), kept::org_id.eq(slip.org_id), kept::team_id.eq(slip.team_id));
    diesel::insert_into(kept::table).values((of, kept::kind.eq(slip.kind), kept::state.eq(slip.state))).execute(conn).map(drop)
}

/// These slips, as far as they are there.
pub fn slips(conn: &mut Conn, ids: &[EntryId]) -> QueryResult<Vec<Slip>> {
    let rows: Vec<SlipRow> = kept::table.filter(among(kept::entry_id, ids)).select(COLUMNS).load(conn)?;
    Ok(rows.into_iter().map(slip_of).collect())
}

/// One slip.
pub fn slip(conn: &mut Conn, id: EntryId) -> QueryResult<Option<Slip>> {
    Ok(slips(conn, &[id])?.pop())
}

/// Moves slips on.
pub fn set_slip_state(conn: &mut Conn, ids: &[EntryId], state: SlipState) -> QueryResult<()> {
    diesel::update(kept::table.filter(among(kept::entry_id, ids))).set(kept::state.eq(state)).execute(conn).map(drop)
}

/// Of these slips, those that are signed.
pub fn acknowledged(conn: &mut Conn, ids: &[EntryId]) -> QueryResult<Vec<EntryId>> {
    acknowledgements::table.filter(among(acknowledgements::entry_id, ids)).select(acknowledgements::entry_id).load(conn)
}

/// Adds second signatures with what was counted.
pub fn insert_acknowledgements(conn: &mut Conn, rows: &[AcknowledgementRow], counted: &[(EntryId, Commodity, i64)]) -> QueryResult<()> {
    each!(&mut *conn, |c| diesel::insert_into(acknowledgements::table).values(rows).execute(c))?;
    let lines: Vec<_> = counted
        .iter()
        .map(|(entry, commodity, amount)| {
            (
                acknowledged_lines::entry_id.eq(*entry),
                acknowledged_lines::commodity_kind.eq(commodity.kind()),
                acknowledged_lines::commodity_id.eq(commodity.id()),
                acknowledged_lines::counted.eq(*amount),
            )
        })
        .collect();
    for lines in lines.chunks(ROWS_A_STATEMENT) {
        each!(&mut *conn, |c| diesel::insert_into(acknowledged_lines::table).values(lines).execute(c))?;
    }
    Ok(())
}

/// What was counted for these slips.
pub fn counted(conn: &mut Conn, ids: &[EntryId]) -> QueryResult<Vec<(EntryId, Commodity, i64)>> {
    let columns = (acknowledged_lines::entry_id, acknowledged_lines::commodity_kind, acknowledged_lines::commodity_id, acknowledged_lines::counted);
    let rows: Vec<(EntryId, CommodityKind, String, i64)> =
        acknowledged_lines::table.filter(among(acknowledged_lines::entry_id, ids)).select(columns).load(conn)?;
    let line = |(entry, kind, id, amount): (EntryId, CommodityKind, String, i64)| {
        let commodity = Commodity::named(kind, &id).ok_or_else(|| diesel::result::Error::DeserializationError("a count names no commodity".into()))?;
        Ok((entry, commodity, amount))
    };
    rows.into_iter().map(line).collect()
}

/// A slip with the names of those it is about.
#[derive(Debug, Queryable)]
pub struct Found {
    slip: SlipRow,
    /// When the store wrote it, by the server's clock.
    pub(in crate::ledger) made_at: Moment,
    pub(in crate::ledger) happened_at: Moment,
    pub(in crate::ledger) words: String,
    pub(in crate::ledger) store_name: String,
    pub(in crate::ledger) team_name: String,
    pub(in crate::ledger) made_by_name: String,
}

impl Found {
    /// The slip.
    pub(in crate::ledger) const fn slip(&self) -> Slip {
        let (id, campaign_id, org_id, team_id, kind, state) = self.slip;
        Slip { id, campaign_id, org_id, team_id, kind, state }
    }
}

/// Slips with their entries and the names on them.
macro_rules! found {
    () => {
        kept::table
            .inner_join(entries::table.on(entries::id.eq(kept::entry_id)))
            .inner_join(orgs::table.on(orgs::id.eq(kept::org_id)))
            .inner_join(teams::table.on(teams::id.eq(kept::team_id)))
            .inner_join(people::table.on(people::id.eq(entries::made_by)))
            .inner_join(campaigns::table.on(campaigns::id.eq(kept::campaign_id)))
            .select((COLUMNS, entries::made_at, entries::happened_at, entries::words, orgs::name, teams::name, people::name))
    };
}

/// The slips of a campaign, newest first, `limit` of them before `before`; only those of these stores and teams, where some are named.
pub fn slips_of(
    conn: &mut Conn,
    campaign: CampaignId,
    accounts: Option<&[String]>,
    filter: &SlipFilter,
    before: Option<At>,
    limit: i64,
) -> QueryResult<Vec<Found>> {
    let mut query = found!().filter(kept::campaign_id.eq(campaign)).into_boxed();
    if let Some((made_at, id)) = before {
        query = query.filter(entries::made_at.lt(made_at).or(entries::made_at.eq(made_at).and(entries::id.lt(id))));
    }
    if let Some(accounts) = accounts {
        let accounts = accounts.to_vec();
        let (teams, orgs): (Vec<TeamId>, Vec<OrgId>) =
            (accounts.iter().filter_map(|id| TeamId::parse(id)).collect(), accounts.iter().filter_map(|id| OrgId::parse(id)).collect());
        query = query.filter(among(kept::team_id, teams).or(among(kept::org_id, orgs)));
    }
    if let Some(state) = filter.state {
        query = query.filter(kept::state.eq(state));
    }
    if let Some(team) = filter.team {
        query = query.filter(kept::team_id.eq(team));
    }
    query.order((entries::made_at.desc(), entries::id.desc())).limit(limit).load(conn)
}

/// What teams have to sign, and what changed hands in campaigns that are open: at most so many, those that wait before the others.
pub fn slips_of_teams(conn: &mut Conn, teams: &[TeamId], limit: i64) -> QueryResult<Vec<Found>> {
    let waits = kept::state.eq(SlipState::Waiting);
    let mut rows: Vec<Found> = found!()
        .filter(among(kept::team_id, teams).and(campaigns::status.ne("draft")).and(waits.or(campaigns::status.eq("open"))))
        .order((waits.desc(), entries::made_at.desc(), entries::id.desc()))
        .limit(limit)
        .load(conn)?;
    rows.sort_by_key(|row| std::cmp::Reverse((row.made_at, row.slip.0)));
    Ok(rows)
}

/// A second signature with the name of who signed.
#[derive(Debug, Queryable)]
pub struct Signed {
    pub(in crate::ledger) entry_id: EntryId,
    pub(in crate::ledger) by_name: String,
    pub(in crate::ledger) at: Moment,
    pub(in crate::ledger) words: String,
    pub(in crate::ledger) signature_sha256: String,
}

/// The second signatures of these slips.
pub fn signed(conn: &mut Conn, ids: &[EntryId]) -> QueryResult<Vec<Signed>> {
    acknowledgements::table
        .inner_join(people::table.on(people::id.eq(acknowledgements::made_by)))
        .filter(among(acknowledgements::entry_id, ids))
        .select((acknowledgements::entry_id, people::name, acknowledgements::made_at, acknowledgements::words, acknowledgements::signature_sha256))
        .load(conn)
}
