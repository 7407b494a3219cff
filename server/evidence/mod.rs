//! Pictures and signatures: received, read, turned upright.
//! A file is named by the SHA-256 of its bytes and may come before or after the visit that names it.
//! Over a poor line it comes in parts, each kept as far as it came.
//! It is acknowledged when its bytes are durable; what it says of itself is read at that moment, and never held against anyone for lacking.
//! Small upright pictures and the likeness by which a picture shown twice is found are drawn in the background.
//! Whoever reconciles visits takes the names of what has arrived from the queue [`ARRIVALS`].

mod actions;
mod background;
mod exif;
pub mod facts;
mod http;
mod jpeg;
mod likeness;
pub mod media;
mod model;
pub mod renditions;
mod rules;
mod store;
mod tidy;

pub use actions::{ARRIVALS, Studio, file_of_job};
pub use background::Background;
pub use http::routes;
pub use likeness::{bits_of, probes};
pub use model::{Evidence, State};
pub use store::listed;
pub use tidy::keep_tidy;
