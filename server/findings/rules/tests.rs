//! The vectors, and what must hold of any case.

mod any_order;
mod vectors;
