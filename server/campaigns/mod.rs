//! What is promised, and until when. A campaign is one season of visits: a theme, an opening day, a deadline.
//! While it is a draft its standards are set: what each category of household receives, in cash and goods.
//! Opening freezes the standards; the policy, the limits that reconciliation holds visits against, may still change and counts its versions.
//! The catalogue of goods stands here too, because a standard names them.
//! A later room opens the campaign (it computes who gets what) and a later one closes it (it looks at what is still open).

mod actions;
mod http;
mod model;
mod policy;
mod rules;
mod store;

pub use actions::{close, for_centre, items_by_id, known_items, must_read, open, standards_of, visible};
pub use http::{CampaignView, routes};
pub use model::{Campaign, CampaignId, CampaignStatus, Earmark, Item, ItemId, Purpose, Quantity, Standard, Standards};
pub use policy::{PhotosRequired, Policy};
