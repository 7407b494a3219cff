//! The document that says what this server can do; generated from the handlers themselves.

use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::problem::{Code, FieldProblem, ProblemBody};

/// The frame into which the rooms' routes are collected.
#[derive(Debug, OpenApi)]
#[openapi(
    info(title = "Nuanfang 暖访", version = "1", description = "Home visits that bring help: household files, entitlements, visits, ledger and reconciliation."),
    components(schemas(ProblemBody, FieldProblem, Code)),
    modifiers(&Bearer)
)]
pub struct Frame;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build());
        document.components.get_or_insert_default().add_security_scheme("bearer", scheme);
    }
}
