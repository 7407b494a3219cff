//! The draw, held to its vectors and its laws.

mod compare;
mod coverage;
mod draw;
mod interval;
mod outcome;
mod vectors;
