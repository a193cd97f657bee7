#!/usr/bin/env bash
# Builds the program as it is distributed, and packs it: packaging/build.sh [TARGET]. In the folder
# `dist` there are then
#   linli-TARGET.tar.gz (.zip for Windows), with the program, the licences, the README and the templates
#   linli-TARGET.tar.gz.sha256, its checksum
#   linli-TARGET.cdx.json, what it is made of (CycloneDX)
# On Linux the program needs no library of the machine. TARGET is that of this machine if not given.
set -euo pipefail
cd "$(dirname "$0")/.."
host=$(rustc -vV | sed -n 's/^host: //p')
target=${1:-$host}
features=external,publish-s3
case $target in
*-linux-*) export RUSTFLAGS="${RUSTFLAGS:-} -C target-feature=+crt-static" ;;
*-windows-msvc) export RUSTFLAGS="${RUSTFLAGS:-} -C target-feature=+crt-static" ;;
esac
cargo build --locked --profile dist --features "$features" --target "$target"
folder=${CARGO_TARGET_DIR:-target}/$target/dist
name=linli-$target
mkdir -p dist
rm -rf "dist/$name"
mkdir "dist/$name"
cp README.md README.zh-CN.md LICENSE LICENSE-APACHE LICENSE-MIT CHANGELOG.md "dist/$name"
# What jobs that publish copy out of it.
cp -R templates "dist/$name"
python=$(command -v python3 || command -v python)
"$python" packaging/sbom.py "$target" "$features" >"dist/$name.cdx.json"
case $target in
*-windows-*)
  cp "$folder/linli.exe" "dist/$name"
  archive=$name.zip
  (cd dist && "$python" -m zipfile -c "$archive" "$name")
  ;;
*)
  cp "$folder/linli" "dist/$name"
  archive=$name.tar.gz
  tar -C dist -czf "dist/$archive" "$name"
  ;;
esac
rm -r "dist/$name"
cd dist
"$python" -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest() + "  " + sys.argv[1])' \
  "$archive" >"$archive.sha256"
cat "$archive.sha256"
