//! How many are served at a time, and how long somebody may take.
//!
//! A process may have only so many files and connections open. Whoever opens them and does nothing,
//! out of malice or because a laptop was closed, must not keep the person who edits from seeing the
//! preview. So the number of connections is bounded, and that of event streams, which say nothing
//! for as long as nothing is edited. Nobody is turned away: who comes when all places are taken
//! gets the place of the one who has had one longest. A browser whose event stream ends so asks
//! again after a second.
//!
//! | a client that | is let go |
//! | --- | --- |
//! | does not read what it asked for | after [`Limits::writing`] |
//! | sends nothing, and is sent nothing | after [`Limits::idle`] |
//! | opens streams of events without end | when others come |

use std::{
    collections::BTreeMap,
    future::Future as _,
    io::{self, IoSlice},
    net::SocketAddr,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::serve::Listener;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task,
    time::{self, Instant, Sleep},
};

/// What clients are allowed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// How many may be connected.
    pub(super) connections: usize,
    /// How many of them may listen for events.
    pub(super) streams: usize,
    /// How long nothing may be sent in either direction. Streams of events say something more often
    /// than that.
    pub(super) idle: Duration,
    /// How long a client may take no byte of what it is sent.
    pub(super) writing: Duration,
}

impl Limits {
    /// What this process can serve: each connection may have a file open besides, and the builds
    /// need some.
    pub(super) fn of_process() -> Self {
        const MOST: usize = 384;
        let connections = (files() / 3).clamp(24, MOST);
        Self {
            connections,
            streams: connections / 3,
            idle: Duration::from_secs(45),
            writing: Duration::from_secs(10),
        }
    }
}

/// How many files this process may have open.
#[cfg(unix)]
fn files() -> usize {
    use rustix::process::{Resource, getrlimit};
    let files = getrlimit(Resource::Nofile).current;
    files.and_then(|it| usize::try_from(it).ok()).unwrap_or(usize::MAX)
}

#[cfg(not(unix))]
fn files() -> usize {
    usize::MAX
}

/// Those who have a place, at most so many.
#[derive(Debug)]
pub(super) struct Crowd {
    limit: usize,
    places: Mutex<Places>,
}

/// The places that are taken, in the order in which they were. Who has one waits for its sender to
/// be dropped.
#[derive(Debug, Default)]
struct Places {
    next: u64,
    taken: BTreeMap<u64, oneshot::Sender<()>>,
}

/// A place in a crowd. Dropping it gives it up.
#[derive(Debug)]
pub(super) struct Seat {
    crowd: Arc<Crowd>,
    number: u64,
    /// Nothing once it is known that the place is another's.
    held: Option<oneshot::Receiver<()>>,
}

impl Crowd {
    pub(super) fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self { limit, places: Mutex::default() })
    }

    /// Takes a place, if need be that of the one who has had one longest.
    pub(super) fn enter(self: &Arc<Self>) -> Seat {
        let (sender, receiver) = oneshot::channel();
        let mut places = self.places();
        if places.taken.len() >= self.limit {
            places.taken.pop_first();
        }
        places.next += 1;
        let number = places.next;
        places.taken.insert(number, sender);
        Seat { crowd: Arc::clone(self), number, held: Some(receiver) }
    }

    fn is_full(&self) -> bool {
        self.places().taken.len() >= self.limit
    }

    fn places(&self) -> std::sync::MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// Resolves when somebody else has got the place.
    pub(super) async fn lost(&mut self) {
        std::future::poll_fn(|cx| self.poll_lost(cx)).await;
    }

    fn poll_lost(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let Some(held) = &mut self.held {
            let _ = ready!(Pin::new(held).poll(cx));
            self.held = None;
        }
        Poll::Ready(())
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.crowd.places().taken.remove(&self.number);
    }
}

/// The connections of a server.
#[derive(Debug)]
pub(super) struct Connections {
    listener: TcpListener,
    crowd: Arc<Crowd>,
    limits: Limits,
}

impl Connections {
    pub(super) fn new(listener: TcpListener, limits: Limits) -> Self {
        Self { listener, crowd: Crowd::new(limits.connections), limits }
    }
}

impl Listener for Connections {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        if self.crowd.is_full() {
            // Those who have just lost their places close their connections first.
            task::yield_now().await;
        }
        let (stream, address) = <TcpListener as Listener>::accept(&mut self.listener).await;
        // The head of an answer goes out before its file is read, and the file would then wait
        // until the client acknowledges the head: a style sheet took 45 ms instead of 1.
        let _ = stream.set_nodelay(true);
        let patience = Box::pin(time::sleep(self.limits.idle));
        let (seat, limits) = (self.crowd.enter(), self.limits);
        (Connection { stream, seat, limits, patience, is_stuck: false }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection that fails when its place is another's, or when nothing happens for too long.
#[derive(Debug)]
pub(super) struct Connection {
    stream: TcpStream,
    seat: Seat,
    limits: Limits,
    /// Ends when it has been too long.
    patience: Pin<Box<Sleep>>,
    /// The client has not taken all that it was sent. What it sends itself does not count then.
    is_stuck: bool,
}

impl Connection {
    /// An error if the client has to go.
    fn check(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        let is_over =
            self.seat.poll_lost(cx).is_ready() || self.patience.as_mut().poll(cx).is_ready();
        if is_over { Err(io::ErrorKind::TimedOut.into()) } else { Ok(()) }
    }

    /// Notes what came of an attempt to send.
    fn sent(
        &mut self,
        cx: &mut Context<'_>,
        sent: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if sent.is_ready() {
            self.is_stuck = false;
            self.wait(self.limits.idle);
        } else if !self.is_stuck {
            self.is_stuck = true;
            self.wait(self.limits.writing);
            self.check(cx)?;
        }
        sent
    }

    fn wait(&mut self, time: Duration) {
        self.patience.as_mut().reset(Instant::now() + time);
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check(cx)?;
        let before = into.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, into);
        if into.filled().len() > before && !self.is_stuck {
            let idle = self.limits.idle;
            self.wait(idle);
        }
        read
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check(cx)?;
        let sent = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.sent(cx, sent)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.check(cx)?;
        let sent = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.sent(cx, sent)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
