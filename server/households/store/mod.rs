//! The tables of this room.

mod changes;
mod files;
mod members;
mod notices;
mod rosters;
mod rows;

pub use changes::{Changed, history, note};
pub use files::{by_id_numbers, found, found_all, found_in, insert_all, of_import, of_teams, save_all};
pub use members::{members_of, replace_members};
pub use notices::{add_notices, add_objection, answer_objection, notices_of, objection, objections_of};
pub use rosters::{Roster, add_roster, roster, roster_of_file};

/// Values a statement takes at once: SQLite binds at most 32,766.
const VALUES_A_STATEMENT: usize = 30_000;
