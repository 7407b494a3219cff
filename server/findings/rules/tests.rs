//! The vectors, and what must hold of any case.

mod any_order;
mod custody;
mod preview;
mod vectors;

pub(in crate::findings) use vectors::all_findings as vectors_findings;
