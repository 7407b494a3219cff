//! Somebody signs out, here or everywhere.

use serde_json::json;

use super::refresh::ended;
use crate::accounts::model::Actor;
use crate::accounts::model::session::Ending;
use crate::accounts::store;
use crate::kit::db::{Db, Tx};
use crate::kit::digest::sha256_hex;
use crate::kit::http::problem::Problem;

/// Ends the actor's session.
pub(in crate::accounts) async fn sign_out(db: &Db, actor: Actor) -> Result<(), Problem> {
    db.write(actor.author(), move |tx| end(tx, &actor)).await
}

/// Ends the session of a refresh token, whichever of its tokens it is; one that nobody knows has nothing to end.
pub(in crate::accounts) async fn sign_out_by_token(db: &Db, token: &str) -> Result<(), Problem> {
    let hash = sha256_hex(token.as_bytes());
    let done = db.upkeep(move |tx| {
        let Some(found) = store::find_token(tx.conn, &hash)? else { return Ok(()) };
        store::actor(tx.conn, found.person, found.session)?.map_or(Ok(()), |actor| end(tx, &actor))
    });
    done.await
}

/// Ends every session of the actor.
pub(in crate::accounts) async fn sign_out_everywhere(db: &Db, actor: Actor) -> Result<(), Problem> {
    let done = db.write(actor.author(), move |tx| {
        let count = store::end_all_sessions(tx.conn, actor.id, Ending::SignedOutEverywhere, tx.now)?;
        tx.record(actor.event("session.ended_everywhere", "person", actor.id, json!({ "sessions": count })));
        Ok(())
    });
    done.await
}

fn end(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), Problem> {
    if store::end_session(tx.conn, actor.session, Ending::SignedOut, tx.now)? {
        tx.record(ended(actor, Ending::SignedOut));
    } else {
        tx.unchanged();
    }
    Ok(())
}
