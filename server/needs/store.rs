//! The tables of needs and their steps.

mod threads;
mod told;

pub(super) use threads::{Kept, about, family, keep, last_steps};
pub(super) use told::{Told, step, taken, told};

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::model::{NeedCorrection, NeedFilter, NeedId, NeedState, StepAsked};
use crate::accounts::{Actor, PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::each;
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{households, need_steps, needs, orgs, people, teams, visits};
use crate::visits::VisitId;

diesel::alias!(teams as homes: Homes);

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
    kept: NeedState,
    pub(super) chain: String,
    pub(super) thread: String,
    pub(super) correction: NeedCorrection,
}

impl Row {
    pub(super) const fn id(&self) -> NeedId {
        NeedId { visit: self.visit_id, line: self.line }
    }

    /// Where it stands.
    pub(super) fn state(&self) -> NeedState {
        if self.correction == NeedCorrection::Withdrawn { NeedState::Withdrawn } else { self.kept }
    }

    /// Who answers for it: whoever visits the household now, else who was there.
    pub(super) fn team(&self) -> (Option<TeamId>, Option<String>) {
        if self.home.0.is_some() { self.home.clone() } else { self.visiting.clone() }
    }
}

/// Needs within what an actor may see: a subtree, or the households and visits of own teams.
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
                needs::thread,
                needs::correction,
            ))
    };
}

/// The needs that were asked for, those that wait longest first, after one of them.
pub(super) fn page(conn: &mut Conn, actor: &Actor, filter: &NeedFilter, after: Option<(Moment, NeedId)>, limit: i64) -> QueryResult<Vec<Row>> {
    let mut query = seen!(actor).filter(needs::campaign_id.eq(filter.campaign)).into_boxed();
    // What a correction says again is told of there.
    query = match filter.state {
        None => query.filter(needs::correction.eq_any([NeedCorrection::None, NeedCorrection::Withdrawn])),
        Some(NeedState::Withdrawn) => query.filter(needs::correction.eq(NeedCorrection::Withdrawn)),
        Some(state) => query.filter(needs::correction.eq(NeedCorrection::None).and(needs::state.eq(state))),
    };
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

/// The need that stands for one that a correction said again in the same words, if this actor may see it.
pub(super) fn standing(conn: &mut Conn, actor: &Actor, of: &Row) -> QueryResult<Option<Row>> {
    let (kind, words, _) = &of.said;
    let same = needs::thread.eq(&of.thread).and(needs::kind.eq(kind)).and(needs::words.eq(words));
    seen!(actor).filter(same.and(needs::correction.eq(NeedCorrection::None))).order(needs::visit_id.desc()).first(conn).optional()
}

/// Keeps a step, the next after so many here, and where it led.
pub(super) fn take(conn: &mut Conn, row: &Row, asked: &StepAsked, (to, taken): (NeedState, i64), (by, now): (PersonId, Moment)) -> QueryResult<()> {
    let of = row.id();
    let step = (
        need_steps::id.eq(asked.id),
        need_steps::visit_id.eq(of.visit),
        need_steps::line.eq(of.line),
        need_steps::place.eq(taken + 1),
        need_steps::step.eq(asked.step),
        need_steps::words.eq(&asked.words),
        need_steps::made_by.eq(by),
        need_steps::made_at.eq(now),
    );
    each!(&mut *conn, |c| diesel::insert_into(need_steps::table).values(step).execute(c))?;
    let (kind, words, _) = &row.said;
    // Wherever the thread says the same, it stands the same.
    let need = needs::table.filter(needs::thread.eq(&row.thread).and(needs::kind.eq(kind)).and(needs::words.eq(words)));
    diesel::update(need).set(needs::state.eq(to)).execute(conn)?;
    Ok(())
}
