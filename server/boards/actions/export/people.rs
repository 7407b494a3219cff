//! Who may act: people and teams.

use super::table::{Asking, Row};
use crate::accounts::{self, MemberView, PersonView, TeamView};
use crate::boards::model::Cell;
use crate::kit::db::Conn;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::Problem;

pub(super) fn people(conn: &mut Conn, asking: &Asking, page: &PageQuery) -> Result<Page<Row>, Problem> {
    Ok(accounts::people_seen(conn, &asking.actor, &asking.asked.of_people(), page)?.map(|row| person(row, asking)))
}

fn person(row: PersonView, asking: &Asking) -> Row {
    let roles: Vec<&str> = row.roles.iter().map(|role| asking.word("role", role.as_str())).collect();
    let state = asking.say("account", if row.disabled { "disabled" } else { "active" });
    vec![Cell::Text(row.name), Cell::Text(row.username), Cell::Text(row.org_name), Cell::Text(roles.join(", ")), state, Cell::text(Some(row.id))]
}

pub(super) fn teams(conn: &mut Conn, asking: &Asking, page: &PageQuery) -> Result<Page<Row>, Problem> {
    Ok(accounts::teams_seen(conn, &asking.actor, page)?.map(team))
}

fn team(row: TeamView) -> Row {
    let names = |leads: bool| {
        let of = row.members.iter().filter(|member| member.is_lead == leads).map(|MemberView { name, .. }| name.as_str());
        Cell::Text(of.collect::<Vec<_>>().join(", "))
    };
    vec![Cell::Text(row.code.clone()), Cell::Text(row.name.clone()), Cell::Text(row.org_name.clone()), names(true), names(false), Cell::text(Some(row.id))]
}
