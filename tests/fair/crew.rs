//! The teams of the season: a lead and two cadres each, with a phone in every pocket.

use nuanfang::accounts::{self, Name, NewMember, NewPerson, NewTeam, Password, PersonId, Role, ShortCode, TeamId, Username};
use nuanfang::kit::clock::{MINUTE_MS, Moment};
use nuanfang::kit::geo::Datum;
use nuanfang::kit::http::language::Language;
use nuanfang::kit::log::Author;

use super::dice::Dice;
use super::handset::{Hand, Handset};
use crate::kit::TestApp;
use crate::kit::city::{City, PASSWORD};

/// Cadres in a team, its lead among them.
pub const IN_A_TEAM: usize = 3;

/// How often somebody comes to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Every evening.
    Daily,
    /// Every third evening.
    Seldom,
    /// Days after the deadline.
    Hardly,
}

/// A cadre with a phone.
pub struct Cadre {
    pub team: usize,
    pub hand: Hand,
    pub phone: Handset,
    pub line: Line,
    /// An app that keeps no time tokens.
    pub without_tokens: bool,
}

/// The teams' ids and everybody in them.
pub struct Crew {
    pub teams: Vec<String>,
    pub cadres: Vec<Cadre>,
}

impl TestApp {
    /// Registers so many teams of station east1.
    pub async fn crew(&self, city: &City, dice: &mut Dice, prefix: &str, teams: usize, now: Moment) -> Crew {
        let (org, password) = (city.org("east1"), Password::parse(PASSWORD, "").expect("a good password"));
        let password = self.parts.passwords.hash(password).await.expect("a hash");
        let ids: Vec<TeamId> = (0..teams).map(|_| TeamId::parse(&dice.id(now)).expect("an id")).collect();
        let people: Vec<PersonId> = (0..teams * IN_A_TEAM).map(|_| PersonId::parse(&dice.id(now)).expect("an id")).collect();
        let (made, members, prefix) = (ids.clone(), people.clone(), prefix.to_owned());
        let work = self.parts.db.write(Author::system(), move |tx| {
            for (n, id) in members.iter().enumerate() {
                let new = NewPerson {
                    id: *id,
                    org_id: org,
                    username: Username::parse(&format!("{prefix}walker{n}")).expect("a username"),
                    name: Name::parse(&format!("走访{n}")).expect("a name"),
                    roles: vec![if n % IN_A_TEAM == 0 { Role::Lead } else { Role::Cadre }],
                    language: Language::Chinese,
                    password: password.clone(),
                };
                accounts::register_person(tx, &new)?;
            }
            for (n, id) in made.iter().enumerate() {
                let of = members[n * IN_A_TEAM..(n + 1) * IN_A_TEAM].iter().enumerate();
                let new = NewTeam {
                    id: *id,
                    org_id: org,
                    code: ShortCode::parse(&format!("{prefix}S{n}")).expect("a code"),
                    name: Name::parse(&format!("走访{n}组")).expect("a name"),
                    members: of.map(|(place, person_id)| NewMember { person_id: *person_id, is_lead: place == 0 }).collect(),
                };
                accounts::register_team(tx, &new)?;
            }
            Ok(())
        });
        work.await.expect("a crew");
        let hands = self.hands(&people).await;
        let cadres = hands.into_iter().enumerate().map(|(n, hand)| cadre(dice, n / IN_A_TEAM, hand, now)).collect();
        Crew { teams: ids.iter().map(ToString::to_string).collect(), cadres }
    }
}

fn cadre(dice: &mut Dice, team: usize, hand: Hand, now: Moment) -> Cadre {
    let mut phone = Handset::new(dice, now);
    phone.error_ms = dice.between(-15 * MINUTE_MS, 15 * MINUTE_MS);
    phone.drift_ms = dice.between(-3_000, 3_000);
    phone.datum = match dice.between(1, 10) {
        1 => Datum::Bd09,
        2 | 3 => Datum::Gcj02,
        _ => Datum::Wgs84,
    };
    let line = match dice.between(1, 10) {
        1 => Line::Hardly,
        2 | 3 => Line::Seldom,
        _ => Line::Daily,
    };
    let without_tokens = line == Line::Daily && dice.percent(5.0);
    Cadre { team, hand, phone, line, without_tokens }
}
