//! Clients that are people: `app.visitor()`, and those of `app.city()`.

use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;

use super::TestApp;

/// Somebody with a browser.
pub struct Person {
    /// Their browser.
    pub http: reqwest::Client,
    /// The server they talk to.
    pub address: String,
    /// Their access token, once they have signed in.
    pub token: Option<String>,
    /// What the server says they are, once they have signed in.
    pub me: Value,
}

impl TestApp {
    /// Somebody who has not signed in.
    pub fn visitor(&self) -> Person {
        Person::at(&self.address)
    }
}

impl Person {
    /// Somebody at this server who has not signed in.
    pub fn at(address: &str) -> Self {
        Self { http: reqwest::Client::builder().cookie_store(true).build().expect("a client"), address: address.to_owned(), token: None, me: Value::Null }
    }

    /// Their id.
    pub fn id(&self) -> &str {
        self.me["id"].as_str().expect("signed in")
    }

    /// A request to the API, with their token.
    pub fn call(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}/api/v1{path}", self.address));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Reply {
        Reply::of(self.call(Method::GET, path).send().await.expect("an answer")).await
    }

    /// POST of JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        Reply::of(self.call(Method::POST, path).json(body).send().await.expect("an answer")).await
    }

    /// PUT of JSON.
    pub async fn put(&self, path: &str, body: &Value) -> Reply {
        Reply::of(self.call(Method::PUT, path).json(body).send().await.expect("an answer")).await
    }

    /// PATCH of JSON with the version that was read.
    pub async fn patch(&self, path: &str, version: i64, body: &Value) -> Reply {
        let request = self.call(Method::PATCH, path).header("If-Match", format!("\"{version}\""));
        Reply::of(request.json(body).send().await.expect("an answer")).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Reply {
        Reply::of(self.call(Method::DELETE, path).send().await.expect("an answer")).await
    }
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: reqwest::header::HeaderMap,
    /// Its JSON, or null where there was none.
    pub json: Value,
    /// Its bytes.
    pub bytes: bytes::Bytes,
}

impl Reply {
    /// Reads an answer whole.
    pub async fn of(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.expect("a body");
        let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Self { status, headers, json, bytes }
    }

    /// The JSON of an answer that must be good.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, String::from_utf8_lossy(&self.bytes));
        self.json
    }

    /// The code of an answer that must be a problem with this status.
    #[track_caller]
    pub fn problem(self, status: u16) -> String {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        self.json["code"].as_str().unwrap_or_default().to_owned()
    }
}
