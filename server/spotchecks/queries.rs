//! What a sample is drawn from, read from the rooms before this one.

mod assisted;
mod campaign;
mod checks;
mod names;
mod not_reached;
mod single;

pub(super) use assisted::{assisted, helped_by};
pub(super) use campaign::name_of_campaign;
pub(super) use checks::{Wanted, check, checks_of, items_of_campaign, list, record};
pub(super) use not_reached::not_reached;
pub(super) use single::these;
