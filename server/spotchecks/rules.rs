//! What is decided here, without any look outside.

pub mod answers;
pub mod compare;
pub mod draw;
pub mod interval;
pub mod outcome;
pub mod sentence;
pub mod verify;

#[cfg(test)]
mod tests;
