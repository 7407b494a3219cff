//! Which households, and in which order: found in indexes alone wherever one stands in that order.

use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use crate::accounts::{Actor, OrgId, orgs_in};
use crate::boards::model::{HouseholdFilter, HouseholdOrder};
use crate::boards::queries::Scope;
use crate::campaigns::CampaignId;
use crate::findings::Standing;
use crate::households::{HouseholdId, Status};
use crate::kit::db::schema::{entitlements, households, orgs, standings};
use crate::kit::db::{Conn, among};
use crate::kit::http::page::{PageQuery, part};
use crate::kit::http::problem::{Code, Problem};

/// Households nobody has been to stand before all others.
const LAST_TRY: &str = "COALESCE(standings.last_visit_at, 0)";
/// As the index of those who wait has it.
const WAITS: &str = "households.status <> 'approved'";
/// A standing that keeps the households leading: said like this, the table of standings cannot be the one that is walked.
const STANDING: &str = "COALESCE(standings.standing, '')";
/// Names and addresses stand by how they begin, as their indexes do.
const NAME: &str = "substr(households.head_name, 1, 60)";
const ADDRESS: &str = "substr(households.address, 1, 60)";

/// A question for households.
pub(super) struct Which {
    scope: Scope,
    /// Those of these orgs; of all where none are named.
    orgs: Option<Vec<OrgId>>,
    filter: HouseholdFilter,
    standings: Option<Vec<Standing>>,
    part: Option<String>,
}

/// Where a page begins: the last row of the one before.
pub(super) enum After {
    Id(HouseholdId),
    Text(String, HouseholdId),
    Number(i64, HouseholdId),
}

impl After {
    pub(super) fn of(conn: &mut Conn, page: &PageQuery, filter: &HouseholdFilter) -> Result<Option<Self>, Problem> {
        let Some(key) = page.after()? else { return Ok(None) };
        let bad = || Problem::of(Code::BadRequest);
        let number = || key.split_once(' ').and_then(|(at, id)| Some(Self::Number(at.parse().ok()?, HouseholdId::parse(id)?)));
        let text = |conn: &mut Conn, column: &str| {
            let id = HouseholdId::parse(&key).ok_or_else(bad)?;
            let text: Option<String> = households::table.find(id).select(sql::<Text>(column)).first(conn).optional()?;
            Ok::<_, Problem>(Self::Text(text.ok_or_else(bad)?, id))
        };
        Ok(Some(match filter.order {
            HouseholdOrder::File => Self::Id(HouseholdId::parse(&key).ok_or_else(bad)?),
            HouseholdOrder::LastTry | HouseholdOrder::Promised => number().ok_or_else(bad)?,
            HouseholdOrder::Name => text(conn, NAME)?,
            HouseholdOrder::Address => text(conn, ADDRESS)?,
        }))
    }
}

/// The table with what it is filtered by; a join that nothing asks for costs nothing on either engine.
macro_rules! asked {
    ($which:expr, $select:expr) => {{
        let which: &Which = $which;
        let campaign = which.filter.campaign.unwrap_or_else(CampaignId::nil);
        let here = standings::household_id.eq(households::id).and(standings::campaign_id.eq(campaign));
        let promised = entitlements::household_id.eq(households::id).and(entitlements::campaign_id.eq(campaign));
        let mut query = households::table.left_join(standings::table.on(here)).left_join(entitlements::table.on(promised)).select($select).into_boxed();
        if let Some(teams) = &which.scope.teams {
            query = query.filter(among(households::team_id, teams));
        } else if let Some(orgs) = &which.orgs {
            query = query.filter(among(households::org_id, orgs));
        }
        if let Some(asked) = &which.standings {
            query = if which.walks_by_text() {
                query.filter(sql::<Text>(STANDING).eq_any(asked.iter().map(|one| one.as_str()).collect::<Vec<_>>()))
            } else {
                query.filter(standings::campaign_id.eq(campaign)).filter(standings::standing.eq_any(asked.clone()))
            };
        }
        if let Some(outcome) = which.filter.outcome {
            query = query.filter(standings::campaign_id.eq(campaign)).filter(standings::last_outcome.eq(outcome));
        }
        if let Some(team) = which.filter.team {
            query = query.filter(households::team_id.eq(team));
        }
        if which.filter.without_team {
            query = query.filter(households::team_id.is_null());
        }
        if let Some(cadre) = which.filter.cadre {
            query = query.filter(households::cadre_id.eq(cadre));
        }
        if let Some(category) = which.filter.category {
            query = query.filter(households::category.eq(category));
        }
        if let Some(status) = which.filter.status {
            query = query.filter(households::status.eq(status));
            if status != Status::Approved {
                // Said outright, for only then the index of those who wait is found.
                query = query.filter(sql::<Bool>(WAITS));
            }
        }
        if let Some(household) = which.filter.household {
            query = query.filter(households::id.eq(household));
        }
        if let Some(part) = &which.part {
            query = query.filter(households::head_name.like(part.clone()).escape('\\').or(households::address.like(part.clone()).escape('\\')));
        }
        match which.filter.order {
            HouseholdOrder::LastTry => query.filter(standings::campaign_id.eq(campaign)),
            HouseholdOrder::Promised => query.filter(entitlements::campaign_id.eq(campaign)),
            _ => query,
        }
    }};
}

impl Which {
    pub(super) fn of(conn: &mut Conn, actor: &Actor, filter: &HouseholdFilter) -> Result<Self, Problem> {
        let scope = Scope::of(actor)?;
        let of_a_campaign = filter.standing.is_some() || filter.outcome.is_some() || matches!(filter.order, HouseholdOrder::LastTry | HouseholdOrder::Promised);
        if of_a_campaign && filter.campaign.is_none() {
            return Err(Problem::field("/campaign", "missing"));
        }
        let standings = filter.standing.as_deref().map(standings_of).transpose()?;
        let part = part(filter.q.as_deref())?;
        let all: i64 = orgs::table.count().get_result(conn)?;
        let own: Vec<OrgId> = orgs_in(conn, &actor.org.path)?.into_iter().map(|org| org.id).collect();
        let orgs = Some(own).filter(|own| i64::try_from(own.len()) != Ok(all));
        Ok(Self { scope, orgs, filter: filter.clone(), standings, part })
    }

    /// Whether the index of names or addresses is to lead: many stand at what is asked for, so that a page is soon found there.
    fn walks_by_text(&self) -> bool {
        const MANY: [Standing; 3] = [Standing::Unreached, Standing::Matched, Standing::Settled];
        let many = self.standings.iter().flatten().any(|one| MANY.contains(one));
        many && matches!(self.filter.order, HouseholdOrder::Name | HouseholdOrder::Address)
    }

    /// How many there are.
    pub(super) fn count(&self, conn: &mut Conn) -> QueryResult<i64> {
        asked!(self, count_star()).get_result(conn)
    }

    /// Of these, those asked for, in the order given.
    pub(super) fn those(&self, conn: &mut Conn, ids: &[HouseholdId]) -> QueryResult<Vec<HouseholdId>> {
        asked!(self, households::id).filter(among(households::id, ids)).order(households::id).load(conn)
    }

    /// So many of them after a place, in order.
    pub(super) fn ids(&self, conn: &mut Conn, after: Option<After>, limit: i64) -> QueryResult<Vec<HouseholdId>> {
        let query = asked!(self, households::id).limit(limit);
        let down = self.filter.descending;
        // Where an index leads, both parts of the order are its own: the other way round all of it turns.
        macro_rules! by {
            ($key:expr, $id:expr, $after:expr) => {{
                let query = match $after {
                    None => query,
                    Some((at, same, id)) if down => query.filter($key.lt(at).or($key.eq(same).and($id.lt(id)))),
                    Some((at, same, id)) => query.filter($key.gt(at).or($key.eq(same).and($id.gt(id)))),
                };
                if down { query.order(($key.desc(), $id.desc())).load(conn) } else { query.order(($key.asc(), $id.asc())).load(conn) }
            }};
        }
        let text = |after| if let Some(After::Text(at, id)) = after { Some((at.clone(), at, id)) } else { None };
        let number = |after| if let Some(After::Number(at, id)) = after { Some((at, at, id)) } else { None };
        match self.filter.order {
            HouseholdOrder::File => {
                let query = match after {
                    Some(After::Id(id)) if down => query.filter(households::id.lt(id)),
                    Some(After::Id(id)) => query.filter(households::id.gt(id)),
                    _ => query,
                };
                if down { query.order(households::id.desc()).load(conn) } else { query.order(households::id.asc()).load(conn) }
            }
            HouseholdOrder::Name => by!(sql::<Text>(NAME), households::id, text(after)),
            HouseholdOrder::Address => by!(sql::<Text>(ADDRESS), households::id, text(after)),
            HouseholdOrder::LastTry => by!(sql::<BigInt>(LAST_TRY), standings::household_id, number(after)),
            HouseholdOrder::Promised => by!(entitlements::cash_fen, entitlements::household_id, number(after)),
        }
    }
}

/// The standings asked for, with commas between.
pub(in crate::boards::queries) fn standings_of(asked: &str) -> Result<Vec<Standing>, Problem> {
    let one = |word: &str| Standing::parse(word).ok_or_else(|| Problem::field("/standing", "unknown"));
    asked.split(',').take(Standing::ALL.len() + 1).map(one).collect()
}
