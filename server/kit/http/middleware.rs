//! What happens around every request: its id, its line in the log, its problem in words, the headers that keep browsers honest.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpResponse, ResponseError};
use tracing::Span;
use tracing_actix_web::{RequestId, RootSpanBuilder};

use super::language::Language;
use super::policy::ContentPolicy;
use super::problem::{Code, Problem, ProblemBody};

const PROBLEM_JSON: &str = "application/problem+json";
/// Opens the span each request is logged in: method, route pattern (never the path, which may name a person) and id.
#[derive(Debug)]
pub struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
        let route = request.match_pattern().unwrap_or_else(|| "-".to_owned());
        tracing::info_span!("request", request_id = id, method = %request.method(), route)
    }

    fn on_request_end<B: MessageBody>(_: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = outcome.as_ref().map_or_else(|error| error.as_response_error().status_code(), ServiceResponse::status).as_u16();
        tracing::info!(status, "answered");
    }
}

/// Renders problems in the language asked for, and sets the headers every answer carries.
///
/// # Errors
/// Passes on what the inner services say, in words.
pub async fn speak(request: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<BoxBody>, Error> {
    let language = Language::of(request.request());
    let id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
    let policy = request.app_data::<Data<ContentPolicy>>().map_or_else(|| ContentPolicy::with(&[]), |policy| ContentPolicy::clone(policy));
    match next.call(request).await {
        Err(error) => Err(Spoken { problem: body_of(&error, language, &id), plain: error.error_response(), id, policy }.into()),
        Ok(response) => {
            let spoken = response.response().error().map(|error| (body_of(error, language, &id), error.error_response()));
            let mut response = match spoken {
                Some((problem, plain)) => response.into_response(render(&problem, &plain)),
                None => response.map_into_boxed_body(),
            };
            mark(response.headers_mut(), &id, &policy);
            Ok(response)
        }
    }
}

#[derive(Debug)]
struct Spoken {
    problem: ProblemBody,
    plain: HttpResponse,
    id: String,
    policy: ContentPolicy,
}

impl std::fmt::Display for Spoken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.problem.title)
    }
}

impl ResponseError for Spoken {
    fn status_code(&self) -> actix_web::http::StatusCode {
        self.plain.status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = render(&self.problem, &self.plain);
        mark(response.headers_mut(), &self.id, &self.policy);
        response
    }
}

fn body_of(error: &Error, language: Language, id: &str) -> ProblemBody {
    if let Some(problem) = error.as_error::<Problem>() {
        problem.log_once("request");
        return problem.body(language, id);
    }
    let code = match error.as_response_error().status_code().as_u16() {
        404 => Code::NotFound,
        405 => Code::MethodNotAllowed,
        413 => Code::TooLarge,
        415 => Code::UnsupportedMediaType,
        500.. => Code::Internal,
        _ => Code::BadRequest,
    };
    if code == Code::Internal {
        tracing::error!(error = %error, "unexpected");
    }
    Problem::of(code).body(language, id)
}

fn render(problem: &ProblemBody, plain: &HttpResponse) -> HttpResponse {
    let status = actix_web::http::StatusCode::from_u16(problem.status).unwrap_or(plain.status());
    let mut response = HttpResponse::build(status);
    for name in ["retry-after", "allow", "upload-offset", "set-cookie"] {
        for value in plain.headers().get_all(name) {
            response.append_header((HeaderName::from_static(name), value.clone()));
        }
    }
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    response.content_type(PROBLEM_JSON).body(serde_json::to_string(problem).unwrap_or_default())
}

fn mark(headers: &mut HeaderMap, id: &str, policy: &ContentPolicy) {
    set(headers, "x-request-id", id);
    set(headers, "x-content-type-options", "nosniff");
    set(headers, "referrer-policy", "no-referrer");
    set(headers, "cross-origin-opener-policy", "same-origin");
    set(headers, "permissions-policy", "geolocation=(self), camera=(self), microphone=()");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy.value());
    if !headers.contains_key(header::CACHE_CONTROL) {
        set(headers, "cache-control", "no-store");
    }
}

fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}
