//! Turns a request into an [`Actor`].

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, web};

use super::model::Actor;
use super::store;
use super::tokens::Keys;
use crate::kit::db::Db;
use crate::kit::http::problem::{Code, Problem};

impl FromRequest for Actor {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = claims(request);
        Box::pin(async move {
            let (db, claims) = found?;
            db.read(move |conn| Ok(store::actor(conn, claims.sub, claims.sid)?)).await?.ok_or(Problem::of(Code::SessionEnded))
        })
    }
}

fn claims(request: &HttpRequest) -> Result<(Db, super::tokens::AccessClaims), Problem> {
    let missing = || Problem::unexpected("the app was assembled without its database or its keys");
    let db = request.app_data::<web::Data<Db>>().ok_or_else(missing)?;
    let keys = request.app_data::<web::Data<Keys>>().ok_or_else(missing)?;
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = header.strip_prefix("Bearer ").ok_or(Problem::of(Code::Unauthenticated))?;
    Ok((Db::clone(db), keys.read_access_token(token, db.clock().now())?))
}
