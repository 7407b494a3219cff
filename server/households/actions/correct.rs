//! Correct a file: never overwritten, every change of a field is kept.

use serde_json::json;

use super::{Rewrite, all_seen, lock, must_be, own_orgs};
use crate::accounts::{Actor, Role};
use crate::households::model::{Change, Described, Home, Household, HouseholdId, Member, MemberId, Relation};
use crate::households::rules;
use crate::households::store;
use crate::kit::db::{Db, Tx};
use crate::kit::http::problem::{Code, Problem};
use crate::kit::http::version::IfMatch;
use crate::kit::idnumber::IdNumber;
use crate::kit::log::Event;

/// What is corrected: a description made of the one that stands, and whatever else was named.
pub struct Edit {
    /// Makes the new description of the old one.
    pub describe: Box<dyn Fn(Described) -> Described + Send>,
    /// Where they live; `Some(None)` takes the place away.
    pub home: Option<Option<Home>>,
    /// All members, in place of those on file.
    pub members: Option<Vec<NewMember>>,
}

/// A member as they are told of.
#[derive(Debug, Clone)]
pub struct NewMember {
    /// 姓名
    pub name: String,
    /// To the head.
    pub relation: Relation,
    /// Where it is known.
    pub id_number: Option<IdNumber>,
}

/// Corrects a file and answers its new version.
///
/// # Errors
/// [`Code::NotFound`] out of sight, [`Code::Forbidden`] for others than the centre, [`Code::StaleVersion`] when somebody was faster,
/// [`Code::Invalid`] when the identity number is on file already.
pub async fn correct(db: &Db, actor: &Actor, id: HouseholdId, version: IfMatch, edit: Edit) -> Result<i64, Problem> {
    super::look(db, actor, id).await?;
    must_be(actor, &[Role::Centre])?;
    let actor = actor.clone();
    db.write(actor.author(), move |tx| {
        lock(tx)?;
        let orgs = own_orgs(tx.conn, &actor)?;
        let file = all_seen(tx.conn, &actor, &orgs, &[id])?.pop().ok_or(Problem::of(Code::NotFound))?;
        let org = orgs.get(&file.org_id).ok_or(Problem::of(Code::Forbidden))?;
        version.must_be(file.version)?;
        let after = Household { described: (edit.describe)(file.described.clone()), home: edit.home.unwrap_or(file.home), ..file.clone() };
        let mut changes = rules::changes(&file.described, &after.described);
        changes.extend(Change::of("home", file.home.map(|home| home.to_string()), after.home.map(|home| home.to_string())));
        if after.described.id_number != file.described.id_number && !store::by_id_numbers(tx.conn, std::slice::from_ref(&after.described.id_number))?.is_empty()
        {
            return Err(Problem::field("/head_id_number", "duplicate"));
        }
        if let Some(members) = &edit.members {
            changes.extend(put_members(tx, id, members)?);
        }
        if changes.is_empty() {
            tx.unchanged();
            return Ok(file.version);
        }
        let fields: Vec<&str> = changes.iter().map(|change| change.field).collect();
        let (chain, facts) = (org.chain.clone(), json!({"fields": fields}));
        tx.record(Event { chain, by: None, verb: "household.corrected", subject_kind: "household", subject: id.to_string(), facts });
        let mut rewrite = Rewrite::new();
        rewrite.add(tx, Some(actor.id), after, &changes);
        rewrite.write(tx)?;
        Ok(file.version + 1)
    })
    .await
}

/// Members are named in the history by name and relation; their numbers stay in the file.
fn put_members(tx: &mut Tx<'_>, household_id: HouseholdId, members: &[NewMember]) -> Result<Option<Change>, Problem> {
    let before = store::members_of(tx.conn, &[household_id])?;
    let same = |old: &Member, new: &NewMember| old.name == new.name && old.relation == new.relation && old.id_number == new.id_number;
    if before.len() == members.len() && before.iter().zip(members).all(|(old, new)| same(old, new)) {
        return Ok(None);
    }
    let old = before.iter().map(|m| format!("{} {}", m.name, m.relation)).collect::<Vec<_>>().join(", ");
    let new = members.iter().map(|m| format!("{} {}", m.name, m.relation)).collect::<Vec<_>>().join(", ");
    let fresh = |m: &NewMember| Member {
        id: MemberId::fresh(tx.now, tx.chance),
        household_id,
        name: m.name.clone(),
        relation: m.relation,
        id_number: m.id_number.clone(),
    };
    let fresh = members.iter().map(fresh).collect();
    store::replace_members(tx.conn, household_id, fresh)?;
    Ok(Some(Change { field: "members", old: Some(old), new: Some(new) }))
}
