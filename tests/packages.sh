#!/usr/bin/env bash
# Has frictionless, which is not ours, check every data package of the sample portal: that each table
# is as its package says; and openpyxl read every workbook. Run by hand; it needs Python and installs frictionless beside the build.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
cargo build
if [[ ! -x $target/frictionless/bin/python ]]; then
  python3 -m venv "$target/frictionless"
  "$target/frictionless/bin/pip" install --quiet frictionless openpyxl
fi
public=$(mktemp --directory)
trap 'rm --recursive --force "$public"' EXIT
"$target/debug/linli" build --out "$public/site"
"$target/frictionless/bin/python" - "$public/site" <<'PYTHON'
import pathlib, sys
from frictionless import validate
from openpyxl import load_workbook

packages = sorted(pathlib.Path(sys.argv[1]).rglob("datapackage.json"))
faults = 0
for path in packages:
    report = validate(str(path))
    tables = [task.name for task in report.tasks]
    print("ok " if report.valid else "BAD", path.relative_to(sys.argv[1]), len(tables), "tables")
    for book in path.parent.glob("*.xlsx"):
        sheet = load_workbook(book).active
        print("   ", book.name, sheet.title, sheet.max_row - 1, "rows")
    for fault in report.flatten(["title", "message"])[:20]:
        faults += 1
        print("   ", *fault)
sys.exit(0 if packages and not faults else 1)
PYTHON
