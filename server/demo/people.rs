//! Orgs, accounts and teams of the invented city.

use crate::accounts::{self, Level, Name, NewMember, NewOrg, NewPerson, NewTeam, OrgId, Password, PasswordHash, PersonId, Role, ShortCode, TeamId, Username};
use crate::app::Parts;
use crate::kit::db::Tx;
use crate::kit::http::language::Language;
use crate::kit::http::problem::Problem;
use crate::kit::log::Author;

use super::dice::Dice;
use super::doors::Fault;
use super::names;
use super::places::{DISTRICTS, FEDERATION, STATIONS};
use super::rounds::CADRES;
use super::{DESK, PASSWORD};

/// What the rest of the making needs to name.
#[derive(Debug, Clone, Default)]
pub(super) struct Offices {
    pub(super) federation: Option<OrgId>,
    pub(super) stations: Vec<OrgId>,
    pub(super) teams: Vec<TeamId>,
}

/// Enters everybody.
pub(super) async fn enter(parts: &Parts, seed: u64) -> Result<Offices, Fault> {
    let password = Password::parse(PASSWORD, "").map_err(Fault::of)?;
    let password = parts.passwords.hash(password).await.map_err(problem)?;
    parts.db.write(Author::system(), move |tx| all(tx, seed, &password)).await.map_err(problem)
}

pub(super) fn problem(problem: Problem) -> Fault {
    Fault(format!("{problem:?}"))
}

fn all(tx: &mut Tx<'_>, seed: u64, password: &PasswordHash) -> Result<Offices, Problem> {
    let mut dice = Dice::of(seed, "people");
    let federation = org(tx, None, FEDERATION, Level::Federation)?;
    for (username, role) in DESK {
        let name = names::anybody(&mut dice);
        person(tx, federation, username, &name, role, password)?;
    }
    let mut offices = Offices { federation: Some(federation), ..Offices::default() };
    let districts = DISTRICTS.into_iter().map(|district| org(tx, Some(federation), district, Level::District)).collect::<Result<Vec<_>, _>>()?;
    for (n, station) in STATIONS.iter().enumerate() {
        let id = org(tx, districts.get(station.district).copied(), (station.code, station.name), Level::Station)?;
        let lead = person(tx, id, &format!("lead{}", n + 1), &names::anybody(&mut dice), Role::Lead, password)?;
        let mut members = vec![NewMember { person_id: lead, is_lead: true }];
        for cadre in 0..CADRES {
            let username = format!("cadre{}", n * CADRES + cadre + 1);
            let person_id = person(tx, id, &username, &names::anybody(&mut dice), Role::Cadre, password)?;
            members.push(NewMember { person_id, is_lead: false });
        }
        let team = TeamId::fresh(tx.now, tx.chance);
        let (code, name) = (short(&format!("T{}", n + 1))?, named(station.team)?);
        accounts::register_team(tx, &NewTeam { id: team, org_id: id, code, name, members })?;
        offices.stations.push(id);
        offices.teams.push(team);
    }
    Ok(offices)
}

fn org(tx: &mut Tx<'_>, parent: Option<OrgId>, (code, name): (&str, &str), level: Level) -> Result<OrgId, Problem> {
    let id = OrgId::fresh(tx.now, tx.chance);
    accounts::register_org(tx, &NewOrg { id, parent, code: short(code)?, name: named(name)?, level })?;
    Ok(id)
}

fn person(tx: &mut Tx<'_>, org_id: OrgId, username: &str, name: &str, role: Role, password: &PasswordHash) -> Result<PersonId, Problem> {
    let id = PersonId::fresh(tx.now, tx.chance);
    let username = Username::parse(username).map_err(Problem::unexpected)?;
    let new = NewPerson { id, org_id, username, name: named(name)?, roles: vec![role], language: Language::Chinese, password: password.clone() };
    accounts::register_person(tx, &new)?;
    Ok(id)
}

fn short(code: &str) -> Result<ShortCode, Problem> {
    ShortCode::parse(code).map_err(Problem::unexpected)
}

fn named(name: &str) -> Result<Name, Problem> {
    Name::parse(name).map_err(Problem::unexpected)
}
