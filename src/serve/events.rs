//! What [`Live`] knows, as server-sent events, for as long as the page is open, or until too many
//! others are.
//!
//! ```text
//! retry: 1000
//!
//! id: 18f3a2-7
//! data: {"changed":["kaixuan/index.html"]}
//!
//! id: 18f3a2-7
//! data: {"errors":[],"version":"18f3a2-5","words":{…}}
//! ```
//!
//! That is the form of server-sent events (WHATWG HTML, 9.2). `changed` is null if the page missed
//! too much and has to be loaded again. The script `live.js` reads them.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};
use futures_util::stream;
use tokio::{sync::watch, time};

use crate::serve::{
    crowd::{Crowd, Seat},
    hosts::Hosts,
    live::{Listener, Live},
};

/// A line that says nothing, so that who stands between does not take the connection for dead.
const SILENCE: &str = ":\n\n";

/// The pause after which a comment is sent, so that proxies keep the connection open.
const PATIENCE: Duration = Duration::from_secs(15);

/// After so many milliseconds a page asks again when the server was gone.
const RETRY: &str = "retry: 1000\n\n";

/// The state that the handler of events needs.
#[derive(Debug, Clone)]
pub(super) struct Events {
    pub(super) live: Arc<Live>,
    pub(super) hosts: Arc<Hosts>,
    /// Resolves when the server ends.
    pub(super) stopped: watch::Receiver<bool>,
    /// The streams that there are.
    pub(super) streams: Arc<Crowd>,
}

/// Streams to a page the events that it has not had yet, then later ones as they come. The page
/// says what it knows: with the address, or if the browser asks again by itself, with the last
/// event it got. A page of another site may not listen: it is answered with 403. A version that is
/// not understood, or of an earlier run of the program, counts as one that missed everything.
pub(super) async fn stream(State(from): State<Events>, uri: Uri, headers: HeaderMap) -> Response {
    if !from.hosts.is_own(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let last = headers.get("last-event-id").and_then(|it| it.to_str().ok());
    let requested = uri.query().and_then(|it| it.strip_prefix("version="));
    let events_left = EventStream {
        listener: from.live.listen(last.or(requested)),
        stopped: from.stopped,
        seat: from.streams.enter(),
        greeting: RETRY,
    };
    let events = Body::from_stream(stream::unfold(events_left, |mut events_left| async {
        let news = events_left.next().await?;
        Some((Ok::<_, Infallible>(news), events_left))
    }));
    ([(header::CONTENT_TYPE, "text/event-stream")], events).into_response()
}

/// One connection. It is dropped when the page is closed.
struct EventStream {
    listener: Listener,
    stopped: watch::Receiver<bool>,
    seat: Seat,
    greeting: &'static str,
}

impl EventStream {
    /// The next piece of text for the page, or a comment after [`PATIENCE`]. None ends the
    /// connection, as the server stops, or another page has got the place of this one: the browser
    /// asks again, and hears what it missed.
    async fn next(&mut self) -> Option<String> {
        loop {
            let news = self.listener.news();
            if !news.is_empty() {
                return Some(std::mem::take(&mut self.greeting).to_owned() + &news);
            }
            tokio::select! {
                more = self.listener.wait() => if !more { return None },
                _ = self.stopped.changed() => return None,
                () = self.seat.lost() => return None,
                () = time::sleep(PATIENCE) => return Some(SILENCE.to_owned()),
            }
        }
    }
}
