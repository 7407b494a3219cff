//! `said`: gives a cadre their own words back.

use serde_json::json;

use crate::accounts::Actor;
use crate::field::queries;
use crate::kit::db::Db;
use crate::kit::http::problem::{Code, Problem};
use crate::visits::{VisitId, VisitSaid};

/// What the actor said of one of their visits, so that a correction begins with it: sealed, their phone cannot read it any more. A group's
/// roster carries identity numbers, so it is written into the log who read it and when.
///
/// # Errors
/// [`Code::NotFound`] for a visit that is not theirs, or has not arrived.
pub(in crate::field) async fn said(db: &Db, actor: &Actor, id: VisitId) -> Result<VisitSaid, Problem> {
    let (of, event) = (actor.id, actor.event("visit.said_read", "reading", id, json!({})));
    db.write(actor.author(), move |tx| {
        let body = queries::said(tx.conn, of, id)?.ok_or(Problem::of(Code::NotFound))?;
        let said = serde_json::from_str(&body).map_err(|cause| Problem::unexpected(format!("visit {id} cannot be read: {cause}")))?;
        tx.record(event.clone());
        Ok(said)
    })
    .await
}
