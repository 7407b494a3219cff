//! Who gets which: computed once for each approved household when its campaign opens, from the standard of its category.
//! An entitlement is frozen together with the facts that decided it; what changes later changes no promise.
//! Files approved after the opening are taken in by asking again.

mod actions;
mod http;
mod model;
mod queries;
mod rules;
mod store;

pub use actions::{list as listed, of_households};
pub use http::routes;
pub use model::{Entitlement, EntitlementId, Facts};
