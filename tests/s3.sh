#!/usr/bin/env bash
# Tests the program with all its features: `linli publish` to a bucket, on a real server of S3, moto,
# which is installed into a virtual environment in the target folder, and what asks for pages of sites.
# What it is given is passed to the tests instead: `tests/s3.sh --ignored buckets::figures --nocapture`
# measures a portal of 10,000 files, beside rclone where there is one.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$(mkdir -p "${CARGO_TARGET_DIR:-target}" && cd "${CARGO_TARGET_DIR:-target}" && pwd)
place=$target/s3
if ! "$place/bin/moto_server" --help >/dev/null 2>&1; then
  python3 -m venv --clear "$place"
  "$place/bin/pip" install --quiet --disable-pip-version-check 'moto[s3,server]>=5.2,<6'
fi
cargo test --features publish-s3,external --no-run
port=$(python3 -c 'import socket; it = socket.socket(); it.bind(("127.0.0.1", 0)); print(it.getsockname()[1])')
"$place/bin/moto_server" --host 127.0.0.1 --port "$port" >"$place/log" 2>&1 &
server=$! began=$SECONDS
trap 'kill "$server"' EXIT
# On a busy machine it takes its time.
until (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
  if ! kill -0 "$server" 2>/dev/null || ((SECONDS > began + 180)); then
    echo "the server of S3 does not answer:" >&2
    cat "$place/log" >&2
    exit 1
  fi
  sleep 0.2
done
export LINLI_S3_SERVER=http://127.0.0.1:$port
if (($#)); then
  cargo test --features publish-s3,external --test it -- "$@"
else
  cargo test --features publish-s3,external --lib -- publish external public
  cargo test --features publish-s3,external --test it -- buckets:: external:: public::
fi
