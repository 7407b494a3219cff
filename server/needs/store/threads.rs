//! The needs of visits that correct one another.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use crate::campaigns::CampaignId;
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::schema::{need_steps, needs, orgs, visits};
use crate::kit::db::{Conn, among};
use crate::needs::model::{LastStep, NeedCorrection, NeedId, NeedState, NeedStep, Said, Spoken};
use crate::visits::VisitId;
use crate::{each, upsert_all};

/// A need as it is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = needs, treat_none_as_default_value = false)]
pub(in crate::needs) struct Kept {
    visit_id: VisitId,
    line: i64,
    pub(in crate::needs) campaign_id: CampaignId,
    pub(in crate::needs) household_id: Option<HouseholdId>,
    kind: String,
    words: String,
    urgency: String,
    raised_at: Moment,
    pub(in crate::needs) state: NeedState,
    pub(in crate::needs) thread: String,
    pub(in crate::needs) correction: NeedCorrection,
}

impl Kept {
    pub(in crate::needs) const fn id(&self) -> NeedId {
        NeedId { visit: self.visit_id, line: self.line }
    }
}

/// Whom these visits are about.
pub(in crate::needs) type About = (CampaignId, Option<HouseholdId>);

#[derive(QueryableByName)]
struct Relative {
    #[diesel(sql_type = Text)]
    id: VisitId,
    #[diesel(sql_type = Nullable<Text>)]
    amends: Option<VisitId>,
    #[diesel(sql_type = Text)]
    campaign_id: CampaignId,
    #[diesel(sql_type = Nullable<Text>)]
    household_id: Option<HouseholdId>,
}

/// Up to the first visit that was corrected, and down to all that correct it or one another. One text for both engines; what was taken in
/// and is not worked off has no needs yet, and is looked at when it has.
const FAMILY: &str = "
    WITH RECURSIVE up (id, amends) AS (
        SELECT id, amends FROM visits WHERE id IN (SELECT value FROM json_each($1))
        UNION SELECT visits.id, visits.amends FROM up JOIN visits ON visits.id = up.amends
    ), family (id) AS (
        SELECT id FROM up
        UNION SELECT visits.id FROM family JOIN visits ON visits.amends = family.id
    )
    SELECT visits.id, visits.amends, visits.campaign_id, visits.household_id FROM family JOIN visits ON visits.id = family.id
    WHERE NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.queue = $2 AND jobs.subject = visits.id)
    ORDER BY visits.id";

/// These visits with all that correct them and that they correct, of the same households, and the needs as they are kept.
pub(in crate::needs) fn family(conn: &mut Conn, of: &[VisitId], waiting: &str) -> QueryResult<(Vec<Spoken>, Vec<Kept>)> {
    let list = serde_json::Value::from(of.iter().map(|id| id.as_str().to_owned()).collect::<Vec<String>>()).to_string();
    let relatives: Vec<Relative> = each!(&mut *conn, |c| diesel::sql_query(FAMILY).bind::<Text, _>(&list).bind::<Text, _>(waiting).load(c))?;
    let named: HashSet<VisitId> = of.iter().copied().collect();
    let about: HashSet<About> = relatives.iter().filter(|one| named.contains(&one.id)).map(|one| (one.campaign_id, one.household_id)).collect();
    let ours = relatives.iter().filter(|one| about.contains(&(one.campaign_id, one.household_id)));
    let spoken = |one: &Relative| Spoken { id: one.id, amends: one.amends, about: (one.campaign_id, one.household_id), needs: Vec::new() };
    let mut family: Vec<Spoken> = ours.map(spoken).collect();
    let kept: Vec<Kept> = needs::table
        .filter(among(needs::visit_id, family.iter().map(|one| one.id)))
        .order((needs::visit_id, needs::line))
        .select(Kept::as_select())
        .load(conn)?;
    let mut said: HashMap<VisitId, Vec<Said>> = HashMap::new();
    for need in &kept {
        said.entry(need.visit_id).or_default().push(Said { id: need.id(), kind: need.kind.clone(), words: need.words.clone() });
    }
    for visit in &mut family {
        visit.needs = said.remove(&visit.id).unwrap_or_default();
    }
    Ok((family, kept))
}

/// The last step taken at each need of these visits.
pub(in crate::needs) fn last_steps(conn: &mut Conn, of: &[Spoken]) -> QueryResult<HashMap<NeedId, LastStep>> {
    let rows: Vec<(VisitId, i64, Moment, i64, NeedStep)> = need_steps::table
        .filter(among(need_steps::visit_id, of.iter().map(|one| one.id)))
        .order((need_steps::visit_id, need_steps::line, need_steps::place))
        .select((need_steps::visit_id, need_steps::line, need_steps::made_at, need_steps::place, need_steps::step))
        .load(conn)?;
    Ok(rows.into_iter().map(|(visit, line, at, place, step)| (NeedId { visit, line }, (at, place, step))).collect())
}

/// Keeps what became of needs.
pub(in crate::needs) fn keep(conn: &mut Conn, rows: &[Kept]) -> QueryResult<()> {
    upsert_all!(
        &mut *conn,
        rows,
        needs::table,
        "ON CONFLICT (visit_id, line) DO UPDATE SET state = excluded.state, thread = excluded.thread, correction = excluded.correction"
    )
}

/// Whom these visits are about, and whose log tells of them.
pub(in crate::needs) fn about(conn: &mut Conn, of: &[VisitId]) -> QueryResult<Vec<(VisitId, About, String)>> {
    visits::table
        .inner_join(orgs::table.on(orgs::id.eq(visits::org_id)))
        .filter(among(visits::id, of))
        .order(visits::id)
        .select((visits::id, (visits::campaign_id, visits::household_id), orgs::chain))
        .load(conn)
}
