//! Where callers come in, and how many wait there.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_http::{HttpService, Protocol};
use actix_server::ServerBuilder;
use actix_service::{IntoServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_web::HttpServer;
use actix_web::dev::{AppConfig, Server};
use actix_web::rt::net::TcpStream;
use rustls::ServerConfig;

use super::{Parts, build};
use crate::kit::http::line::Line;

/// Threads of all workers together that wait for the disk, beside one for each connection to the database: as many as files are written at
/// once, and some.
const FOR_THE_DISK: usize = 40;
/// A worker has so many at the least: lines do not come to all of them alike.
const LEAST_BLOCKING: usize = 16;
/// Callers whom nobody has greeted yet.
const BACKLOG: u32 = 2_048;
/// What the kernel holds of a line before it is read.
const LINE_BYTES: usize = 64 << 10;
/// How long a line stays open between two requests.
const BETWEEN_REQUESTS: Duration = Duration::from_secs(75);
/// How long a head may be on its way.
const FOR_A_HEAD: Duration = Duration::from_secs(20);
/// How long a line that is given up may take to end.
const TO_HANG_UP: Duration = Duration::from_secs(1);
/// How many seconds running requests have when the process is to stop.
const TO_STOP_S: u64 = 20;

/// Where callers come in.
#[derive(Debug)]
pub enum Door {
    /// Plain, for this machine or behind a proxy that speaks HTTPS.
    Plain(TcpListener),
    /// HTTPS, for the few phones of one house.
    Tls(TcpListener, Box<ServerConfig>),
}

impl Door {
    /// The address it listens on.
    ///
    /// # Errors
    /// When the listener is gone.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        let (Self::Plain(listener) | Self::Tls(listener, _)) = self;
        listener.local_addr()
    }
}

/// Serves at a door until the process is asked to stop; then lets running requests finish.
///
/// # Errors
/// When the door cannot be used.
pub fn server(parts: Parts, door: Door) -> std::io::Result<Server> {
    let (Door::Plain(listener) | Door::Tls(listener, _)) = &door;
    rustix::net::sockopt::set_socket_recv_buffer_size(listener, LINE_BYTES)?;
    match door {
        Door::Plain(listener) => plain(parts, listener),
        Door::Tls(listener, tls) => {
            let (workers, blocking) = threads(&parts);
            let server = HttpServer::new(move || build(&parts).0).workers(workers).worker_max_blocking_threads(blocking).backlog(BACKLOG);
            let server = server.tcp_nodelay(true).keep_alive(BETWEEN_REQUESTS).client_request_timeout(FOR_A_HEAD).shutdown_timeout(TO_STOP_S);
            Ok(server.listen_rustls_0_23(listener, *tls)?.run())
        }
    }
}

/// Workers, and each one's threads for what waits.
fn threads(parts: &Parts) -> (usize, usize) {
    let workers = parts.settings.workers;
    let connections = usize::try_from(parts.settings.database_connections).unwrap_or(FOR_THE_DISK);
    (workers, (FOR_THE_DISK + connections).div_ceil(workers).max(LEAST_BLOCKING))
}

/// As actix's own server does it, but over lines that can be held: a body that nobody asks for yet is not read. Over HTTPS a line carries
/// several requests at once, and the protocol itself holds what is not asked for.
fn plain(parts: Parts, listener: TcpListener) -> std::io::Result<Server> {
    let address = listener.local_addr()?;
    let (workers, blocking) = threads(&parts);
    let builder = ServerBuilder::new().workers(workers).worker_max_blocking_threads(blocking).backlog(BACKLOG).shutdown_timeout(TO_STOP_S);
    let stopping = builder.graceful_shutdown_signal();
    let greet = move || {
        let stopping = stopping.clone();
        let app = build(&parts).0.into_factory().map_err(|error: actix_web::Error| error.as_response_error().error_response());
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            .keep_alive(BETWEEN_REQUESTS)
            .client_request_timeout(FOR_A_HEAD)
            .client_disconnect_timeout(TO_HANG_UP)
            .local_addr(address)
            .on_connect_ext(|line: &Line<TcpStream>, kept| drop(kept.insert(line.hold())))
            .finish(map_config(app, |()| AppConfig::default()));
        fn_service(|io: TcpStream| async move {
            // An answer that goes out in two parts waits for nobody's word that the first arrived: that was 40 ms of every longer one.
            io.set_nodelay(true)?;
            let caller = io.peer_addr().ok();
            Ok::<_, actix_http::error::DispatchError>((Line::new(io), Protocol::Http1, caller))
        })
        .and_then(http)
    };
    Ok(builder.listen("plain", listener, greet)?.run())
}
