//! What the public finds at the address of a site that nginx serves, by `linli verify` and after a
//! publication.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::publish::{Desk, HONORS, honors, told};

const NGINX: &str = "/usr/sbin/nginx";

/// A server of this test, which ends with it.
struct Server(Child);

impl Server {
    /// Serves `www/portal` as the files for hosts say, and on other ports as other hosts do.
    fn start(folder: &Path, port: u16, others: &[(u16, &str)]) -> Self {
        let at = |name: &str| folder.join(name).display().to_string();
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let temporary = temporary.map(|it| format!("{it}_temp_path {};\n", at(it))).concat();
        let root = at("www/portal");
        let others = others.iter().map(|(port, how)| {
            format!("server {{\nlisten 127.0.0.1:{port};\nroot {root};\n{how}\n}}\n")
        });
        let others: String = others.collect();
        let settings = format!(
            "user root;\ndaemon off;\nworker_processes 1;\npid {};\nerror_log {};\nevents {{}}\n\
             http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{temporary}\
             {others}server {{\nlisten 127.0.0.1:{port};\nroot {root};\ninclude {};\n}}\n}}\n",
            at("nginx.pid"),
            at("nginx.log"),
            at("www/portal/_hosting/nginx.conf"),
        );
        fs::write(folder.join("nginx.conf"), settings).unwrap();
        let mut command = Command::new(NGINX);
        command.args(["-e", &at("nginx.log"), "-c", &at("nginx.conf")]);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let said = fs::read_to_string(folder.join("nginx.log")).unwrap_or_default();
            assert!(begun.elapsed() < Duration::from_secs(30), "nginx does not answer: {said}");
            thread::sleep(Duration::from_millis(50));
        }
        Self(child)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Its workers end with it if it is asked to end.
        #[cfg(unix)]
        let _ = rustix::process::kill_process(
            rustix::process::Pid::from_child(&self.0),
            rustix::process::Signal::TERM,
        );
        #[cfg(not(unix))]
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port that nobody listens on.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
#[expect(clippy::print_stderr, reason = "who runs the tests is told what was not tested")]
fn a_site_behind_nginx_is_compared_with_what_was_published() {
    if !Path::new(NGINX).exists() {
        eprintln!("skipped: there is no nginx; apt-get install nginx-light");
        return;
    }
    let desk = Desk::new("\n[hosting]\nhosts = [\"nginx\"]\n");
    let port = free_port();
    let url = format!("http://127.0.0.1:{port}");
    let settings = fs::read_to_string(desk.site().join("site.toml")).unwrap();
    desk.edit("site.toml", &settings.replace("https://x.example", &url));
    let said = told(&mut desk.publish(&["web"]), 0);
    assert!(said.contains(&format!("{url} cannot be reached from here")), "{said}");
    let portal = desk.folder.path().join("www/portal");
    let _server = Server::start(desk.folder.path(), port, &[]);
    let said = told(&mut desk.linli(&["verify", &url]), 0);
    assert!(said.contains("all as published"), "{said}");
    // A page that is deleted is gone for the public.
    let water = "xingfu/notices/2026-10-20-water/index.html";
    let page = fs::read(portal.join(water)).unwrap();
    fs::remove_file(desk.site().join("content/xingfu/notices/2026-10-20-water.md")).unwrap();
    desk.edit(HONORS, &honors(&["李明"]));
    let said = told(&mut desk.publish(&["web"]), 0);
    assert!(said.contains(&format!("looked at {url}: 3 files are as they were sent")), "{said}");
    told(&mut desk.linli(&["verify", &url]), 0);
    // Somebody breaks in, brings it back, and takes something away.
    fs::create_dir_all(portal.join(water).parent().unwrap()).unwrap();
    fs::write(portal.join(water), page).unwrap();
    fs::write(portal.join("stray.html"), "stray").unwrap();
    fs::write(portal.join("xingfu/index.html"), "<a href=\"/stray.html\">x</a>").unwrap();
    fs::remove_file(portal.join("sitemap.xml")).unwrap();
    let verified = desk.linli(&["verify", &url]).assert().code(1).get_output().clone();
    let listed = String::from_utf8(verified.stdout).unwrap();
    let expected = format!(
        "missing: sitemap.xml\nchanged: xingfu/index.html\nadded: stray.html\nadded: {water}\n"
    );
    assert_eq!(listed, expected);
}

#[test]
#[expect(clippy::print_stderr, reason = "who runs the tests is told what was not tested")]
fn the_traps_of_hosts_are_told_by_their_names() {
    // What OSS does unless it is told otherwise, and what other hosts do.
    const TRAPS: [(&str, &str, i32); 4] = [
        (
            "rewrite ^/.+/$ /index.html break;\nerror_page 404 /404.html;",
            "turn on the index page of subfolders",
            1,
        ),
        (
            "add_header Content-Disposition attachment;\nadd_header x-oss-force-download true;\n\
          error_page 404 /404.html;",
            "told to save pages",
            0,
        ),
        ("error_page 404 =200 /index.html;", "where no file is", 0),
        ("location /.linli/ {\n}\nerror_page 404 /404.html;", "is there for all", 0),
    ];
    if !Path::new(NGINX).exists() {
        eprintln!("skipped: there is no nginx; apt-get install nginx-light");
        return;
    }
    let ports = TRAPS.map(|_| free_port());
    let targets = ports.map(|port| {
        format!(
            "\n[publish.t{port}]\nfolder = \"../www/portal\"\nurl = \"http://127.0.0.1:{port}\"\n"
        )
    });
    let targets = targets.concat();
    let desk = Desk::new(&format!("\n[hosting]\nhosts = [\"nginx\"]\n{targets}"));
    told(&mut desk.publish(&["web"]), 0);
    let portal = desk.folder.path().join("www/portal");
    let others: Vec<_> = ports.iter().zip(TRAPS).map(|(port, (how, ..))| (*port, how)).collect();
    let _server = Server::start(desk.folder.path(), free_port(), &others);
    for (port, (how, words, status)) in ports.into_iter().zip(TRAPS) {
        let is_record = how.contains(".linli");
        if is_record {
            fs::create_dir(portal.join(".linli")).unwrap();
            fs::write(portal.join(".linli/published.json.gz"), "x").unwrap();
        }
        let url = format!("http://127.0.0.1:{port}");
        if !is_record {
            let said = told(&mut desk.linli(&["verify", &url]), status);
            assert!(said.contains(words), "{how}: {said}");
        }
        // So does a publication, which is no failure for it.
        let said = told(&mut desk.publish(&[&format!("t{port}"), "--all"]), 0);
        assert!(said.contains(words), "{how}: {said}");
    }
}
