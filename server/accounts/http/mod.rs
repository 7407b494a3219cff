//! The doors of this room.

mod cookie;
mod me;
mod orgs;
mod people;
mod saved;
mod session;
mod teams;

use utoipa_actix_web::service_config::ServiceConfig;

/// The routes of this room.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(session::sign_in)
        .service(session::refresh)
        .service(session::sign_out)
        .service(session::sign_out_everywhere)
        .service(me::me)
        .service(orgs::list)
        .service(orgs::add)
        .service(people::list)
        .service(people::search)
        .service(people::add)
        .service(people::change)
        .service(teams::list)
        .service(teams::add)
        .service(teams::set_members)
        .service(saved::list)
        .service(saved::save)
        .service(saved::forget);
}
