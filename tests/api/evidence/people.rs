//! Two stations of one federation, and people in them.

use diesel::RunQueryDsl;
use nuanfang::accounts::{OrgId, PersonId, SessionId, TeamId};
use nuanfang::each;
use nuanfang::kit::db::Tx;

use crate::kit::TestApp;
use crate::kit::people::Person;

/// The city these tests play in.
pub struct City<'a> {
    app: &'a TestApp,
    east: OrgId,
    west: OrgId,
    team: TeamId,
}

/// Where somebody belongs.
#[derive(Clone, Copy)]
pub enum Where {
    East,
    West,
}

fn run(tx: &mut Tx<'_>, text: String) {
    each!(&mut *tx.conn, |c| diesel::sql_query(text.clone()).execute(c)).expect(&text);
}

impl<'a> City<'a> {
    pub async fn found(app: &'a TestApp) -> Self {
        let fresh = || OrgId::fresh(app.now(), app.parts.db.chance());
        let (root, east, west) = (fresh(), fresh(), fresh());
        let team = TeamId::fresh(app.now(), app.parts.db.chance());
        let work = move |tx: &mut Tx<'_>| {
            let columns = "INSERT INTO orgs (id, parent_id, code, name, level, path, chain, version, made_at) VALUES";
            run(tx, format!("{columns} ('{root}', NULL, 'c', 'City', 'federation', '/{root}/', '{root}', 1, 0)"));
            for (id, code) in [(east, "e"), (west, "w")] {
                run(tx, format!("{columns} ('{id}', '{root}', '{code}', '{code}', 'station', '/{root}/{id}/', '{root}', 1, 0)"));
            }
            run(tx, format!("INSERT INTO teams (id, org_id, code, name, version, made_at) VALUES ('{team}', '{east}', '1', 'One', 1, 0)"));
            Ok(())
        };
        app.parts.db.upkeep(work).await.expect("a city");
        Self { app, east, west, team }
    }

    /// Somebody of the east's first team.
    pub async fn team_mate(&self, role: &'static str) -> Person {
        self.join(role, Where::East, true).await
    }

    /// Somebody in no team.
    pub async fn somebody(&self, role: &'static str, place: Where) -> Person {
        self.join(role, place, false).await
    }

    async fn join(&self, role: &'static str, place: Where, in_team: bool) -> Person {
        let (now, chance) = (self.app.now(), self.app.parts.db.chance());
        let (person, session) = (PersonId::fresh(now, chance), SessionId::fresh(now, chance));
        let org = if matches!(place, Where::East) { self.east } else { self.west };
        let team = self.team;
        let work = move |tx: &mut Tx<'_>| {
            let columns = "INSERT INTO people (id, org_id, username, name, password_hash, language, version, made_at) VALUES";
            run(tx, format!("{columns} ('{person}', '{org}', '{person}', 'N', '', 'en', 1, 0)"));
            run(tx, format!("INSERT INTO person_roles (person_id, role) VALUES ('{person}', '{role}')"));
            let columns = "INSERT INTO sessions (id, person_id, generation, made_at, used_at, expires_at) VALUES";
            run(tx, format!("{columns} ('{session}', '{person}', 1, 0, 0, {})", i64::MAX));
            if in_team {
                run(tx, format!("INSERT INTO team_members (team_id, person_id, is_lead) VALUES ('{team}', '{person}', FALSE)"));
            }
            Ok(())
        };
        self.app.parts.db.upkeep(work).await.expect("a person");
        let token = self.app.parts.keys.access_token(person, session, now).expect("a token");
        Person { token: Some(token), ..self.app.visitor() }
    }
}
