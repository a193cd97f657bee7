#!/usr/bin/env bash
# Runs the targets without a fuzzer, as the stable toolchain can: mutations of the seeds, for so many
# minutes each, and prints how many inputs that were. What fails is printed as the bytes that do it.
#
#   tests/fuzz/run.sh 15              each target for 15 minutes
#   tests/fuzz/run.sh 5 yaml csv      these two for 5
#
# FUZZ_PROFILE=dev uses what `cargo test` has compiled; without it, a release build is made.
set -euo pipefail
cd "$(dirname "$0")/../.."

minutes=${1:?how many minutes each target is run}
shift
targets=("$@")
((${#targets[@]})) || for folder in tests/fuzz/seeds/*/; do targets+=("$(basename "$folder")"); done

status=0
for target in "${targets[@]}"; do
  FUZZ_TARGET=$target FUZZ_SECONDS=$((minutes * 60)) \
    cargo test --quiet --profile "${FUZZ_PROFILE:-release}" --test it fuzzed::mutated -- --nocapture |
    grep -v '^running\|^$\|^test result' || { status=1; echo "$target failed"; }
done
exit "$status"
