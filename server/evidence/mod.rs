//! Pictures and signatures: received, read, turned upright.
//! A file is named by the SHA-256 of its bytes and may come before or after the visit that names it.
//! What it says of itself is read when it is received; the small upright pictures and its likeness are drawn in the background.

mod exif;
pub mod facts;
mod jpeg;
mod likeness;
pub mod media;
pub mod renditions;
