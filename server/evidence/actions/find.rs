//! What is here, and what is known of it.

use std::collections::HashSet;

use crate::accounts::Actor;
use crate::evidence::model::Evidence;
use crate::evidence::{rules, store};
use crate::kit::blob::BlobName;
use crate::kit::db::Db;
use crate::kit::http::problem::{Answer, Code, Problem};

/// A piece of evidence, for whoever may see it.
///
/// # Errors
/// [`Code::NotFound`] for everybody else.
pub async fn find(db: &Db, actor: &Actor, name: BlobName) -> Answer<Evidence> {
    let teams = actor.team_ids();
    let placed = db.read(move |conn| Ok(store::find_placed(conn, name, &teams)?)).await?;
    placed.filter(|placed| rules::may_see(actor, placed)).map(|placed| placed.evidence).ok_or(Problem::of(Code::NotFound))
}

/// How many bytes of a file are here, for whoever may send it.
///
/// # Errors
/// [`Code::NotFound`] when none are.
pub async fn stored(db: &Db, actor: &Actor, name: BlobName) -> Answer<u64> {
    actor.must_be(&rules::SENDERS)?;
    let found = db.read(move |conn| Ok(store::find(conn, name)?)).await?.ok_or(Problem::of(Code::NotFound))?;
    Ok(u64::try_from(found.bytes).unwrap_or_default())
}

/// Those of these files that are not here, in the order asked.
///
/// # Errors
/// When the database does not answer.
pub async fn missing(db: &Db, actor: &Actor, names: Vec<BlobName>) -> Answer<Vec<BlobName>> {
    actor.must_be(&rules::SENDERS)?;
    db.read(move |conn| {
        let present: HashSet<BlobName> = store::present(conn, &names)?.into_iter().collect();
        Ok(names.into_iter().filter(|name| !present.contains(name)).collect())
    })
    .await
}
