//! What the rendering of one page may take.
//!
//! The engine has no limits of its own on what a template does, and a limit of time would make the
//! result depend on the computer. So everything that can go on without end is counted: turns of
//! loops, characters that texts grow by, bytes of the page. `template.rs` puts the filters of this
//! file where the engine would not ask; [`PageWriter`] takes the page.
//!
//! | limit | is |
//! | --- | --- |
//! | bytes of a page | [`MAX_PAGE`] |
//! | turns of loops, and values of `range` and `...` | [`MAX_TURNS`], and [`TURNS_PER_BYTE`] more for each byte of the page so far |
//! | bytes of one text that a template puts together | [`MAX_TEXT`] |
//! | bytes of all of them | [`MAX_PAGE`] |
//!
//! Three things the engine does by itself, and asks nobody:
//!
//! - It captures the text of a `set` block, of a filter block and of the body of a component whole,
//!   before a filter sees it: in a loop inside, as much as the turns of loops allow.
//! - It makes a text of a list before anything can look at its length; lists that hold one list
//!   twice, again and again (`set a = [a, a]`), become texts that double each time.
//! - It gives lists back by calling itself, so lists in lists by the ten thousand end the program.
//!
//! A theme that does this on purpose is not stopped; no mistake of a hand does.
//!
//! Counters belong to the thread, since the engine gives a filter nothing of the page that it works
//! for; a page is rendered by one thread from beginning to end. They start anew with each page, so
//! a page comes out the same whatever else is rendered.

use std::{cell::Cell, io};

use tera::{Error, ErrorKind, Kwargs, State, StringInput, Tera, TeraResult, Value};

use crate::render::template::{EACH, GROWN};

/// The most bytes of a page. A list of a hundred thousand records on one page has some fifty
/// million.
const MAX_PAGE: usize = 64 << 20;

/// The most turns of all loops of a page, before it has any bytes.
const MAX_TURNS: u64 = 5_000_000;

/// How many further turns each byte of the page allows. The default theme takes less than one.
const TURNS_PER_BYTE: u64 = 4;

/// The most bytes of a text that a template puts together.
const MAX_TEXT: usize = 1 << 20;

/// Why a page is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    /// The page has too many bytes.
    Page,
    /// Loops go round too often.
    Turns,
    /// Texts that the template puts together are too long.
    Text,
}

impl Limit {
    const ALL: [Self; 3] = [Self::Page, Self::Turns, Self::Text];

    /// Its name in messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Turns => "turns",
            Self::Text => "text",
        }
    }

    /// What is said of it to the engine, which hands it on as the reason of its own error.
    fn reason(self) -> &'static str {
        match self {
            Self::Page => "the page is too large",
            Self::Turns => "loops go round too often",
            Self::Text => "a text grows too long",
        }
    }

    fn error<T>(self) -> TeraResult<T> {
        Err(Error::message(self.reason()))
    }

    /// The limit that ended the rendering, if one did.
    pub(crate) fn of(error: &Error) -> Option<Self> {
        match error.kind() {
            ErrorKind::Io(io::ErrorKind::FileTooLarge) => Some(Self::Page),
            ErrorKind::RenderingError(report) => {
                Self::ALL.into_iter().find(|limit| limit.reason() == report.message())
            }
            _ => None,
        }
    }
}

/// What the page that a thread renders has taken so far.
#[derive(Clone, Copy, Default)]
struct Meter {
    turns: u64,
    written: usize,
    grown: usize,
}

thread_local! {
    static METER: Cell<Meter> = const { Cell::new(Meter { turns: 0, written: 0, grown: 0 }) };
}

/// Counts turns of loops.
fn turn(count: usize) -> TeraResult<()> {
    let mut meter = METER.get();
    meter.turns = meter.turns.saturating_add(count as u64);
    METER.set(meter);
    let allowed = MAX_TURNS + TURNS_PER_BYTE * meter.written as u64;
    if meter.turns > allowed { Limit::Turns.error() } else { Ok(()) }
}

/// Counts the bytes of a text that was put together, or that will be.
fn grow(length: usize) -> TeraResult<()> {
    let mut meter = METER.get();
    meter.grown = meter.grown.saturating_add(length);
    METER.set(meter);
    if length > MAX_TEXT || meter.grown > MAX_PAGE { Limit::Text.error() } else { Ok(()) }
}

/// Takes a page, up to [`MAX_PAGE`] bytes.
pub(super) struct PageWriter {
    html: Vec<u8>,
}

impl PageWriter {
    /// Begins a page: what the thread has counted so far is of another one.
    pub(super) fn new() -> Self {
        METER.set(Meter::default());
        Self { html: Vec::with_capacity(24 << 10) }
    }

    /// The page.
    pub(super) fn finish(self) -> Vec<u8> {
        self.html
    }
}

impl io::Write for PageWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.html.len() + bytes.len() > MAX_PAGE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.html.extend_from_slice(bytes);
        METER.set(Meter { written: self.html.len(), ..METER.get() });
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Adds the filters that count, and takes the place of the engine's functions and filters that can
/// make much of little.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter(EACH, each);
    tera.register_filter(GROWN, grown);
    tera.register_function("range", range);
    tera.register_filter("replace", replace);
    tera.register_filter("join", join);
    tera.register_filter("indent", indent);
}

/// Counts the values that a loop goes over, or that `...` spreads.
fn each(value: Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    turn(value.len().unwrap_or(0))?;
    Ok(value)
}

/// Counts the bytes of a text that was put together.
fn grown(value: Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    grow(value.as_str().map_or(0, str::len))?;
    Ok(value)
}

/// Whole numbers from `start` (or 0) up to `end`, without it, `step_by` (or 1) apart.
#[expect(clippy::needless_pass_by_value, reason = "the engine hands them over")]
fn range(args: Kwargs, _: &State) -> TeraResult<Vec<i64>> {
    let start = args.get::<i64>("start")?.unwrap_or_default();
    let end = args.must_get::<i64>("end")?;
    let step = args.get::<i64>("step_by")?.unwrap_or(1);
    if step == 0 || (step > 0 && start > end) {
        return Err(Error::message("range needs a start before its end, and a step other than 0"));
    }
    let (from, to) = (i128::from(start), i128::from(end));
    let distance = if step > 0 { to - from } else { from - to };
    let count = (distance.max(0) + i128::from(step).abs() - 1) / i128::from(step).abs();
    turn(usize::try_from(count).unwrap_or(usize::MAX))?;
    // Of that many numbers none is beyond `end`.
    let mut next = start;
    let number = (0..count).map(|_| {
        let number = next;
        next = next.saturating_add(step);
        number
    });
    Ok(number.collect())
}

/// The engine's filter, after a look at how long its result is.
#[expect(clippy::needless_pass_by_value, reason = "the engine hands them over")]
fn replace(value: StringInput<'_>, args: Kwargs, state: &State) -> TeraResult<Value> {
    let (from, to) = (args.must_get::<&str>("from")?, args.must_get::<StringInput<'_>>("to")?);
    let is_safe = state.autoescaping_enabled() && (value.is_safe() || to.is_safe());
    let (text, to) = if is_safe {
        (value.rendered(state)?, to.rendered(state)?)
    } else {
        (value.as_str().into(), to.as_str().into())
    };
    let hits = text.matches(from).count();
    grow(text.len().saturating_add(hits.saturating_mul(to.len())))?;
    let replaced = text.replace(from, &to);
    Ok(if is_safe { Value::safe_string(&replaced) } else { Value::from(replaced) })
}

/// The engine's filter, bounded while it goes on.
#[expect(clippy::needless_pass_by_value, reason = "the engine hands them over")]
fn join(values: &[Value], args: Kwargs, state: &State) -> TeraResult<Value> {
    let separator = args.get::<StringInput<'_>>("sep")?;
    let is_safe = state.autoescaping_enabled()
        && (values.iter().any(|it| it.is_string() && it.is_safe())
            || separator.as_ref().is_some_and(StringInput::is_safe));
    let separator = match &separator {
        None => "".into(),
        Some(it) if is_safe => it.rendered(state)?,
        Some(it) => it.as_str().into(),
    };
    let mut joined = String::new();
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            joined.push_str(&separator);
        }
        match value.as_str() {
            _ if value.is_undefined() => {}
            Some(text) if !is_safe => joined.push_str(text),
            _ if is_safe => joined.push_str(&state.escape_if_needed(value)?),
            _ => joined.push_str(&value.to_string()),
        }
        if joined.len() > MAX_TEXT {
            break;
        }
    }
    grow(joined.len())?;
    Ok(if is_safe { Value::safe_string(&joined) } else { Value::from(joined) })
}

/// The engine's filter, after a look at how long its result is.
#[expect(clippy::needless_pass_by_value, reason = "the engine hands them over")]
fn indent(value: StringInput<'_>, args: Kwargs, state: &State) -> TeraResult<Value> {
    let width = args.get::<usize>("width")?.unwrap_or(4).min(1000);
    let sign = args.get::<StringInput<'_>>("indentation")?;
    let (first, blank) = (args.get::<bool>("first")?, args.get::<bool>("blank")?);
    if sign.as_ref().is_some_and(|it| it.as_str().chars().count() != 1) {
        return Err(Error::message(
            "The `indentation` argument must contain exactly one character",
        ));
    }
    let is_safe = state.autoescaping_enabled()
        && (value.is_safe() || sign.as_ref().is_some_and(StringInput::is_safe));
    let text = if is_safe { value.rendered(state)? } else { value.as_str().into() };
    let sign = match &sign {
        None => " ".into(),
        Some(it) if is_safe => it.rendered(state)?,
        Some(it) => it.as_str().into(),
    };
    let indentation = sign.repeat(width);
    grow(text.len().saturating_add(text.lines().count().saturating_mul(indentation.len())))?;
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let wanted = if index == 0 { first } else { Some(!line.is_empty() || blank == Some(true)) };
        lines.push(if wanted == Some(true) { indentation.clone() + line } else { line.to_owned() });
    }
    let end = if text.ends_with('\n') { "\n" } else { "" };
    let indented = lines.join("\n") + end;
    Ok(if is_safe { Value::safe_string(&indented) } else { Value::from(indented) })
}
