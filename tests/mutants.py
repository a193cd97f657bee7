#!/usr/bin/env python3
"""Mutants of the folders on which privacy rests, all in one compilation.

A copy of the crate is made in which each operator, condition and short function of `src/disclosure`,
`src/figures` and `src/scan` asks an environment variable whether it is the mutant that is switched on.
That is compiled once. Each test runs once alone, and writes down which mutants it comes across. Then, for
each mutant, these tests run, the quick ones first: the unit tests of these folders, and if all of them
pass, those in the groups of `tests/it` about privacy. Which mutant is killed by what, and which survive, is
written as `file:line`.

A mutant that changes nothing that anybody can see is named in `tests/mutants_alike.txt`, with the reason,
and is left out.

    python3 tests/mutants.py                        # a sample of 200
    python3 tests/mutants.py --all --out FILE       # all of them: some hours
    python3 tests/mutants.py --units                # unit tests alone
    python3 tests/mutants.py --list                 # what would be changed
    python3 tests/mutants.py --only 17,204          # these, by their numbers
    python3 tests/mutants.py --minutes 40 --seed 3  # as many of a sample as there is time for

| in the source | mutants |
| --- | --- |
| `==` `!=` | the other |
| `<` `<=` `>` `>=` | its neighbour, with or without the equal; and the opposite |
| `&&` `||` | the other |
| `!x` | `x` |
| `+` `-` | the other |
| `true` `false`, returned | the other |
| a function that returns bool, Option, Vec, or nothing | returns at once: true, false, None, an empty one |

Left out are tests, attributes, constants, what macros are given, and whatever does not compile, which is
found out by checking. It needs nothing but the standard library and `cargo`.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ["disclosure", "figures", "scan"]
ALIKE = ROOT / "tests" / "mutants_alike.txt"
UNITS = [f"{folder}::" for folder in FOLDERS]
GROUPS = [
    f"{name}::"
    for name in ["privacy", "suppression", "typed", "elsewhere", "leaks", "logs", "references", "figures", "notices"]
]
SWITCH, SEEN = "LINLI_MUTANT", "LINLI_MUTANTS_SEEN"

RUNTIME = f"""
//! Which mutant is switched on, and which are asked whether they are.

use std::{{
    fs::File,
    io::Write as _,
    sync::{{LazyLock, Mutex, atomic::{{AtomicBool, Ordering::Relaxed}}}},
}};

static ON: LazyLock<u32> = LazyLock::new(|| {{
    std::env::var("{SWITCH}").ok().and_then(|it| it.parse().ok()).unwrap_or(0)
}});
static SEEN: [AtomicBool; 1 << 14] = [const {{ AtomicBool::new(false) }}; 1 << 14];
static FILE: LazyLock<Option<Mutex<File>>> = LazyLock::new(|| {{
    std::env::var_os("{SEEN}").and_then(|it| File::options().append(true).open(it).ok()).map(Mutex::new)
}});

fn note(number: u32) {{
    if let Some(file) = &*FILE
        && !SEEN[number as usize].swap(true, Relaxed)
        && let Ok(mut file) = file.lock()
    {{
        let _ = file.write_all(format!("{{number}}\\n").as_bytes());
    }}
}}

#[inline]
pub(crate) fn on(number: u32) -> bool {{
    note(number);
    *ON == number
}}

#[inline]
pub(crate) fn not(number: u32) -> bool {{
    !on(number)
}}
"""


class Source:
    """A file with what is no code blanked out, character by character."""

    def __init__(self, path):
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self.code = blanked(self.text)
        self.skipped = skipped(self.code)

    def line(self, at):
        return self.text.count("\n", 0, at) + 1


def blanked(text):
    """The text with comments, strings and characters blanked."""
    out = list(text)

    def blank(start, end):
        for index in range(start, end):
            if out[index] != "\n":
                out[index] = " "

    pattern = re.compile(
        r"//[^\n]*|/\*.*?\*/|b?r(#*)\"(?:.*?)\"\1|b?\"(?:\\.|[^\"\\])*\"|b?'(?:\\(?:u\{[^}]*\}|x..|.)|[^\\'\n])'",
        re.S,
    )
    for match in pattern.finditer(text):
        # What stands between quotation marks stays an operand.
        if match.group().startswith("/"):
            blank(match.start(), match.end())
        else:
            blank(match.start(), match.end())
            out[match.start()] = '"'
            out[match.end() - 1] = '"'
    return "".join(out)


OPEN, CLOSE = "([{", ")]}"


def closing(code, at):
    """Where the bracket that opens at a place is closed."""
    depth = 0
    for index in range(at, len(code)):
        if code[index] in OPEN:
            depth += 1
        elif code[index] in CLOSE:
            depth -= 1
            if depth == 0:
                return index
    return len(code)


def skipped(code):
    """Parts of the code that are left as they are."""
    parts = []
    for match in re.finditer(r"#!?\[", code):
        parts.append((match.start(), closing(code, match.end() - 1) + 1))
    for match in re.finditer(r"#\[cfg\(test\)\]", code):
        brace = code.find("{", match.end())
        semicolon = code.find(";", match.end())
        if brace < 0 or 0 <= semicolon < brace:
            parts.append((match.start(), semicolon))
        else:
            parts.append((match.start(), closing(code, brace) + 1))
    for match in re.finditer(r"\b[a-z_]+!\s*([(\[{])", code):
        parts.append((match.start(), closing(code, match.end() - 1) + 1))
    for match in re.finditer(r"\bconst\s+fn\b", code):
        brace = code.find("{", match.end())
        parts.append((match.start(), closing(code, brace) + 1))
    for match in re.finditer(r"\b(?:const|static)\s+(?:mut\s+)?[A-Z_0-9]+\s*:", code):
        parts.append((match.start(), end_of_item(code, match.end())))
    for match in re.finditer(r"\b(?:use|type|where)\b[^;{]*[;{]", code):
        parts.append((match.start(), match.end() - 1))
    # What stands between `fn` or `impl` and the body are types.
    for match in re.finditer(r"\b(?:fn\s+\w+|impl\b|struct\s+\w+|enum\s+\w+|trait\s+\w+)", code):
        ends = [it for it in (code.find("{", match.end()), code.find(";", match.end())) if it >= 0]
        parts.append((match.start(), min(ends, default=len(code))))
    return parts


def end_of_item(code, at):
    depth = 0
    for index in range(at, len(code)):
        if code[index] in OPEN:
            depth += 1
        elif code[index] in CLOSE:
            depth -= 1
        elif code[index] == ";" and depth == 0:
            return index
    return len(code)


# How tightly operators bind, as far as it matters here.
LEVELS = {"||": 1, "&&": 2, "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "+": 5, "-": 5}
BINARY = re.compile(r"(?<=\s)(\|\||&&|==|!=|<=|>=|<|>|\+|-)(?=\s)")
WORDS = re.compile(r"(?:if|while|match|return|else|in|let|move|break)\b")


def operand(code, at, level, step):
    """The end of the operand on one side of an operator at `at`, or nothing if it cannot be told."""
    index, depth = at, 0
    while 0 <= index < len(code):
        ch = code[index]
        closes, opens = (CLOSE, OPEN) if step > 0 else (OPEN, CLOSE)
        if ch in opens:
            # The block of an `if`, whatever stands before a block.
            if ch == ("{" if step > 0 else "}") and depth == 0:
                return index
            depth += 1
        elif ch in closes:
            if depth == 0:
                return index
            depth -= 1
        elif depth == 0:
            if ch in ",;":
                return index
            # The name of a field stands before one.
            if ch == ":" and ":" not in (code[index - 1], code[index + 1]):
                return index
            if ch == "=" and code[index - 1] in " +-|&*/^" and code[index + 1].isspace():
                return index
            if code[index : index + 2] in ("=>", "..", "->"):
                return index if step > 0 else index + 1 + (code[index + 2] == "=")
            if ch == "|" and code[index : index + 2] != "||" and code[index - 1 : index + 1] != "||":
                return index
            if step < 0 and (match := WORDS.match(code, index)) and not code[index - 1].isalnum() and code[index - 1] not in "_.":
                return match.end() - 1
            if step > 0 and (WORDS.match(code, index)) and not code[index - 1].isalnum() and code[index - 1] not in "_.":
                return index
            match = BINARY.match(code, index)
            if match and index != at:
                other = LEVELS[match.group(1)]
                # Left of an operator, one that binds as tightly belongs to its operand.
                if other < level or (other == level and (step > 0 or level == 3)):
                    return index if step > 0 else match.end() - 1
        index += step
    return None


def trimmed(code, start, end):
    """A part of the code without blanks and comments around it."""
    while start < end and code[start].isspace():
        start += 1
    while start < end and code[end - 1].isspace():
        end -= 1
    return start, end


def inside(parts, at):
    return any(start <= at < end for start, end in parts)


SWITCHES = re.compile(r"mutant::(?:on|not)\((\d+)\)")
OTHERS = {
    "==": ["!="],
    "!=": ["=="],
    "<": ["<=", ">="],
    "<=": ["<", ">"],
    ">": [">=", "<="],
    ">=": [">", "<"],
    "&&": ["||"],
    "||": ["&&"],
    "+": ["-"],
    "-": ["+"],
}

FUNCTION = re.compile(r"\bfn\s+(\w+)")
RESULTS = [
    (re.compile(r"->\s*bool\s*$"), ["true", "false"]),
    (re.compile(r"->\s*Option<.*>\s*$", re.S), ["None"]),
    (re.compile(r"->\s*Vec<.*>\s*$", re.S), ["Vec::new()"]),
    (re.compile(r"->\s*String\s*$"), ["String::new()"]),
]


def mutants_of(source):
    """Each change of a file: (place, what, kind, details)."""
    code, found = source.code, []
    for match in BINARY.finditer(code):
        at, sign = match.start(1), match.group(1)
        if inside(source.skipped, at):
            continue
        level = LEVELS[sign]
        start = operand(code, at - 1, level, -1)
        end = operand(code, match.end(1), level, 1)
        if start is None or end is None:
            continue
        # Comments around an operand are none of it.
        left = trimmed(code, start + 1, at)
        right = trimmed(code, match.end(1), end)
        if left[0] >= left[1] or right[0] >= right[1] or re.search(r"\blet\b", code[start + 1 : end]):
            continue
        if re.search(r"\blet\b[^;{}]*$", code[max(0, start - 200) : start + 1]) and level < 3:
            continue
        for other in OTHERS[sign]:
            found.append((at, f"{sign} → {other}", "binary", (*left, *right, sign, other)))
    for match in re.finditer(r"(?<![\w!])!(?=[\w(&*])", code):
        if not inside(source.skipped, match.start()) and code[match.start() : match.start() + 2] != "!=":
            found.append((match.start(), "! → nothing", "not", ()))
    for match in re.finditer(r"(?:=>\s*|return\s+)(true|false)\b|\b(true|false)(?=\s*\n\s*\})", code):
        group = 1 if match.group(1) else 2
        at, word = match.start(group), match.group(group)
        if not inside(source.skipped, at):
            found.append((at, f"{word} → the other", "literal", (word,)))
    tests = [(start, end) for start, end in source.skipped if code[start : start + 12] == "#[cfg(test)]"]
    for match in FUNCTION.finditer(code):
        brace = code.find("{", match.end())
        semicolon = code.find(";", match.end())
        # A type such as `[u8; 4]` has a semicolon too.
        if brace < 0 or inside(tests, match.start()) or code[: match.start()].rstrip().endswith("const"):
            continue
        head = code[match.end() : brace]
        if ";" in re.sub(r"\[[^\]]*\]", "", head) or 0 <= semicolon < match.end():
            continue
        head = re.sub(r"\bwhere\b.*", "", head, flags=re.S)
        values = next((values for form, values in RESULTS if form.search(head)), None)
        if values is None and "->" not in head[head.rfind(")") :]:
            values = [""]
        for value in values or []:
            what = f"{match.group(1)}() returns {value or 'at once'}"
            found.append((brace + 1, what, "function", (value,)))
    return found


def rewritten(source, chosen):
    """The text of a file with these mutants: (number, place, what, kind, details)."""
    whole = source.text
    binaries = {}
    edits = []
    for number, at, _, kind, details in chosen:
        if kind == "binary":
            binaries.setdefault(details[:5], []).append((number, details[5]))
        elif kind == "not":
            edits.append((at, at + 1, f"crate::mutant::not({number}) ^ "))
        elif kind == "literal":
            yes = "not" if details[0] == "true" else "on"
            edits.append((at, at + len(details[0]), f"crate::mutant::{yes}({number})"))
        else:
            edits.append((at, at, f" if crate::mutant::on({number}) {{ return {details[0]}; }}"))

    def text_of(start, end):
        """A part of the file, with all changes in it."""
        out, at = [], start
        inner = [it for it in sorted(binaries) if start <= it[0] and it[3] <= end and not (it[0] == start and it[3] == end and it in done)]
        # The widest goes first; of operators in a row the last has all others in its left operand.
        inner.sort(key=lambda it: (it[0], -it[3]))
        plain = [it for it in edits if start <= it[0] and it[1] <= end]
        events = []
        covered = start
        for it in inner:
            if it[0] >= covered:
                events.append((it[0], it[3], it))
                covered = it[3]
        for edit in plain:
            if not any(s <= edit[0] and edit[1] <= e for s, e, _ in events):
                events.append((edit[0], edit[1], edit[2]))
        for s, e, what in sorted(events, key=lambda it: (it[0], it[1])):
            out.append(whole[at:s])
            out.append(what if isinstance(what, str) else binary(what))
            at = e
        out.append(whole[at:end])
        return "".join(out)

    done = set()

    def binary(key):
        start, at, behind, end, sign = key
        done.add(key)
        left, right = text_of(start, at), text_of(behind, end)
        if sign in ("&&", "||"):
            result = f"left {sign} {right}"
            for number, other in binaries[key]:
                result = f"if crate::mutant::on({number}) {{ left {other} {right} }} else {{ {result} }}"
            return f"({{ let left = {left}; {result} }})"
        result = f"{left} {sign} {right}"
        for number, other in binaries[key]:
            result = f"if crate::mutant::on({number}) {{ {left} {other} {right} }} else {{ {result} }}"
        return f"({result})"

    return text_of(0, len(whole))


def copy_crate(to):
    """Copies what git knows of the crate, and what it does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, check=True, capture_output=True
    ).stdout.decode()
    kept = to / "target"
    for entry in to.iterdir() if to.is_dir() else []:
        if entry != kept:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)


def write(crate, sources, mutants):
    by_file = {}
    for number, index, at, what, kind, details in mutants:
        by_file.setdefault(index, []).append((number, at, what, kind, details))
    written = set()
    for index, source in enumerate(sources):
        text = rewritten(source, by_file.get(index, []))
        written.update(int(it) for it in SWITCHES.findall(text))
        path = crate / source.path.relative_to(ROOT)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    # One that lies across another is left out.
    return [it for it in mutants if it[0] in written]


def cargo(crate, args, env):
    command = ["cargo", *args, "--message-format=json"]
    run = subprocess.run(command, cwd=crate, env=env, capture_output=True, text=True)
    lines = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    return run, lines


def weeded(crate, sources, mutants, env):
    """The mutants that compile: those of a line with an error are left out until there is none."""
    left = list(mutants)
    for _ in range(12):
        left = write(crate, sources, left)
        run, lines = cargo(crate, ["test", "--no-run", "--lib"], env)
        errors = [it["message"] for it in lines if it.get("reason") == "compiler-message"]
        errors = [it for it in errors if it["level"] == "error"]
        if run.returncode == 0:
            return left
        wrong = set()
        for error in errors:
            for span in error["spans"]:
                shown = "".join(line["text"] for line in span["text"])
                wrong.update(int(it) for it in SWITCHES.findall(shown))
        if not wrong:
            sys.exit("".join(it["rendered"] for it in errors)[-3000:] or run.stderr[-3000:])
        print(f"{len(wrong)} mutants do not compile", flush=True)
        left = [it for it in left if it[0] not in wrong]
    sys.exit("the mutants cannot be compiled")


def run_tests(binary, names, crate, env, limit):
    """Whether these tests pass, and in which time. What takes too long has failed."""
    command = [str(binary), "--quiet", "--test-threads=1", "--exact", *names]
    started = time.monotonic()
    process = subprocess.Popen(
        command, cwd=crate, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        passed = process.wait(timeout=limit) == 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.wait()
        passed = False
    return passed, time.monotonic() - started


class Test:
    """A test, how long it takes, and which mutants it comes across."""

    def __init__(self, binary, name, crate, env):
        self.binary, self.name = binary, name
        with tempfile.NamedTemporaryFile() as seen:
            passed, self.seconds = run_tests(binary, [name], crate, {**env, SEEN: seen.name}, 3600)
            self.seen = {int(it) for it in seen.read().split()}
        if not passed:
            sys.exit(f"without any mutant a test fails: {name}")


def tests_of(binary, filters, crate, env, jobs):
    listed = subprocess.run(
        [str(binary), "--list", "--format", "terse", *filters], cwd=crate, env=env, check=True, capture_output=True
    )
    names = [it.removesuffix(": test") for it in listed.stdout.decode().splitlines() if it.endswith(": test")]
    names = [it for it in names if it.startswith(tuple(filters))]
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        tests = list(pool.map(lambda name: Test(binary, name, crate, env), names))
    seconds = sum(it.seconds for it in tests)
    print(f"{len(tests)} tests of {' '.join(filters)} take {seconds:.1f} s", flush=True)
    return sorted(tests, key=lambda it: it.seconds)


def killer(number, tests, crate, env):
    """The tests that fail with a mutant, some of them; nothing if none does."""
    env = {**env, SWITCH: str(number)}
    tests = [it for it in tests if number in it.seen]
    while tests:
        batch, seconds = [], 0
        while tests and (not batch or seconds + tests[0].seconds < 1):
            seconds += tests[0].seconds
            batch.append(tests.pop(0))
        names = [it.name for it in batch]
        if not run_tests(batch[0].binary, names, crate, env, 15 + 8 * seconds)[0]:
            return names[0] if len(names) == 1 else f"{names[0]} or {len(names) - 1} more"
    return None


def alike(sources, found):
    """The mutants that change nothing that can be seen, as a list of them says: the kind of change, and
    the line in which it is made."""
    if not ALIKE.is_file():
        return set()
    named, wrong = set(), []
    for line in ALIKE.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        path, what, words = (it.strip() for it in line.split(" | ", 2))
        here = {
            number
            for number, index, at, kind, *_ in found
            if kind == what
            and str(sources[index].path.relative_to(ROOT)) == path
            and sources[index].text.splitlines()[sources[index].line(at) - 1].strip() == words
        }
        named |= here
        wrong += [] if here else [line]
    if wrong:
        sys.exit("these name no mutant any more:\n" + "\n".join(wrong))
    return named


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--crate", type=pathlib.Path, default=ROOT / "target" / "mutants", help="where the copy is made")
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, help="no mutant is begun later")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--only", help="numbers of mutants")
    parser.add_argument("--units", action="store_true", help="unit tests alone: a first look, in a tenth of the time")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--unmet", action="store_true", help="only which ones no test comes across")
    parser.add_argument("--out", type=pathlib.Path, help="where the result is written as well")
    options = parser.parse_args()

    paths = [path for folder in FOLDERS for path in sorted((ROOT / "src" / folder).rglob("*.rs"))]
    sources = [Source(path) for path in paths if "tests" not in path.parts and path.name != "tests.rs"]
    found = [(index, *it) for index, source in enumerate(sources) for it in mutants_of(source)]
    mutants = [(number, *it) for number, it in enumerate(found, 1)]
    left_out = alike(sources, mutants)

    def described(mutant):
        number, index, at, what, *_ = mutant
        source = sources[index]
        return f"{number:5} {source.path.relative_to(ROOT)}:{source.line(at)}  {what}"

    if options.list:
        print("\n".join(map(described, mutants)))
        return

    crate = options.crate.resolve()
    crate.mkdir(parents=True, exist_ok=True)
    copy_crate(crate)
    (crate / "src" / "mutant.rs").write_text(RUNTIME)
    library = crate / "src" / "lib.rs"
    text = library.read_text()
    first = re.search(r"^(?:pub )?mod ", text, re.M).start()
    library.write_text(text[:first] + "pub(crate) mod mutant;\n" + text[first:])
    # Another site around the copy is none of its workspace.
    manifest = crate / "Cargo.toml"
    if "[workspace]" not in manifest.read_text():
        manifest.write_text(manifest.read_text() + "\n[workspace]\n")
    env = {**os.environ, "CARGO_TARGET_DIR": str(crate / "target")}
    env.pop(SWITCH, None)
    # No snapshot is written, and each that differs is a failure.
    env["INSTA_UPDATE"] = "no"
    env.pop("INSTA_FORCE_PASS", None)
    compiled = weeded(crate, sources, mutants, env)
    print(f"{len(compiled)} of {len(mutants)} mutants compile", flush=True)
    tests = ["--lib"] if options.units else ["--lib", "--test", "it"]
    run, lines = cargo(crate, ["test", "--no-run", *tests], env)
    if run.returncode:
        sys.exit(run.stderr[-3000:])
    made = {it["target"]["name"]: it["executable"] for it in lines if it.get("executable") and it["profile"]["test"]}
    rounds = [(made["linli"], UNITS)]
    if not options.units:
        rounds += [(made["it"], [f"{name}::" for name in group]) for group in GROUPS]

    compiled = [it for it in compiled if it[0] not in left_out]
    print(f"{len(left_out)} of them are alike", flush=True)
    if options.only:
        wanted = {int(it) for it in options.only.split(",")}
        chosen = [it for it in compiled if it[0] in wanted]
    elif options.all:
        chosen = compiled
    else:
        chosen = random.Random(options.seed).sample(compiled, min(options.sample, len(compiled)))
    out = options.out.open("w") if options.out else None
    started, killed, survived = time.monotonic(), 0, []

    def told(line):
        print(line, flush=True)
        if out:
            print(line, file=out, flush=True)

    def verdict(mutant):
        if options.minutes and time.monotonic() - started > 60 * options.minutes:
            return mutant, None, False
        return mutant, killer(mutant[0], tests, crate, env), True

    rounds = [(made["linli"], UNITS)]
    rounds += [] if options.units else [(made["it"], GROUPS)]
    for binary, filters in rounds:
        tests = tests_of(binary, filters, crate, env, options.jobs)
        if options.unmet:
            met = set().union(*(it.seen for it in tests))
            chosen = [it for it in chosen if it[0] not in met]
            told("\n".join(map(described, chosen)))
            continue
        survived = []
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            for mutant, by, is_known in pool.map(verdict, chosen):
                if not is_known:
                    continue
                killed += by is not None
                survived += [mutant] if by is None else []
                is_met = by or any(mutant[0] in it.seen for it in tests)
                told(f"{described(mutant)}  " + (f"killed by {by}" if by else "survived" if is_met else "not met"))
        chosen = survived
    if options.unmet:
        return
    total = killed + len(survived)
    told("\n".join([f"{killed} of {total} mutants killed, {len(survived)} survived:", *map(described, survived)]))


if __name__ == "__main__":
    main()
