//! Agreement: what is found, by whom it is settled, and what changes it.

mod alike;
mod copies;
mod custody;
mod doors;
mod settling;
mod together;
mod witnesses;
