//! What is promised, and until when. A campaign is one season of visits: a theme, an opening day, a deadline.
//! While it is a draft its standards are set: what each category of household receives, in cash and goods.
//! Opening freezes the standards; the policy, the limits that reconciliation holds visits against, may still change and counts its versions.
//! The catalogue of goods stands here too, because a standard names them.
//! Each has a key that phones seal what they record to; its private half is locked with a secret that lies apart from the database.
//! Opening promises the seed of the spot checks by its hash; it is kept locked in the same way until it is published.
//! A later room opens the campaign (it computes who gets what) and a later one closes it (it looks at what is still open).

mod actions;
mod http;
mod model;
mod policy;
mod rules;
mod secret;
mod store;

pub use actions::{
    Seals, close, commit_all, draw_seed, for_auditing, for_centre, items, items_by_id, known_items, list as listed, lock_keys_anew, lock_seeds_anew,
    lost_draw_seeds, lost_seal_keys, must_read, open, renew_seal_keys, seal_keys_of, standards_of, visible,
};
pub use http::{CampaignView, routes};
pub use model::{Campaign, CampaignId, CampaignStatus, DrawSeed, Earmark, Item, ItemId, Purpose, Quantity, SealKey, SealKeyId, Standard, Standards};
pub use policy::{PhotosRequired, Policy};
pub use secret::{SECRET_FILE, Secret};
