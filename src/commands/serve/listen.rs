//! Connections: few at once, none that waits for ever, each request answered on a thread of its own.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::Site;
use super::answer::answer;
use super::asked::Asked;
use crate::error::Error;

/// Connections at once; further ones wait until one ends.
const CONNECTIONS: usize = 256;
/// Requests that are worked on at once; each may read the whole registry.
const AT_WORK: usize = 8;
/// How long a browser may take to say what it wants, and to send a form.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long a connection is kept, whatever it does.
const LONGEST: Duration = Duration::from_secs(300);
/// The longest form, in bytes.
const LONGEST_FORM: usize = 1 << 20;

/// Answers requests until the program is ended.
///
/// # Errors
/// When the machine lends no threads or no socket.
pub(super) fn forever(site: Site, listener: std::net::TcpListener) -> Result<(), Error> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(AT_WORK)
        .build()?;
    let site = Arc::new(site);
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    runtime.block_on(async move {
        let listener = TcpListener::from_std(listener)?;
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else {
                return Ok(());
            };
            let Ok((stream, peer)) = listener.accept().await else {
                // Too many open files, say: that passes.
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            };
            let site = Arc::clone(&site);
            tokio::spawn(async move {
                let router = axum::Router::new().fallback(move |request: Request| {
                    let site = Arc::clone(&site);
                    async move { Ok::<_, Infallible>(respond(site, peer, request).await) }
                });
                let mut server = Builder::new();
                server
                    .timer(TokioTimer::new())
                    .header_read_timeout(PATIENCE);
                let connection =
                    server.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
                let _ = timeout(LONGEST, connection).await;
                drop(place);
            });
        }
    })
}

async fn respond(site: Arc<Site>, peer: SocketAddr, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = match timeout(PATIENCE, to_bytes(body, LONGEST_FORM)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let work = tokio::task::spawn_blocking(move || {
        let asked = Asked::new(&head.method, &head.uri, &head.headers, &body, peer.ip());
        answer(&site, &asked)
    });
    let done = work.await;
    done.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}
