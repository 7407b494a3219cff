//! Somebody signs in.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use crate::accounts::model::names::{PasswordHash, Username};
use crate::accounts::model::{Actor, PersonId, SessionId};
use crate::accounts::passwords::Passwords;
use crate::accounts::rules::expiry;
use crate::accounts::store;
use crate::accounts::tries::{Key, Tries};
use crate::kit::clock::Moment;
use crate::kit::db::{Db, Tx};
use crate::kit::digest::sha256_hex;
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::Author;

/// What somebody gave who wants to sign in.
pub(in crate::accounts) struct SignIn {
    /// The name.
    pub(in crate::accounts) username: String,
    /// The password.
    pub(in crate::accounts) password: String,
    /// Where it came from.
    pub(in crate::accounts) address: Option<IpAddr>,
}

/// A session that goes on: who holds it, and the refresh token for its next step.
pub(in crate::accounts) struct Going {
    /// Whoever signed in.
    pub(in crate::accounts) actor: Actor,
    /// The next refresh token.
    pub(in crate::accounts) token: String,
    /// When the session ends by itself.
    pub(in crate::accounts) expires_at: Moment,
}

/// Begins a session. The answer, and the time it takes, are the same for a wrong password, a name nobody has, and somebody who is
/// kept out.
pub(in crate::accounts) async fn sign_in(db: &Db, passwords: &Passwords, tries: &Tries, given: SignIn) -> Result<Going, Problem> {
    let username = Username::parse(&given.username).ok();
    let counted = username.as_ref().map_or(given.username.as_str(), Username::as_str);
    let name = Key::Name(counted.chars().take(64).collect());
    let keys: Vec<Key> = std::iter::once(name.clone()).chain(given.address.map(Key::address)).collect();
    may_try(tries, &keys, db)?;
    let row = db.read(move |conn| Ok(username.map(|name| store::sign_in_row(conn, name.as_str())).transpose()?.flatten())).await?;
    let (kept, person) = row.map_or((None, None), |(id, hash, disabled)| (Some(hash), (!disabled).then_some(id)));
    let turn = passwords.turn().await?;
    // Asked again, for many may have waited for their turn together.
    may_try(tries, &keys, db)?;
    let (agrees, renewed) = passwords.verify(turn, given.password, kept).await?;
    let Some(person) = person.filter(|_| agrees) else {
        tries.wrong(&keys, db.clock().now());
        metrics::counter!("nuanfang_sign_ins_refused_total").increment(1);
        return Err(Problem::of(Code::SignInFailed));
    };
    tries.forgive(&name);
    db.write(Author(Some(person.to_string())), move |tx| begin(tx, person, renewed.as_ref())).await
}

fn may_try(tries: &Tries, keys: &[Key], db: &Db) -> Result<(), Problem> {
    tries.wait_s(keys, db.clock().now()).map_or(Ok(()), |seconds| Err(Problem::of(Code::TooManyTries).retry_after(seconds)))
}

fn begin(tx: &mut Tx<'_>, person: PersonId, renewed: Option<&PasswordHash>) -> Result<Going, Problem> {
    let session = SessionId::fresh(tx.now, tx.chance);
    let expires_at = expiry(tx.now, tx.now);
    if let Some(hash) = renewed {
        store::keep_password(tx.conn, person, hash)?;
    }
    store::forget_tokens(tx.conn, person, tx.now)?;
    store::begin_session(tx.conn, session, person, tx.now, expires_at)?;
    let token = hand_out(tx, session, 1)?;
    // Disabled between the look and this write: the same answer as before it.
    let actor = store::actor(tx.conn, person, session)?.ok_or(Problem::of(Code::SignInFailed))?;
    tx.record(actor.event("session.began", "session", session, json!({})));
    Ok(Going { actor, token, expires_at })
}

/// Makes a refresh token of a generation; only its hash is kept.
pub(super) fn hand_out(tx: &mut Tx<'_>, session: SessionId, generation: i64) -> Result<String, Problem> {
    let token = URL_SAFE_NO_PAD.encode(tx.chance.bytes::<32>());
    store::issue_token(tx.conn, session, generation, &sha256_hex(token.as_bytes()), tx.now)?;
    Ok(token)
}
