//! What only a real connection shows.

use std::{
    io::{self, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::atomic::{AtomicBool, Ordering},
    thread::{self, JoinHandle, ScopedJoinHandle},
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

use super::*;
use crate::serve::{crowd::Limits, server};

/// A server on a port of its own.
struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    fn new(site: &Site) -> Self {
        Self::with(site, Limits::of_process())
    }

    fn with(site: &Site, limits: Limits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let hosts = Hosts::new(address.ip(), Vec::new());
        let (stop, stopped) = oneshot::channel::<()>();
        let live = Arc::clone(&site.live);
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let stopped = async { stopped.await.unwrap_or_default() };
            runtime
                .unwrap()
                .block_on(server::serve(live, listener, hosts, limits, stopped))
                .unwrap();
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

/// All that is sent until the server closes, which it does soon.
fn rest(stream: &mut TcpStream) -> usize {
    let (mut bytes, mut count) = (vec![0; 1 << 16], 0);
    loop {
        match stream.read(&mut bytes) {
            Ok(0) => return count,
            Ok(more) => count += more,
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => return count,
            Err(error) => panic!("the server does not close: {error}"),
        }
    }
}

#[test]
fn clients_that_do_nothing_are_let_go() {
    const LENGTH: usize = 20_000_000;
    let site = Site::new(&[("index.html", "<p>"), ("large.bin", &"x".repeat(LENGTH))]);
    let (idle, writing) = (Duration::from_secs(2), Duration::from_millis(300));
    let limits = Limits { idle, writing, ..Limits::of_process() };
    let server = Server::with(&site, limits);
    let send = |request: &[u8]| {
        let mut stream = server.connect();
        stream.write_all(request).unwrap();
        stream
    };
    let large = b"GET /large.bin HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let mut reader = send(large);
    let mut silent = [send(b""), send(b"GET / HT")];
    let mut kept = send(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
    let mut stuck = send(large);
    let start = Instant::now();
    assert!(rest(&mut reader) > LENGTH, "who reads gets all of it");
    silent.iter_mut().for_each(|it| assert!(rest(it) < LENGTH));
    assert!(rest(&mut kept) > 0);
    assert!(start.elapsed() > idle / 2);
    // What the system has taken off the server's hands is still there.
    assert!(rest(&mut stuck) < LENGTH);
}

#[test]
fn who_comes_gets_the_place_of_who_came_first() {
    let site = Site::new(&[("index.html", "<p>")]);
    let limits = Limits { connections: 20, streams: 5, ..Limits::of_process() };
    let server = Server::with(&site, limits);
    let request = b"GET /_linli/events HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let mut streams: Vec<TcpStream> = (0..6).map(|_| server.connect()).collect();
    for stream in &mut streams {
        stream.write_all(request).unwrap();
        // It is answered before the next one asks.
        assert_ne!(stream.read(&mut [0; 4096]).unwrap(), 0);
    }
    let mut heard = Vec::new();
    while !heard.ends_with(b"0\r\n\r\n") {
        let mut bytes = [0; 4096];
        let count = streams[0].read(&mut bytes).unwrap();
        assert_ne!(count, 0, "the stream ends, not the connection");
        heard.extend_from_slice(&bytes[..count]);
    }
    // The connections themselves make place for others.
    let mut others: Vec<TcpStream> = (0..40).map(|_| server.connect()).collect();
    for stream in &mut streams {
        rest(stream);
    }
    assert!(server.get("/").starts_with("HTTP/1.1 200 "));
    let last = others.last_mut().unwrap();
    last.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
    assert!(rest(last) > 0);
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

/// A build puts other files in the place of those that are being sent.
#[test]
fn a_file_that_is_replaced_is_sent_whole() {
    const ANSWERS: usize = 60;
    let site = Site::new(&[]);
    let texts = ["a".repeat(700_000), "b".repeat(600_000)];
    let replace = |file: &str, text: &str| {
        site.put("public/.new", text);
        fs::rename(site.path("public/.new"), site.path(&format!("public/{file}"))).unwrap();
    };
    ["x.html", "x.css"].iter().for_each(|file| replace(file, &texts[0]));
    let server = Server::new(&site);
    let is_done = AtomicBool::new(false);
    let read = |path: &str| {
        let answer = server.get(path);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{head}");
        let letters = body.split('<').next().unwrap();
        texts.iter().position(|text| text == letters)
    };
    let seen = thread::scope(|scope| {
        scope.spawn(|| {
            for text in texts.iter().cycle() {
                ["x.html", "x.css"].iter().for_each(|file| replace(file, text));
                if is_done.load(Ordering::Relaxed) {
                    break;
                }
            }
        });
        let clients = ["/x.html", "/x.css"]
            .map(|path| scope.spawn(move || (0..ANSWERS).map(|_| read(path)).collect::<Vec<_>>()));
        let seen = clients.map(ScopedJoinHandle::join);
        is_done.store(true, Ordering::Relaxed);
        seen.map(Result::unwrap).concat()
    });
    assert!(seen.contains(&Some(0)) && seen.contains(&Some(1)), "both were seen");
    assert!(!seen.contains(&None), "no mixture was");
}
