//! Connections: few at once, none that waits for ever, each request answered on a thread of its own.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::Site;
use super::answer::answer;
use super::asked::{Asked, Sent, Upload};
use crate::error::Error;
use crate::store::LARGEST_DOCUMENT;

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
/// The longest form with a file, in bytes, and how many of them are read at once.
const LONGEST_UPLOAD: usize = LONGEST_FORM + LARGEST_DOCUMENT as usize;
static UPLOADS: Semaphore = Semaphore::const_new(4);
/// How long a browser may take to send a file.
const LONG_PATIENCE: Duration = Duration::from_secs(120);

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
    let kind = head.headers.get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let sent = match multer::parse_boundary(kind) {
        Ok(boundary) => match UPLOADS.try_acquire() {
            Ok(_place) => timeout(LONG_PATIENCE, with_file(body, boundary)).await,
            Err(_) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        },
        Err(_) => timeout(PATIENCE, fields_of(body)).await,
    };
    let sent = match sent {
        Ok(Ok(sent)) => sent,
        Ok(Err(status)) => return status.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let work = tokio::task::spawn_blocking(move || {
        let asked = Asked::new(&head.method, &head.uri, &head.headers, sent, peer.ip());
        answer(&site, &asked)
    });
    let done = work.await;
    done.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Reads a form.
async fn fields_of(body: Body) -> Result<Sent, StatusCode> {
    let body = to_bytes(body, LONGEST_FORM).await;
    let body = body.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    Ok(Sent {
        fields: form_urlencoded::parse(&body).into_owned().collect(),
        file: None,
    })
}

/// Reads a form with a file.
async fn with_file(body: Body, boundary: String) -> Result<Sent, StatusCode> {
    let wrong = |_| StatusCode::BAD_REQUEST;
    let body = to_bytes(body, LONGEST_UPLOAD).await;
    let body = body.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    let mut parts = multer::Multipart::new(Body::from(body).into_data_stream(), boundary);
    let mut sent = Sent::default();
    while let Some(part) = parts.next_field().await.map_err(wrong)? {
        let (name, file) = (part.name().unwrap_or_default().to_owned(), part.file_name());
        match file.map(str::to_owned) {
            Some(name) => {
                let bytes = part.bytes().await.map_err(wrong)?.to_vec();
                // A browser sends an empty one where none was chosen.
                sent.file = (!name.is_empty()).then_some(Upload { name, bytes });
            }
            None => sent.fields.push((name, part.text().await.map_err(wrong)?)),
        }
    }
    Ok(sent)
}
