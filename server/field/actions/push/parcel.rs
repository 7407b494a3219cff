//! What one phone sends at once, and which of those that wait can be taken together.

use std::collections::HashSet;

use super::super::prepare::Prepared;
use crate::accounts::{self, Actor, PersonId};
use crate::field::model::Device;
use crate::field::store;
use crate::kit::db::Tx;
use crate::kit::http::language::Language;
use crate::kit::http::problem::{Code, Problem};

/// Who sends: the person of the phone, or another who brings what it recorded.
#[derive(Debug, Clone)]
pub(in crate::field) struct Sender {
    pub(in crate::field) actor: Actor,
    pub(in crate::field) for_another: Option<PersonId>,
}

impl Sender {
    /// Whoever recorded it: everything is written down as theirs. A phone that is known to be somebody else's speaks for nobody.
    pub(super) fn of(&self, tx: &mut Tx<'_>, device: &Device) -> Result<Actor, Problem> {
        let Some(person) = self.for_another.filter(|person| *person != self.actor.id) else { return Ok(self.actor.clone()) };
        let represented = accounts::represent(tx.conn, &self.actor, person)?;
        match store::person_of(tx.conn, device.id)? {
            Some(known) if known != person => Err(Problem::of(Code::NotFound)),
            _ => Ok(represented),
        }
    }
}

/// A push, ready to be decided.
#[derive(Debug)]
pub(in crate::field) struct Parcel {
    pub(in crate::field) sender: Sender,
    pub(in crate::field) device: Device,
    pub(in crate::field) prepared: Vec<Prepared>,
    pub(in crate::field) language: Language,
}

/// The places of parcels, wave by wave: none of a wave is of a phone or names an item of another in it, so that what each of them finds
/// does not depend on the others.
pub(super) fn waves(parcels: &[&Parcel]) -> Vec<Vec<usize>> {
    let mut waves: Vec<(HashSet<&str>, Vec<usize>)> = Vec::new();
    for (at, parcel) in parcels.iter().enumerate() {
        let names = || parcel.prepared.iter().map(|p| p.item.id.as_str()).chain([parcel.device.id.as_str()]);
        let free = waves.iter().rposition(|(taken, _)| names().any(|name| taken.contains(name))).map_or(0, |last| last + 1);
        if waves.len() == free {
            waves.push((HashSet::new(), Vec::new()));
        }
        if let Some((taken, wave)) = waves.get_mut(free) {
            taken.extend(names());
            wave.push(at);
        }
    }
    waves.into_iter().map(|(_, wave)| wave).collect()
}
