#!/usr/bin/env python3
"""Writes what the program is made of, as CycloneDX 1.5: sbom.py TARGET FEATURES.

Only crates that are compiled into it are listed: neither those of tests nor those of build scripts.
"""

import json
import subprocess
import sys

target, features = sys.argv[1:3]
command = ["cargo", "metadata", "--locked", "--format-version", "1"]
command += ["--filter-platform", target, "--features", features]
metadata = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
packages = {it["id"]: it for it in metadata["packages"]}
nodes = {it["id"]: it for it in metadata["resolve"]["nodes"]}
root = metadata["resolve"]["root"]


def parts(node):
    """The crates that a crate is linked with."""
    normal = lambda it: any(kind["kind"] is None for kind in it["dep_kinds"])
    return sorted(it["pkg"] for it in nodes[node]["deps"] if normal(it))


found, left = set(), [root]
while left:
    node = left.pop()
    if node not in found:
        found.add(node)
        left += parts(node)


def reference(node):
    package = packages[node]
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(node, kind):
    package = packages[node]
    described = {
        "type": kind,
        "bom-ref": reference(node),
        "name": package["name"],
        "version": package["version"],
        "purl": reference(node),
    }
    if package.get("license"):
        described["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    return described


others = sorted(found - {root}, key=reference)
bom = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.5",
    "version": 1,
    "metadata": {
        "component": component(root, "application"),
        "properties": [{"name": "target", "value": target}, {"name": "features", "value": features}],
    },
    "components": [component(it, "library") for it in others],
    "dependencies": [
        {"ref": reference(it), "dependsOn": [reference(part) for part in parts(it)]}
        for it in sorted(found, key=reference)
    ],
}
json.dump(bom, sys.stdout, ensure_ascii=False, indent=1)
print()
