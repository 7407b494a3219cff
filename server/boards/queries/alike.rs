//! Where a picture, and pictures that look like it, stand.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::Scope;
use super::visits::led;
use crate::accounts::{Actor, PersonId};
use crate::boards::model::{AlikeView, PersonNamed};
use crate::findings;
use crate::households::HouseholdId;
use crate::kit::blob::BlobName;
use crate::kit::clock::Moment;
use crate::kit::db::schema::{households, orgs, people, visit_evidence, visits};
use crate::kit::db::{Conn, among};
use crate::kit::http::problem::{Code, Problem};
use crate::visits::{EvidenceKind, VisitId};

/// Visits that are named; a picture that stands in more is no evidence of anything.
const MOST_NAMED: i64 = 100;

type Row = (String, EvidenceKind, VisitId, Moment, (PersonId, String), (Option<HouseholdId>, Option<String>));

/// The visits within sight that name this picture or one that looks like it, the likest first.
///
/// # Errors
/// [`Code::NotFound`] where no visit within sight names the picture.
pub(in crate::boards) fn alike(conn: &mut Conn, actor: &Actor, sha256: &BlobName) -> Result<Vec<AlikeView>, Problem> {
    let scope = Scope::of(actor)?;
    let mut distances: HashMap<String, i64> = findings::like(conn, sha256.as_str())?;
    distances.insert(sha256.as_str().to_owned(), 0);
    let own = visits::cadre_id.eq(actor.id).or(visits::team_id.eq_any(led(actor)));
    let rows: Vec<Row> = visit_evidence::table
        .inner_join(
            visits::table
                .inner_join(orgs::table.on(orgs::id.eq(visits::org_id)))
                .inner_join(people::table.on(people::id.eq(visits::cadre_id)))
                .left_join(households::table.on(households::id.nullable().eq(visits::household_id)))
                .on(visits::id.eq(visit_evidence::visit_id)),
        )
        .filter(among(visit_evidence::sha256, distances.keys()).and(orgs::path.like(scope.path.clone())))
        .filter(own.or(scope.is_whole().into_sql::<Bool>()))
        .order((visits::started_at, visits::id))
        .limit(MOST_NAMED)
        .select((
            visit_evidence::sha256,
            visit_evidence::kind,
            visits::id,
            visits::started_at,
            (people::id, people::name),
            (visits::household_id, households::head_name.nullable()),
        ))
        .load(conn)?;
    if !rows.iter().any(|(name, ..)| name == sha256.as_str()) {
        return Err(Problem::of(Code::NotFound));
    }
    let view = |(sha256, kind, visit_id, started_at, (id, name), (household_id, head_name)): Row| {
        let bits = distances.get(&sha256).copied().unwrap_or_default();
        AlikeView { sha256, bits, kind, visit_id, started_at, cadre: PersonNamed { id, name }, household_id, head_name }
    };
    let mut found: Vec<AlikeView> = rows.into_iter().map(view).collect();
    found.sort_by_key(|one| one.bits);
    Ok(found)
}
