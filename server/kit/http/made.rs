//! The answer to a create: 201 the first time, 200 when the same was made before.

use actix_web::body::BoxBody;
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;

/// What stands now, and whether this request made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made<T> {
    /// Whether it was made just now.
    pub fresh: bool,
    /// The thing.
    pub value: T,
}

impl<T> Made<T> {
    /// Made by this request.
    pub const fn now(value: T) -> Self {
        Self { fresh: true, value }
    }

    /// Made by an earlier one with the same content.
    pub const fn before(value: T) -> Self {
        Self { fresh: false, value }
    }

    /// The same answer with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Made<U> {
        Made { fresh: self.fresh, value: f(self.value) }
    }
}

impl<T: Serialize> Responder for Made<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        if self.fresh { HttpResponse::Created().json(&self.value) } else { HttpResponse::Ok().json(&self.value) }
    }
}
