//! A line between the program and a server: it notes what is asked, and fails as it is told.

use std::{
    io::{BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    thread,
    time::Duration,
};

/// How a request fails.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fault {
    /// It does not.
    None,
    /// The server answers with this status and code.
    Status(u16, &'static str),
    /// Nobody answers.
    Silence,
    /// The line is cut while the body is sent.
    CutUpload,
    /// Half of the body comes to the server, which believes that it is all.
    HalfUpload,
    /// The server does what it is asked, and the line is cut before it says so.
    LostAnswer,
}

/// A request.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) headers: Vec<(String, String)>,
    /// The bytes of the request, and those of its answer.
    pub(super) sent: usize,
    pub(super) received: usize,
}

impl Seen {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value)
    }
}

type Decide = Box<dyn FnMut(&Seen) -> Fault + Send>;

#[derive(Default)]
struct State {
    seen: Mutex<Vec<Seen>>,
    decide: Mutex<Option<Decide>>,
    ignores: AtomicBool,
    /// How many requests are under way.
    under_way: AtomicUsize,
}

pub(super) struct Line {
    pub(super) port: u16,
    state: Arc<State>,
}

impl Line {
    pub(super) fn open(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::<State>::default();
        let server = server.trim_start_matches("http://").to_owned();
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (state, server) = (Arc::clone(&shared), server.clone());
                state.under_way.fetch_add(1, Relaxed);
                thread::spawn(move || {
                    carry(&stream, &server, &state);
                    state.under_way.fetch_sub(1, Relaxed);
                });
            }
        });
        Self { port, state }
    }

    /// What was asked since this was called last.
    pub(super) fn seen(&self) -> Vec<Seen> {
        std::mem::take(&mut *self.state.seen.lock().unwrap())
    }

    /// Waits until nothing is under way: what somebody asked for who was killed is done all the same.
    pub(super) fn settle(&self) {
        let mut calm = 0;
        while calm < 4 {
            thread::sleep(Duration::from_millis(50));
            calm = if self.state.under_way.load(Relaxed) == 0 { calm + 1 } else { 0 };
        }
    }

    pub(super) fn fail(&self, decide: impl FnMut(&Seen) -> Fault + Send + 'static) {
        *self.state.decide.lock().unwrap() = Some(Box::new(decide));
    }

    /// From now on the server does not hear that something shall only be done if nothing is there.
    pub(super) fn ignore_conditions(&self) {
        self.state.ignores.store(true, Relaxed);
    }
}

/// Reads the head of a message: the first line, and the headers with names in small letters.
fn head(reader: &mut impl std::io::BufRead) -> Option<(String, Vec<(String, String)>)> {
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|it| *it > 0)?;
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|it| *it > 0)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    Some((first.trim_end().to_owned(), headers))
}

fn length(headers: &[(String, String)]) -> usize {
    let length = headers.iter().find(|(name, _)| name == "content-length");
    length.and_then(|(_, value)| value.parse().ok()).unwrap_or(0)
}

/// Carries one request; the connection ends with it.
fn carry(mut stream: &TcpStream, server: &str, state: &State) {
    let mut reader = BufReader::new(stream);
    let Some((first, mut headers)) = head(&mut reader) else { return };
    let mut words = first.split(' ');
    let mut word = || words.next().unwrap_or_default().to_owned();
    let (method, path, sent) = (word(), word(), length(&headers));
    let mut seen = Seen { method, path, headers: headers.clone(), sent, received: 0 };
    let fault = state.decide.lock().unwrap().as_mut().map_or(Fault::None, |it| it(&seen));
    let note = |seen: Seen| state.seen.lock().unwrap().push(seen);
    if let Fault::Silence = fault {
        note(seen);
        thread::sleep(Duration::from_secs(4));
        return;
    }
    let part = if let Fault::CutUpload = fault { sent / 2 } else { sent };
    let mut body = vec![0; part];
    if reader.read_exact(&mut body).is_err() {
        return;
    }
    if let Fault::CutUpload = fault {
        return note(seen);
    }
    if let Fault::Status(status, code) = fault {
        let body = format!(
            "<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>no</Message></Error>"
        );
        let body = if seen.method == "HEAD" { String::new() } else { body };
        let length = body.len();
        let _ = write!(
            stream,
            "HTTP/1.1 {status} No\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
        return note(seen);
    }
    headers.retain(|(name, _)| name != "connection");
    if let Fault::HalfUpload = fault {
        body.truncate(sent / 2);
        for (_, value) in headers.iter_mut().filter(|(name, _)| name == "content-length") {
            *value = body.len().to_string();
        }
    }
    if state.ignores.load(Relaxed) {
        headers.retain(|(name, _)| name != "if-none-match");
    }
    let lines = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
    let head = format!("{first}\r\n{}connection: close\r\n\r\n", lines.collect::<String>());
    let mut onward = TcpStream::connect(server).unwrap();
    let mut answer = Vec::new();
    let sent = onward.write_all(head.as_bytes()).and_then(|()| onward.write_all(&body));
    let _ = sent.and_then(|()| onward.read_to_end(&mut answer));
    seen.received = answer.len();
    // Noted before the answer: whoever has it finds the note.
    note(seen);
    if !matches!(fault, Fault::LostAnswer) {
        let _ = stream.write_all(&answer);
    }
}

/// Asks a server for something, and gives the status and the bytes.
pub(super) fn ask(server: &str, method: &str, path: &str, body: &str) -> (u16, Vec<u8>) {
    let host = server.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).unwrap();
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: AWS4-HMAC-SHA256 \
         Credential=AKIDEXAMPLE/20260101/us-east-1/s3/aws4_request\r\n\
         content-type: application/octet-stream\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{body}"
    )
    .unwrap();
    let mut reader = BufReader::new(stream);
    let (first, _) = head(&mut reader).unwrap();
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).unwrap();
    (first.split(' ').nth(1).unwrap().parse().unwrap(), bytes)
}
