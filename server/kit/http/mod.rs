//! What every door shares: problems, bounded JSON, pages, language, request ids, the app's own files.

pub mod block;
pub mod caller;
pub mod faults;
pub mod gate;
pub mod json;
pub mod language;
pub mod line;
pub mod made;
pub mod middleware;
pub mod openapi;
pub mod page;
pub mod pieces;
pub mod policy;
pub mod problem;
pub mod pwa;
pub mod version;
pub mod ways;
mod words;
