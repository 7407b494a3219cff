//! What a sample is drawn from, read from the rooms before this one.

mod assisted;
mod campaign;
mod checks;
mod not_reached;
mod single;

use std::collections::HashMap;

pub(super) use assisted::assisted;
pub(super) use campaign::name_of_campaign;
pub(super) use checks::{Wanted, check, checks_of, items_of_campaign, list, record};
pub(super) use not_reached::not_reached;
pub(super) use single::these;

use super::model::Stratum;
use crate::kit::clock::Moment;
use crate::visits::VisitId;

/// One text for each stratum, however many stand in it.
#[derive(Default)]
struct Names(HashMap<String, Stratum>);

impl Names {
    fn of(&mut self, name: String) -> Stratum {
        Stratum::clone(self.0.entry(name).or_insert_with_key(|name| Stratum::from(name.as_str())))
    }
}

/// The later of two visits of a household stands for it.
type When = (Moment, VisitId);
