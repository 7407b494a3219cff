//! One file a verb.

mod change;
mod draw_seed;
mod item;
mod make;
mod read;
mod seal;
mod standards;
mod turn;

pub(super) use change::{Change, change};
pub use draw_seed::{commit_all, draw_seed, lock_seeds_anew, lost_draw_seeds};
pub use item::items;
pub(super) use item::{NewItem, make_item};
pub(super) use make::{NewCampaign, make};
pub use read::{for_auditing, for_centre, items_by_id, known_items, list, must_read, standards_of, visible};
pub use seal::{Seals, lock_keys_anew, lost_seal_keys, renew_seal_keys, seal_keys_of};
pub(super) use standards::set_standards;
pub use turn::{close, open};
