//! What only a real connection shows.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread::{self, JoinHandle, ScopedJoinHandle},
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

use super::*;
use crate::serve::server;

/// A server on a port of its own.
struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    fn new(site: &Site) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let hosts = Hosts::new(address.ip(), Vec::new());
        let (stop, stopped) = oneshot::channel::<()>();
        let live = Arc::clone(&site.live);
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let stopped = async { stopped.await.unwrap_or_default() };
            runtime.unwrap().block_on(server::serve(live, listener, hosts, stopped)).unwrap();
        });
        Self { address, stop: Some(stop), thread: Some(thread) }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// All that is answered to what is sent; lines end in `|`. The server closes.
    fn exchange(&self, request: &str) -> String {
        let mut stream = self.connect();
        // The server may refuse before it has read everything.
        let _ = stream.write_all(request.replace('|', "\r\n").as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.exchange(&format!("GET {path} HTTP/1.1|host: localhost|connection: close||"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.thread.take().unwrap().join();
        assert!(ended.is_ok() || thread::panicking());
    }
}

#[test]
fn what_is_no_request_is_refused() {
    let site = Site::new(&[("index.html", "<p>")]);
    let server = Server::new(&site);
    assert!(server.get("/").starts_with("HTTP/1.1 200 "));
    let long = "x".repeat(1_000_000);
    for request in [
        "\0\0||".to_owned(),
        "GET / HTTP/9.9||".to_owned(),
        "GET / HTTP/1.1|connection: close||".to_owned(),
        "GET / HTTP/1.0||".to_owned(),
        format!("GET /{long} HTTP/1.1|host: localhost||"),
        format!("GET / HTTP/1.1|host: localhost|x: {long}||"),
        format!("GET / HTTP/1.1|host: localhost|{}|", "x: y|".repeat(200)),
    ] {
        assert!(!server.exchange(&request).contains("<p>"), "{}", &request[..10]);
    }
    assert!(
        server
            .exchange("GET /../secret.txt HTTP/1.1|host: localhost|connection: close||")
            .starts_with("HTTP/1.1 404 ")
    );
    let answer =
        server.exchange("POST / HTTP/1.1|host: localhost|connection: close|content-length: 9||xxx");
    assert!(answer.starts_with("HTTP/1.1 405 "));
}

#[test]
fn slow_clients_block_nobody() {
    let site = Site::new(&[("index.html", "<p>"), ("large.bin", &"x".repeat(20_000_000))]);
    let server = Server::new(&site);
    let slow: Vec<TcpStream> = (0..300)
        .map(|number| {
            let mut stream = server.connect();
            let request: &[u8] = match number % 3 {
                0 => b"GET / HT",
                1 => b"GET /large.bin HTTP/1.1\r\nhost: localhost\r\n\r\n",
                _ => b"GET /_linli/events HTTP/1.1\r\nhost: localhost\r\n\r\n",
            };
            stream.write_all(request).unwrap();
            stream
        })
        .collect();
    let start = Instant::now();
    for _ in 0..20 {
        assert!(server.get("/").starts_with("HTTP/1.1 200 "));
    }
    assert!(start.elapsed() < Duration::from_secs(10));
    // Nor do they keep the server from ending.
    let start = Instant::now();
    drop(server);
    assert!(start.elapsed() < Duration::from_secs(8));
    drop(slow);
}

#[test]
fn listeners_hear_over_a_connection() {
    let site = Site::new(&[]);
    let server = Server::new(&site);
    let mut stream = server.connect();
    let origin = format!("http://{}", server.address);
    let request = format!(
        "GET /_linli/events HTTP/1.1\r\nhost: {}\r\norigin: {origin}\r\n\r\n",
        server.address
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut heard = String::new();
    let mut until = |text: &str| {
        while !heard.contains(text) {
            let mut bytes = [0; 4096];
            let count = stream.read(&mut bytes).unwrap();
            assert_ne!(count, 0, "{heard}");
            heard += &String::from_utf8_lossy(&bytes[..count]);
        }
    };
    until("\"errors\":[]");
    site.live.publish(&["a".to_owned()]);
    until("\"changed\":[\"a\"]");
    drop(server);
    // It is the end of the answer, not of the connection alone.
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    assert!(rest.ends_with(b"0\r\n\r\n"), "{}", String::from_utf8_lossy(&rest));
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).unwrap();
}

/// Two sites change places all the time. `swap` is given the two, and a path for a third.
fn swapped(swap: impl Fn([&Path; 3]) + Sync) {
    let site = Site::new(&[]);
    for (folder, letter) in [("public", "a"), ("other", "b")] {
        site.put(&format!("{folder}/x/index.html"), &format!("<p>{}</p>", letter.repeat(100_000)));
        site.put(&format!("{folder}/x.css"), &letter.repeat(700_000));
        // The folders are told apart by their time.
        thread::sleep(Duration::from_millis(20));
    }
    let server = Server::new(&site);
    let (is_done, answered) = (AtomicBool::new(false), AtomicUsize::new(0));
    let seen = thread::scope(|scope| {
        scope.spawn(|| {
            let [public, other, old] = ["public", "other", "old"].map(|it| site.path(it));
            while !is_done.load(Ordering::Relaxed) {
                swap([&public, &other, &old]);
                thread::sleep(Duration::from_millis(1));
            }
        });
        let client = |path: &'static str, length: usize| {
            let (server, answered) = (&server, &answered);
            move || {
                let mut seen = [false; 2];
                for _ in 0..60 {
                    let answer = server.get(path);
                    assert!(answer.starts_with("HTTP/1.1 200 "), "{}", &answer[..100]);
                    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
                    let [a, b] = ["a", "b"].map(|it| body.contains(&it.repeat(length)));
                    assert!(a != b, "{} bytes", body.len());
                    seen[usize::from(b)] = true;
                    answered.fetch_add(1, Ordering::Relaxed);
                }
                seen
            }
        };
        let clients: Vec<_> = (0..8)
            .map(|number| match number % 2 {
                0 => scope.spawn(client("/x/", 100_000)),
                _ => scope.spawn(client("/x.css", 700_000)),
            })
            .collect();
        let seen: Vec<_> = clients.into_iter().map(ScopedJoinHandle::join).collect();
        is_done.store(true, Ordering::Relaxed);
        seen
    });
    let seen: Vec<[bool; 2]> = seen.into_iter().map(Result::unwrap).collect();
    assert_eq!(answered.into_inner(), 8 * 60);
    assert!(seen.iter().any(|it| it[0]) && seen.iter().any(|it| it[1]), "both sites were seen");
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
#[test]
fn a_swap_in_one_step_is_not_seen() {
    swapped(|[public, other, _]| exchange(public, other));
}

#[test]
fn a_swap_in_two_steps_is_not_seen() {
    swapped(|[public, other, old]| {
        fs::rename(public, old).unwrap();
        fs::rename(other, public).unwrap();
        fs::rename(old, other).unwrap();
    });
}
