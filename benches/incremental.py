#!/usr/bin/env python3
"""Measure what an edit costs on a big portal, against a build of all of it.

    incremental.py --site DIR [--more DIR]... [--bin target/release/linli] [--rounds 11]
                   [--edits 1000] [--work DIR] [--as-of 2026-06-01] [--only build,serve,memory]

DIR is a portal: `site.toml`, `content/` and what they need, whose communities have `honors.yaml`
(with a line `citation: TEXT` in each record) and `flag-raising.yaml` (with `attendance: NUMBER`,
of which the front page shows the sum). It is copied and never written to. `--more` are others of
the same form, smaller or larger, for the time of an edit while `linli serve` runs.

What is measured, all with the same moment (`--as-of`):

cold    `linli build --fresh`, without `.linli` and without an output folder
same    `linli build` when nothing changed since the last, in a new process
walk    `find` over the folders of content and themes with a test of each file's time: one
        readdir for each folder and one lstat for each file, in C, on one thread
text    `linli build` after one citation of one community was edited, in a new process
serve   `linli serve` while a citation is edited (text), and an attendance (total): the
        milliseconds of work that the program tells, and the time from the file's close until the
        new bytes are served, asked for every millisecond
memory  resident memory of `linli serve` after 10 edits and after `--edits`

Rounds are interleaved, one of each in turn, after one that does not count; ratios are taken within
a round. A table tells their medians, with the quartiles in brackets. Each edit is at another
community with another text, and the page has to show it. In the end the folder that was built
edit by edit has to be, byte for byte, what a cold build makes.

The work folder is made in memory (/dev/shm) if the system has that, so that no disk is measured;
`--work` names another folder for it. Standard library only.
"""
import argparse
import filecmp
import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

SOON = 120  # seconds that nothing takes
CITATION = re.compile(r"(?m)^(\s*citation: ).*$")
ATTENDANCE = re.compile(r"(?m)^(\s*attendance: )\d+$")


class Portal:
    """A copy of a portal, and edits of it."""

    def __init__(self, source, work):
        self.folder = tempfile.mkdtemp(dir=work)
        shutil.copytree(source, self.folder, dirs_exist_ok=True,
                        ignore=shutil.ignore_patterns(".linli", "public"))
        self.content = os.path.join(self.folder, "content")
        self.out = os.path.join(self.folder, "public")
        found = (os.path.relpath(folder, self.content) for folder, _, files in os.walk(self.content)
                 if "honors.yaml" in files and "flag-raising.yaml" in files)
        # The declarations have files of the same names.
        self.communities = sorted(it for it in found if not it.startswith("_"))
        if not self.communities:
            raise SystemExit("%s: no folder of content/ has honors.yaml and flag-raising.yaml" % source)
        self.edits = 0

    def edit(self, name, pattern, value):
        """Writes a value at one community; gives that community and when the file was closed."""
        self.edits += 1
        # A step that has no divisor in common with their number visits them all.
        community = self.communities[self.edits * 7919 % len(self.communities)]
        path = os.path.join(self.content, community, name)
        with open(path, encoding="utf-8") as f:
            text = f.read()
        text, count = pattern.subn(lambda it: it.group(1) + value, text, count=1)
        if not count:
            raise SystemExit("%s has no line of the form %s" % (path, pattern.pattern))
        with open(path, "w", encoding="utf-8", newline="\n") as f:
            f.write(text)
        return community, time.perf_counter()

    def edit_text(self):
        text = "第%06d次修改，照看独居老人" % (self.edits + 1)
        return self.edit("honors.yaml", CITATION, text) + (text,)

    def edit_total(self):
        return self.edit("flag-raising.yaml", ATTENDANCE, str(1000 + (self.edits + 1) % 9000))

    def clear(self):
        for folder in (self.out, os.path.join(self.folder, ".linli")):
            shutil.rmtree(folder, ignore_errors=True)


def timed(argv):
    """Wall seconds and peak memory (MiB) of a whole process."""
    start = time.perf_counter()
    process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    said = process.stderr.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit("%s failed (%d):\n%s" % (" ".join(argv), process.returncode, said))
    return {"wall": wall, "peak": usage.ru_maxrss / 1024}


def build(o, portal, out=None, *options):
    return timed([o.bin, "--quiet", "--site", portal.folder, "build", "--as-of", o.as_of,
                  "--out", out or portal.out, *options])


def walk(portal):
    roots = [it for it in (portal.content, os.path.join(portal.folder, "themes")) if os.path.isdir(it)]
    # No file is that young; asking needs its status, which a test for its type alone does not.
    return timed(["find", *roots, "-newermt", "2100-01-01"])


def has(path, text):
    with open(path, encoding="utf-8") as f:
        return text in f.read()


def measure_builds(o, work):
    """rows[kind] = one dict for each round."""
    cold, warm = Portal(o.site, work), Portal(o.site, work)
    rows = {kind: [] for kind in ("cold", "same", "walk", "text")}
    build(o, warm)
    for number in range(o.rounds + 1):
        cold.clear()
        found = {"cold": build(o, cold, None, "--fresh")}
        found["walk"] = walk(warm)
        found["same"] = build(o, warm)
        community, _, text = warm.edit_text()
        found["text"] = build(o, warm)
        page = os.path.join(warm.out, community, "honors", "index.html")
        if not has(page, text):
            raise SystemExit("%s does not show the citation of round %d" % (page, number))
        if number:
            for kind, value in found.items():
                rows[kind].append(value)
    out = os.path.join(warm.folder, "anew")
    build(o, warm, out, "--fresh")
    same(out, warm.out)
    size = sum(len(files) for _, _, files in os.walk(cold.content))
    title = "%d communities, %d content files" % (len(cold.communities), size)
    for portal in (cold, warm):
        shutil.rmtree(portal.folder)
    return title, rows


def same(a, b):
    """Ends the program unless two folders hold the same files."""
    def files(root):
        return {os.path.relpath(os.path.join(folder, name), root)
                for folder, _, names in os.walk(root) for name in names}
    differing = sorted(files(a) ^ files(b))
    differing += [it for it in sorted(files(a) & files(b))
                  if not filecmp.cmp(os.path.join(a, it), os.path.join(b, it), shallow=False)]
    if differing:
        raise SystemExit("what was built edit by edit is not what a cold build makes: %s (%d files)"
                         % (", ".join(differing[:5]), len(differing)))


class Preview:
    """`linli serve` of a portal."""

    def __init__(self, o, portal):
        argv = [o.bin, "--lang", "en", "--site", portal.folder, "serve", "--as-of", o.as_of,
                "--addr", "127.0.0.1:0"]
        self.process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE)
        self.lines, self.said = [], threading.Condition()
        threading.Thread(target=self.listen, daemon=True).start()
        self.told = 0
        line = self.wait(r"^serving http://([^/ ]+)")
        self.host, port = line.group(1).rsplit(":", 1)
        self.port = int(port)
        self.connection = None

    def listen(self):
        for line in self.process.stderr:
            with self.said:
                self.lines.append(line.decode("utf-8", "replace").rstrip())
                self.said.notify_all()

    def wait(self, pattern):
        """The next line that has a pattern."""
        end = time.monotonic() + SOON
        with self.said:
            while True:
                while self.told < len(self.lines):
                    self.told += 1
                    found = re.search(pattern, self.lines[self.told - 1])
                    if found:
                        return found
                if self.process.poll() is not None or not self.said.wait(end - time.monotonic()):
                    raise SystemExit("linli serve does not say %s:\n%s" % (pattern, "\n".join(self.lines[-9:])))

    def forget(self):
        """Lines said so far are about the edits so far."""
        with self.said:
            self.told = len(self.lines)

    def work(self):
        """Milliseconds of work that the program tells of its next build."""
        return int(self.wait(r"files? changed, (\d+) ms").group(1))

    def get(self, path):
        for _ in range(2):  # the program may have closed a connection that was idle
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection(self.host, self.port, timeout=SOON)
                self.connection.request("GET", path)
                return self.connection.getresponse().read()
            except (http.client.HTTPException, OSError):
                self.connection.close()
                self.connection = None
        raise SystemExit("linli serve does not answer")

    def until(self, path, is_there):
        """Asks for a page every millisecond; when it had become what it should be."""
        end = time.monotonic() + SOON
        while not is_there(self.get(path)):
            if time.monotonic() > end:
                raise SystemExit("%s does not follow its content" % path)
            time.sleep(0.001)
        return time.perf_counter()

    def resident(self):
        """Resident memory in MiB, once the program rests."""
        time.sleep(1)
        with open("/proc/%d/status" % self.process.pid) as f:
            return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1)) / 1024

    def end(self):
        self.process.terminate()
        self.process.wait()


def edit_and_wait(preview, portal, kind):
    """One edit while a preview runs: its work and the time until it is served, in milliseconds."""
    preview.forget()
    if kind == "text":
        community, start, text = portal.edit_text()
        there = preview.until("/%s/honors/" % community, lambda it: text.encode() in it)
    else:
        before = preview.get("/")
        _, start = portal.edit_total()
        there = preview.until("/", lambda it: it != before)
    return {"work": preview.work(), "wall": (there - start) * 1000}


def measure_serve(o, source, work):
    portal = Portal(source, work)
    preview = Preview(o, portal)
    rows = {"text": [], "total": []}
    try:
        for number in range(o.rounds + 1):
            for kind, all_rounds in rows.items():
                found = edit_and_wait(preview, portal, kind)
                if number:
                    all_rounds.append(found)
                time.sleep(0.1)  # a person pauses; the watcher rests
    finally:
        preview.end()
    count = len(portal.communities)
    shutil.rmtree(portal.folder)
    return count, rows


def measure_memory(o, work):
    """Resident MiB by the number of edits."""
    portal = Portal(o.site, work)
    preview = Preview(o, portal)
    marks = {it for it in (10, o.edits // 10, o.edits // 3, o.edits) if it >= min(10, o.edits)}
    found = {}
    try:
        for number in range(1, o.edits + 1):
            edit_and_wait(preview, portal, "total" if number % 2 else "text")
            if number in marks:
                found[number] = preview.resident()
    finally:
        preview.end()
    shutil.rmtree(portal.folder)
    return found


def spread(values, form):
    quartiles = statistics.quantiles(values, n=4) if len(values) > 1 else [values[0]] * 3
    return (form + " (" + form + "–" + form + ")") % (statistics.median(values), quartiles[0], quartiles[2])


def ratios(rows, kind, to):
    return [a["wall"] / b["wall"] for a, b in zip(rows[kind], rows[to])]


def verdict(value, limit):
    return "≤ %g: %s" % (limit, "yes" if value <= limit else "NO")


def tell_builds(title, rows):
    print("\n%s, %d rounds\n" % (title, len(rows["cold"])))
    print("| build | seconds | of cold | of walk | peak MiB | target |")
    print("| --- | --- | --- | --- | --- | --- |")
    names = {"cold": "cold", "same": "nothing changed", "text": "one citation", "walk": "walk and lstat"}
    for kind, name in names.items():
        of_cold, of_walk = ratios(rows, kind, "cold"), ratios(rows, kind, "walk")
        targets = []
        if kind in ("same", "text"):
            limit = 0.08 if kind == "same" else 0.1
            targets.append("of cold " + verdict(statistics.median(of_cold), limit))
        if kind == "same":
            targets.append("of walk " + verdict(statistics.median(of_walk), 2))
        # The system counts the memory of a small child as its parent's.
        peak = "" if kind == "walk" else "%.0f" % statistics.median(it["peak"] for it in rows[kind])
        print("| %s | %s | %s | %s | %s | %s |" % (
            name, spread([it["wall"] for it in rows[kind]], "%.3f"), spread(of_cold, "%.3f"),
            spread(of_walk, "%.2f"), peak, "; ".join(targets)))


def tell_serve(found):
    print("\nserve, %d rounds\n" % len(found[0][1]["text"]))
    print("| communities | edit | ms of work | ms until served | target |")
    print("| --- | --- | --- | --- | --- |")
    for kind in ("text", "total"):
        for count, rows in found:
            work = [it["work"] for it in rows[kind]]
            print("| %d | %s | %s | %s | %s |" % (
                count, kind, spread(work, "%.0f"), spread([it["wall"] for it in rows[kind]], "%.0f"),
                verdict(statistics.median(work), 60)))
        if len(found) > 1:
            of = [statistics.median(it["work"] for it in rows[kind]) for _, rows in (found[0], found[-1])]
            # The program tells whole milliseconds.
            ratio = max(of[1], 1) / max(of[0], 1)
            print("| %d of %d | %s | %.2f | | %s |" % (found[-1][0], found[0][0], kind, ratio, verdict(ratio, 2)))


def tell_memory(found):
    print("\nmemory of serve\n")
    print("| edits | resident MiB | of the first |")
    print("| --- | --- | --- |")
    first = next(iter(found.values()))
    for number, value in found.items():
        print("| %d | %.0f | %.2f |" % (number, value, value / first))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", required=True, help="a big portal")
    parser.add_argument("--more", action="append", default=[], help="another portal, for serve")
    parser.add_argument("--bin", default="target/release/linli")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--edits", type=int, default=1000, help="edits after which memory is looked at")
    parser.add_argument("--work", help="where the portals are copied to")
    parser.add_argument("--as-of", default="2026-06-01")
    parser.add_argument("--only", default="build,serve,memory", help="some of these")
    o = parser.parse_args()
    o.bin = os.path.abspath(o.bin)
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    work = tempfile.mkdtemp(prefix="linli-incremental-", dir=o.work or memory)
    only = o.only.split(",")
    try:
        if "build" in only:
            tell_builds(*measure_builds(o, work))
        if "serve" in only:
            found = [measure_serve(o, source, work) for source in [o.site, *o.more]]
            tell_serve(sorted(found, key=lambda it: it[0]))
        if "memory" in only:
            tell_memory(measure_memory(o, work))
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
