//! The tables of needs and their steps.

use std::collections::HashMap;

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::model::{NeedFilter, NeedId, NeedState, NeedStep, StepAsked, StepId, StepTaken};
use crate::accounts::{Actor, PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::each;
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::schema::{households, need_steps, needs, orgs, people, teams, visits};
use crate::kit::db::{Conn, among};
use crate::visits::VisitId;

diesel::alias!(visits as amending: Amending, teams as homes: Homes);

/// A need with what surrounds it.
#[derive(Debug, Clone, Queryable)]
pub(super) struct Row {
    pub(super) visit_id: VisitId,
    pub(super) line: i64,
    pub(super) campaign_id: CampaignId,
    pub(super) household: (Option<HouseholdId>, Option<String>),
    /// The household's team.
    pub(super) home: (Option<TeamId>, Option<String>),
    /// The team of the visit.
    pub(super) visiting: (Option<TeamId>, Option<String>),
    pub(super) said: (String, String, String),
    pub(super) raised_at: Moment,
    pub(super) by_name: String,
    pub(super) state: NeedState,
    pub(super) chain: String,
}

impl Row {
    pub(super) const fn id(&self) -> NeedId {
        NeedId { visit: self.visit_id, line: self.line }
    }

    /// Who answers for it: whoever visits the household now, else who was there.
    pub(super) fn team(&self) -> (Option<TeamId>, Option<String>) {
        if self.home.0.is_some() { self.home.clone() } else { self.visiting.clone() }
    }
}

/// Needs within what an actor may see: a subtree, or the households and visits of own teams. Those of visits that were amended are left
/// out: what they heard stands in the one that amends them.
macro_rules! seen {
    ($actor:expr) => {
        needs::table
            .inner_join(
                visits::table
                    .inner_join(people::table.on(people::id.eq(visits::cadre_id)))
                    .inner_join(orgs::table.on(orgs::id.eq(visits::org_id)))
                    .on(visits::id.eq(needs::visit_id)),
            )
            .left_join(teams::table.on(teams::id.nullable().eq(visits::team_id)))
            .left_join(households::table.on(households::id.nullable().eq(needs::household_id)))
            .left_join(homes.on(homes.field(teams::id).nullable().eq(households::team_id)))
            .filter(orgs::path.like(if $actor.sees_subtree() { format!("{}%", $actor.org.path) } else { "%".to_owned() }))
            .filter(households::team_id.eq_any($actor.team_ids()).or(visits::team_id.eq_any($actor.team_ids())).or($actor.sees_subtree().into_sql::<Bool>()))
            .filter(not(exists(
                amending
                    .filter(amending.field(visits::amends).eq(needs::visit_id.nullable()).and(amending.field(visits::household_id).eq(needs::household_id))),
            )))
            .select((
                needs::visit_id,
                needs::line,
                needs::campaign_id,
                (needs::household_id, households::head_name.nullable()),
                (households::team_id.nullable(), homes.field(teams::name).nullable()),
                (visits::team_id, teams::name.nullable()),
                (needs::kind, needs::words, needs::urgency),
                needs::raised_at,
                people::name,
                needs::state,
                orgs::chain,
            ))
    };
}

/// The needs that were asked for, those that wait longest first, after one of them.
pub(super) fn page(conn: &mut Conn, actor: &Actor, filter: &NeedFilter, after: Option<(Moment, NeedId)>, limit: i64) -> QueryResult<Vec<Row>> {
    let mut query = seen!(actor).filter(needs::campaign_id.eq(filter.campaign)).into_boxed();
    if let Some(state) = filter.state {
        query = query.filter(needs::state.eq(state));
    }
    if let Some(team) = filter.team {
        query = query.filter(households::team_id.eq(team));
    }
    if let Some(household) = filter.household {
        query = query.filter(needs::household_id.eq(household));
    }
    if let Some((at, NeedId { visit, line })) = after {
        let later = needs::visit_id.gt(visit).or(needs::visit_id.eq(visit).and(needs::line.gt(line)));
        query = query.filter(needs::raised_at.gt(at).or(needs::raised_at.eq(at).and(later)));
    }
    query.order((needs::raised_at, needs::visit_id, needs::line)).limit(limit).load(conn)
}

/// One need, if this actor may see it.
pub(super) fn one(conn: &mut Conn, actor: &Actor, id: NeedId) -> QueryResult<Option<Row>> {
    seen!(actor).filter(needs::visit_id.eq(id.visit).and(needs::line.eq(id.line))).first(conn).optional()
}

/// What became of the needs of these visits.
pub(super) fn history(conn: &mut Conn, visits: &[VisitId]) -> QueryResult<HashMap<(VisitId, i64), Vec<StepTaken>>> {
    type Taken = (VisitId, i64, StepId, NeedStep, String, (PersonId, String), Moment);
    let rows: Vec<Taken> = need_steps::table
        .inner_join(people::table.on(people::id.eq(need_steps::made_by)))
        .filter(among(need_steps::visit_id, visits.iter().map(VisitId::as_str)))
        .order((need_steps::visit_id, need_steps::line, need_steps::place))
        .select((need_steps::visit_id, need_steps::line, need_steps::id, need_steps::step, need_steps::words, (people::id, people::name), need_steps::made_at))
        .load(conn)?;
    let mut steps: HashMap<(VisitId, i64), Vec<StepTaken>> = HashMap::new();
    for (visit, line, id, step, words, (by, by_name), at) in rows {
        steps.entry((visit, line)).or_default().push(StepTaken { id, step, words, by, by_name, at });
    }
    Ok(steps)
}

/// A step that was taken before: of which need, what, in which words, by whom.
pub(super) fn step(conn: &mut Conn, id: StepId) -> QueryResult<Option<(NeedId, NeedStep, String, PersonId)>> {
    let columns = (need_steps::visit_id, need_steps::line, need_steps::step, need_steps::words, need_steps::made_by);
    let found: Option<(VisitId, i64, NeedStep, String, PersonId)> = need_steps::table.find(id).select(columns).first(conn).optional()?;
    Ok(found.map(|(visit, line, step, words, by)| (NeedId { visit, line }, step, words, by)))
}

/// How many steps were taken.
pub(super) fn taken(conn: &mut Conn, of: NeedId) -> QueryResult<i64> {
    need_steps::table.filter(need_steps::visit_id.eq(of.visit).and(need_steps::line.eq(of.line))).count().get_result(conn)
}

/// Keeps a step, the next after so many, and where it led.
pub(super) fn take(conn: &mut Conn, of: NeedId, asked: &StepAsked, (to, taken): (NeedState, i64), (by, now): (PersonId, Moment)) -> QueryResult<()> {
    let row = (
        need_steps::id.eq(asked.id),
        need_steps::visit_id.eq(of.visit),
        need_steps::line.eq(of.line),
        need_steps::place.eq(taken + 1),
        need_steps::step.eq(asked.step),
        need_steps::words.eq(&asked.words),
        need_steps::made_by.eq(by),
        need_steps::made_at.eq(now),
    );
    each!(&mut *conn, |c| diesel::insert_into(need_steps::table).values(row).execute(c))?;
    let need = needs::table.filter(needs::visit_id.eq(of.visit).and(needs::line.eq(of.line)));
    diesel::update(need).set(needs::state.eq(to)).execute(conn)?;
    Ok(())
}
