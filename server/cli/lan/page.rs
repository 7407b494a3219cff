//! The plain page that a phone sees first: the certificate to trust, and what to tap.

use std::net::{IpAddr, SocketAddr, TcpListener};

use actix_web::dev::Server;
use actix_web::http::header;
use actix_web::web::{self, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};

const PAGE: &str = include_str!("page.html");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/// Where the certificate lies on it.
const CERTIFICATE: &str = "/nuanfang-demo.crt";

/// What the page tells.
#[derive(Debug, Clone)]
pub struct Told {
    /// The certificate, in DER.
    pub certificate: Vec<u8>,
    /// Its SHA-256, as phones show it.
    pub fingerprint: String,
    /// Where the app is: this machine's first address, and the app's port.
    pub app: SocketAddr,
}

/// Serves the page until it is stopped.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(listener: TcpListener, told: Told) -> std::io::Result<Server> {
    let told = Data::new(told);
    let server = HttpServer::new(move || App::new().app_data(told.clone()).route(CERTIFICATE, web::get().to(certificate)).default_service(web::get().to(page)));
    Ok(server.workers(1).disable_signals().listen(listener)?.run())
}

async fn page(request: HttpRequest, told: Data<Told>) -> HttpResponse {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let app = format!("https://{}/", SocketAddr::new(reached_at(host).unwrap_or_else(|| told.app.ip()), told.app.port()));
    let html = PAGE.replace("{app}", &app).replace("{certificate}", CERTIFICATE).replace("{fingerprint}", &told.fingerprint);
    answer().content_type("text/html; charset=utf-8").body(html)
}

async fn certificate(told: Data<Told>) -> HttpResponse {
    answer().content_type("application/x-x509-ca-cert").body(told.certificate.clone())
}

fn answer() -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CONTENT_SECURITY_POLICY, POLICY)).insert_header((header::CACHE_CONTROL, "no-store"));
    answer.insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff")).insert_header((header::REFERRER_POLICY, "no-referrer"));
    answer
}

/// The address by which the phone found this machine: nothing else of what it says is repeated to it.
fn reached_at(host: Option<&str>) -> Option<IpAddr> {
    let host = host?;
    host.parse::<IpAddr>().ok().or_else(|| host.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_app_is_where_the_phone_found_this_machine_and_nothing_said_is_repeated() {
        assert_eq!(reached_at(Some("192.168.1.20:8080")), Some(IpAddr::from([192, 168, 1, 20])));
        assert_eq!(reached_at(Some("192.168.1.20")), Some(IpAddr::from([192, 168, 1, 20])));
        assert_eq!(reached_at(Some("\"><script>")), None);
        assert_eq!(reached_at(None), None);
    }

    #[test]
    fn every_place_of_the_page_is_filled() {
        let filled = PAGE.replace("{app}", "").replace("{certificate}", "").replace("{fingerprint}", "");
        assert!(!filled.contains("{app") && !filled.contains("{cert") && !filled.contains("{finger"));
        assert!(PAGE.contains("{app}") && PAGE.contains("{certificate}") && PAGE.contains("{fingerprint}"));
    }
}
