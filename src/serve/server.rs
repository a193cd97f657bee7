//! What stands at which address, the server over a socket, and how it ends.
//!
//! | address, behind the base | answer |
//! | --- | --- |
//! | `/_linli/live.js`, `/_linli/live.css` | the script of the pages, and its style sheet |
//! | `/_linli/events` | `events` |
//! | all others | `folder` |
//!
//! With the base `/portal`, `/` and `/portal` lead to `/portal/`. Every answer has passed
//! `hosts::guard`. Methods other than GET and HEAD are refused with 405.

use std::{
    future::{Future, IntoFuture as _},
    io,
    net::TcpListener,
    sync::Arc,
    time::Duration,
};

use axum::{Router, http::header, middleware, response::Redirect, routing};
use tokio::{net::TcpListener as Listener, sync::watch, time};

use crate::serve::{
    address::RESERVED,
    crowd::{Connections, Crowd, Limits},
    events::{self, Events},
    folder::{self, ServedFolder},
    hosts::{self, Hosts},
    live::Live,
};

/// How long requests may go on when the server ends.
const ENDING: Duration = Duration::from_secs(1);

/// All that the server answers. `stopped` ends the streams of events, which would go on forever;
/// there are at most `streams` of them.
pub(super) fn router(
    live: Arc<Live>,
    hosts: Hosts,
    stopped: watch::Receiver<bool>,
    streams: usize,
) -> Router {
    let (hosts, words, base) = (Arc::new(hosts), live.words(), live.base().to_owned());
    let own = |name: &str| format!("{base}/{RESERVED}/{name}");
    let fixed = |kind, text| routing::get(([(header::CONTENT_TYPE, kind)], text));
    let (script, style) = ("text/javascript; charset=utf-8", "text/css; charset=utf-8");
    let streams = Crowd::new(streams);
    let events = Events { live: Arc::clone(&live), hosts: Arc::clone(&hosts), stopped, streams };
    let mut router = Router::new()
        .route(&own("live.js"), fixed(script, include_str!("live.js")))
        .route(&own("live.css"), fixed(style, include_str!("live.css")))
        .route(&own("events"), routing::get(events::stream).with_state(events))
        .fallback(routing::get(folder::answer).with_state(ServedFolder::new(live)));
    if !base.is_empty() {
        let start = routing::get(Redirect::temporary(&format!("{base}/")));
        router = router.route("/", start.clone()).route(&base, start);
    }
    router.layer(middleware::from_fn_with_state((hosts, words), hosts::guard))
}

/// Serves until `stop` comes. Each connection is a task of its own: a client that does not send all
/// of its request, or does not read its answer, keeps nobody else waiting, and not for long its
/// socket, by `limits`. When `stop` comes, no further connection is accepted; requests under way have [`ENDING`] to finish.
/// An error is one of the socket, and ends the server.
pub(super) async fn serve(
    live: Arc<Live>,
    listener: TcpListener,
    hosts: Hosts,
    limits: Limits,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let connections = Connections::new(Listener::from_std(listener)?, limits);
    let (stopping, mut stopped) = watch::channel(false);
    let router = router(live, hosts, stopped.clone(), limits.streams);
    let stop = async move {
        stop.await;
        stopping.send_replace(true);
    };
    let serving = axum::serve(connections, router).with_graceful_shutdown(stop);
    let given_up = async {
        let _ = stopped.changed().await;
        time::sleep(ENDING).await;
    };
    tokio::select! {
        served = serving.into_future() => served,
        () = given_up => Ok(()),
    }
}
