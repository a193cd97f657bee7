//! `linli publish` to a folder of a server: a real one, which the tests start.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command as Process},
    thread,
    time::{Duration, Instant},
};

use crate::{
    publish::{Desk, HONORS, has, honors, told},
    site::TODAY,
};

/// Names a file with settings of ssh.
pub(super) const SETTINGS: &str = "LINLI_SSH_CONFIG";

const SSHD: &str = "/usr/sbin/sshd";

/// A server of this test, which ends with it, and the settings by which ssh finds it; nothing where
/// there is no `sshd`.
pub(super) struct Server {
    process: Child,
    pub(super) settings: PathBuf,
    pub(super) port: u16,
}

impl Server {
    /// A server, and a desk whose target `server` is the folder of its target `web`, by way of that.
    #[expect(clippy::print_stderr, reason = "who runs the tests is told what was not tested")]
    pub(super) fn with_desk(more: &str) -> Option<(Desk, Self)> {
        let desk = Desk::new("");
        let Some(server) = Self::start(desk.folder.path(), "") else {
            eprintln!("skipped: there is no sshd; apt-get install openssh-server");
            return None;
        };
        let www = desk.folder.path().join("www/portal");
        let target = format!(
            "\n[publish.server]\nsftp = \"portal\"\nfolder = \"{}\"\n{more}",
            www.display()
        );
        let settings = fs::read_to_string(desk.site().join("site.toml")).unwrap();
        desk.edit("site.toml", &(settings + &target));
        Some((desk, server))
    }

    /// The files of a server and its client lie in a folder. `first` is what the shell does that runs
    /// the server.
    pub(super) fn start(folder: &Path, first: &str) -> Option<Self> {
        if !Path::new(SSHD).exists() {
            return None;
        }
        let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
        for key in ["host", "user"].into_iter().filter(|it| !Path::new(&at(it)).exists()) {
            let mut make = Process::new("ssh-keygen");
            make.args(["-q", "-t", "ed25519", "-N", "", "-f", &at(key)]);
            assert!(make.status().unwrap().success());
        }
        fs::copy(at("user.pub"), at("allowed")).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let settings = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\n\
             PidFile none\nStrictModes no\nUsePAM no\nPermitRootLogin yes\n\
             PasswordAuthentication no\nSubsystem sftp internal-sftp\n",
            at("host"),
            at("allowed")
        );
        fs::write(at("sshd_config"), settings).unwrap();
        let client = format!(
            "Host portal\n  HostName 127.0.0.1\n  Port {port}\n  IdentityFile {}\n  \
             IdentitiesOnly yes\n  UserKnownHostsFile {}\n  StrictHostKeyChecking accept-new\n",
            at("user"),
            at("known")
        );
        fs::write(at("config"), client).unwrap();
        // As root it wants this folder.
        let _ = fs::create_dir("/run/sshd");
        let _ = fs::remove_file(at("log"));
        let mut server = Process::new("sh");
        let run = format!("{first} exec {SSHD} -D -f \"$1\" -E \"$2\"");
        server.args(["-c", &run, "sh", &at("sshd_config"), &at("log")]);
        let process = server.spawn().unwrap();
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(30), "the server does not answer");
            thread::sleep(Duration::from_millis(50));
        }
        Some(Self { process, settings: folder.join("config"), port })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn a_server_is_reached_by_sftp() {
    let Some((desk, server)) = Server::with_desk("") else { return };
    let www = desk.folder.path().join("www/portal");
    let run =
        |args: &[&str], status: i32| told(desk.linli(args).env(SETTINGS, &server.settings), status);
    let publish = ["publish", "server", "--as-of", TODAY];
    let said = run(&publish, 0);
    assert!(said.contains("server: ") && said.contains("file by file"), "{said}");
    assert_eq!(desk.found(), desk.built());
    assert!(run(&publish, 0).contains("server: nothing to do"));
    run(&["verify", "server"], 0);
    // She withdraws, and a notice is over.
    desk.edit(HONORS, &honors(&["李明"]));
    fs::remove_file(desk.site().join("content/xingfu/notices/2026-10-20-water.md")).unwrap();
    run(&publish, 0);
    assert_eq!(desk.found(), desk.built());
    assert_eq!(has(&desk.found(), "王秀兰"), [""; 0]);
    // Of a target whose record is damaged nothing is known until somebody says so.
    let beside = desk.folder.path().join("www/.portal.linli/published.json");
    fs::write(beside, "x").unwrap();
    assert!(run(&publish, 2).contains("linli publish --adopt"));
    fs::create_dir_all(www.join("xingfu/old folder")).unwrap();
    fs::write(www.join("xingfu/old folder/李 1.html"), "x").unwrap();
    let files = desk.found().len();
    fs::create_dir_all(www.join("theirs")).unwrap();
    fs::write(www.join("theirs/a.txt"), "x").unwrap();
    let said = run(&["publish", "server", "--adopt", "--as-of", TODAY], 0);
    assert!(said.contains(&format!("({files})")) && said.contains("theirs/a.txt"), "{said}");
    run(&publish, 0);
    fs::remove_file(www.join("theirs/a.txt")).unwrap();
    assert_eq!(desk.found(), desk.built());
    // What somebody changed is told, and what is not there is no server.
    fs::write(www.join("index.html"), "x").unwrap();
    run(&["verify", "server"], 1);
    fs::remove_file(desk.folder.path().join("user")).unwrap();
    assert!(run(&publish, 2).contains("sftp failed"));
}
