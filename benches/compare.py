#!/usr/bin/env python3
"""Hold the sites of two programs against each other, byte for byte.

    compare.py OLD NEW --site DIR [--site DIR]... [--at 2026-06-01]... [--expect PATH]...

OLD and NEW are two `linli` programs, DIR is a portal. Each portal is copied, built by both at each
moment, and built again by NEW over its own output at the next. Reported are files that only one of
them makes, files whose bytes differ, and differences in what `build` and `check` print (but for
times, and folders). The manifest is compared by the files that it lists. `--expect` names a file
that may differ or be there in one of the two only: `sitemap.xml`.

Exit status: 0 if nothing differs, 1 if anything does. Standard library only.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

MANIFEST = ".linli-manifest.json"
# Seconds, numbers of rendered pages and of files are no part of the site.
TIMES = re.compile(r"[0-9]+(\.[0-9]+)? (s|秒)")


def files(folder):
    found = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            with open(path, "rb") as f:
                found[os.path.relpath(path, folder).replace(os.sep, "/")] = f.read()
    return found


def run(program, site, command, *options):
    argv = [program, "--lang", "en", "--site", site, *command, *options]
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def built(program, site, out, moment, *options):
    """The files of a build, and what it said of the content."""
    status, _, said = run(program, site, ["build"], "--as-of", moment, "--out", out, *options)
    # The last line tells how many files there are and how long it took.
    lines = [it for it in said.splitlines() if not TIMES.search(it)]
    return files(out), status, "\n".join(lines).replace(out, "OUT")


def listed(manifest):
    return {it["path"]: it["blake3"] for it in json.loads(manifest)["files"]}


def differences(old, new, expected):
    """Lines that name what differs between two sites."""
    for path in sorted(old.keys() | new.keys()):
        if path in expected:
            continue
        if path not in new:
            yield "gone: " + path
        elif path not in old:
            yield "added: " + path
        elif path == MANIFEST:
            a, b = listed(old[path]), listed(new[path])
            for name in sorted((a.keys() | b.keys()) - expected):
                if a.get(name) != b.get(name):
                    yield "in the manifest: " + name
        elif old[path] != new[path]:
            yield "differs: " + path


def compare(o, source, work):
    copies = {}
    for name in ("old", "new"):
        copies[name] = os.path.join(work, name)
        shutil.copytree(source, copies[name],
                        ignore=shutil.ignore_patterns(".linli", "public", "target", ".git"))
    # The program's messages may name the folder.
    found = []
    for moment in o.at:
        sites = {}
        for name, program in (("old", o.old), ("new", o.new)):
            sites[name] = built(program, copies[name], os.path.join(work, "%s-%s" % (name, moment)),
                                moment, "--fresh")
        again = built(o.new, copies["new"], os.path.join(work, "again"), moment)
        for name, (a, b) in (("fresh", (sites["old"], sites["new"])),
                             ("over what was published", (sites["old"], again))):
            lines = list(differences(a[0], b[0], o.expect))
            if a[1] != b[1]:
                lines.append("exit status: %d, %d" % (a[1], b[1]))
            if a[2].replace("old", "new") != b[2]:
                lines.append("printed:\n%s\n--- now:\n%s" % (a[2], b[2]))
            print("%s, %s, %s: %d files, %d differences"
                  % (source, moment, name, len(a[0]), len(lines)))
            found.extend(lines)
        for form in ("human", "json", "sarif", "github"):
            said = [run(program, copies["new"], ["check"], "--as-of", moment, "--format", form)
                    for program in (o.old, o.new)]
            if said[0] != said[1]:
                found.append("check --format %s:\n%s\n--- now:\n%s" % (form, *said))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--site", action="append", required=True)
    parser.add_argument("--at", action="append")
    parser.add_argument("--expect", action="append", default=[])
    parser.add_argument("--work", default="/dev/shm" if os.path.isdir("/dev/shm") else None)
    o = parser.parse_args()
    o.at = o.at or ["2025-12-31", "2026-06-01T09:30", "2026-11-25"]
    o.expect = set(o.expect)
    found = []
    for site in o.site:
        work = tempfile.mkdtemp(dir=o.work)
        try:
            found += compare(o, site, work)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    for line in found[:40]:
        print(line[:2000])
    if len(found) > 40:
        print("and %d more" % (len(found) - 40))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
