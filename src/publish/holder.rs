//! Who publishes, as a lock says it.

use std::{
    process,
    time::{SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

/// For how many seconds a lock holds. It is renewed all five minutes.
const HOLDS: u64 = 30 * 60;

/// Who publishes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The user and the machine, as people know them: `wang@office`.
    pub by: String,
    machine: String,
    process: u32,
    /// Since when, in seconds since 1970.
    since: u64,
    /// Until when it holds.
    until: u64,
}

impl Holder {
    /// This process, from now on.
    pub fn own() -> Self {
        let (machine, now) = (machine(), now());
        let user = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|it| std::env::var(it).ok());
        let user = user.filter(|it| !it.is_empty()).unwrap_or_else(|| "linli".to_owned());
        let by = format!("{user}@{machine}");
        Self { by, machine, process: process::id(), since: now, until: now + HOLDS }
    }

    /// The same, for another while.
    #[must_use]
    pub fn renewed(&self) -> Self {
        Self { until: now() + HOLDS, ..self.clone() }
    }

    /// It is that process, whenever the lock was renewed.
    #[cfg(feature = "publish-s3")]
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let of = |it: &Self| (it.machine.clone(), it.process, it.since, it.by.clone());
        of(self) == of(other)
    }

    /// The bytes of a lock.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // Texts and numbers can always be written.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads a lock. One that is empty or damaged was left by somebody who was killed just then;
    /// nothing is known of them.
    pub(super) fn from_bytes(bytes: &[u8]) -> Self {
        let by = "?".to_owned();
        let unknown = Self { by, machine: String::new(), process: 0, since: now(), until: 0 };
        serde_json::from_slice(bytes).unwrap_or(unknown)
    }

    /// For how many minutes it has been held.
    pub(super) fn minutes(&self) -> u64 {
        now().saturating_sub(self.since) / 60
    }

    /// Nobody works under it any more. A clock that is ahead makes no lock that holds for ever.
    pub(super) fn is_stale(&self) -> bool {
        let is_over = self.until <= now() || self.until > now() + 2 * HOLDS;
        is_over || self.machine == machine() && !is_running(self.process)
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs())
}

/// The name of this machine.
#[cfg(unix)]
fn machine() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn machine() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_default()
}

/// Whether a process of this machine is there. Where that cannot be asked, it is.
#[cfg(unix)]
fn is_running(process: u32) -> bool {
    let process = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw);
    let Some(process) = process else { return false };
    rustix::process::test_kill_process(process) != Err(rustix::io::Errno::SRCH)
}

#[cfg(not(unix))]
fn is_running(_: u32) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_end() {
        let own = Holder::own();
        assert!(!own.is_stale());
        assert_eq!(Holder::from_bytes(&own.to_bytes()), own);
        assert!(Holder::from_bytes(b"").is_stale());
        let elsewhere = Holder { machine: "another".to_owned(), process: 0, ..own.clone() };
        assert!(!elsewhere.is_stale());
        assert!(Holder { until: now(), ..elsewhere.clone() }.is_stale());
        assert!(Holder { until: u64::MAX, ..elsewhere }.is_stale());
        assert_eq!(Holder { since: now() - 600, ..own }.minutes(), 10);
    }

    #[cfg(unix)]
    #[test]
    fn locks_of_dead_processes_are_stale() {
        let mut child = process::Command::new("true").spawn().unwrap();
        let id = child.id();
        child.wait().unwrap();
        assert!(Holder { process: id, ..Holder::own() }.is_stale());
    }
}
