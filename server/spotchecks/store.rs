//! The tables of this room.

mod checks;
mod frames;
mod samples;
mod sent;
mod verdicts;

pub(super) use checks::{checked_or_waiting, count_checks, in_sample, insert_checks, waiting_in};
pub(super) use frames::{frame_lot, frame_of, framed};
pub(super) use samples::{drawn_ids, insert, next_k, of_campaign, page, sample, strata_of, strata_of_all};
pub(super) use sent::{answers_of, asides, insert_aside, insert_sent};
pub(super) use verdicts::{
    answers, counted, insert_answers, insert_replacement, insert_verdict, is_escalated, replacement, set_state, verdicts, verdicts_in_team,
};
