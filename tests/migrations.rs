//! The schema: up, down and up again; the same on both databases; its Rust half; and what each column may be shown to.
#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests may fail loudly")]

#[path = "migrations/databases.rs"]
mod databases;
#[path = "migrations/frames.rs"]
mod frames;
#[path = "migrations/generated.rs"]
mod generated;
#[path = "api/kit/postgres.rs"]
#[expect(dead_code, reason = "the API tests copy databases as well")]
mod postgres;
#[path = "migrations/privacy.rs"]
mod privacy;
#[path = "migrations/round.rs"]
mod round;
