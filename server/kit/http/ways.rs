//! Which methods each address of the API takes, read from the document: a known address that is asked in a wrong way is answered 405 and
//! told the right ones (RFC 9110, 15.5.6); only an unknown one is answered 404.

use actix_web::dev::ResourceDef;
use actix_web::http::StatusCode;
use actix_web::http::header::ALLOW;
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use utoipa::openapi::{OpenApi, PathItem};

use super::problem::{Code, Problem};

/// The addresses with their methods.
#[derive(Clone)]
pub struct Ways(Vec<(ResourceDef, Vec<&'static str>)>);

impl Ways {
    /// All that the document names.
    #[must_use]
    pub fn of(document: &OpenApi) -> Self {
        Self(document.paths.paths.iter().map(|(path, item)| (ResourceDef::new(path.as_str()), methods(item))).collect())
    }

    /// What somebody is told whom no handler has answered.
    #[must_use]
    pub fn astray(&self, request: &HttpRequest) -> actix_web::Error {
        let right: Vec<&str> = self.0.iter().filter(|(way, _)| way.is_match(request.path())).flat_map(|(_, methods)| methods.iter().copied()).collect();
        if right.is_empty() {
            return Problem::of(Code::NotFound).into();
        }
        WrongMethod(right.join(", ")).into()
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the address takes {0}")]
struct WrongMethod(String);

impl ResponseError for WrongMethod {
    fn status_code(&self) -> StatusCode {
        StatusCode::METHOD_NOT_ALLOWED
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::MethodNotAllowed().insert_header((ALLOW, self.0.as_str())).finish()
    }
}

fn methods(item: &PathItem) -> Vec<&'static str> {
    let all = [("GET", &item.get), ("HEAD", &item.head), ("POST", &item.post), ("PUT", &item.put), ("PATCH", &item.patch), ("DELETE", &item.delete)];
    all.iter().filter(|(_, operation)| operation.is_some()).map(|(name, _)| *name).collect()
}
