//! Carries requests over HTTP, for the library that knows what the service wants of them.

use std::{
    future::Future,
    io::Read as _,
    time::{Duration, Instant},
};

use futures_util::stream;
use opendal::{
    Buffer, Error, ErrorKind,
    raw::{HttpBody, HttpClient, HttpFetch},
};
use ureq::{
    Agent,
    http::{Method, Request, Response},
};

/// How long it may take until a server is connected.
const CONNECTING: Duration = Duration::from_secs(10);

/// How many bytes go over the slowest line in a second: by that a long file has longer.
const SLOWEST: u64 = 16 << 10;

/// How many connections are kept open.
const CONNECTIONS: usize = 32;

/// What is sent over the connections of one service. A request is sent, and its answer is read, on the
/// thread that waits for it.
pub(super) struct Line {
    agent: Agent,
    patience: Duration,
}

impl Line {
    /// The client of one service. It opens no connection yet. After `patience` without an answer a
    /// request has failed.
    pub(super) fn client(patience: Duration) -> HttpClient {
        let config = Agent::config_builder()
            .timeout_connect(Some(CONNECTING.min(patience)))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .max_idle_connections(CONNECTIONS)
            .max_idle_connections_per_host(CONNECTIONS)
            .user_agent(concat!("linli/", env!("CARGO_PKG_VERSION")))
            .build();
        HttpClient::with(Self { agent: config.new_agent(), patience })
    }

    fn carry(&self, request: Request<Buffer>) -> Result<Response<HttpBody>, Error> {
        let begun = Instant::now();
        let (parts, body) = request.into_parts();
        let is_empty = [Method::GET, Method::HEAD, Method::DELETE].contains(&parts.method);
        let body = body.to_bytes();
        let is_head = parts.method == Method::HEAD;
        let patience = self.patience + Duration::from_secs(body.len() as u64 / SLOWEST);
        let answer = if is_empty {
            let request = self.agent.configure_request(Request::from_parts(parts, ()));
            self.agent.run(request.timeout_global(Some(patience)).build())
        } else {
            let request = self.agent.configure_request(Request::from_parts(parts, &*body));
            self.agent.run(request.timeout_global(Some(patience)).build())
        };
        let failed = |said: String, is_passing: bool| {
            let error = Error::new(ErrorKind::Unexpected, said);
            if is_passing { error.set_temporary() } else { error }
        };
        let answer = answer.map_err(|it| {
            let lasts = matches!(it, ureq::Error::Tls(_) | ureq::Error::Rustls(_));
            failed(it.to_string(), !lasts)
        })?;
        let (parts, mut body) = answer.into_parts();
        let length = body.content_length();
        let mut bytes = Vec::new();
        if !is_head {
            let read = body.as_reader().read_to_end(&mut bytes);
            read.map_err(|it| failed(format!("{it} ({} s)", begun.elapsed().as_secs()), true))?;
        }
        let length = if is_head { None } else { length };
        let bytes = stream::iter([Ok(Buffer::from(bytes))]);
        Ok(Response::from_parts(parts, HttpBody::new(bytes, length)))
    }
}

impl HttpFetch for Line {
    fn fetch(
        &self,
        request: Request<Buffer>,
    ) -> impl Future<Output = Result<Response<HttpBody>, Error>> + Send {
        std::future::ready(self.carry(request))
    }
}
