//! Connections: how many, how long, how much.

use std::{future::Future, io, net::TcpListener, pin::pin, sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpListener as Listener,
    sync::{Semaphore, watch},
    time,
};

use crate::serve::{Live, answer, hosts::Hosts};

/// How many connections there are at a time. More wait until one ends.
const CONNECTIONS: u32 = 1024;

/// How many bytes the first line and the headers of a request may have.
const HEAD: usize = 16 * 1024;

/// How long a client may take to send them, and say nothing between two requests.
pub(super) const READING: Duration = Duration::from_secs(20);

/// How long requests may go on when the server ends.
const ENDING: Duration = Duration::from_secs(1);

/// A pause when the system has no room for another connection.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves until `stop` comes.
pub(super) async fn serve(
    live: Arc<Live>,
    listener: TcpListener,
    hosts: Hosts,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let listener = Listener::from_std(listener)?;
    let (stopping, stopped) = watch::channel(false);
    let router = answer::router(live, hosts, stopped.clone());
    let places = Arc::new(Semaphore::new(CONNECTIONS as usize));
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            () = stop.as_mut() => break,
        };
        match accepted {
            Ok((stream, _)) => {
                // Events are small, and wanted at once.
                let _ = stream.set_nodelay(true);
                let connection = connection(stream, router.clone(), stopped.clone());
                tokio::spawn(async move {
                    connection.await;
                    drop(place);
                });
            }
            // The client is gone already, or there are too many open files. Either passes.
            Err(_) => time::sleep(PAUSE).await,
        }
    }
    drop(listener);
    stopping.send_replace(true);
    // Whatever is not done by then is given up.
    let _ = time::timeout(ENDING, places.acquire_many(CONNECTIONS)).await;
    Ok(())
}

/// Answers the requests of one client. A client that breaks the rules, or the connection, is of no
/// interest to anybody else.
pub(super) async fn connection(
    stream: impl AsyncRead + AsyncWrite + Unpin + 'static,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(READING);
    http.max_buf_size(HEAD).max_header_size(HEAD);
    let service = TowerToHyperService::new(router);
    let mut serving = pin!(http.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        _ = serving.as_mut() => {}
        _ = stopped.changed() => {
            serving.as_mut().graceful_shutdown();
            let _ = serving.await;
        }
    }
}
