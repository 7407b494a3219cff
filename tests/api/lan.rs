//! The demo for phones in the same network: HTTPS with a certificate of its own.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;

use nuanfang::app::{self, Door};
use nuanfang::cli::lan::Authority;
use nuanfang::kit::clock::Clock;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::kit::{On, TestApp};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const ABROAD: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));

/// What a caller who trusts these authorities hears of `/healthz` at an address that claims to be `name`.
async fn ask(trusted: Vec<Authority>, address: SocketAddr, name: IpAddr) -> Result<String, std::io::Error> {
    let mut roots = RootCertStore::empty();
    for authority in &trusted {
        roots.add(authority.certificate().expect("a certificate")).expect("a root");
    }
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider())).with_safe_default_protocol_versions().expect("versions");
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let call = move || {
        let line = ClientConnection::new(Arc::new(config), ServerName::from(name)).expect("a line");
        let mut stream = StreamOwned::new(line, TcpStream::connect(address)?);
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")?;
        let mut told = Vec::new();
        // A server that closes without saying so has still said what it had to say.
        match stream.read_to_end(&mut told) {
            Err(error) if told.is_empty() => Err(error),
            _ => Ok(String::from_utf8_lossy(&told).into_owned()),
        }
    };
    actix_web::rt::task::spawn_blocking(call).await.expect("an answer")
}

#[actix_web::test]
async fn who_trusts_the_certificate_is_served_over_https_and_nobody_else_and_it_speaks_for_no_address_of_others() {
    let app = TestApp::start(On::Sqlite).await;
    let folder = tempfile::tempdir().expect("a folder");
    let authority = || Authority::load_or_make(folder.path(), &[HERE], Clock::system().now()).expect("an authority");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("bound");
    let tls = authority().server(&[HERE, ABROAD], Clock::system().now()).expect("a certificate");
    let server = app::server(app.parts.clone(), Door::Tls(listener, Box::new(tls))).expect("a server");
    let handle = server.handle();
    actix_web::rt::spawn(server);
    // With an address of others among its names the whole certificate is refused: the authority may not speak for them.
    let refused = ask(vec![authority()], address, HERE).await.expect_err("a certificate of an address of others").to_string();
    assert!(refused.contains("NameConstraint"), "{refused}");
    handle.stop(false).await;

    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("bound");
    let tls = authority().server(&[HERE], Clock::system().now()).expect("a certificate");
    let server = app::server(app.parts.clone(), Door::Tls(listener, Box::new(tls))).expect("a server");
    let handle = server.handle();
    actix_web::rt::spawn(server);
    let told = ask(vec![authority()], address, HERE).await.expect("an answer");
    assert!(told.starts_with("HTTP/1.1 200"), "{told}");
    assert!(ask(Vec::new(), address, HERE).await.is_err(), "a stranger's certificate is not believed");
    assert!(ask(vec![authority()], address, ABROAD).await.is_err(), "nor one of another name");
    handle.stop(false).await;
}
