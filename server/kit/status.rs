//! `/healthz` (alive), `/readyz` (database and evidence store answer), `/metrics` (to this machine only).

use std::sync::OnceLock;

use actix_web::{HttpRequest, HttpResponse, web};
use diesel::RunQueryDsl;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use super::blob::Blobs;
use super::db::Db;
use super::http::problem::{Answer, Code, Problem};

static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();

/// Begins to collect metrics; more than once does no harm.
pub fn collect_metrics() {
    METRICS.get_or_init(|| {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        // A test process may assemble the app several times; the first recorder stays.
        drop(metrics::set_global_recorder(recorder));
        handle
    });
}

/// The three addresses.
pub fn routes(config: &mut web::ServiceConfig) {
    config.route("/healthz", web::get().to(alive)).route("/readyz", web::get().to(ready)).route("/metrics", web::get().to(metrics_here));
}

async fn alive() -> HttpResponse {
    HttpResponse::Ok().body("ok\n")
}

async fn ready(db: web::Data<Db>, blobs: web::Data<Blobs>) -> Answer<HttpResponse> {
    db.read(|conn| {
        diesel::sql_query("SELECT 1").execute(conn)?;
        Ok(())
    })
    .await
    .map_err(|_| Problem::of(Code::Busy))?;
    blobs.answers().await?;
    Ok(HttpResponse::Ok().body("ready\n"))
}

async fn metrics_here(request: HttpRequest) -> Answer<HttpResponse> {
    let near = request.peer_addr().is_some_and(|address| address.ip().is_loopback());
    let forwarded = request.headers().contains_key("x-forwarded-for") || request.headers().contains_key("forwarded");
    if !near || forwarded {
        return Err(Problem::of(Code::NotFound));
    }
    let text = METRICS.get().map(PrometheusHandle::render).unwrap_or_default();
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(text))
}
