//! The doors of the assembled app, asked from inside: the demo's people do nothing that a desk or a phone could not do.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use actix_web::dev::Service;
use actix_web::http::{Method, StatusCode};
use actix_web::test::{TestRequest, init_service};
use bytes::Bytes;
use serde_json::{Value, json};

use super::PASSWORD;
use crate::accounts::tokens::{AccessClaims, Keys};
use crate::app::{self, Parts};
use crate::kit::clock::Clock;

/// What kept the city from being made.
#[derive(Debug, thiserror::Error)]
#[error("the demo city cannot be made: {0}")]
pub struct Fault(pub String);

impl Fault {
    pub(super) fn of(cause: impl std::fmt::Display) -> Self {
        Self(cause.to_string())
    }
}

type Answer = Pin<Box<dyn Future<Output = Result<(StatusCode, Bytes), Fault>>>>;

/// The app.
pub(super) struct Doors {
    call: Box<dyn Fn(TestRequest) -> Answer>,
    keys: Keys,
    clock: Clock,
}

/// Somebody who has signed in.
#[derive(Debug)]
pub(super) struct Person {
    claims: AccessClaims,
    pub(super) username: String,
}

impl Doors {
    pub(super) async fn open(parts: &Parts) -> Self {
        let service = Rc::new(init_service(app::build(parts).0).await);
        let call = move |request: TestRequest| -> Answer {
            let service = Rc::clone(&service);
            Box::pin(async move {
                let response = service.call(request.to_request()).await.map_err(Fault::of)?;
                let status = response.status();
                let bytes = actix_web::body::to_bytes(response.into_body()).await.map_err(|_| Fault("an answer broke off".to_owned()))?;
                Ok((status, bytes))
            })
        };
        Self { call: Box::new(call), keys: parts.keys.clone(), clock: parts.db.clock().clone() }
    }

    /// Signs somebody in with the password all demo accounts have.
    pub(super) async fn sign_in(&self, username: &str) -> Result<Person, Fault> {
        let request = request(Method::POST, "/session").set_json(json!({"username": username, "password": PASSWORD}));
        let answer = self.ask("/session", request).await?;
        let token = word(&answer, "/access_token");
        let claims = self.keys.read_access_token(token, self.clock.now()).map_err(|_| Fault(format!("{username} got no token")))?;
        Ok(Person { claims, username: username.to_owned() })
    }

    /// Sends JSON as somebody.
    pub(super) async fn send(&self, who: &Person, method: Method, path: &str, body: &Value) -> Result<Value, Fault> {
        self.ask(path, self.as_somebody(who, method, path)?.set_json(body)).await
    }

    /// Sends JSON that is already text.
    pub(super) async fn send_text(&self, who: &Person, path: &str, body: String) -> Result<Value, Fault> {
        let request = self.as_somebody(who, Method::POST, path)?.insert_header(("content-type", "application/json"));
        self.ask(path, request.set_payload(body)).await
    }

    /// Changes something that was read in this version.
    pub(super) async fn change(&self, who: &Person, path: &str, version: &Value, body: &Value) -> Result<Value, Fault> {
        let request = self.as_somebody(who, Method::PATCH, path)?.insert_header(("if-match", format!("\"{version}\"")));
        self.ask(path, request.set_json(body)).await
    }

    /// Sends bytes as they are.
    pub(super) async fn bring(&self, who: &Person, method: Method, path: &str, media_type: &str, bytes: Bytes) -> Result<Value, Fault> {
        let request = self.as_somebody(who, method, path)?.insert_header(("content-type", media_type)).insert_header(("content-length", bytes.len()));
        self.ask(path, request.set_payload(bytes)).await
    }

    /// Reads.
    pub(super) async fn read(&self, who: &Person, path: &str) -> Result<Value, Fault> {
        self.ask(path, self.as_somebody(who, Method::GET, path)?).await
    }

    /// All of a list, page after page.
    pub(super) async fn list(&self, who: &Person, path: &str) -> Result<Vec<Value>, Fault> {
        let (mut items, mut after) = (Vec::new(), String::new());
        loop {
            let page = self.read(who, &format!("{path}{}limit=500{after}", if path.contains('?') { '&' } else { '?' })).await?;
            items.extend(page.get("items").and_then(Value::as_array).cloned().unwrap_or_default());
            match word(&page, "/next") {
                "" => return Ok(items),
                next => after = format!("&after={next}"),
            }
        }
    }

    /// Access tokens are short and the demo's weeks pass in seconds: each request carries one of its own.
    fn as_somebody(&self, who: &Person, method: Method, path: &str) -> Result<TestRequest, Fault> {
        let token = self.keys.access_token(who.claims.sub, who.claims.sid, self.clock.now()).map_err(|problem| Fault(format!("{problem:?}")))?;
        Ok(request(method, path).insert_header(("authorization", format!("Bearer {token}"))))
    }

    async fn ask(&self, path: &str, request: TestRequest) -> Result<Value, Fault> {
        let (status, bytes) = (self.call)(request).await?;
        if !status.is_success() {
            return Err(Fault(format!("{path} answered {status}: {}", String::from_utf8_lossy(&bytes))));
        }
        Ok(serde_json::from_slice(&bytes).unwrap_or_default())
    }
}

/// A word of an answer; nothing where there is none.
pub(super) fn word<'a>(answer: &'a Value, pointer: &str) -> &'a str {
    answer.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

fn request(method: Method, path: &str) -> TestRequest {
    let here = std::net::SocketAddr::from(([127, 0, 0, 1], 9));
    TestRequest::default().method(method).uri(&format!("/api/v1{path}")).peer_addr(here)
}
