"""schema.org's types and properties, read from the declarations of npm's schema-dts, as JSON on stdout.

    npm pack schema-dts && tar xzf schema-dts-*.tgz
    python scripts/schema_org.py package/dist/schema.d.ts > tests/schema_org/definitions.json

The tests hold the structured data of pages against it.
"""

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

BASE = re.compile(r"^(?:export )?interface (\w+?)(Base|Leaf) extends ([\w, <>]+) \{$(.*?)^\}$", re.M | re.S)
PROPERTY = re.compile(r'^    "(\w+)"\?: SchemaValue<(.*?), "\1">;$', re.M)
UNION = re.compile(r"^export type (\w+) = (.+);$", re.M)
BESIDES = {"IdReference", "string"}


def read(declarations: str) -> dict[str, dict[str, dict[str, list[str]]]]:
    """By type: its parents, and its own properties with the types that each may have."""
    parents: defaultdict[str, set[str]] = defaultdict(set)
    properties: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for name, part, extended, body in BASE.findall(declarations):
        parents[name] |= set(re.findall(r"(\w+)Base\b", extended)) - {name}
        if part == "Base":
            properties[name] = {each: _types(types) for each, types in PROPERTY.findall(body)}
    enumerations = set()
    for name, union in UNION.findall(declarations):
        enumerations |= {name} if '"https://schema.org/' in union else set()
        for child in set(re.findall(r"\b\w+", union)) - {name, f"{name}Leaf"}:
            parents[child].add(name)  # a class without properties of its own stands in unions only
    known = {name for name, _ in UNION.findall(declarations)}
    return {
        name: {
            "parents": sorted(parents[name] & known - {name}),
            "properties": properties[name],
            **({"is_enumeration": True} if name in enumerations else {}),
        }
        for name in sorted(known)
        if "_" not in name
    }


def _types(union: str) -> list[str]:
    return sorted(set(re.findall(r"\w+", union)) - BESIDES)


if __name__ == "__main__":
    found = read(Path(sys.argv[1]).read_text(encoding="utf-8"))
    json.dump(found, sys.stdout, indent=0, sort_keys=True)
