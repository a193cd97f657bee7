//! The server over a socket, and how it ends.

use std::{
    future::{Future, IntoFuture as _},
    io,
    net::TcpListener,
    sync::Arc,
    time::Duration,
};

use axum::serve::ListenerExt as _;
use tokio::{net::TcpListener as Listener, sync::watch, time};

use crate::serve::{answer, hosts::Hosts, live::Live};

/// How long requests may go on when the server ends.
const ENDING: Duration = Duration::from_secs(1);

/// Serves until `stop` comes. Each connection is a task of its own: a client that does not send all
/// of its request, or does not read its answer, keeps its socket and nobody else waiting.
pub(super) async fn serve(
    live: Arc<Live>,
    listener: TcpListener,
    hosts: Hosts,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    // The head of an answer goes out before its file is read, and the file would then wait for the
    // client to acknowledge the head.
    let listener = Listener::from_std(listener)?.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let (stopping, mut stopped) = watch::channel(false);
    let router = answer::router(live, hosts, stopped.clone());
    let stop = async move {
        stop.await;
        stopping.send_replace(true);
    };
    let serving = axum::serve(listener, router).with_graceful_shutdown(stop);
    let given_up = async {
        let _ = stopped.changed().await;
        time::sleep(ENDING).await;
    };
    tokio::select! {
        served = serving.into_future() => served,
        () = given_up => Ok(()),
    }
}
