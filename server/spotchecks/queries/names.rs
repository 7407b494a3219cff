//! The names of strata.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::accounts::TeamId;
use crate::households::Category;
use crate::kit::db::schema::teams;
use crate::kit::db::{Conn, among};
use crate::spotchecks::model::{Stratum, stratum_of};

/// One text for each stratum, however many stand in it.
pub(super) struct Names {
    codes: HashMap<TeamId, String>,
    known: HashMap<(Option<TeamId>, Category), Stratum>,
}

impl Names {
    /// For teams with these codes.
    pub(super) fn new(codes: HashMap<TeamId, String>) -> Self {
        Self { codes, known: HashMap::new() }
    }

    /// The stratum of a household that this team was at.
    pub(super) fn of(&mut self, team: Option<TeamId>, category: Category) -> Stratum {
        let code = team.and_then(|team| self.codes.get(&team)).map(String::as_str);
        Stratum::clone(self.known.entry((team, category)).or_insert_with(|| Stratum::from(stratum_of(code, category))))
    }
}

/// The codes of these teams.
pub(super) fn team_codes(conn: &mut Conn, of: impl Iterator<Item = TeamId>) -> QueryResult<HashMap<TeamId, String>> {
    let mut of: Vec<TeamId> = of.collect();
    of.sort_unstable();
    of.dedup();
    Ok(teams::table.filter(among(teams::id, &of)).select((teams::id, teams::code)).load(conn)?.into_iter().collect())
}
