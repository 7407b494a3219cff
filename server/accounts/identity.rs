//! Turns a request into an [`Actor`].

use std::future::{Future, Ready, ready};
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, web};
use diesel::QueryResult;

use super::model::Actor;
use super::store;
use super::tokens::{AccessClaims, Keys};
use crate::kit::db::{Conn, Db};
use crate::kit::http::problem::{Code, Problem};

/// Who asks, as their token says, before they are looked up: for doors that ask the database for more and are asked often, because each
/// question to it is a crossing to another thread and back.
pub struct Caller {
    db: Db,
    claims: AccessClaims,
}

impl Caller {
    /// The actor, and what else is read with them. Whether they may know it is for whoever asks.
    ///
    /// # Errors
    /// [`Code::SessionEnded`]; as [`Db::read`].
    pub async fn look_up<T: Send + 'static>(self, more: impl FnOnce(&mut Conn) -> QueryResult<T> + Send + 'static) -> Result<(Actor, T), Problem> {
        let Self { db, claims } = self;
        db.read(move |conn| match store::actor(conn, claims.sub, claims.sid)? {
            Some(actor) => Ok((actor, more(conn)?)),
            None => Err(Problem::of(Code::SessionEnded)),
        })
        .await
    }
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(caller(request))
    }
}

impl FromRequest for Actor {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = caller(request);
        Box::pin(async move { caller?.look_up(|_| Ok(())).await.map(|(actor, ())| actor) })
    }
}

fn caller(request: &HttpRequest) -> Result<Caller, Problem> {
    let missing = || Problem::unexpected("the app was assembled without its database or its keys");
    let db = request.app_data::<web::Data<Db>>().ok_or_else(missing)?;
    let keys = request.app_data::<web::Data<Keys>>().ok_or_else(missing)?;
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = header.strip_prefix("Bearer ").ok_or(Problem::of(Code::Unauthenticated))?;
    Ok(Caller { db: Db::clone(db), claims: keys.read_access_token(token, db.clock().now())? })
}
