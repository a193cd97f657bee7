"""Builds a portal in parts on a Ray cluster.

    python build.py --site SITE --shared FOLDER --count 8 [--out OUT] [--as-of 2026-03-05T08:00]

All nodes see SITE and FOLDER, for one by a shared file system, and have the program (LINLI, or
`linli` of PATH). Ray decides where a part is made; what is done is in ../shards/shards.sh, which
this runs. A part whose run failed (2) is tried three times; one whose content has errors (1) is not.
"""

import argparse
import datetime
import os
import pathlib
import subprocess
import sys

import ray

SCRIPT = pathlib.Path(__file__).resolve().parent.parent / "shards" / "shards.sh"


class RunFailed(Exception):
    """The run failed, and may be tried again."""


@ray.remote(max_retries=3, retry_exceptions=[RunFailed])
def step(arguments, environment):
    """One step of one part: its exit status and what it said."""
    done = subprocess.run(
        ["sh", str(SCRIPT), *map(str, arguments)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    if done.returncode > 1:
        raise RunFailed(done.stderr)
    return done.returncode, done.stderr


def run(steps, environment):
    """All of these steps, at once as far as there are workers. Ends the program if one has failed."""
    results = ray.get([step.remote(arguments, environment) for arguments in steps])
    for _, said in results:
        sys.stderr.write(said)
    if any(status for status, _ in results):
        sys.exit(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--site", required=True)
    parser.add_argument("--shared", required=True)
    parser.add_argument("--out")
    parser.add_argument("--count", type=int, default=8)
    parser.add_argument("--as-of", default=datetime.datetime.now().strftime("%Y-%m-%dT%H:%M"))
    options = parser.parse_args()
    ray.init()
    environment = {"SITE": options.site, "SHARED": options.shared, "AS_OF": options.as_of}
    if options.out:
        environment["OUT"] = options.out
    numbers = range(1, options.count + 1)
    try:
        run([("summarise", number, options.count) for number in numbers], environment)
        run([("make", number, options.count) for number in numbers], environment)
        run([("join",)], environment)
    except RunFailed as failed:
        sys.stderr.write(str(failed))
        sys.exit(2)


main()
