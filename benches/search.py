#!/usr/bin/env python3
"""Measure the search of a big portal: what it costs to build, how large it is, what it finds.

    search.py --site DIR [--bin target/release/linli] [--rounds 5] [--queries 1000]
              [--as-of 2026-11-01] [--work DIR]

DIR is a portal: `site.toml`, `content/` and what they need, whose communities have notices and
`honors.yaml` with a line `citation: TEXT` in each record. It is copied and never written to. A theme
that has no search gets the two templates of one.

cost     user and system seconds and the peak of memory of `linli build --fresh` with and without
         search, interleaved; and of building again after one notice was added
size     files and bytes of the index; of script and manifest as a host sends them (gzip)
query    bytes that a question of 4 and of 8 characters loads: shards, and the blocks of ten results
found    recall and precision of random parts, 2 to 8 characters, of notices and citations, by a
         reader of its own; whether a part is on a page is asked of the content files
notice   how many bytes of the index are others once a notice was added

Standard library only.
"""
import argparse
import glob
import gzip
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import zlib

HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
PAGE = '<!doctype html><title>{{ page.title }}</title>{% for l in letters %}<a href="{{ l.url }}">{{ l.title }}</a>{% endfor %}'
LETTER = ('{% for p in places %}<a href="{{ p.url }}">{{ p.title }}</a>{% for l in p.lists %}'
          '<a href="{{ l.url }}">{{ l.title }}</a>{% endfor %}{% endfor %}'
          '{% for t in titles %}<a href="{{ t.url }}">{{ t.title }}</a>{{ t.place }}{{ t.date }}{% endfor %}')


def token(text):
    value = 0x811C9DC5
    for it in text:
        value = (value ^ ord(it)) * 0x01000193 & 0xFFFFFFFF
    value = (value ^ value >> 15) * 0x2C1B3C6D & 0xFFFFFFFF
    return (value ^ value >> 12) >> 8


class Index:
    """The files of an index in an output folder."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "search")
        with open(os.path.join(self.folder, "manifest.json"), encoding="utf-8") as file:
            self.segments = json.load(file)["segments"]
        self.shards, self.blocks = {}, {}

    def name(self, sign, number, names):
        return os.path.join(self.folder, f"{sign}{number:04}-{names[number * 5:number * 5 + 5]}.bin")

    def shard(self, at, number):
        if (at, number) not in self.shards:
            segment = self.segments[at]
            path = self.name("or"[at], number, segment["shards"])
            with open(path, "rb") as file:
                read = zlib.decompress(file.read())
            self.shards[at, number] = os.path.getsize(path), parsed(read)
        return self.shards[at, number]

    def block(self, at, number):
        if (at, number) not in self.blocks:
            path = self.name("pq"[at], number, self.segments[at]["blocks"])
            with open(path, "rb") as file:
                self.blocks[at, number] = os.path.getsize(path), json.loads(zlib.decompress(file.read()))
        return self.blocks[at, number]

    def document(self, at, number):
        size = self.segments[at]["block"]
        return self.block(at, number // size)[1][number % size]

    def find(self, text):
        """The results, the best first, and the bytes that were loaded for the first ten."""
        wanted = [token(text[i:i + 2]) for i in range(len(text) - 1)]
        results, size = [], 0
        for at, segment in enumerate(self.segments):
            if not segment["documents"]:
                continue
            shard = lambda it: it * segment["count"] >> 24
            numbers = {shard(it) for it in wanted}
            size += sum(self.shard(at, it)[0] for it in numbers)
            lists = [self.shard(at, shard(it))[1].get(it, {}) for it in wanted]
            for number in set.intersection(*(set(it) for it in lists)):
                places = [it[number] for it in lists]
                rank = 2 if all(it & 2 for it in places) else 1 if all(it & 3 for it in places) else 0
                results.append((rank, at, number))
        results.sort(reverse=True)
        blocks = {(at, number // self.segments[at]["block"]) for _, at, number in results[:10]}
        size += sum(self.block(*it)[0] for it in blocks)
        return [self.document(at, number) for _, at, number in results], size


def parsed(data):
    at = first = 0

    def number():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    tokens, count = [], number()
    for _ in range(count):
        first += number()
        tokens.append(first)
    counts = [number() for _ in range(count)]
    found, postings = {}, []
    for it in sorted(range(count), key=lambda it: counts[it]):
        documents, document = {}, 0
        for _ in range(counts[it]):
            document += number()
            documents[document] = 0
            postings.append((documents, document))
        found[tokens[it]] = documents
    gaps, posting = [number() for _ in range(number())], -1
    for gap, place in zip(gaps, data[at:]):
        posting += gap + 1
        documents, document = postings[posting]
        documents[document] = place
    return found


def build(binary, site, as_of, *more):
    """Seconds of the processor, and the peak of memory in MB."""
    words = [binary, "--site", site, "build", "--as-of", as_of, *more]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(said[:2000])
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def copied(source, work, search):
    site = tempfile.mkdtemp(dir=work)
    shutil.copytree(source, site, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".linli", "public"))
    for templates in glob.glob(os.path.join(site, "themes/*/templates")):
        for name, text in ("search.html", PAGE), ("search-letter.html", PAGE + LETTER):
            if not os.path.exists(os.path.join(templates, name)):
                with open(os.path.join(templates, name), "w", encoding="utf-8") as file:
                    file.write(text + "\n")
        for words in glob.glob(os.path.join(templates, "../i18n/*.ftl")):
            with open(words, "a", encoding="utf-8") as file:
                file.write("\nsearch = 搜索\nsearch-letter = { $letter }\n")
    if not search:
        with open(os.path.join(site, "site.toml"), "a", encoding="utf-8") as file:
            file.write("\n[outputs]\nsearch = false\n")
    return site


def source_of(site, path, cache={}):
    """What the file says that a page is made from."""
    if path not in cache:
        parts = path.strip("/").split("/")
        # The pages of a long list: honors/2026/, honors/page/2/.
        parts = [it for it in parts if not it.isdigit() and it != "page"]
        base = os.path.join(site, "content", *parts)
        for file in base + ".md", base + ".yaml", os.path.join(base, "place.yaml"):
            if os.path.isfile(file):
                with open(file, encoding="utf-8") as read:
                    cache[path] = read.read().replace("*", "")
                break
        else:
            cache[path] = ""
    return cache[path]


def parts(site, count):
    """Random parts of texts, each with the path of its page or list."""
    random.seed(7)
    files = glob.glob(os.path.join(site, "content/**/notices/*.md"), recursive=True)
    lists = glob.glob(os.path.join(site, "content/**/honors.yaml"), recursive=True)
    while count:
        of = random.choice(files if random.random() < 0.6 else lists)
        with open(of, encoding="utf-8") as file:
            text = file.read()
        text = text if of.endswith(".md") else "\n".join(re.findall(r"citation: (.*)", text))
        run = random.choice(HAN.findall(text.replace("*", "")))
        length = random.randint(2, 8)
        if len(run) < length:
            continue
        start = random.randint(0, len(run) - length)
        path = os.path.relpath(of, os.path.join(site, "content")).rsplit(".", 1)[0] + "/"
        count -= 1
        yield path, run[start:start + length]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--site", required=True)
    options.add_argument("--bin", default="target/release/linli")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--queries", type=int, default=1000)
    options.add_argument("--as-of", default="2026-11-01")
    options.add_argument("--work", default="/dev/shm")
    options = options.parse_args()
    work = tempfile.mkdtemp(dir=options.work)
    try:
        measure(options, work)
    finally:
        shutil.rmtree(work)


def measure(options, work):
    sites = {it: copied(options.site, work, it) for it in (True, False)}
    costs = {True: [], False: []}
    for _ in range(options.rounds):
        for search, site in sites.items():
            costs[search].append(build(options.bin, site, options.as_of, "--fresh"))
    for search, name in (False, "without"), (True, "with   "):
        seconds, memory = zip(*costs[search])
        print(f"cost    {name} search: {statistics.median(seconds):.2f} s, {max(memory):.0f} MB")
    ratio = statistics.median(a[0] / b[0] for a, b in zip(costs[True], costs[False]))
    print(f"cost    ratio {ratio:.3f}")

    site = sites[True]
    public = os.path.join(site, "public")
    sizes = lambda: {it: os.path.getsize(it) for it in glob.glob(os.path.join(public, "search/*.bin"))}
    before = sizes()
    index = Index(public)
    pages = sum(it["documents"] for it in index.segments)
    print(f"size    {pages} pages, {len(before)} files, {sum(before.values()) / 1e6:.2f} MB; segments:",
          [(it["documents"], it["count"], it["block"]) for it in index.segments])
    static = os.path.join(os.path.dirname(__file__), "../themes/default/static")
    files = [os.path.join(static, it) for it in ("found.js", "search.js")] + [os.path.join(public, "search/manifest.json")]
    packed = [len(gzip.compress(open(it, "rb").read())) for it in files]
    print(f"size    scripts {packed[0]} + {packed[1]}, manifest {packed[2]}: {sum(packed)} bytes")

    right = wrong = missed = 0
    loaded = {}
    for path, part in parts(site, options.queries):
        found, size = index.find(part)
        loaded.setdefault(len(part), []).append(size)
        missed += not any(it[0].startswith(path) for it in found)
        for document in found:
            is_right = part in source_of(site, document[0]) or part in document[1] or part in document[3]
            right += is_right
            wrong += not is_right
    for length, sizes_of in sorted(loaded.items()):
        sizes_of.sort()
        print(f"query   {length} characters: {statistics.median(sizes_of) / 1e3:.1f} KB, "
              f"95 of 100 below {sizes_of[int(len(sizes_of) * 0.95)] / 1e3:.1f}")
    print(f"found   recall {1 - missed / options.queries:.4f}, precision {right / (right + wrong):.4f} "
          f"({right + wrong} results)")

    notices = os.path.dirname(glob.glob(os.path.join(site, "content/**/notices/*.md"), recursive=True)[0])
    with open(os.path.join(notices, f"{options.as_of}-added.md"), "w", encoding="utf-8") as file:
        file.write(f"---\ntitle: 明天上午检修路灯\ndate: {options.as_of}\n---\n\n南门到东门一段，九点停电，中午恢复。\n")
    seconds, _ = build(options.bin, site, options.as_of)
    after = sizes()
    new = sum(size for it, size in after.items() if before.get(it) != size)
    print(f"notice  {seconds:.2f} s; {new / sum(after.values()):.4f} of the bytes of the index are others")


if __name__ == "__main__":
    main()
