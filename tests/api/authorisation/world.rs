//! The world that is asked about: one of each kind of thing in each place, made through the door where there is one.

use std::collections::BTreeMap;

use diesel::prelude::*;
use nuanfang::each;
use nuanfang::kit::db::schema::{campaigns, checks, findings, households, objections, people, teams};
use serde_json::{Value, json};

use super::document::Kind;
use super::places::{OFFICES, Office, TEAMS, Team, account, home_of, roster, said, wares};
use crate::kit::city::{City, PASSWORD};
use crate::kit::kept::Kept;
use crate::kit::people::{Person, Reply};
use crate::kit::phone::{Phone, send_picture};
use crate::kit::{On, TestApp};

/// Where a thing stands, seen from whoever asks.
pub const RELATIONS: [&str; 5] = ["own", "sibling", "parent", "foreign", "gone"];
/// An id that nobody has.
const NOBODY: &str = "01900000-0000-7000-8000-00000000dead";
/// The name of a picture nobody took.
const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The world, and what stands where in it.
pub struct World {
    /// To be copied.
    pub kept: Kept,
    /// The tokens of those who ask, by role.
    pub tokens: BTreeMap<&'static str, Option<String>>,
    things: Things,
}

/// The ids of things, by kind and relation.
#[derive(Default)]
struct Things {
    ids: BTreeMap<(String, &'static str), String>,
    versions: BTreeMap<String, i64>,
}

impl Things {
    fn put(&mut self, kind: &str, relation: &'static str, id: impl ToString) {
        self.ids.insert((kind.to_owned(), relation), id.to_string());
    }

    fn of(&self, kind: &str, relation: &'static str) -> &str {
        self.ids.get(&(kind.to_owned(), relation)).map_or_else(|| panic!("tests/api/authorisation/world.rs makes no {kind} that is {relation}"), String::as_str)
    }
}

impl World {
    /// The id of a thing.
    pub fn id(&self, kind: &Kind, relation: &'static str) -> String {
        match (relation, kind.as_str()) {
            ("gone", "BlobName") => NOTHING.to_owned(),
            ("gone", "NeedId") => format!("{NOBODY}.0"),
            ("gone", _) => NOBODY.to_owned(),
            (_, kind) => self.things.of(kind, relation).to_owned(),
        }
    }

    /// The version of a thing that has one.
    pub fn version(&self, id: &str) -> i64 {
        self.things.versions.get(id).copied().unwrap_or(1)
    }

    /// What must be in no answer to somebody of the east: ids of the west and names that stand on its doors and files.
    pub fn of_the_west(&self) -> Vec<String> {
        let ids = self.things.ids.iter().filter(|((_, relation), _)| *relation == "foreign").map(|(_, id)| id.clone());
        ids.chain(["西户主", "西街", "西区", "西大米", "城西", "西一组"].map(str::to_owned)).collect()
    }

    /// What must be in no answer to somebody of team E1: what team E2 keeps, does and hears.
    pub fn of_the_team_beside(&self) -> Vec<String> {
        let kinds = ["HouseholdId", "VisitId", "NeedId", "FindingId", "EntryId", "CheckId", "DeviceId", "BlobName"];
        kinds.map(|kind| self.things.of(kind, "sibling").to_owned()).into_iter().chain(["邻户主".to_owned()]).collect()
    }

    /// Makes it.
    pub async fn make(on: On) -> Self {
        let app = TestApp::start(on).await;
        let city = app.city().await;
        let mut maker = Maker { app, city, things: Things::default(), people: BTreeMap::new() };
        maker.people().await;
        maker.files().await;
        for office in &OFFICES {
            maker.season(office).await;
        }
        for team in &TEAMS {
            maker.walk(team).await;
        }
        maker.app.catch_up().await;
        for office in &OFFICES {
            maker.draw(office).await;
        }
        maker.look_up().await;
        let asks = |role: &'static str| maker.city.person(if role == "admin" { "district_admin" } else { role }).token.clone();
        let tokens = super::ROLES.into_iter().map(|role| (role, if role == "none" { None } else { asks(role) })).collect();
        let Maker { app, things, .. } = maker;
        Self { kept: app.keep().await, tokens, things }
    }
}

struct Maker {
    app: TestApp,
    city: City,
    things: Things,
    people: BTreeMap<&'static str, Person>,
}

impl Maker {
    fn person(&self, username: &str) -> &Person {
        self.people.get(username).unwrap_or_else(|| self.city.person(username))
    }

    /// Those whom the city does not have: people of the federation, and an office of station east2.
    async fn people(&mut self) {
        let admin = self.city.admin();
        for (username, name, role, org) in super::places::NEWCOMERS {
            admin.post("/users", &account(self.city.org(org), username, name, role, PASSWORD)).await.ok();
            self.people.insert(username, self.app.sign_in(username).await);
        }
        let id = |username: &str| self.people[username].id().to_owned();
        let members = json!([{"person_id": id("top_lead"), "is_lead": true}, {"person_id": id("top_cadre"), "is_lead": false}]);
        let team = admin.post("/teams", &json!({"org_id": self.city.org("federation"), "code": "F1", "name": "市直一组", "members": members})).await.ok();
        self.things.put("TeamId", "parent", team["id"].as_str().expect("an id"));
        for username in ["top_lead", "top_cadre"] {
            // Whoever signed in before they stood in a team is told of it with the next session.
            let again = self.app.sign_in(username).await;
            self.people.insert(username, again);
        }
        for (relation, code) in [("own", "E1"), ("sibling", "E2"), ("foreign", "W1")] {
            self.things.put("TeamId", relation, self.city.team(code));
        }
        for (relation, code) in [("own", "east"), ("sibling", "east2"), ("parent", "federation"), ("foreign", "west")] {
            self.things.put("OrgId", relation, self.city.org(code));
        }
        for (relation, username) in [("own", "second_cadre"), ("sibling", "other_cadre"), ("parent", "top_cadre"), ("foreign", "foreign_cadre")] {
            let id = self.person(username).id().to_owned();
            self.things.put("PersonId", relation, id);
        }
    }

    /// A household of each team, approved, with something said against it; and a roster of each office.
    async fn files(&mut self) {
        let mut rows = Vec::new();
        for (n, team) in TEAMS.iter().enumerate() {
            let (id, said) = (self.app.id(), self.app.id());
            let team_id = if team.relation == "beside" { self.city.team("E3").to_string() } else { self.things.of("TeamId", team.relation).to_owned() };
            rows.push((id.clone(), self.city.org(team.files).to_string(), team_id, n, team.heads, said.clone()));
            self.things.put("HouseholdId", team.relation, id);
            self.things.put("ObjectionId", team.relation, said);
        }
        let by = self.city.centre().id().to_owned();
        let work = self.app.parts.db.upkeep(move |tx| {
            for (id, org, team, n, heads, said) in &rows {
                let file = (
                    (households::id.eq(id), households::org_id.eq(org), households::team_id.eq(Some(team))),
                    (households::head_name.eq(format!("{heads}户主")), households::head_id_number.eq(crate::kit::street::id_number(*n))),
                    (households::address.eq(format!("{heads}街1号")), households::remarks.eq("")),
                    (households::category.eq("sudden"), households::status.eq("approved"), households::approved_at.eq(Some(0_i64))),
                    (
                        households::home_latitude.eq(Some(home_of(*n).0)),
                        households::home_longitude.eq(Some(home_of(*n).1)),
                        households::home_datum.eq(Some("wgs84")),
                    ),
                    (households::migrant.eq(false), households::laid_off.eq(false), households::retired.eq(false)),
                    (households::version.eq(1_i64), households::made_at.eq(0_i64)),
                );
                each!(&mut *tx.conn, |c| diesel::insert_into(households::table).values(&file).execute(c))?;
                let said = (
                    (objections::id.eq(said), objections::household_id.eq(id), objections::words.eq("听说已搬走")),
                    (objections::raised_at.eq(0_i64), objections::raised_by.eq(&by)),
                );
                each!(&mut *tx.conn, |c| diesel::insert_into(objections::table).values(&said).execute(c))?;
            }
            Ok(())
        });
        work.await.expect("files");
        for (n, office) in OFFICES.iter().enumerate() {
            let centre = self.person(office.centre);
            let request = centre.call(reqwest::Method::POST, "/households/imports").header("Content-Type", "text/csv").body(roster(n, office.heads));
            let imported = Reply::of(request.send().await.expect("an answer")).await.ok();
            self.things.put("ImportId", office.relation, imported["import_id"].as_str().expect("an id"));
        }
    }

    /// A catalogue, a campaign that is open, another that is a draft, means in the store and with the teams.
    async fn season(&mut self, office: &Office) {
        let centre = self.person(office.centre);
        let mut made = Vec::new();
        for (path, kind, body) in wares(&self.app, office) {
            let id = body["id"].as_str().expect("an id").to_owned();
            centre.post(path, &body).await.ok();
            made.push((kind, id));
        }
        for (kind, id) in made {
            self.things.put(kind, office.relation, id);
        }
        let centre = self.person(office.centre);
        let id = |kind| self.things.of(kind, office.relation).to_owned();
        let (campaign, draft, fund, item) = (id("CampaignId"), id("Draft"), id("FundId"), id("ItemId"));
        let standards = json!([{"category": "sudden", "cash_fen": 50_000, "purpose": "living", "goods": [{"item_id": item, "quantity_milli": 2_000}]}]);
        for campaign in [&campaign, &draft] {
            centre.put(&format!("/campaigns/{campaign}/standards"), &standards).await.ok();
        }
        centre.post(&format!("/campaigns/{campaign}/open"), &json!({})).await.ok();
        let lines = |times: i64| json!([{"kind": "cash", "fund_id": fund, "amount_fen": times * 50_000}, {"kind": "goods", "item_id": item, "quantity_milli": times * 2_000}]);
        let entry = |kind: &str, times: i64, key: &str, of: &str| {
            let mut body =
                json!({"id": self.app.id(), "kind": kind, "campaign_id": campaign, "happened_at": self.app.now(), "words": "按计划", "lines": lines(times)});
            body[key] = json!(of);
            body
        };
        centre.post("/ledger/entries", &entry("receipt", 100, "fund_id", &fund)).await.ok();
        let view = self.app.id();
        centre.put(&format!("/views/{view}"), &json!({"table": "households", "name": format!("{}户", office.heads), "content": {}})).await.ok();
        let mut made = vec![("ViewId", office.relation, view)];
        for (relation, team) in office.issues {
            let team = if *team == "E3" { self.city.team("E3").to_string() } else { self.things.of("TeamId", team).to_owned() };
            let issue = entry("issue", 5, "team_id", &team);
            centre.post("/ledger/entries", &issue).await.ok();
            made.push(("EntryId", *relation, issue["id"].as_str().expect("an id").to_owned()));
        }
        for (kind, relation, id) in made {
            self.things.put(kind, relation, id);
        }
    }

    /// A cadre's day: a picture is sent, the households are visited, something is asked for, less is handed over than was promised.
    async fn walk(&mut self, team: &Team) {
        let mut phone = Phone::new(self.app.now());
        let cadre = self.person(team.cadre);
        let bytes = std::fs::read(format!("{}/tests/data/photos/{}.jpg", env!("CARGO_MANIFEST_DIR"), team.photo)).expect("a photo");
        let (picture, sent) = send_picture(cadre, &bytes, "image/jpeg").await;
        sent.ok();
        let household = self.things.of("HouseholdId", team.relation).to_owned();
        let mut visits = Vec::new();
        for office in team.campaigns {
            let id = |kind| self.things.of(kind, office).to_owned();
            let body = said(&self.app, (&id("CampaignId"), &id("FundId")), (&household, team), (&picture, bytes.len()));
            let item = phone.item("visit", &body, self.app.now());
            let pushed = phone.push(cadre, std::slice::from_ref(&item)).await.ok();
            assert_eq!(pushed["results"][0]["status"], "stored", "{pushed}");
            visits.push(item["id"].as_str().expect("an id").to_owned());
        }
        let visit = visits.first().expect("a visit");
        self.things.put("NeedId", team.relation, format!("{visit}.0"));
        self.things.put("VisitId", team.relation, visit);
        self.things.put("BlobName", team.relation, picture);
        self.things.put("DeviceId", team.relation, phone.device);
    }

    async fn draw(&mut self, office: &Office) {
        let sample = json!({"id": self.app.id(), "campaign_id": self.things.of("CampaignId", office.relation), "kind": "assisted"});
        let drawn = self.person(office.supervisor).post("/samples", &sample).await.ok();
        self.things.put("SampleId", office.relation, drawn["id"].as_str().expect("an id"));
    }

    /// What the program made itself: findings and checks; and the versions of what has some.
    async fn look_up(&mut self) {
        type Pairs = Vec<(String, String)>;
        let work = self.app.parts.db.read(|conn| {
            let found: Vec<(Option<String>, String)> =
                findings::table.filter(findings::status.eq("open")).select((findings::visit_id, findings::id)).load(conn)?;
            let found: Pairs = found.into_iter().filter_map(|(visit, id)| Some((visit?, id))).collect();
            let drawn: Vec<(String, String, String)> = checks::table.select((checks::sample_id, checks::household_id, checks::id)).load(conn)?;
            let mut versions: Vec<(String, i64)> = households::table.select((households::id, households::version)).load(conn)?;
            versions.extend(campaigns::table.select((campaigns::id, campaigns::version)).load::<(String, i64)>(conn)?);
            versions.extend(people::table.select((people::id, people::version)).load::<(String, i64)>(conn)?);
            versions.extend(teams::table.select((teams::id, teams::version)).load::<(String, i64)>(conn)?);
            Ok((found, drawn, versions))
        });
        let (found, drawn, versions) = work.await.expect("what was made");
        for team in TEAMS.iter().filter(|team| team.relation != "beside") {
            let (visit, household) = (self.things.of("VisitId", team.relation), self.things.of("HouseholdId", team.relation));
            let sample = self.things.of("SampleId", if team.relation == "sibling" { "own" } else { team.relation });
            let finding = found.iter().find(|(of, _)| of == visit).map(|(_, id)| id.clone()).expect("something found about each visit");
            let check = drawn.iter().find(|(of, home, _)| of == sample && home == household).map(|(.., id)| id.clone()).expect("a check of each household");
            self.things.put("FindingId", team.relation, finding);
            self.things.put("CheckId", team.relation, check);
        }
        self.things.versions = versions.into_iter().collect();
    }
}

/// Everybody who asks, at an app.
pub fn askers(world: &World, address: &str, http: &reqwest::Client) -> BTreeMap<&'static str, Person> {
    let person = |token: &Option<String>| Person { http: http.clone(), address: address.to_owned(), token: token.clone(), me: Value::Null };
    world.tokens.iter().map(|(role, token)| (*role, person(token))).collect()
}
