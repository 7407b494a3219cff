//! The first person a finding meets is an honest cadre: thousands of honest visits raise none that blocks and next to none that must be
//! looked at, every cheat raises its own, and what is found does not hang on the order in which things arrived.
//!
//! `HONEST_VISITS` and `ORDERS` make the runs longer; `SEED` makes others of them.
#![expect(
    clippy::print_stdout,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests may fail loudly, and say what they measured"
)]

#[path = "../api/kit/mod.rs"]
#[expect(dead_code, reason = "the kit serves several test programs")]
mod kit;

mod camera;
mod cheats;
mod crew;
mod dice;
mod found;
mod handset;
mod honest;
mod orders;
mod rounds;
mod story;
mod town;

/// A number from the environment.
fn asked(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}
