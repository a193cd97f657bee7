#!/bin/sh
# Builds a portal in parts on a local Ray of several workers, and compares it with one build, byte for
# byte. Ray comes from PyPI into a virtual environment; CI does not run this.
#
#   tests/ray.sh [SITE [COUNT [WORKERS]]]
#
# SITE is the sample portal if not given, LINLI the program (target/release/linli).
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
site=${1:-$root}
count=${2:-8}
workers=${3:-$(nproc)}
LINLI=${LINLI:-$root/target/release/linli}
export LINLI
venv=${RAY_VENV:-$root/target/ray-venv}
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -c 'import ray' 2>/dev/null || "$venv/bin/pip" install --quiet ray
work=$(mktemp -d "${TMPDIR:-/tmp}/linli-ray.XXXXXX")
clean() {
  "$venv/bin/ray" stop --force >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap clean EXIT
as_of=${AS_OF:-2026-11-23}

# What `time` says goes to a file, in seconds: of the clock, and of the processor.
one() {
  /usr/bin/time -f '%e s, processor %U + %S s, memory %M KB' -o "$work/one.time" \
    "$LINLI" --quiet --site "$site" build --fresh --as-of "$as_of" --out "$work/one"
}
one
# The same program, of whose runs the processor time is noted.
cat >"$work/linli" <<END
#!/bin/sh
exec /usr/bin/time -a -f '%U %S %M' -o "$work/parts.time" "$LINLI" "\$@"
END
chmod +x "$work/linli"
# Workers have the environment of the node.
LINLI="$work/linli" "$venv/bin/ray" start --head --num-cpus "$workers" --disable-usage-stats >/dev/null 2>&1
begun=$(date +%s.%N)
RAY_ADDRESS=auto "$venv/bin/python" "$root/templates/ray/build.py" --site "$site" \
  --shared "$work/shared" --out "$work/parts" --count "$count" --as-of "$as_of" 2>"$work/said" ||
  { cat "$work/said"; exit 1; }
ended=$(date +%s.%N)
diff -r "$work/one" "$work/parts"
echo "one build: $(cat "$work/one.time")"
awk -v wall="$(echo "$ended - $begun" | bc)" -v what="$count parts on $workers workers" '
  { own += $1; of_system += $2; if ($3 > most) most = $3 }
  END { printf "%s: %s s, processor %.2f + %.2f s, memory of one at most %d KB\n", what, wall, own, of_system, most }
' "$work/parts.time"
grep -v WARNING "$work/said" | tail -n $((2 * count + 1))
