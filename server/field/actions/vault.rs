//! `reopen`: gives a phone's vault key back to its person.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::accounts::{Actor, DeviceId, begun_at};
use crate::campaigns::Seals;
use crate::kit::clock::MINUTE_MS;
use crate::kit::db::Db;
use crate::kit::http::problem::{Answer, Code, Problem};

/// How long after their password somebody is taken for the one who gave it.
const FRESH_MS: i64 = 10 * MINUTE_MS;

/// Opens the envelope that this person's phone made of its vault key: the person stands in the associated data. The session must have
/// been begun by password just now: a found phone holds a session too.
///
/// # Errors
/// [`Code::SignInAgain`] where the password was given longer ago; [`Code::SealBroken`] where it is somebody else's, another phone's or damaged; [`Code::SealKeyUnknown`].
pub(in crate::field) async fn reopen(db: &Db, seals: &Seals, actor: &Actor, device: DeviceId, sealed: &str) -> Answer<String> {
    let session = actor.session;
    let begun = db.read(move |conn| Ok(begun_at(conn, session)?)).await?;
    if begun.is_none_or(|begun| db.clock().now().since(begun) > FRESH_MS) {
        return Err(Problem::of(Code::SignInAgain));
    }
    let broken = || Problem::of(Code::SealBroken);
    let envelope = STANDARD.decode(sealed).map_err(|_| broken())?;
    let private = seals.key_of(db, &envelope).await?;
    let key = private.open(&envelope, &format!("vault\n{}\n{device}", actor.id)).filter(|key| key.len() == 32).ok_or_else(broken)?;
    let event = actor.event("vault.reopened", "device", device, json!({}));
    db.write(actor.author(), move |tx| {
        tx.record(event.clone());
        Ok(())
    })
    .await?;
    Ok(STANDARD.encode(key))
}
