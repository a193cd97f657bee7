//! The files of the site as answers.
//!
//! [`Address`] says which file a request means, and `ServeDir` reads it. Builds replace the files
//! one by one, at any moment, each in one step: an answer is one state of its file as a whole. Two
//! states may have the same length and time, and a page is sent with a script that its file does
//! not have. So answers carry no validators, `hosts::guard` forbids the browser to keep them, and
//! conditions in a request are not looked at.
//!
//! | the request is for | the answer |
//! | --- | --- |
//! | a page | 200, the whole file with the script in it, even if a part is asked for |
//! | another file | 200, or 206 for a part (videos are read so) |
//! | a folder without its `/` | a redirect to it |
//! | nothing that is there, or a name with a dot in front | 404, with the site's `404.html` |
//! | a file that cannot be read | 500, and the reason as text |

use std::{
    io,
    path::{Component, Path},
    sync::Arc,
};

use axum::{
    body::{self, Body},
    extract::{Request, State},
    http::{self, HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use tokio::{fs, task};
use tower_http::services::ServeDir;

use crate::{
    output::OutPath,
    serve::{
        address::{Address, is_visible},
        live::Live,
        page::{self, PageScript},
        policy,
    },
    source::open::read_file,
};

/// The media type of pages. All texts of a site are UTF-8.
const HTML: &str = "text/html; charset=utf-8";

/// The output folder, as it stands on the server. Cloned for each request; the clones share what is
/// behind the `Arc`s.
#[derive(Debug, Clone)]
pub(super) struct ServedFolder {
    live: Arc<Live>,
    /// Where the site stands on the server; `/` if it has no base.
    base: Arc<Address>,
    files: ServeDir,
}

impl ServedFolder {
    /// The folder of the site that `live` is about. It need not be there yet.
    pub(super) fn new(live: Arc<Live>) -> Self {
        let base = Address::parse(&format!("{}/", live.base())).unwrap_or_default();
        // Browsers that ask for several parts at once are given the whole.
        let files = ServeDir::new(live.root())
            .redirect_path_prefix(live.base())
            .ignore_multi_range_requests(true);
        Self { live, base: Arc::new(base), files }
    }

    /// The file at an address, or the redirect to its folder; nothing if there is neither.
    /// `version` is that of the site before the file was read; it goes into a page.
    async fn find(
        &self,
        address: &Address,
        version: &str,
        request: &Parts,
    ) -> io::Result<Option<Response>> {
        let Some(path) = address.file() else { return Ok(None) };
        let is_page = is_page(&path);
        if !is_shown(self.live.root(), &path, address).await.unwrap_or(false) {
            return Ok(None);
        }
        let Some(file_request) = file_request_for(address, is_page, request) else {
            return Ok(None);
        };
        let mut response = self.files.clone().try_call(file_request).await?.map(Body::new);
        match response.status() {
            StatusCode::NOT_FOUND => return Ok(None),
            StatusCode::OK if is_page => {
                let html = body::to_bytes(response.into_body(), usize::MAX).await;
                let html = html.map_err(io::Error::other)?.into();
                return Ok(Some(self.page(StatusCode::OK, html, version, &[path])));
            }
            _ => {}
        }
        let headers = response.headers_mut();
        headers.remove(header::ETAG);
        headers.remove(header::LAST_MODIFIED);
        name_charset(headers);
        Ok(Some(response))
    }

    /// The site's page for what is not there. It is another page as soon as there is something. The
    /// script in it waits for the file that was asked for, for the page of a folder of that name,
    /// and for `404.html` itself. `address` is None for an address at which no file can be.
    async fn absent(&self, address: Option<&Address>, version: &str) -> Response {
        const PAGE: &str = "404.html";
        let page = OutPath::new(PAGE).expect("the path of the page is one");
        let missing = address
            .into_iter()
            .flat_map(|address| [address.file(), address.page_of_folder()])
            .flatten();
        let files: Vec<OutPath> = missing.chain([page]).collect();
        let file = self.live.root().join(PAGE);
        let html = task::spawn_blocking(move || read_file(&file)).await;
        let html = html.ok().and_then(Result::ok);
        let html = html.unwrap_or_else(|| page::absent(self.live.words()));
        self.page(StatusCode::NOT_FOUND, html, version, &files)
    }

    /// A page with the script that listens, and its policy as a header. Length, type and the rest are its own, not its file's.
    fn page(
        &self,
        status: StatusCode,
        mut html: Vec<u8>,
        version: &str,
        files: &[OutPath],
    ) -> Response {
        let script = PageScript { base: self.live.base(), version, files };
        let policy = policy::take(&mut html);
        let headers =
            [(header::CONTENT_TYPE, HTML), (header::CONTENT_SECURITY_POLICY, policy.as_str())];
        (status, headers, script.insert(html)).into_response()
    }
}

/// Answers a request with `GET` or `HEAD`.
pub(super) async fn answer(State(folder): State<ServedFolder>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    let address = Address::parse(request.uri.path()).and_then(|it| it.below(&folder.base));
    // The version goes first: what changes between the two is sent to the page later.
    let version = folder.live.version();
    let found = match &address {
        Some(address) => folder.find(address, &version, &request).await,
        None => Ok(None),
    };
    match found {
        Ok(Some(response)) => response,
        Ok(None) => folder.absent(address.as_ref(), &version).await,
        Err(cause) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{cause}\n")).into_response(),
    }
}

/// The request for `ServeDir`: without what the browser has kept, and for the whole of a page.
/// Nothing if the address is too long for one. The query stays, so that a redirect keeps it.
fn file_request_for(
    address: &Address,
    is_page: bool,
    request: &Parts,
) -> Option<http::Request<()>> {
    let query = request.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut file_request = http::Request::new(());
    *file_request.uri_mut() = (address.to_path() + &query).parse().ok()?;
    if is_page {
        return Some(file_request);
    }
    request.method.clone_into(file_request.method_mut());
    let headers = &request.headers;
    // `If-Range` asks for a part only of the file that the browser has the rest of. Nobody can tell
    // here whether it is that file.
    let is_part = request.method == Method::GET && !headers.contains_key(header::IF_RANGE);
    if let Some(range) = headers.get(header::RANGE).filter(|_| is_part) {
        file_request.headers_mut().insert(header::RANGE, range.clone());
    }
    Some(file_request)
}

/// Whether a file stands at an address, or a folder that it lacks the `/` of. Links are followed
/// first: what counts is where the file really is. Opening anything else, a pipe, could wait for
/// its other end. A link that leads out of the output folder, or to a hidden name in it, is not
/// followed. An error means that there is no such file.
async fn is_shown(root: &Path, path: &OutPath, address: &Address) -> io::Result<bool> {
    let root = fs::canonicalize(root).await?;
    let real = fs::canonicalize(root.join(path.as_str())).await?;
    let names = real.strip_prefix(&root).map(Path::components);
    let is_inside = names.is_ok_and(|mut names| names.all(is_shown_name));
    let metadata = fs::metadata(&real).await?;
    let is_kind = metadata.is_file() || metadata.is_dir() && !address.is_folder();
    Ok(is_inside && is_kind)
}

/// Whether a part of a real path may be served: an ordinary name that is not hidden.
fn is_shown_name(name: Component<'_>) -> bool {
    matches!(name, Component::Normal(it) if is_visible(&it.to_string_lossy()))
}

/// Whether a file gets the script, by its ending, in any case: `.html` or `.htm`.
fn is_page(path: &OutPath) -> bool {
    let name = path.as_str().to_ascii_lowercase();
    name.ends_with(".html") || name.ends_with(".htm")
}

/// Adds the charset to text types without one. All texts of a site are UTF-8.
fn name_charset(headers: &mut HeaderMap) {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let Some(kind) = kind.filter(|kind| kind.starts_with("text/") && !kind.contains(';')) else {
        return;
    };
    let Ok(kind) = HeaderValue::try_from(format!("{kind}; charset=utf-8")) else { return };
    headers.insert(header::CONTENT_TYPE, kind);
}
