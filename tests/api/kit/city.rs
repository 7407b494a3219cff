//! A small union: a federation with two districts, stations and teams, and somebody in every role, all of them signed in.
//!
//! ```text
//! federation            admin
//! ├─ east (城东)         centre · supervisor · auditor · district_admin
//! │  ├─ east1           team E1: lead, cadre, second_cadre · team E2: other_lead, other_cadre
//! │  └─ east2           team E3: neighbour_cadre
//! └─ west (城西)         foreign(): centre · supervisor · auditor · admin
//!    └─ west1           team W1: lead, cadre
//! ```

use std::collections::HashMap;

use futures_util::future::join_all;
use nuanfang::accounts::{self, Level, Name, NewMember, NewOrg, NewPerson, NewTeam, OrgId, Password, PersonId, Role, ShortCode, TeamId, Username};
use nuanfang::kit::db::Tx;
use nuanfang::kit::http::language::Language;
use nuanfang::kit::log::Author;
use serde_json::json;

use super::TestApp;
use super::people::Person;

/// Everybody's password.
pub const PASSWORD: &str = "warm-hands-2027";

/// `(code, name, level, code of the org above)`
const ORGS: [(&str, &str, Level, &str); 6] = [
    ("federation", "市总工会", Level::Federation, ""),
    ("east", "城东区总工会", Level::District, "federation"),
    ("east1", "东关街道帮扶站", Level::Station, "east"),
    ("east2", "河沿街道帮扶站", Level::Station, "east"),
    ("west", "城西区总工会", Level::District, "federation"),
    ("west1", "西关街道帮扶站", Level::Station, "west"),
];

/// `(username, name, role, org)`
const PEOPLE: [(&str, &str, Role, &str); 17] = [
    ("admin", "管理员", Role::Admin, "federation"),
    ("district_admin", "区管理员", Role::Admin, "east"),
    ("centre", "帮扶中心", Role::Centre, "east"),
    ("supervisor", "督查员", Role::Supervisor, "east"),
    ("auditor", "审计员", Role::Auditor, "east"),
    ("lead", "组长甲", Role::Lead, "east1"),
    ("cadre", "干部甲", Role::Cadre, "east1"),
    ("second_cadre", "干部乙", Role::Cadre, "east1"),
    ("other_lead", "组长乙", Role::Lead, "east1"),
    ("other_cadre", "干部丙", Role::Cadre, "east1"),
    ("neighbour_cadre", "干部丁", Role::Cadre, "east2"),
    ("foreign_admin", "城西管理员", Role::Admin, "west"),
    ("foreign_centre", "城西中心", Role::Centre, "west"),
    ("foreign_supervisor", "城西督查", Role::Supervisor, "west"),
    ("foreign_auditor", "城西审计", Role::Auditor, "west"),
    ("foreign_lead", "城西组长", Role::Lead, "west1"),
    ("foreign_cadre", "城西干部", Role::Cadre, "west1"),
];

/// `(code, name, org, leads and members)`
const TEAMS: [(&str, &str, &str, &[&str]); 4] = [
    ("E1", "东一组", "east1", &["lead", "cadre", "second_cadre"]),
    ("E2", "东二组", "east1", &["other_lead", "other_cadre"]),
    ("E3", "东三组", "east2", &["neighbour_cadre"]),
    ("W1", "西一组", "west1", &["foreign_lead", "foreign_cadre"]),
];

/// The city and its people.
pub struct City {
    people: HashMap<&'static str, Person>,
    orgs: HashMap<&'static str, OrgId>,
    teams: HashMap<&'static str, TeamId>,
}

/// The ids of everything in the city.
#[derive(Clone)]
struct Ids {
    people: HashMap<&'static str, PersonId>,
    orgs: HashMap<&'static str, OrgId>,
    teams: HashMap<&'static str, TeamId>,
}

impl TestApp {
    /// Builds the city and signs everybody in.
    pub async fn city(&self) -> City {
        let ids = self.seed_city().await;
        let signed_in = join_all(PEOPLE.iter().map(|(username, ..)| self.sign_in(username))).await;
        let people = PEOPLE.iter().map(|(username, ..)| *username).zip(signed_in).collect();
        City { people, orgs: ids.orgs, teams: ids.teams }
    }

    /// Signs somebody of the city in.
    pub async fn sign_in(&self, username: &str) -> Person {
        let mut person = self.visitor();
        let session = person.post("/session", &json!({ "username": username, "password": PASSWORD })).await.ok();
        person.token = session["access_token"].as_str().map(str::to_owned);
        person.me = session["user"].clone();
        person
    }

    async fn seed_city(&self) -> Ids {
        let (now, chance) = (self.now(), self.parts.db.chance().clone());
        let ids = Ids {
            people: PEOPLE.iter().map(|(username, ..)| (*username, PersonId::fresh(now, &chance))).collect(),
            orgs: ORGS.iter().map(|(code, ..)| (*code, OrgId::fresh(now, &chance))).collect(),
            teams: TEAMS.iter().map(|(code, ..)| (*code, TeamId::fresh(now, &chance))).collect(),
        };
        let password = self.parts.passwords.hash(Password::parse(PASSWORD, "").expect("a good password")).await.expect("a hash");
        let seeds = ids.clone();
        let done = self.parts.db.write(Author::system(), move |tx| {
            for org in ORGS {
                seed_org(tx, &seeds, org);
            }
            for (username, name, role, org) in PEOPLE {
                let new = NewPerson {
                    id: seeds.people[username],
                    org_id: seeds.orgs[org],
                    username: Username::parse(username).expect("a username"),
                    name: Name::parse(name).expect("a name"),
                    roles: vec![role],
                    language: Language::Chinese,
                    password: password.clone(),
                };
                accounts::register_person(tx, &new).expect("a person");
            }
            for team in TEAMS {
                seed_team(tx, &seeds, team);
            }
            Ok(())
        });
        done.await.expect("a city");
        ids
    }
}

fn seed_org(tx: &mut Tx<'_>, ids: &Ids, (code, name, level, parent): (&str, &str, Level, &str)) {
    let (code_, name) = (ShortCode::parse(code).expect("a code"), Name::parse(name).expect("a name"));
    let new = NewOrg { id: ids.orgs[code], parent: ids.orgs.get(parent).copied(), code: code_, name, level };
    accounts::register_org(tx, &new).expect("an org");
}

fn seed_team(tx: &mut Tx<'_>, ids: &Ids, (code, name, org, members): (&str, &str, &str, &[&str])) {
    let new = NewTeam {
        id: ids.teams[code],
        org_id: ids.orgs[org],
        code: ShortCode::parse(code).expect("a code"),
        name: Name::parse(name).expect("a name"),
        members: members.iter().map(|m| NewMember { person_id: ids.people[m], is_lead: m.ends_with("lead") }).collect(),
    };
    accounts::register_team(tx, &new).expect("a team");
}

/// The people of the foreign district.
pub struct Foreign<'a>(&'a City);

macro_rules! people {
    ($self:ident => $city:expr, $given:ty, $($(#[$meta:meta])* $name:ident = $username:literal),+ $(,)?) => {
        $($(#[$meta])* pub fn $name(&$self) -> $given { &$city.people[$username] })+
    };
}

impl City {
    people! { self => self, &Person,
        /// Keeps all accounts.
        admin = "admin",
        /// Keeps the accounts of the eastern district.
        district_admin = "district_admin",
        /// Of the eastern district.
        centre = "centre",
        /// Of the eastern district.
        supervisor = "supervisor",
        /// Of the eastern district.
        auditor = "auditor",
        /// Leads team E1.
        lead = "lead",
        /// Stands in team E1.
        cadre = "cadre",
        /// Stands in team E1 as well.
        second_cadre = "second_cadre",
        /// Leads team E2 of the same station.
        other_lead = "other_lead",
        /// Stands in team E2 of the same station.
        other_cadre = "other_cadre",
        /// Stands in team E3 of the other station.
        neighbour_cadre = "neighbour_cadre",
    }
}

impl<'a> Foreign<'a> {
    people! { self => self.0, &'a Person,
        /// Keeps the accounts of the western district.
        admin = "foreign_admin",
        /// Of the western district.
        centre = "foreign_centre",
        /// Of the western district.
        supervisor = "foreign_supervisor",
        /// Of the western district.
        auditor = "foreign_auditor",
        /// Stands in team W1.
        cadre = "foreign_cadre",
    }
}

impl City {
    /// The people of the western district, where nobody of the east has any business.
    pub const fn foreign(&self) -> Foreign<'_> {
        Foreign(self)
    }

    /// Somebody by their username.
    pub fn person(&self, username: &str) -> &Person {
        &self.people[username]
    }

    /// The id of an org, by its code: federation, east, east1, east2, west, west1.
    pub fn org(&self, code: &str) -> OrgId {
        self.orgs[code]
    }

    /// The id of a team, by its code: E1, E2, E3, W1.
    pub fn team(&self, code: &str) -> TeamId {
        self.teams[code]
    }
}
