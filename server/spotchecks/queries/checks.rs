//! Checks with the households they are about.

use diesel::dsl::not;
use diesel::prelude::*;

use crate::accounts::{Actor, PersonId, TeamId};
use crate::campaigns::{CampaignId, ItemId};
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::schema::{checks, households, orgs, people, standard_goods, visits};
use crate::kit::db::{Conn, among};
use crate::spotchecks::model::{Check, CheckId, CheckRow, CheckState, HouseholdAsked, Record, SampleId, Verdict};
use crate::visits::{Aid, Outcome, VisitId, VisitSaid};

type Row = (
    (CheckId, SampleId, CampaignId, HouseholdId, String, i64),
    (Option<TeamId>, Option<VisitId>, Option<PersonId>, i64, Option<CheckId>, CheckState, Option<Verdict>, String),
    (String, String, Option<String>),
);

/// One check with its household, wherever it stands.
pub(in crate::spotchecks) fn check(conn: &mut Conn, id: CheckId) -> QueryResult<Option<(Check, HouseholdAsked)>> {
    Ok(checks_of(conn, &[id])?.into_iter().next())
}

/// These checks with their households, wherever they stand.
pub(in crate::spotchecks) fn checks_of(conn: &mut Conn, ids: &[CheckId]) -> QueryResult<Vec<(Check, HouseholdAsked)>> {
    let rows: Vec<Row> = checks::table
        .inner_join(orgs::table.on(orgs::id.eq(checks::org_id)))
        .inner_join(households::table.on(households::id.eq(checks::household_id)))
        .filter(among(checks::id, ids))
        .select((
            (checks::id, checks::sample_id, checks::campaign_id, checks::household_id, checks::stratum, checks::place),
            (checks::team_id, checks::visit_id, checks::cadre_id, checks::handed_fen, checks::replaces, checks::state, checks::verdict, orgs::path),
            (households::head_name, households::address, households::phone),
        ))
        .load(conn)?;
    let found = |(of, state, household): Row| {
        let (id, sample_id, campaign_id, household_id, stratum, place) = of;
        let (team_id, visit_id, cadre_id, handed_fen, replaces, state, verdict, org_path) = state;
        let (head_name, address, phone) = household;
        let check = Check { id, sample_id, campaign_id, stratum, place, team_id, visit_id, cadre_id, handed_fen, replaces, state, verdict, org_path };
        (check, HouseholdAsked { id: household_id, head_name, address, phone })
    };
    Ok(rows.into_iter().map(found).collect())
}

/// Which checks of a sample are asked for.
#[derive(Debug, Clone, Default)]
pub(in crate::spotchecks) struct Wanted {
    /// That stand here.
    pub(in crate::spotchecks) state: Option<CheckState>,
    /// Behind this stratum and place.
    pub(in crate::spotchecks) after: Option<(String, i64)>,
}

type ListRow = (CheckId, String, i64, CheckState, Option<Verdict>, Option<CheckId>, (HouseholdId, String, String, Option<String>));

/// Checks of a sample in somebody's subtree, by stratum and place; none of a team they stand in, and none of their own visits.
pub(in crate::spotchecks) fn list(conn: &mut Conn, actor: &Actor, sample: SampleId, wanted: &Wanted, limit: i64) -> QueryResult<Vec<CheckRow>> {
    let own = checks::team_id.is_not_null().and(among(checks::team_id, actor.team_ids()));
    let mut query = checks::table
        .inner_join(orgs::table.on(orgs::id.eq(checks::org_id)))
        .inner_join(households::table.on(households::id.eq(checks::household_id)))
        .filter(checks::sample_id.eq(sample).and(orgs::path.like(format!("{}%", actor.org.path))))
        .filter(not(own).and(checks::cadre_id.is_null().or(checks::cadre_id.ne(actor.id))))
        .select((
            checks::id,
            checks::stratum,
            checks::place,
            checks::state,
            checks::verdict,
            checks::replaces,
            (households::id, households::head_name, households::address, households::phone),
        ))
        .into_boxed();
    if let Some(state) = wanted.state {
        query = query.filter(checks::state.eq(state));
    }
    if let Some((stratum, place)) = &wanted.after {
        query = query.filter(checks::stratum.gt(stratum.clone()).or(checks::stratum.eq(stratum.clone()).and(checks::place.gt(*place))));
    }
    let rows: Vec<ListRow> = query.order((checks::stratum, checks::place)).limit(limit).load(conn)?;
    let row = |(id, stratum, place, state, verdict, replaces, (household, head_name, address, phone)): ListRow| CheckRow {
        id,
        stratum,
        place,
        state,
        verdict,
        replaces,
        household: HouseholdAsked { id: household, head_name, address, phone },
    };
    Ok(rows.into_iter().map(row).collect())
}

type Visited = (String, Outcome, Moment, String);

/// What the cadre wrote.
pub(in crate::spotchecks) fn record(conn: &mut Conn, visit: VisitId) -> QueryResult<Option<Record>> {
    let row: Option<Visited> = visits::table
        .inner_join(people::table.on(people::id.eq(visits::cadre_id)))
        .filter(visits::id.eq(visit))
        .select((visits::body, visits::outcome, visits::started_at, people::name))
        .first(conn)
        .optional()?;
    let Some((body, outcome, started_at, cadre)) = row else { return Ok(None) };
    let said: VisitSaid = serde_json::from_str(&body).map_err(|error| diesel::result::Error::DeserializationError(error.into()))?;
    let later: i64 = visits::table.filter(visits::amends.eq(visit)).count().get_result(conn)?;
    let mut record = Record {
        visit_id: visit,
        outcome,
        started_at,
        cadre,
        cash_fen: 0,
        goods: Vec::new(),
        recipient: said.recipient.as_ref().map(|who| who.name.clone()),
        relation: said.recipient.map(|who| who.relation),
        amended_since: later > 0,
    };
    for aid in said.aid {
        match aid {
            Aid::Cash { amount_fen, .. } => record.cash_fen = record.cash_fen.saturating_add(amount_fen),
            Aid::Goods { item_id, quantity_milli } => record.goods.push(crate::campaigns::Quantity { item_id, quantity_milli }),
        }
    }
    Ok(Some(record))
}

/// The goods that a campaign promises to anybody: to pick from, without a hint at what this household was given.
pub(in crate::spotchecks) fn items_of_campaign(conn: &mut Conn, campaign: CampaignId) -> QueryResult<Vec<ItemId>> {
    standard_goods::table.filter(standard_goods::campaign_id.eq(campaign)).order(standard_goods::item_id).select(standard_goods::item_id).distinct().load(conn)
}
