//! The room's doors.

mod edit;
mod file;
mod mend;
mod roster;
mod staff;
mod steps;

pub use roster::{ImportReply, Telling};

use utoipa_actix_web::service_config::ServiceConfig;

/// The doors of this room.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(roster::import_roster)
        .service(staff::approve_households)
        .service(staff::assign_households)
        .service(staff::take_steps)
        .service(file::get_household)
        .service(file::get_household_history)
        .service(file::get_id_number)
        .service(edit::correct_household)
        .service(steps::take_step);
}
