#!/usr/bin/env bash
# Kills runs of `linli publish` and `--rollback` at random moments, 200 of each kind or as many as it is
# told: to a folder that changes at once, to one that changes file by file, to a branch, to a server by
# SFTP, to a bucket, and back to an earlier build. Each time what the public finds must be whole and
# without what was withdrawn, and the next run must repair the rest. Run by hand; it takes half an hour and more.
set -euo pipefail
cd "$(dirname "$0")/.."
export LINLI_KILLS=${1:-200}
tests/s3.sh publish::kills buckets::a_killed
