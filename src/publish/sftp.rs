//! A folder of a server, by the system's `sftp`.
//!
//! A few clients stay open, each with a connection of its own, and are given commands in batch mode:
//! so a file costs no new connection, and whatever ssh is set up with (keys, hosts, proxies) holds.
//! Nobody is asked for a password. Each file is sent under another name and renamed, in one step
//! where the server can (OpenSSH's can).
//!
//! What has to be known of the folder lies beside it, in `.NAME.linli`, which only the user who
//! publishes may enter: `published.json`, and the folder `lock`, which only one can make, with who
//! did in it.
//!
//! A server that says nothing for a while has failed, whatever it does with the connection. How long
//! that is grows with what is sent.

use std::{
    collections::HashSet,
    fs,
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering::Relaxed},
        mpsc::{self, Receiver, RecvTimeoutError},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use crate::{
    output::{Hash, ManifestEntry, OutPath, folders_above},
    publish::{Holder, Known, PublishError, Target, Verified},
};

/// How many connections there are. Servers refuse more than ten that begin at once.
const CONNECTIONS: usize = 4;

/// How much of what the client says is told: the end of it.
const SAID: usize = 400;

/// How many bytes go over the slowest line in a second: by that a long file has longer.
const SLOWEST: u64 = 16 << 10;

/// How long the last words of a client are waited for that has ended.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// A file with settings of ssh, in place of the user's.
const CONFIG: &str = "LINLI_SSH_CONFIG";

/// A folder of a server to which a site is sent.
pub struct SftpTarget {
    host: String,
    folder: String,
    /// What has to be known of it.
    state: String,
    /// Where files are put for the client, and taken from it.
    own: PathBuf,
    /// For how many seconds an answer is waited for.
    patience: u64,
    holder: Holder,
    /// Clients that nobody uses just now.
    idle: Mutex<Vec<Session>>,
    /// Folders that are there for certain.
    made: Mutex<HashSet<String>>,
    count: AtomicUsize,
}

impl SftpTarget {
    /// A folder of a server. `own` is a folder of this machine for files on their way; after so many
    /// seconds without an answer the server has failed. Nothing is asked yet.
    pub fn new(host: &str, folder: &str, own: PathBuf, patience: u64) -> Self {
        let folder = folder.trim_end_matches('/').to_owned();
        let (above, name) = folder.rsplit_once('/').map_or(("", &*folder), |it| it);
        let slash = if folder.contains('/') { "/" } else { "" };
        Self {
            host: host.to_owned(),
            state: format!("{above}{slash}.{name}.linli"),
            folder,
            own,
            patience,
            holder: Holder::own(),
            idle: Mutex::default(),
            made: Mutex::default(),
            count: AtomicUsize::new(0),
        }
    }

    /// Gives commands to a client, and returns what it printed. One that failed is not used again.
    fn run(&self, commands: &[String]) -> Result<Vec<String>, PublishError> {
        self.run_with(commands, 0, None)
    }

    /// The same with commands that send so many bytes, or write a file of this machine.
    fn run_with(
        &self,
        commands: &[String],
        sent: u64,
        written: Option<&Path>,
    ) -> Result<Vec<String>, PublishError> {
        let idle = hold(&self.idle).pop();
        let mut session = match idle {
            Some(session) => session,
            None => Session::open(&self.host, self.patience)?,
        };
        let patience = Duration::from_secs(self.patience + sent / SLOWEST);
        let mut lines = session.run(commands, patience, written)?;
        hold(&self.idle).push(session);
        // The client repeats what it was told.
        lines.retain(|it| !it.starts_with("sftp>"));
        Ok(lines)
    }

    /// A name for a file of this machine.
    fn local(&self) -> PathBuf {
        self.own.join(format!("way-{}", self.count.fetch_add(1, Relaxed)))
    }

    /// The bytes of a file of the server; nothing if it is not there.
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
        let local = self.local();
        let get = format!("-get {} {}", pattern(path), quoted(&local.to_string_lossy()));
        self.run_with(&[get], 0, Some(&local))?;
        let bytes = match fs::read(&local) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            bytes => bytes.map_err(PublishError::io("read", &local))?,
        };
        fs::remove_file(&local).map_err(PublishError::io("remove", local))?;
        Ok(Some(bytes))
    }

    /// Writes a file of the server, by way of another name.
    fn write(&self, path: &str, before: &[String], bytes: &[u8]) -> Result<(), PublishError> {
        let local = self.local();
        fs::write(&local, bytes).map_err(PublishError::io("write", &local))?;
        let draft = draft(path);
        let mut commands = before.to_vec();
        commands.push(format!("put {} {}", pattern(&local.to_string_lossy()), quoted(&draft)));
        commands.push(format!("rename {} {}", quoted(&draft), quoted(path)));
        let sent = self.run_with(&commands, bytes.len() as u64, None);
        let _ = fs::remove_file(&local);
        sent.map(|_| ())
    }

    fn at(&self, path: &OutPath) -> String {
        format!("{}/{path}", self.folder)
    }
}

/// Nobody panics while one of these is held, and what it holds is right at any time.
fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A path as the client reads it.
fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A path where the client expects a pattern.
fn pattern(path: &str) -> String {
    let mut pattern = String::new();
    for character in path.chars() {
        if "'\"# \t\\*[?".contains(character) {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

/// A line of a list in long form: `drwxr-xr-x 2 0 0 4096 Nov 29 10:00 kaixuan`. Whether it is a
/// folder, and its name; nothing for the folder itself, the one above it, and drafts.
fn listed(line: &str) -> Option<(bool, String)> {
    let mut rest = line;
    for _ in 0..8 {
        rest = rest.trim_start();
        rest = &rest[rest.find(' ')?..];
    }
    let name = rest.strip_prefix(' ')?.rsplit('/').next()?;
    let is_own = ["", ".", ".."].contains(&name) || name.starts_with(".linli-");
    (!is_own).then(|| (line.starts_with('d'), unescaped(name)))
}

/// A name as the client prints it: bytes that are not ASCII are three octal digits, `\346\235\216`.
fn unescaped(name: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), name.as_bytes());
    while let Some((first, behind)) = rest.split_first() {
        let digits =
            behind.get(..3).filter(|_| *first == b'\\').and_then(|it| str::from_utf8(it).ok());
        match digits.and_then(|it| u8::from_str_radix(it, 8).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[3..];
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Under which name a file is sent before it has its own.
fn draft(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |it| it);
    let hash = Hash::of(name.as_bytes()).to_string();
    format!("{folder}/.linli-{}.new", &hash[..16])
}

impl Target for SftpTarget {
    fn lock(&self) -> Result<Option<(Holder, u64)>, PublishError> {
        let state = &self.state;
        let lock = format!("{state}/lock");
        self.run(&[format!("-mkdir {}", quoted(state)), format!("chmod 700 {}", pattern(state))])?;
        let mut broken = None;
        for _ in 0..3 {
            if self.run(&[format!("mkdir {}", quoted(&lock))]).is_ok() {
                self.write(&format!("{lock}/holder"), &[], &self.holder.to_bytes())?;
                return Ok(broken);
            }
            let mut bytes = self.get(&format!("{lock}/holder"))?;
            if bytes.is_none() {
                // Somebody may have made it just now, and say who in a moment.
                thread::sleep(Duration::from_secs(2));
                bytes = self.get(&format!("{lock}/holder"))?;
            }
            let holder = Holder::from_bytes(&bytes.unwrap_or_default());
            let minutes = holder.minutes();
            if !holder.is_stale() {
                return Err(PublishError::Held { holder, minutes });
            }
            broken = Some((holder, minutes));
            self.run(&[
                format!("-rm {}", pattern(&draft(&format!("{lock}/holder")))),
                format!("-rm {}", pattern(&format!("{lock}/holder"))),
                format!("-rmdir {}", quoted(&lock)),
            ])?;
        }
        Err(PublishError::Held { holder: self.holder.clone(), minutes: 0 })
    }

    fn renew(&self) {
        // One that cannot be renewed holds for a while yet.
        let _ = self.write(
            &format!("{}/lock/holder", self.state),
            &[],
            &self.holder.renewed().to_bytes(),
        );
    }

    fn unlock(&self) {
        let lock = format!("{}/lock", self.state);
        // One that stays is over with this process.
        let _ = self.run(&[
            format!("-rm {}", pattern(&format!("{lock}/holder"))),
            format!("-rmdir {}", quoted(&lock)),
        ]);
    }

    fn known(&self) -> Result<Known, PublishError> {
        let file = format!("{}/published.json", self.state);
        let foreign = |found| PublishError::Foreign { path: self.folder.clone().into(), found };
        if let Some(bytes) = self.get(&file)? {
            return Known::from_bytes(&bytes).ok_or(PublishError::Damaged { path: file.into() });
        }
        let lines = self.run(&[format!("-ls -1a {}", pattern(&self.folder))])?;
        let name = |line: &String| line.rsplit('/').next().unwrap_or_default().to_owned();
        let names = lines.iter().map(name);
        let found: Vec<_> = names.filter(|it| !["", ".", ".."].contains(&it.as_str())).collect();
        if found.is_empty() { Ok(Known::default()) } else { Err(foreign(found)) }
    }

    fn found(&self) -> Result<Vec<OutPath>, PublishError> {
        let (mut found, mut folders) = (Vec::new(), vec![String::new()]);
        while let Some(folder) = folders.pop() {
            let path = format!("{}/{folder}", self.folder);
            let lines = self.run(&[format!("-ls -lan {}", pattern(path.trim_end_matches('/')))])?;
            for (is_folder, name) in lines.iter().filter_map(|line| listed(line)) {
                let path = format!("{folder}{name}");
                if is_folder {
                    folders.push(format!("{path}/"));
                } else {
                    found.extend(OutPath::new(&path).ok());
                }
            }
        }
        Ok(found)
    }

    fn remember(&self, known: &Known) -> Result<(), PublishError> {
        let before = [format!("-mkdir {}", quoted(&self.state))];
        self.write(&format!("{}/published.json", self.state), &before, &known.to_bytes())
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn at_once(&self) -> usize {
        CONNECTIONS
    }

    fn is_absent(&self, _: &OutPath) -> bool {
        false
    }

    fn lacks(&self, _: &[ManifestEntry]) -> Vec<OutPath> {
        Vec::new()
    }

    fn begin(&self, _: &[ManifestEntry]) -> Result<(), PublishError> {
        self.run(&[format!("-mkdir {}", quoted(&self.folder))]).map(|_| ())
    }

    fn bytes(&self, _: &OutPath) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, entry: &ManifestEntry, bytes: &[u8]) -> Result<(), PublishError> {
        let folders: Vec<&str> = folders_above(entry.path.as_str()).collect();
        let made = hold(&self.made);
        let missing: Vec<&str> =
            folders.into_iter().rev().filter(|it| !made.contains(*it)).collect();
        drop(made);
        let make = |it: &&str| format!("-mkdir {}", quoted(&format!("{}/{it}", self.folder)));
        let before: Vec<String> = missing.iter().map(make).collect();
        self.write(&self.at(&entry.path), &before, bytes)?;
        hold(&self.made).extend(missing.into_iter().map(str::to_owned));
        Ok(())
    }

    fn delete(&self, path: &OutPath) -> Result<(), PublishError> {
        let place = self.at(path);
        let mut commands =
            vec![format!("-rm {}", pattern(&draft(&place))), format!("-rm {}", pattern(&place))];
        // Those that are not empty stay.
        let folders = folders_above(path.as_str());
        commands.extend(
            folders.map(|it| format!("-rmdir {}", quoted(&format!("{}/{it}", self.folder)))),
        );
        // Whether it was not there, or could not be deleted, the client says to people alone.
        commands.push(format!("-ls -1 {}", pattern(&place)));
        if self.run(&commands)?.is_empty() {
            return Ok(());
        }
        Err(PublishError::io("remove", place)(io::ErrorKind::PermissionDenied.into()))
    }

    fn finish(&self) -> Result<(), PublishError> {
        Ok(())
    }

    fn verify(&self, known: &Known) -> Result<Option<Verified>, PublishError> {
        let files: Vec<&ManifestEntry> =
            known.files.iter().chain(known.leaving.iter().map(|(entry, _)| entry)).collect();
        let mut verified = Verified { files: files.len(), ..Verified::default() };
        for entry in files {
            match self.get(&self.at(&entry.path))? {
                None => verified.missing.push(entry.path.to_string()),
                Some(bytes) if Hash::of(&bytes) == entry.blake3 => {}
                Some(_) => verified.changed.push(entry.path.to_string()),
            }
        }
        Ok(Some(verified))
    }
}

/// A client with its connection.
struct Session {
    child: Child,
    stdin: ChildStdin,
    /// The lines that it prints.
    lines: Receiver<String>,
    said: Arc<Mutex<String>>,
    listener: JoinHandle<()>,
    count: usize,
}

impl Session {
    fn open(host: &str, patience: u64) -> Result<Self, PublishError> {
        let mut command = Command::new("sftp");
        if let Some(config) = std::env::var_os(CONFIG) {
            command.arg("-F").arg(config);
        }
        // Connections end, too, whose client was ended because they were silent. They have longer, so that
        // one failure is told whatever was waited for.
        let longer = patience + 5;
        for option in [
            "BatchMode=yes".to_owned(),
            // Why nobody is let in, and not what the server says to all.
            "LogLevel=ERROR".to_owned(),
            format!("ConnectTimeout={longer}"),
            format!("ServerAliveInterval={longer}"),
            "ServerAliveCountMax=2".to_owned(),
        ] {
            command.args(["-o", &option]);
        }
        command.args(["-b", "-", "--", host]);
        command.env("LC_ALL", "C");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => PublishError::NoProgram { name: "sftp" },
            _ => PublishError::io("read", "sftp")(error),
        })?;
        let (Some(stdin), Some(stdout), Some(mut stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(PublishError::NoProgram { name: "sftp" });
        };
        let said: Arc<Mutex<String>> = Arc::default();
        let heard = Arc::clone(&said);
        let listener = thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(length @ 1..) = stderr.read(&mut bytes) {
                hold(&heard).push_str(&String::from_utf8_lossy(&bytes[..length]));
            }
        });
        let (printed, lines) = mpsc::channel();
        thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            let mut line = Vec::new();
            while let Ok(1..) = stdout.read_until(b'\n', &mut line) {
                let text = String::from_utf8_lossy(&line).trim_end().to_owned();
                line.clear();
                if printed.send(text).is_err() {
                    break;
                }
            }
        });
        Ok(Self { child, stdin, lines, said, listener, count: 0 })
    }

    /// Gives commands, and waits until all are done. Returns what was printed meanwhile. A command
    /// that begins with `-` may fail. The client has failed if it prints nothing for so long, unless
    /// the file grows that it writes.
    fn run(
        &mut self,
        commands: &[String],
        patience: Duration,
        written: Option<&Path>,
    ) -> Result<Vec<String>, PublishError> {
        self.count += 1;
        hold(&self.said).clear();
        let end = format!("linli-{}", self.count);
        let batch = format!("{}\n!echo {end}\n", commands.join("\n"));
        let mut lines = Vec::new();
        let length = || written.and_then(|it| fs::metadata(it).ok()).map_or(0, |it| it.len());
        let mut known = length();
        if self.stdin.write_all(batch.as_bytes()).and_then(|()| self.stdin.flush()).is_ok() {
            loop {
                match self.lines.recv_timeout(patience) {
                    Ok(line) if line == end => return Ok(lines),
                    Ok(line) => lines.push(line),
                    Err(RecvTimeoutError::Disconnected) => break,
                    Err(RecvTimeoutError::Timeout) if length() > known => known = length(),
                    Err(RecvTimeoutError::Timeout) => {
                        let seconds = patience.as_secs();
                        return Err(PublishError::Silent { name: "sftp", seconds });
                    }
                }
            }
        }
        // The client ended at a command that failed, or was ended. Its connection may outlive it.
        let _ = self.child.wait();
        let part = LAST_WORDS / 20;
        (0..20).take_while(|_| !self.listener.is_finished()).for_each(|_| thread::sleep(part));
        let said = hold(&self.said).trim().to_owned();
        let start = said.char_indices().rev().nth(SAID).map_or(0, |(at, _)| at);
        Err(PublishError::Program { name: "sftp", said: said[start..].to_owned() })
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.stdin.write_all(b"bye\n");
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_long_form() {
        let line =
            "-rw-r--r--    ? 0        0               1 Nov 29 11:42 /www/\\346\\235\\216 1.html";
        assert_eq!(listed(line), Some((false, "李 1.html".to_owned())));
        let line = "drwxr-xr-x    2 1000     1000         4096 Nov 29  2025 old folder";
        assert_eq!(listed(line), Some((true, "old folder".to_owned())));
        for other in [
            "",
            "total 3",
            "drwx------ 2 0 0 4096 Nov 29 10:00 ..",
            "-rw- 1 0 0 1 Nov 29 10:00 .linli-ab.new",
        ] {
            assert_eq!(listed(other), None, "{other}");
        }
    }
}
