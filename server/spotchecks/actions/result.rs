//! What comes out of a sample.

use super::read::whole;
use crate::accounts::Actor;
use crate::kit::db::Conn;
use crate::kit::http::problem::Problem;
use crate::spotchecks::model::{Found, SampleId};
use crate::spotchecks::{rules, store};

/// Rates, money and the sentence for a report.
///
/// # Errors
/// When it is out of sight.
pub fn result(conn: &mut Conn, actor: &Actor, id: SampleId) -> Result<Found, Problem> {
    let sample = whole(conn, actor, id)?;
    let (strata, checks) = (store::strata_of(conn, id)?, store::counted(conn, id)?);
    Ok(rules::outcome::found(&sample, &strata, &checks))
}
