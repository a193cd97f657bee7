//! Asks for pages over HTTP.

use std::{io::Read as _, time::Duration};

use flate2::read::GzDecoder;
use ureq::{
    Agent, Body, Error, ResponseExt as _,
    http::{Response, header::CONTENT_TYPE},
};

use crate::external::{Answer, Found, Unanswered, Web, page};

/// How long an address may take in all, and until it is connected.
const PATIENCE: Duration = Duration::from_secs(20);
const CONNECTING: Duration = Duration::from_secs(8);

/// How long a file may take that is compared.
const LONG: Duration = Duration::from_secs(300);

/// How often a page may lead to another.
const REDIRECTIONS: u32 = 5;

/// How much of a page is read, in bytes. Titles stand at the beginning.
const MOST: u64 = 256 << 10;

/// How much of a file that is compared.
const LARGEST: u64 = 256 << 20;

/// A client that follows redirections, within the bounds of this file.
#[derive(Debug)]
pub struct Client(Agent);

impl Default for Client {
    fn default() -> Self {
        Self::new()
    }
}

impl Client {
    /// A client. It opens no connection yet.
    pub fn new() -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .timeout_connect(Some(CONNECTING))
            .max_redirects(REDIRECTIONS)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(concat!("linli/", env!("CARGO_PKG_VERSION")))
            .build();
        Self(config.new_agent())
    }
}

impl Web for Client {
    /// Asks for the head alone, and for the page if that is one, or if the head is refused, which many
    /// servers do that have the page.
    fn ask(&self, url: &str) -> Result<Answer, Unanswered> {
        let head = self.0.head(url).call().map_err(|it| unanswered(&it))?;
        let is_settled = head.status().is_success() && !kind(&head).contains("html");
        if is_settled {
            return Ok(answer(&head, None));
        }
        let mut response = self.0.get(url).call().map_err(|it| unanswered(&it))?;
        let mut bytes = Vec::new();
        // A page that breaks off may have told its title.
        let _ = response.body_mut().as_reader().take(MOST).read_to_end(&mut bytes);
        Ok(answer(&response, page::title(&bytes, &kind(&response))))
    }

    fn get(&self, url: &str) -> Result<Found, Unanswered> {
        let request = self.0.get(url).config().timeout_global(Some(LONG)).build();
        let mut response = request.call().map_err(|it| unanswered(&it))?;
        let header = |name: &str| {
            let value = response.headers().get(name).and_then(|it| it.to_str().ok());
            value.unwrap_or_default().to_ascii_lowercase()
        };
        let is_download = header("content-disposition").starts_with("attachment")
            || header("x-oss-force-download") == "true";
        let is_packed = header("content-encoding") == "gzip";
        let mut bytes = Vec::new();
        let read = response.body_mut().as_reader().take(LARGEST).read_to_end(&mut bytes);
        read.map_err(|_| Unanswered::Connection)?;
        if is_packed {
            let mut whole = Vec::new();
            let read = GzDecoder::new(&*bytes).take(LARGEST).read_to_end(&mut whole);
            read.map_err(|_| Unanswered::Other)?;
            bytes = whole;
        }
        Ok(Found { status: response.status().as_u16(), bytes, is_download })
    }
}

fn answer(response: &Response<Body>, title: Option<String>) -> Answer {
    Answer { status: response.status().as_u16(), url: response.get_uri().to_string(), title }
}

/// What the server calls the kind of what it sends.
fn kind(response: &Response<Body>) -> String {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    kind.unwrap_or_default().to_ascii_lowercase()
}

fn unanswered(error: &Error) -> Unanswered {
    match error {
        Error::HostNotFound => Unanswered::Host,
        Error::ConnectionFailed | Error::Io(_) => Unanswered::Connection,
        Error::Timeout(_) => Unanswered::Time,
        Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) => Unanswered::Certificate,
        _ => Unanswered::Other,
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{BufRead as _, BufReader, Write as _},
        net::TcpListener,
        thread,
    };

    use super::*;

    /// A server on this machine that answers each request by its first line, and its port.
    fn serve(answer: fn(&str, u16) -> String) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut line = String::new();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                reader.read_line(&mut line).unwrap();
                let mut header = String::new();
                while reader.read_line(&mut header).is_ok_and(|it| it > 2) {
                    header.clear();
                }
                let _ = stream.write_all(answer(line.trim(), port).as_bytes());
            }
        });
        port
    }

    fn page(status: &str, extra: &str, body: &str) -> String {
        let length = body.len();
        format!(
            "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{extra}\r\n{body}"
        )
    }

    #[test]
    fn pages_are_asked_for_and_followed() {
        let port = serve(|line, port| {
            let html = "content-type: text/html\r\n";
            match line {
                "HEAD /file HTTP/1.1" => page("200 OK", "content-type: application/pdf\r\n", ""),
                "HEAD /refused HTTP/1.1" => page("405 Method Not Allowed", "", ""),
                "GET /refused HTTP/1.1" => page("200 OK", html, "<title>甲</title>"),
                "HEAD /moved HTTP/1.1" | "GET /moved HTTP/1.1" => {
                    let to = format!("location: http://localhost:{port}/there\r\n");
                    page("302 Found", &to, "")
                }
                "HEAD /there HTTP/1.1" => page("200 OK", html, ""),
                "GET /there HTTP/1.1" => {
                    page("200 OK", html, &format!("<title>乙</title>{}", "x".repeat(1 << 20)))
                }
                _ => page("404 Not Found", html, ""),
            }
        });
        let client = Client::new();
        let ask = |path: &str| client.ask(&format!("http://127.0.0.1:{port}{path}")).unwrap();
        let shown = |path: &str| {
            let Answer { status, url, title } = ask(path);
            format!("{status} {} {}", url.rsplit('/').next().unwrap(), title.unwrap_or_default())
        };
        assert_eq!(shown("/file"), "200 file ");
        assert_eq!(shown("/refused"), "200 refused 甲");
        assert_eq!(shown("/moved"), "200 there 乙");
        assert_eq!(shown("/gone"), "404 gone ");
        assert!(ask("/moved").url.starts_with("http://localhost:"));
    }

    #[test]
    fn a_closed_port_cannot_be_reached() {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let asked = Client::new().ask(&format!("http://127.0.0.1:{port}/"));
        assert_eq!(asked, Err(Unanswered::Connection));
    }
}
