//! Targets that fail: what the public finds then, what is told, and what the next run makes of it.
//!
//! | fault | folder | server | branch | bucket (`buckets.rs`) |
//! | --- | --- | --- | --- | --- |
//! | nobody answers | | here | here | there |
//! | the line is cut | | here | here | there |
//! | no more room | here | here | here | there |
//! | no longer let in | | here | here | there |
//! | errors of the service, a wrong clock | | | | there |

use std::{
    fs,
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::Command as Process,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering::Relaxed},
    },
    thread,
    time::Duration,
};

use crate::{
    publish::{
        Desk, HONORS, NEW,
        branch::git,
        check, has, honors,
        server::{SETTINGS, Server},
        told,
    },
    site::TODAY,
};

/// She withdraws, and a long notice is new.
fn after(desk: &Desk) {
    desk.edit(HONORS, &honors(&["李明"]));
    let text = "新的一段，说明安排。\n\n".repeat(4000);
    desk.edit(NEW, &format!("---\ntitle: 新\ndate: 2026-11-21\n---\n\n{text}"));
}

/// How much room files take, in blocks of 4 KB.
fn blocks(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap());
    let of = |it: fs::DirEntry| match it.metadata().unwrap() {
        found if found.is_dir() => blocks(&it.path()) + 1,
        found => found.len().div_ceil(4096),
    };
    entries.map(of).sum()
}

#[test]
#[expect(clippy::print_stderr, reason = "who runs the tests is told what was not tested")]
fn a_full_disk_leaves_what_is_there() {
    // A disk of so many KB, which nobody else sees, with what was there; and what is there afterwards.
    const ON_DISK: &str =
        "mount -t tmpfs -o size=$1k none \"$2\" && cp -a \"$3/.\" \"$2\" || exit 9
        www=$2 saved=$3; shift 3
        \"$@\"; status=$?
        rm -rf \"$saved\" && cp -a \"$www/.\" \"$saved\" || exit 9
        exit $status";
    let can = Process::new("unshare").args(["--map-root-user", "--mount", "true"]).status();
    if !can.is_ok_and(|it| it.success()) {
        eprintln!("skipped: nobody may mount disks here");
        return;
    }
    for settings in ["", "switch = \"files\"\n"] {
        let desk = Desk::new(settings);
        let at = |name: &str| desk.folder.path().join(name);
        let mut failed = 0;
        for room in [0, 1, 2, 4, 8, 16, 32, 64, 256, 1024] {
            desk.go_back();
            told(&mut desk.publish(&[]), 0);
            let size = 4 * (blocks(&at("www")) + room);
            fs::rename(at("www"), at("saved")).unwrap();
            fs::create_dir(at("www")).unwrap();
            after(&desk);
            let mut command = assert_cmd::Command::new("unshare");
            command.args(["--map-root-user", "--mount", "sh", "-c", ON_DISK, "sh"]);
            command.arg(size.to_string()).args([at("www"), at("saved")]);
            command.env_remove("CI").arg(env!("CARGO_BIN_EXE_linli"));
            command.args(["--lang", "en", "--site"]).arg(desk.site());
            command.args(["publish", "--as-of", TODAY]);
            let output = command.output().unwrap();
            fs::remove_dir(at("www")).unwrap();
            fs::rename(at("saved"), at("www")).unwrap();
            let (found, what) = (desk.found(), format!("{settings:?}, room for {room}"));
            check(&found, &what);
            let said = String::from_utf8(output.stderr).unwrap();
            match output.status.code() {
                Some(0) => assert_eq!(found, desk.built(), "{what}"),
                Some(2) => {
                    assert!(said.contains("the disk is full"), "{what}: {said}");
                    failed += 1;
                }
                other => panic!("{what}: {other:?} {said}"),
            }
            told(&mut desk.publish(&[]), 0);
            assert_eq!(desk.found(), desk.built(), "{what}");
            assert_eq!(has(&desk.found(), "王秀兰"), [""; 0], "{what}");
            if output.status.success() {
                break;
            }
        }
        assert!(failed >= 3, "{settings:?}: {failed}");
    }
}

/// A line to a server, on which so many bytes go there; then it fails as it is told.
struct Wire {
    port: u16,
    left: Arc<AtomicI64>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

#[derive(Clone, Copy)]
enum Fault {
    /// It is cut.
    Cut,
    /// Nothing goes there any more, and nothing comes back.
    Silence,
}

impl Wire {
    fn open(server: u16, fault: Fault) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let left = Arc::new(AtomicI64::new(i64::MAX));
        let open = Arc::<Mutex<Vec<TcpStream>>>::default();
        let (shared, connections) = (Arc::clone(&left), Arc::clone(&open));
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                if shared.load(Relaxed) < 0 && matches!(fault, Fault::Cut) {
                    continue;
                }
                let far = TcpStream::connect(("127.0.0.1", server)).unwrap();
                connections.lock().unwrap().push(near.try_clone().unwrap());
                let (back, to) = (far.try_clone().unwrap(), near.try_clone().unwrap());
                let left = Arc::clone(&shared);
                thread::spawn(move || carry(near, far, fault, &left, true));
                let left = Arc::clone(&shared);
                thread::spawn(move || carry(back, to, fault, &left, false));
            }
        });
        Self { port, left, open }
    }
}

/// Carries bytes one way, and takes them from what is left.
fn carry(mut from: TcpStream, mut to: TcpStream, fault: Fault, left: &AtomicI64, is_counted: bool) {
    let mut bytes = [0; 1024];
    while let Ok(length @ 1..) = from.read(&mut bytes) {
        let count = if is_counted { i64::try_from(length).unwrap() } else { 0 };
        if left.fetch_sub(count, Relaxed) < count {
            match fault {
                Fault::Cut => break,
                // The client is ended, and both connections with it.
                Fault::Silence => continue,
            }
        }
        if to.write_all(&bytes[..length]).is_err() {
            break;
        }
    }
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}

/// Settings of ssh by which a server is reached on another port, and what a run with them says.
fn by_port(desk: &Desk, server: &Server, port: u16) -> std::path::PathBuf {
    let settings = fs::read_to_string(&server.settings).unwrap();
    let settings = settings.replace(&format!("Port {}", server.port), &format!("Port {port}"));
    let file = desk.folder.path().join(format!("config-{port}"));
    fs::write(&file, settings).unwrap();
    file
}

fn publish(desk: &Desk, settings: &Path, status: i32) -> String {
    told(desk.publish(&["server"]).env(SETTINGS, settings), status)
}

#[test]
fn a_line_to_a_server_is_cut_at_any_byte() {
    let Some((desk, server)) = Server::with_desk("") else { return };
    desk.go_back();
    publish(&desk, &server.settings, 0);
    let wire = Wire::open(server.port, Fault::Cut);
    let settings = by_port(&desk, &server, wire.port);
    for (round, bytes) in [500, 7_000, 12_000, 25_000, 40_000, 80_000].into_iter().enumerate() {
        desk.go_back();
        publish(&desk, &server.settings, 0);
        after(&desk);
        let allowed = desk.folder.path().join("allowed");
        let keys = fs::read(&allowed).unwrap();
        wire.left.store(bytes, Relaxed);
        // In every second round the key is no longer let in when the client comes back.
        let is_refused = round % 2 == 1;
        if is_refused {
            let (left, open) = (Arc::clone(&wire.left), Arc::clone(&wire.open));
            let allowed = allowed.clone();
            thread::spawn(move || {
                while left.load(Relaxed) >= 0 {
                    thread::sleep(Duration::from_millis(1));
                }
                fs::write(&allowed, "").unwrap();
                // The other connections are cut, too.
                for stream in open.lock().unwrap().drain(..) {
                    let _ = stream.shutdown(Shutdown::Both);
                }
                left.store(i64::MAX, Relaxed);
            });
        }
        let said = publish(&desk, &settings, 2);
        assert!(said.contains("sftp failed"), "{bytes}: {said}");
        check(&desk.found(), &format!("cut after {bytes} bytes"));
        fs::write(&allowed, keys).unwrap();
        publish(&desk, &server.settings, 0);
        assert_eq!(desk.found(), desk.built(), "{bytes}");
        assert_eq!(has(&desk.found(), "王秀兰"), [""; 0], "{bytes}");
    }
}

#[test]
fn a_server_that_is_silent_is_not_waited_for_without_end() {
    let Some((desk, server)) = Server::with_desk("") else { return };
    desk.go_back();
    publish(&desk, &server.settings, 0);
    after(&desk);
    let wire = Wire::open(server.port, Fault::Silence);
    let settings = by_port(&desk, &server, wire.port);
    let patient = fs::read_to_string(desk.site().join("site.toml")).unwrap();
    desk.edit("site.toml", &format!("{patient}patience = 3\n"));
    for bytes in [0, 12_000, 40_000] {
        wire.left.store(bytes, Relaxed);
        let said = publish(&desk, &settings, 2);
        // The server has enough of connections that do not go on, at some time.
        let words = if bytes == 0 { "sftp has had no answer for 3 s" } else { "sftp" };
        assert!(said.contains(words), "{bytes}: {said}");
        check(&desk.found(), &format!("silent after {bytes} bytes"));
    }
    desk.edit("site.toml", &patient);
    publish(&desk, &server.settings, 0);
    assert_eq!(desk.found(), desk.built());
}

#[test]
fn a_server_that_ssh_does_not_know_is_told() {
    let Some((desk, server)) = Server::with_desk("") else { return };
    let settings = fs::read_to_string(&server.settings).unwrap();
    let strict = desk.folder.path().join("strict");
    fs::write(&strict, settings.replace("accept-new", "yes")).unwrap();
    let said = publish(&desk, &strict, 2);
    assert!(said.contains("Host key verification failed"), "{said}");
    assert!(desk.found().is_empty());
}

#[test]
fn a_server_without_room_is_told() {
    let Some((desk, server)) = Server::with_desk("") else { return };
    desk.go_back();
    publish(&desk, &server.settings, 0);
    after(&desk);
    // No file may be larger than 64 KB.
    let full = Server::start(desk.folder.path(), "ulimit -f 128; trap '' XFSZ;").unwrap();
    let said = publish(&desk, &full.settings, 2);
    assert!(said.contains("2026-11-21-new/index.html") && said.contains("ailure"), "{said}");
    check(&desk.found(), "no room");
    assert_eq!(has(&desk.found(), "王秀兰"), [""; 0], "what is withdrawn went first");
    drop(full);
    let server = Server::start(desk.folder.path(), "").unwrap();
    publish(&desk, &server.settings, 0);
    assert_eq!(desk.found(), desk.built());
}

#[test]
fn a_branch_stays_as_it_is_if_its_host_fails() {
    // How ssh reaches the host: this machine, with what is wrong with it.
    const SSH: &str = "#!/bin/sh
        for it; do :; done
        case $it in
          *receive-pack*)
            case $(cat \"$0.fault\") in
              cut) head -c 3000 | exec sh -c \"$it\" ;;
              full) ulimit -f 8; exec sh -c \"$it\" ;;
              gone) exit 255 ;;
            esac ;;
        esac
        exec sh -c \"$it\"\n";
    let desk = Desk::new("");
    let at = |name: &str| desk.folder.path().join(name);
    let pages = at("pages.git");
    let settings = fs::read_to_string(desk.site().join("site.toml")).unwrap();
    let target = |place: &str| {
        let target = format!("\n[publish.pages]\ngit = \"{place}\"\npatience = 2\n");
        desk.edit("site.toml", &format!("{settings}{target}"));
    };
    git(desk.folder.path(), &["init", "--quiet", "--bare", "pages.git"]);
    fs::write(at("ssh"), SSH).unwrap();
    fs::write(at("ssh.fault"), "none").unwrap();
    let run_by_all = |file: &Path| {
        fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
    };
    run_by_all(&at("ssh"));
    let run = |status: i32| {
        let mut command = desk.publish(&["pages"]);
        command.env("GIT_SSH_COMMAND", at("ssh")).env("GIT_SSH_VARIANT", "simple");
        told(&mut command, status)
    };
    let tree = || git(&pages, &["rev-parse", "pages^{tree}"]);
    target(&format!("host:{}", pages.display()));
    desk.go_back();
    run(0);
    let old = tree();
    after(&desk);
    for (fault, words) in [("cut", "git failed"), ("full", "git failed"), ("gone", "git failed")] {
        fs::write(at("ssh.fault"), fault).unwrap();
        let said = run(2);
        assert!(said.contains(words), "{fault}: {said}");
        assert_eq!(tree(), old, "{fault}");
    }
    fs::write(at("ssh.fault"), "none").unwrap();
    // Whoever may no longer push, is told what the host says.
    fs::create_dir_all(pages.join("hooks")).unwrap();
    let hook = pages.join("hooks/pre-receive");
    fs::write(&hook, "#!/bin/sh\necho 'the key has expired' >&2\nexit 1\n").unwrap();
    run_by_all(&hook);
    let said = run(2);
    assert!(said.contains("the key has expired"), "{said}");
    assert_eq!(tree(), old);
    fs::remove_file(hook).unwrap();
    // A host that accepts and says nothing.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    target(&format!("http://127.0.0.1:{port}/pages.git"));
    let said = run(2);
    assert!(said.contains("git failed"), "{said}");
    target(&format!("host:{}", pages.display()));
    run(0);
    assert_ne!(tree(), old);
    git(&pages, &["fsck", "--no-dangling"]);
    assert_eq!(git(&pages, &["rev-list", "--count", "--all"]).trim(), "1");
}
