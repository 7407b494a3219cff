//! A household becomes known. A roster is judged row by row before any of it touches the database ([`import`]); its good rows become
//! files, or correct the files that exist. The centre makes a name public, hears what is said against it, approves files and corrects
//! them; the centre and leads give them to teams. Every change of a field is kept, and every look at a whole identity number is
//! recorded. One number, one person, one file in the whole tree of orgs.

mod actions;
mod http;
pub mod import;
mod model;
mod rules;
mod store;

pub use actions::{Outcome, import_at_the_console};
pub use http::{ImportReply, Telling, routes};
pub use model::{
    Answer, Answered, Category, Cause, Change, Described, Home, Household, HouseholdId, ImportId, Member, MemberId, Notice, Objection, ObjectionId, Relation,
    Status, is_bank_card, is_phone,
};
pub use store::{found, found_all, found_in, members_of, notices_of, objections_of, of_teams};
