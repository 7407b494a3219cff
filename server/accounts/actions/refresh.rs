//! A session goes on.

use serde_json::json;

use super::sign_in::{Going, hand_out};
use crate::accounts::model::Actor;
use crate::accounts::model::session::Ending;
use crate::accounts::rules::{Verdict, expiry, judge};
use crate::accounts::store;
use crate::kit::db::{Db, Tx};
use crate::kit::digest::sha256_hex;
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::Event;

/// Takes a refresh token and hands out the next. The token stays good until the next one has been used; coming back after that, it is
/// refused, and ends the session for everybody who holds it where it cannot just have been late.
pub(in crate::accounts) async fn refresh(db: &Db, token: &str) -> Result<Going, Problem> {
    let hash = sha256_hex(token.as_bytes());
    // A transaction that ends a session must commit, so the refusal is carried out of it as a value.
    db.upkeep(move |tx| step(tx, &hash)).await?.ok_or(Problem::of(Code::SessionEnded))
}

fn step(tx: &mut Tx<'_>, hash: &str) -> Result<Option<Going>, Problem> {
    let Some(found) = store::find_token(tx.conn, hash)? else { return Ok(None) };
    match judge(&found.family, found.generation, hash, tx.now) {
        Verdict::Over | Verdict::Late => Ok(None),
        Verdict::Reused => {
            let holder = store::actor(tx.conn, found.person, found.session)?;
            store::end_session(tx.conn, found.session, Ending::ReusedToken, tx.now)?;
            if let Some(actor) = holder {
                tx.record(ended(&actor, Ending::ReusedToken));
            }
            Ok(None)
        }
        Verdict::Good => {
            let Some(actor) = store::actor(tx.conn, found.person, found.session)? else { return Ok(None) };
            let expires_at = expiry(found.made_at, tx.now);
            store::use_token(tx.conn, &found, hash, tx.now, expires_at)?;
            let token = hand_out(tx, found.session, found.generation + 1)?;
            Ok(Some(Going { actor, token, expires_at }))
        }
    }
}

pub(super) fn ended(actor: &Actor, why: Ending) -> Event {
    actor.event("session.ended", "session", actor.session, json!({ "why": why }))
}
