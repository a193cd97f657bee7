//! A file of the site as the answer to a request.

use std::{
    fs::{File, Metadata},
    io::{self, Read as _, Seek as _, SeekFrom},
    sync::Arc,
    time::SystemTime,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware,
    response::{IntoResponse as _, Response},
    routing,
};
use futures_util::stream;
use tokio::{sync::watch, task};

use crate::output::OutPath;
use crate::serve::{
    Live,
    address::{Address, RESERVED},
    conditions::{Part, Stamp},
    events,
    folder::{self, Found, Opened},
    hosts::{self, Hosts},
    page::{self, Script},
    types,
};

/// What the server knows.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) live: Arc<Live>,
    pub(super) hosts: Arc<Hosts>,
    /// Tells when the server ends.
    pub(super) stopped: watch::Receiver<bool>,
    base: Arc<Address>,
}

/// All that the server answers.
pub(super) fn router(live: Arc<Live>, hosts: Hosts, stopped: watch::Receiver<bool>) -> Router {
    let own = |name: &str| format!("{}/{RESERVED}/{name}", live.base());
    let script = || async { fixed(types::SCRIPT, include_str!("live.js")) };
    let style = || async { fixed(types::CSS, include_str!("live.css")) };
    let router = Router::new()
        .route(&own("live.js"), routing::get(script))
        .route(&own("live.css"), routing::get(style))
        .route(&own("events"), routing::get(events::stream))
        .fallback(answer);
    let (hosts, words) = (Arc::new(hosts), live.words());
    let base = Arc::new(Address::parse(&format!("{}/", live.base())).unwrap_or_default());
    router
        .layer(middleware::from_fn_with_state((Arc::clone(&hosts), words), hosts::guard))
        .with_state(Site { live, hosts, stopped, base })
}

fn fixed(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], text).into_response()
}

async fn answer(State(site): State<Site>, request: Request) -> Response {
    let (mut request, _) = request.into_parts();
    match request.method {
        Method::GET => {}
        // The head of a part is not defined.
        Method::HEAD => drop(request.headers.remove(header::RANGE)),
        _ => {
            let allowed = [(header::ALLOW, "GET, HEAD")];
            return (StatusCode::METHOD_NOT_ALLOWED, allowed).into_response();
        }
    }
    let answered = respond(&site, &request.uri, &request.headers).await;
    let mut response = answered.unwrap_or_else(|cause| {
        let text = [(header::CONTENT_TYPE, types::PLAIN)];
        (StatusCode::INTERNAL_SERVER_ERROR, text, format!("{cause}\n")).into_response()
    });
    if request.method == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
}

async fn respond(site: &Site, uri: &Uri, headers: &HeaderMap) -> io::Result<Response> {
    let Some(address) = Address::parse(uri.path()) else { return absent(site, None).await };
    let Some(below) = address.clone().below(&site.base) else {
        let is_root = address == Address::default();
        return if is_root { Ok(redirect(&site.base, uri)) } else { absent(site, None).await };
    };
    if below.is_reserved() {
        let text = [(header::CACHE_CONTROL, "no-store")];
        return Ok((StatusCode::NOT_FOUND, text).into_response());
    }
    // The version goes first: what changes between the two is told to the page later.
    let version = site.live.version();
    match folder::find(site.live.root(), below.clone()).await? {
        Found::File(opened) => file(site, opened, version, headers).await,
        Found::Folder => Ok(redirect(&address, uri)),
        Found::Nothing => absent(site, Some(&below)).await,
    }
}

/// Sends to the address of a folder. What was asked after a `?` stays.
fn redirect(address: &Address, uri: &Uri) -> Response {
    let query = uri.query().map(|it| format!("?{it}")).unwrap_or_default();
    match HeaderValue::from_str(&(address.to_folder() + &query)) {
        Ok(target) => {
            (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, target)]).into_response()
        }
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

/// A file, the part of it that is asked for, or that it has not changed.
async fn file(
    site: &Site,
    opened: Opened,
    (version, since): (String, SystemTime),
    headers: &HeaderMap,
) -> io::Result<Response> {
    let Opened { path, file, metadata } = opened;
    let kind = types::of(path.as_str());
    let modified = metadata.modified()?;
    let (stamp, content) = if kind == types::HTML {
        let etag = format!("\"{}-{version}\"", tag(&metadata)?);
        let files = [path];
        let script = Script { base: site.live.base(), version: &version, files: &files };
        let html = script.insert(read(file, metadata.len()).await?);
        (Stamp::new(etag, modified.max(since)), Content::Page(html.into()))
    } else {
        let stamp = Stamp::new(format!("\"{}\"", tag(&metadata)?), modified);
        (stamp, Content::File(file, metadata.len()))
    };
    let mut response = if stamp.is_known(headers) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        send(content, &stamp, kind, headers)
    };
    let headers = response.headers_mut();
    let modified = httpdate::fmt_http_date(stamp.modified);
    for (name, value) in [(header::ETAG, stamp.etag), (header::LAST_MODIFIED, modified)] {
        headers.insert(name, HeaderValue::try_from(value).map_err(io::Error::other)?);
    }
    Ok(response)
}

/// A build writes a file that changes anew, so length and time tell two states of it apart.
fn tag(metadata: &Metadata) -> io::Result<String> {
    let age = metadata.modified()?.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Ok(format!("{:x}-{:x}", metadata.len(), age.as_nanos()))
}

/// What is sent of a file.
enum Content {
    Page(Bytes),
    File(File, u64),
}

impl Content {
    fn length(&self) -> u64 {
        match self {
            Self::Page(html) => html.len() as u64,
            Self::File(_, length) => *length,
        }
    }

    fn body(self, start: u64, length: u64) -> Body {
        match self {
            Self::Page(html) => {
                let index = |it| usize::try_from(it).expect("a range lies within the page");
                Body::from(html.slice(index(start)..index(start + length)))
            }
            Self::File(file, _) => streamed(file, start, length),
        }
    }
}

fn send(content: Content, stamp: &Stamp, kind: &'static str, headers: &HeaderMap) -> Response {
    let all = content.length();
    let kind = [(header::CONTENT_TYPE, kind), (header::ACCEPT_RANGES, "bytes")];
    match stamp.part(headers, all) {
        Part::Whole => {
            let length = [(header::CONTENT_LENGTH, all.to_string())];
            (kind, length, content.body(0, all)).into_response()
        }
        Part::From { start, length } => {
            let range = format!("bytes {start}-{}/{all}", start + length - 1);
            let range =
                [(header::CONTENT_RANGE, range), (header::CONTENT_LENGTH, length.to_string())];
            let body = content.body(start, length);
            (StatusCode::PARTIAL_CONTENT, kind, range, body).into_response()
        }
        Part::Outside => {
            let range = [(header::CONTENT_RANGE, format!("bytes */{all}"))];
            (StatusCode::RANGE_NOT_SATISFIABLE, range).into_response()
        }
    }
}

/// As much of a file as is read at once.
const CHUNK: u64 = 1 << 18;

/// A part of a file, read while it is sent. A file that ends early breaks the connection, so that
/// nobody takes it for whole.
fn streamed(file: File, start: u64, length: u64) -> Body {
    Body::from_stream(stream::try_unfold(
        (file, start, length),
        |(mut file, start, left)| async move {
            if left == 0 {
                return Ok(None);
            }
            let length = left.min(CHUNK);
            let chunk = move || -> io::Result<(Vec<u8>, File)> {
                file.seek(SeekFrom::Start(start))?;
                let mut chunk = vec![0; usize::try_from(length).expect("a chunk is small")];
                file.read_exact(&mut chunk)?;
                Ok((chunk, file))
            };
            let (chunk, file) = task::spawn_blocking(chunk).await??;
            Ok::<_, io::Error>(Some((chunk, (file, start + length, left - length))))
        },
    ))
}

async fn read(mut file: File, length: u64) -> io::Result<Vec<u8>> {
    let read = move || {
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    task::spawn_blocking(read).await?
}

/// The site's page for what is not there. It is another page as soon as there is something.
async fn absent(site: &Site, address: Option<&Address>) -> io::Result<Response> {
    const PAGE: &str = "404.html";
    let (version, _) = site.live.version();
    let page = OutPath::new(PAGE).expect("the path of the page is one");
    let missing = address.into_iter().flat_map(|it| [it.file(), it.page_of_folder()]).flatten();
    let files: Vec<OutPath> = missing.chain([page]).collect();
    let html = match folder::find(site.live.root(), Address::of(PAGE)).await? {
        Found::File(it) => read(it.file, it.metadata.len()).await?,
        _ => page::absent(site.live.words()),
    };
    let script = Script { base: site.live.base(), version: &version, files: &files };
    let html = script.insert(html);
    let length = [(header::CONTENT_LENGTH, html.len().to_string())];
    let kind = [(header::CONTENT_TYPE, types::HTML)];
    Ok((StatusCode::NOT_FOUND, kind, length, html).into_response())
}
