//! The tables of this room.

mod findings;
mod heard;
mod queue;
mod standings;

pub(super) use findings::{FindingRow, Settling, Stored, a06_of_team, history, i02_in, insert_or_change, mark_gone, settle, settled, stored};
pub(super) use heard::{chains, hear, heard};
pub(super) use queue::{due, enqueue, has_due, postpone, take, take_these};
pub(super) use standings::{StandingRow, count, set_standings, standings};
