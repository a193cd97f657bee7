//! The targets of `tests/fuzz` without a fuzzer: the seeds that are checked in, and mutations of
//! them for ten seconds in all. `FUZZ_SECONDS=600` looks longer, `FUZZ_TARGET=yaml` at one of them;
//! how many inputs that were is printed (`tests/fuzz/run.sh` does so for each).
//!
//! What fails is told as the bytes that do it. As a file in `tests/fuzz/seeds` they are a test.

#[path = "../fuzz/site.rs"]
mod small_site;

use std::{
    io::Write as _,
    panic,
    path::Path,
    time::{Duration, Instant, SystemTime},
};

use linli::fuzzing::{self, Target};

use crate::site;

/// No input of this size takes that long, on a computer that does something else, too.
const SOON: Duration = Duration::from_secs(600);

/// What has a meaning to some reader.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "  ",
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "|\n  ",
    "#",
    "&a ",
    "*a",
    "---\n",
    ",",
    ";",
    "\t",
    "\r\n",
    "**",
    "](",
    "![",
    "<b>",
    "</b>",
    "<!--",
    "<script>",
    "`",
    "[^1]",
    "| a |\n|---|\n",
    " = ",
    "{ $a }",
    "%2e",
    "%2F",
    "//",
    "\\",
    "\0",
    "\u{202e}",
    "\u{200b}",
    "９",
    "：",
    "\u{fffd}",
    "\x1b[31m",
    "999999999999",
    "</svg>",
    "<svg>",
    "<?xml",
    "<![CDATA[",
    "GIF89a",
    "RIFF",
    "Exif\0\0",
    "\u{ff}\u{e1}",
];

fn targets() -> Vec<(&'static str, Target)> {
    let site: (&str, Target) = ("site", small_site::check);
    fuzzing::TARGETS.iter().copied().chain([site]).collect()
}

/// The seeds of a target.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    site::files_under(root, &format!("tests/fuzz/seeds/{name}")).into_values().collect()
}

fn run(name: &str, target: Target, bytes: &[u8]) {
    let start = Instant::now();
    let held = panic::catch_unwind(|| target(bytes)).is_ok();
    assert!(held, "{name} fails for b\"{}\"", bytes.escape_ascii());
    assert!(start.elapsed() < SOON, "{name} takes too long for b\"{}\"", bytes.escape_ascii());
}

#[test]
fn seeds_hold() {
    for (name, target) in targets() {
        let seeds = seeds(name);
        assert!(!seeds.is_empty(), "{name} has no seeds");
        seeds.iter().for_each(|seed| run(name, target, seed));
    }
}

#[test]
fn mutated_seeds_hold() {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|it| it.parse().ok()).unwrap_or(10);
    let only = std::env::var("FUZZ_TARGET").ok();
    let mut targets = targets();
    targets.retain(|(name, _)| only.as_ref().is_none_or(|it| it == name));
    assert!(!targets.is_empty(), "there is no target {only:?}");
    let each = Duration::from_secs(seconds) / u32::try_from(targets.len()).unwrap();
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let mut dice = Dice(u64::from(now.subsec_nanos()) | 1);
    for (name, target) in targets {
        let (seeds, start) = (seeds(name), Instant::now());
        let mut count = 0;
        while count == 0 || start.elapsed() < each {
            run(name, target, &dice.mutated(&seeds));
            count += 1;
        }
        if only.is_some() {
            let seconds = start.elapsed().as_secs();
            writeln!(std::io::stdout(), "{name}: {count} executions in {seconds} s").unwrap();
        }
    }
}

/// Random numbers, by a xorshift: what fails is told whole, so nobody has to throw them again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % end.max(1)
    }

    /// One of the seeds with something cut, repeated or put into it.
    fn mutated(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = seeds[self.below(seeds.len())].clone();
        let is_text = str::from_utf8(&bytes).is_ok();
        for _ in 0..=self.below(6) {
            let at = self.below(bytes.len() + 1);
            let end = (at + self.below(40)).min(bytes.len());
            let put: Vec<u8> = match self.below(6) {
                0 => vec![u8::try_from(self.below(256)).unwrap()],
                1 => Vec::new(),
                2 => bytes[at..end].repeat(2 + self.below(30)),
                3 => {
                    let other = &seeds[self.below(seeds.len())];
                    let from = self.below(other.len() + 1);
                    other[from..(from + self.below(60)).min(other.len())].to_vec()
                }
                _ => PIECES[self.below(PIECES.len())].into(),
            };
            let cut = if self.below(2) == 0 { at } else { end };
            bytes.splice(at..cut, put);
        }
        // Most readers of text look no further than the first byte that is none.
        if is_text && self.below(8) > 0 {
            String::from_utf8_lossy(&bytes).into_owned().into()
        } else {
            bytes
        }
    }
}
