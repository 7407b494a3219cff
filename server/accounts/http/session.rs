//! Signing in, going on, signing out.

use actix_web::{HttpRequest, HttpResponse, delete, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::cookie;
use super::me::Me;
use crate::accounts::actions::{self, Going};
use crate::accounts::model::Actor;
use crate::accounts::passwords::Passwords;
use crate::accounts::tokens::{ACCESS_TOKEN_S, Keys};
use crate::accounts::tries::Tries;
use crate::config::Settings;
use crate::kit::db::Db;
use crate::kit::http::caller::address_of;
use crate::kit::http::json::Body;
use crate::kit::http::problem::{Answer, Code, Problem, ProblemBody};

/// A name and a password.
#[derive(Deserialize, ToSchema)]
pub(super) struct Credentials {
    /// The name to sign in with; case does not matter.
    username: String,
    /// The password.
    #[schema(format = Password)]
    password: String,
}

/// A session that goes on.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Session {
    /// Goes into `Authorization: Bearer`.
    access_token: String,
    /// Seconds for which it is good.
    expires_in: i64,
    /// Whoever signed in.
    user: Me,
}

/// Sign in. The refresh token comes as a cookie. The answer never tells whether the name exists; five wrong passwords in 15 minutes,
/// for one name or from one address, slow down further tries.
#[utoipa::path(tag = "session", request_body = Credentials, responses(
    (status = 200, body = Session),
    (status = 401, body = ProblemBody, description = "sign_in_failed", content_type = "application/problem+json"),
    (status = 429, body = ProblemBody, description = "too_many_tries, with Retry-After", content_type = "application/problem+json"),
))]
#[post("/session")]
pub(super) async fn sign_in(
    request: HttpRequest,
    db: web::Data<Db>,
    keys: web::Data<Keys>,
    passwords: web::Data<Passwords>,
    tries: web::Data<Tries>,
    settings: web::Data<Settings>,
    body: Body<Credentials, 4_096>,
) -> Answer<HttpResponse> {
    cookie::not_from_a_foreign_page(&request)?;
    let address = address_of(&request, settings.behind_proxy);
    let given = actions::SignIn { username: body.0.username, password: body.0.password, address };
    let going = actions::sign_in(&db, &passwords, &tries, given).await?;
    answer(going, &db, &keys, &settings)
}

/// Go on: the refresh cookie for a new access token and a new cookie. The old cookie stays good until the new one has been used.
/// From a browser, our own pages only; elsewhere `X-Requested-With` must be there.
#[utoipa::path(tag = "session", responses(
    (status = 200, body = Session),
    (status = 401, body = ProblemBody, description = "unauthenticated, session_ended", content_type = "application/problem+json"),
    (status = 403, body = ProblemBody, description = "from a foreign page", content_type = "application/problem+json"),
))]
#[post("/session/refresh")]
pub(super) async fn refresh(request: HttpRequest, db: web::Data<Db>, keys: web::Data<Keys>, settings: web::Data<Settings>) -> Answer<HttpResponse> {
    cookie::from_our_own_page(&request)?;
    let token = cookie::token(&request).ok_or(Problem::of(Code::Unauthenticated))?;
    let going = actions::refresh(&db, &token).await?;
    answer(going, &db, &keys, &settings)
}

/// Sign out: ends the session of the access token, or that of the cookie. Signing out twice is signing out.
#[utoipa::path(tag = "session", security(("bearer" = []), ()), responses((status = 204)))]
#[delete("/session")]
pub(super) async fn sign_out(request: HttpRequest, actor: Option<Actor>, db: web::Data<Db>, settings: web::Data<Settings>) -> Answer<HttpResponse> {
    if let Some(actor) = actor {
        actions::sign_out(&db, actor).await?;
    } else if let Some(token) = cookie::token(&request) {
        cookie::from_our_own_page(&request)?;
        actions::sign_out_by_token(&db, &token).await?;
    }
    Ok(HttpResponse::NoContent().cookie(cookie::without(&settings)).finish())
}

/// Sign out on every device.
#[utoipa::path(tag = "session", security(("bearer" = [])), responses((status = 204)))]
#[delete("/sessions")]
pub(super) async fn sign_out_everywhere(actor: Actor, db: web::Data<Db>, settings: web::Data<Settings>) -> Answer<HttpResponse> {
    actions::sign_out_everywhere(&db, actor).await?;
    Ok(HttpResponse::NoContent().cookie(cookie::without(&settings)).finish())
}

fn answer(going: Going, db: &Db, keys: &Keys, settings: &Settings) -> Answer<HttpResponse> {
    let now = db.clock().now();
    let access_token = keys.access_token(going.actor.id, going.actor.session, now)?;
    let cookie = cookie::with(&going.token, going.expires_at, now, settings);
    let session = Session { access_token, expires_in: ACCESS_TOKEN_S, user: going.actor.into() };
    Ok(HttpResponse::Ok().cookie(cookie).json(session))
}
