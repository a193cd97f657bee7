//! A branch of a repository, which a host of pages serves: by the system's `git`.
//!
//! The site is one commit without a parent, and the branch is set to it, whatever was there: so
//! nothing withdrawn stays in its history. The branch has to be new, or to have such a commit: one
//! that holds somebody's work is refused. Whoever pushed meanwhile is noticed, and nothing is done.
//!
//! Beside a file with what was published, `.linli/publish/NAME/` has `repository`, in which there is
//! nothing but the last commit, and the index, by which unchanged files are not read again. What git
//! needs to get in, it finds where its user keeps it; nobody is asked.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Mutex, PoisonError},
};

use crate::{
    output::{ManifestEntry, OutPath, private},
    publish::{Holder, Known, PublishError, Target, Verified, lock::LockFile},
    text::credentials,
};

/// How the message of a commit begins that this program made, and how its line begins that names the
/// files of it: so a commit that somebody amended is none.
const MESSAGE: &str = "Published by Linli";
const TREE: &str = "Tree: ";

/// Who makes commits.
const NAME: &str = "Linli";
const EMAIL: &str = "linli@localhost";

/// The name under which the last commit is kept.
const LAST: &str = "refs/heads/published";

/// How much of what git says is told: the end of it.
const SAID: usize = 400;

/// A branch to which a site is sent.
#[derive(Debug)]
pub struct GitTarget {
    repository: String,
    branch: String,
    /// The site's folder, from which the repository is looked for.
    site: PathBuf,
    out: PathBuf,
    folder: PathBuf,
    /// For how many seconds an answer is waited for.
    patience: u64,
    lock: LockFile,
    /// The commit that the branch had when it was asked.
    found: Mutex<Option<String>>,
}

impl GitTarget {
    /// Opens a branch, for what is in the output folder. `folder` is where the program keeps what it
    /// has to know of it; after so many seconds without an answer the host has failed. Nothing is asked
    /// yet.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no git, or if the folder cannot be used.
    pub fn open(
        site: &Path,
        folder: &Path,
        out: &Path,
        (repository, branch): (&str, &str),
        patience: u64,
    ) -> Result<Self, PublishError> {
        let absolute =
            |path: &Path| std::path::absolute(path).map_err(PublishError::io("read", path));
        let target = Self {
            repository: repository.to_owned(),
            branch: format!("refs/heads/{branch}"),
            site: absolute(site)?,
            out: absolute(out)?,
            lock: LockFile::new(folder.to_owned()),
            folder: absolute(folder)?,
            patience,
            found: Mutex::default(),
        };
        let own = target.own();
        if !own.join("HEAD").exists() {
            let mut init = Command::new("git");
            init.args(["init", "--quiet", "--bare", "--"]).arg(&own);
            run(init.env_remove("GIT_DIR").env_remove("GIT_WORK_TREE"), patience)?;
        }
        // Whatever a file of the site says, its bytes stay as they are.
        let info = own.join("info");
        fs::create_dir_all(&info)
            .and_then(|()| fs::write(info.join("attributes"), "* -text -filter -ident\n"))
            .map_err(PublishError::io("write", info))?;
        Ok(target)
    }

    fn own(&self) -> PathBuf {
        self.folder.join("repository")
    }

    /// Runs git on the output folder, and gives what it printed.
    fn run(&self, args: &[&str]) -> Result<String, PublishError> {
        let mut command = Command::new("git");
        command.current_dir(&self.site).args(args);
        command.env("GIT_DIR", self.own()).env("GIT_WORK_TREE", &self.out);
        command.env("GIT_INDEX_FILE", self.folder.join("index"));
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), NAME);
            command.env(format!("GIT_{who}_EMAIL"), EMAIL);
        }
        run(&mut command, self.patience)
    }

    /// The commit of the branch, if there is one.
    fn ask(&self) -> Result<Option<String>, PublishError> {
        let said = self.run(&["ls-remote", "--", &self.repository, &self.branch])?;
        Ok(said.split_whitespace().next().map(str::to_owned))
    }

    /// The commit that was published last from here.
    fn last(&self) -> Option<String> {
        fs::read_to_string(self.folder.join("commit")).ok()
    }

    /// Whether a commit of the branch is one of this program's, whoever ran it.
    fn is_own(&self, commit: &str) -> Result<bool, PublishError> {
        self.run(&[
            "fetch",
            "--quiet",
            "--depth=1",
            "--no-tags",
            "--",
            &self.repository,
            &self.branch,
        ])?;
        let text = self.run(&["cat-file", "commit", commit])?;
        Ok(is_own(&text))
    }
}

/// Whether a commit, as git stores it, is one of this program's: nobody else committed it, it has no
/// parent, and it has the files that its message names. Commits of before name none.
fn is_own(commit: &str) -> bool {
    let (head, message) = commit.split_once("\n\n").unwrap_or((commit, ""));
    let value = |name: &str| head.lines().find_map(|it| it.strip_prefix(name));
    let own = format!("{NAME} <{EMAIL}> ");
    let named = message.lines().find_map(|it| it.strip_prefix(TREE));
    message.starts_with(MESSAGE)
        && value("parent ").is_none()
        && value("committer ").is_some_and(|it| it.starts_with(&own))
        && named.is_none_or(|it| value("tree ") == Some(it.trim()))
}

/// Runs git, which asks nobody for anything, and gives what it printed. What its user has set is left
/// as it is.
fn run(command: &mut Command, patience: u64) -> Result<String, PublishError> {
    command.stdin(Stdio::null()).env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
    let ssh = format!(
        "ssh -o BatchMode=yes -o ConnectTimeout={patience} -o ServerAliveInterval={patience} \
         -o ServerAliveCountMax=2"
    );
    // While a host works on what was pushed to it, it says so every few seconds.
    for (name, value) in [
        ("GIT_SSH_COMMAND", ssh),
        ("GIT_HTTP_LOW_SPEED_LIMIT", "1".to_owned()),
        ("GIT_HTTP_LOW_SPEED_TIME", patience.to_string()),
    ] {
        if std::env::var_os(name).is_none() {
            command.env(name, value);
        }
    }
    let output = command.output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => PublishError::NoProgram { name: "git" },
        _ => PublishError::io("read", "git")(error),
    })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = credentials::masked(said.trim());
    let start = said.char_indices().rev().nth(SAID).map_or(0, |(at, _)| at);
    Err(PublishError::Program { name: "git", said: said[start..].to_owned() })
}

impl Target for GitTarget {
    fn lock(&self) -> Result<Option<(Holder, u64)>, PublishError> {
        self.lock.take()
    }

    fn renew(&self) {
        self.lock.renew();
    }

    fn unlock(&self) {
        self.lock.release();
    }

    fn known(&self) -> Result<Known, PublishError> {
        let found = self.ask()?;
        (*self.found.lock().unwrap_or_else(PoisonError::into_inner)).clone_from(&found);
        let Some(commit) = found else { return Ok(Known::default()) };
        if self.last().as_deref() == Some(&commit) {
            let bytes = fs::read(self.folder.join("published.json")).unwrap_or_default();
            return Ok(Known::from_bytes(&bytes).unwrap_or_default());
        }
        if !self.is_own(&commit)? {
            let path = format!("{} {}", self.repository, self.branch).into();
            return Err(PublishError::Foreign { path, found: vec![commit] });
        }
        // Another machine published it: the next commit has all files, so nothing need be known.
        Ok(Known::default())
    }

    /// Each commit has all files of a site, and no others.
    fn found(&self) -> Result<Vec<OutPath>, PublishError> {
        Ok(Vec::new())
    }

    fn remember(&self, known: &Known) -> Result<(), PublishError> {
        let file = self.folder.join("published.json");
        let known = Known { leaving: Vec::new(), ..known.clone() };
        private::replace(&file, [known.to_bytes().as_slice()])
            .map(|_| ())
            .map_err(PublishError::io("write", file))
    }

    fn is_whole(&self) -> bool {
        true
    }

    fn at_once(&self) -> usize {
        8
    }

    fn is_absent(&self, _: &OutPath) -> bool {
        false
    }

    fn lacks(&self, _: &[ManifestEntry]) -> Vec<OutPath> {
        Vec::new()
    }

    /// Whoever publishes holds the lock of the target, so locks of git were left by a run that was
    /// killed.
    fn begin(&self, _: &[ManifestEntry]) -> Result<(), PublishError> {
        let own = walkdir::WalkDir::new(self.own()).into_iter().flatten();
        let locks = own.filter(|it| it.path().extension().is_some_and(|it| it == "lock"));
        let locks = locks.map(walkdir::DirEntry::into_path).chain([self.folder.join("index.lock")]);
        locks.for_each(|lock| {
            // One that cannot be removed is told by git.
            let _ = fs::remove_file(lock);
        });
        Ok(())
    }

    fn bytes(&self, _: &OutPath) -> Option<Vec<u8>> {
        None
    }

    /// All files are taken from the output folder at once, in the end.
    fn put(&self, _: &ManifestEntry, _: &[u8]) -> Result<(), PublishError> {
        Ok(())
    }

    fn delete(&self, _: &OutPath) -> Result<(), PublishError> {
        Ok(())
    }

    fn finish(&self) -> Result<(), PublishError> {
        let keep = ["-c", "core.autocrlf=false", "-c", "core.fileMode=false"];
        let add = ["add", "--all", "--force", "--", ".", ":(exclude).linli-manifest.json"];
        self.run(&[&keep[..], &add[..]].concat())?;
        // Hosts would pass over names that begin with `_` without this file.
        let empty = self.run(&["hash-object", "-w", "--stdin"])?;
        let entry = format!("100644,{empty},.nojekyll");
        self.run(&["update-index", "--add", "--cacheinfo", &entry])?;
        let tree = self.run(&["write-tree"])?;
        let named = format!("{TREE}{tree}");
        let commit = self.run(&["commit-tree", &tree, "-m", MESSAGE, "-m", &named])?;
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let lease = format!("--force-with-lease={}:{}", self.branch, found.unwrap_or_default());
        let to = format!("{commit}:{}", self.branch);
        self.run(&["push", "--quiet", &lease, "--", &self.repository, &to])?;
        let file = self.folder.join("commit");
        private::replace(&file, [commit.as_bytes()]).map_err(PublishError::io("write", &file))?;
        // Of earlier commits nothing is left here either.
        self.run(&["-c", "core.logAllRefUpdates=false", "update-ref", LAST, &commit])?;
        let _ = fs::remove_file(self.own().join("FETCH_HEAD"));
        self.run(&["prune", "--expire=now"])?;
        Ok(())
    }

    fn verify(&self, known: &Known) -> Result<Option<Verified>, PublishError> {
        let mut verified = Verified { files: known.files.len(), ..Verified::default() };
        if self.ask()? != self.last() {
            verified.changed.push(self.branch.clone());
        }
        Ok(Some(verified))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_commits_are_known_by_what_they_have() {
        let commit = |tree: &str, more: &str, committer: &str, message: &str| {
            format!(
                "tree {tree}\n{more}author Linli <linli@localhost> 1 +0800\n\
                 committer {committer} 1 +0800\n\n{message}\n"
            )
        };
        let linli = "Linli <linli@localhost>";
        let message = "Published by Linli\n\nTree: abc";
        assert!(is_own(&commit("abc", "", linli, message)));
        assert!(is_own(&commit("abc", "", linli, "Published by Linli")));
        for other in [
            commit("def", "", linli, message),
            commit("abc", "parent 012\n", linli, message),
            commit("abc", "", "Wang <wang@office>", message),
            commit("abc", "", linli, "My site"),
            String::new(),
        ] {
            assert!(!is_own(&other), "{other}");
        }
    }
}
