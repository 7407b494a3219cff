//! What happens at the doors: households, visits, what does not agree about them, what was asked for.

use super::table::{Asking, NOTHING, Row, minute};
use super::written::PAGE;
use crate::boards::model::{Cell, HouseholdRow, VisitRow};
use crate::boards::queries;
use crate::campaigns;
use crate::findings::{self, FindingView};
use crate::kit::db::Conn;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::Problem;
use crate::needs::{self, NeedView};

pub(super) fn households(conn: &mut Conn, asking: &Asking, page: &PageQuery) -> Result<Page<Row>, Problem> {
    let (actor, asked) = (&asking.actor, &asking.asked);
    let campaign = asked.campaign()?;
    campaigns::visible(conn, actor, campaign)?;
    let Some(ids) = &asked.household_ids else {
        return Ok(queries::households(conn, actor, &asked.of_households(), page)?.map(|row| household(row, asking)));
    };
    // Those that are named are read some at a time, and where the next begin is the place.
    let from = page.after.as_deref().and_then(|after| after.parse::<usize>().ok()).unwrap_or_default();
    let some: Vec<_> = ids.iter().skip(from).take(usize::try_from(PAGE).unwrap_or(1)).copied().collect();
    let to = from + some.len();
    let items = queries::households_of(conn, actor, campaign, &some)?.into_iter().map(|row| household(row, asking)).collect();
    Ok(Page { items, next: (to < ids.len()).then(|| to.to_string()) })
}

fn household(row: HouseholdRow, asking: &Asking) -> Row {
    vec![
        Cell::Text(row.head_name),
        Cell::Text(row.head_id_masked),
        Cell::Text(row.address),
        Cell::text(row.team_name),
        Cell::text(row.cadre.map(|cadre| cadre.name)),
        asking.say("category", row.category.as_str()),
        asking.say("file_status", row.status.as_str()),
        asking.say_any("standing", row.standing.map(findings::Standing::as_str)),
        Cell::count(row.tries),
        minute(row.last_visit_at),
        asking.say_any("outcome", row.last_outcome.map(crate::visits::Outcome::as_str)),
        Cell::text(row.last_cadre.map(|cadre| cadre.name)),
        row.entitlement_cash_fen.map_or(NOTHING, Cell::yuan),
    ]
}

pub(super) fn visits(conn: &mut Conn, asking: &Asking, page: &PageQuery) -> Result<Page<Row>, Problem> {
    campaigns::visible(conn, &asking.actor, asking.asked.campaign()?)?;
    Ok(queries::visits(conn, &asking.actor, &asking.asked.of_visits(), page)?.map(|row| visit(row, asking)))
}

fn visit(row: VisitRow, asking: &Asking) -> Row {
    let cash = row.aid.iter().filter(|line| line.kind == "cash").map(|line| line.amount).fold(0, i64::saturating_add);
    let goods = row.aid.iter().filter(|line| line.kind != "cash").count();
    vec![
        minute(Some(row.started_at)),
        minute(Some(row.ended_at)),
        minute(Some(row.received_at)),
        Cell::text(row.head_name),
        asking.say("mode", row.mode.as_str()),
        asking.say("outcome", row.outcome.as_str()),
        Cell::Text(row.cadre.name),
        Cell::text(row.team.map(|team| team.name)),
        Cell::yuan(cash),
        Cell::count(i64::try_from(goods).unwrap_or(i64::MAX)),
        Cell::count(row.open_findings),
        Cell::text(row.amends),
        Cell::text(Some(row.id)),
    ]
}

pub(super) fn findings(conn: &mut Conn, asking: &Asking, page: &PageQuery) -> Result<Page<Row>, Problem> {
    campaigns::visible(conn, &asking.actor, asking.asked.campaign()?)?;
    let listed = findings::listed(conn, &asking.actor, &asking.asked.of_findings(), page, asking.language)?;
    Ok(listed.map(|row| finding(row, asking)))
}

fn finding(row: FindingView, asking: &Asking) -> Row {
    let (visit, settled) = (row.visit, row.settled);
    vec![
        Cell::Text(row.finding.code.as_str().to_owned()),
        asking.say("severity", row.finding.severity.as_str()),
        Cell::Text(row.finding.says),
        Cell::text(row.household.map(|household| household.head_name)),
        Cell::text(row.team.map(|team| team.name)),
        Cell::text(visit.as_ref().map(|visit| &visit.cadre_name)),
        minute(visit.as_ref().map(|visit| visit.started_at)),
        minute(Some(row.found_at)),
        asking.say("status", row.finding.status.as_str()),
        Cell::text(settled.as_ref().map(|settled| &settled.by_name)),
        minute(settled.as_ref().map(|settled| settled.at)),
        Cell::text(settled.map(|settled| settled.words)),
    ]
}

pub(super) fn needs(conn: &mut Conn, asking: &Asking, page: &PageQuery) -> Result<Page<Row>, Problem> {
    Ok(needs::listed(conn, &asking.actor, &asking.asked.of_needs()?, page)?.map(|row| need(row, asking)))
}

fn need(row: NeedView, asking: &Asking) -> Row {
    let last = row.history.last();
    vec![
        minute(Some(row.raised_at)),
        asking.say("need_kind", &row.kind),
        asking.say("urgency", &row.urgency),
        Cell::Text(row.words),
        Cell::text(row.head_name),
        Cell::text(row.team_name),
        Cell::Text(row.by_name),
        asking.say("need_state", row.state.as_str()),
        minute(last.map(|step| step.at)),
        Cell::text(last.map(|step| &step.by_name)),
        Cell::text(last.map(|step| &step.words)),
        Cell::Text(row.id),
    ]
}
