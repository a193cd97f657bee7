#!/usr/bin/env bash
# Measures a packed program: packaging/start.sh dist/linli-TARGET.tar.gz. Prints its size, the libraries
# that it needs, how long it takes to start, and how long from the archive alone to the preview of a new
# portal that answers over HTTP. Neither Rust nor anything else of the source is used.
set -euo pipefail
archive=$(realpath "$1")
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$folder"' EXIT
cd "$folder"
now() { date +%s.%N; }
since() { printf '%s %s' "$(now)" "$1" | awk '{ printf "%.2f", $1 - $2 }'; }
begun=$(now)
tar -xzf "$archive" --strip-components 1
./linli new portal >/dev/null 2>&1
port=$(shuf -i 20000-60000 -n 1)
./linli --site portal serve --addr "127.0.0.1:$port" >serve.log 2>&1 &
server=$!
until curl --silent --fail --output page.html "http://127.0.0.1:$port/"; do
  kill -0 "$server" || { cat serve.log; exit 1; }
  sleep 0.05
done
echo "from the archive to a preview that answers: $(since "$begun") s"
grep -q '<html' page.html
echo "archive: $(stat -c %s "$archive") bytes; program: $(stat -c %s linli) bytes"
echo "libraries: $(ldd linli 2>&1 | tr -s ' \t\n' ' ')"
begun=$(now)
for _ in $(seq 20); do ./linli --version >/dev/null; done
printf 'start: %s ms\n' "$(printf '%s %s' "$(now)" "$begun" | awk '{ printf "%.1f", ($1 - $2) * 50 }')"
begun=$(now)
./linli --site portal build >/dev/null 2>&1
echo "build of the new portal: $(since "$begun") s"
