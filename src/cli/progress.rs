//! Progress, for work that takes longer than a second, on a terminal.
//!
//! `========>        120/412 3s` appears on standard error and is gone again when the command ends.
//! Most builds are over before it does. Steps are artifacts, counted from all threads at once.

use std::{
    io::IsTerminal as _,
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::build::Observer;

/// A bar of bytes that are sent: `========>        1.2 MiB/5.0 MiB 3s`.
pub(super) struct Bytes(Progress);

impl Bytes {
    /// A bar of so many bytes. A quiet one is never shown.
    pub(super) fn new(bytes: u64, quiet: bool) -> Self {
        Self(Progress::with(bytes, "{bar:40} {bytes}/{total_bytes} {eta}", quiet))
    }

    /// So many bytes were sent.
    pub(super) fn sent(&self, bytes: u64) {
        self.0.advance(bytes);
    }

    /// All is done; the line of the bar is free again.
    pub(super) fn finish(&self) {
        self.0.finish();
    }
}

/// A bar that shows itself after a second. It begins hidden; `shown` is set when it appears, or
/// from the start if it never shall.
struct Progress {
    bar: ProgressBar,
    start: Instant,
    shown: AtomicBool,
}

impl Progress {
    /// A bar of so many steps. A quiet one, and one in a pipe, is never shown.
    fn new(steps: usize, quiet: bool) -> Self {
        Self::with(steps as u64, "{bar:40} {pos}/{len} {eta}", quiet)
    }

    /// A bar of that form.
    fn with(length: u64, form: &str, quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template(form);
        bar.set_style(style.expect("the template is well formed").progress_chars("=> "));
        let never = quiet || !std::io::stderr().is_terminal();
        Self { bar, start: Instant::now(), shown: AtomicBool::new(never) }
    }

    /// One step is done. Any thread may call it; the swap lets one of them show the bar.
    fn step(&self) {
        self.advance(1);
    }

    fn advance(&self, steps: u64) {
        self.bar.inc(steps);
        if !self.shown.load(Ordering::Relaxed)
            && self.start.elapsed() > Duration::from_secs(1)
            && !self.shown.swap(true, Ordering::Relaxed)
        {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// All is done; the line of the bar is free again.
    fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// A bar that learns from a build how many steps there are. A build plans before it makes, so there
/// is no bar until then. If it begins anew, the first count stays.
pub(super) struct Bar {
    quiet: bool,
    progress: OnceLock<Progress>,
}

impl Bar {
    /// A bar. A quiet one is never shown.
    pub(super) fn new(quiet: bool) -> Self {
        Self { quiet, progress: OnceLock::new() }
    }

    /// All is done; the line of the bar is free again.
    pub(super) fn finish(&self) {
        if let Some(progress) = self.progress.get() {
            progress.finish();
        }
    }
}

impl Observer for Bar {
    fn planned(&self, count: usize) {
        self.progress.get_or_init(|| Progress::new(count, self.quiet));
    }

    fn written(&self) {
        if let Some(progress) = self.progress.get() {
            progress.step();
        }
    }
}
