//! The house, held to its plan: room order, seat order, file sizes, problems that are raised, docs that name what is there.
#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests may fail loudly")]

#[path = "architecture/docs.rs"]
mod docs;
#[path = "architecture/rooms.rs"]
mod rooms;
#[path = "architecture/seats.rs"]
mod seats;
#[path = "architecture/sizes.rs"]
mod sizes;
#[path = "architecture/source.rs"]
mod source;
