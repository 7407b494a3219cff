//! What every room stands on. No word of the domain is spoken here; a file needs two users to live here.

pub mod blob;
pub mod clock;
pub mod db;
pub mod digest;
pub mod geo;
mod halt;
pub mod http;
pub mod id;
pub mod idnumber;
pub mod log;
pub mod seal;
pub mod status;
pub mod text;
