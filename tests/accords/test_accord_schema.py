"""The published schema and the loader agree: what one refuses for its shape, the other refuses too."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from accord_plain_data import plain
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from servanda.accords import json_schema, parse, template
from servanda.accords.findings import Findings
from servanda.accords.yaml_tree import read_tree

ROOT = Path(__file__).parents[2]
SCHEMA: dict[str, Any] = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
BEYOND_SCHEMA = {
    # What no schema can say: ids that are declared, days that exist, numbers that are the same thing twice.
    *("unknown-party", "unknown-group", "unknown-place", "unknown-event", "unknown-instrument", "unknown-provision"),
    *("unknown-anchor", "ambiguous-id", "duplicate-id", "two-names", "two-dates", "bad-date", "bad-span", "span-ends"),
    *("self-reference", "bound-not-debtor", "out-of-range", "stage-quantity", "deadline-keys", "condition-keys"),
    *("bad-quantity", "bad-id"),
}


def refused_by_schema(text: str) -> list[str]:
    tree = read_tree(text, Findings(text, "f"))
    return [error.message[:200] for error in VALIDATOR.iter_errors(plain(tree))] if tree is not None else ["not YAML"]


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_key_has_a_description() -> None:
    def walk(node: object) -> None:
        if isinstance(node, dict):
            for name, value in node.get("properties", {}).items():
                if "additionalProperties" in node:
                    assert value.get("description"), name
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(SCHEMA)


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*/accord.yaml")), ids=lambda path: path.parent.name)
def test_the_schema_accepts_the_examples(path: Path) -> None:
    assert refused_by_schema(path.read_text(encoding="utf-8")) == []


def test_the_schema_accepts_the_template() -> None:
    assert refused_by_schema(template("X")) == []


def made_from(schema: dict[str, Any], rng: random.Random, depth: int = 0) -> Any:
    """Some data that the schema describes, now and then with a mistake."""
    if rng.random() < 0.02:
        return rng.choice([None, 7, -1.5, "", "two words", [], {}, ["x"], {"unheard-of": 1}, True, "2021-02-30"])
    if "$ref" in schema:
        return made_from(SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], rng, depth)
    if "enum" in schema:
        return rng.choice(schema["enum"])
    if "const" in schema:
        return schema["const"]
    if "anyOf" in schema and "properties" not in schema:
        return made_from(rng.choice(schema["anyOf"]), rng, depth)
    kind = schema.get("type", "object")
    kind = rng.choice(kind) if isinstance(kind, list) else kind
    if kind == "object":
        return made_object(schema, rng, depth)
    if kind == "array":
        many = 0 if depth > 8 else rng.randint(schema.get("minItems", 0), 2)
        return [made_from(schema.get("items", {"enum": ["x"]}), rng, depth + 1) for _ in range(many)]
    if kind in ("number", "integer"):
        return rng.choice([1, 2, 30, 2021]) if kind == "integer" else rng.choice([0, 0.5, 12, 45.25])
    if kind == "boolean":
        return rng.random() < 0.5
    pattern = schema.get("pattern", "")
    if pattern == SCHEMA["$defs"]["date"]["anyOf"][0]["pattern"]:
        return rng.choice(["2021", "2021-03", "2021-03-04"])
    if pattern == SCHEMA["$defs"]["span"]["pattern"]:
        return rng.choice(["90 days", "1 month", "P3M", "10 business days", "3 months"])
    if "exactly" in pattern:
        return rng.choice(["about 300 troops", "30%", "1,200 km", "At least 5", "up to 60 monitors"])
    if pattern:
        return rng.choice(["a", "b", "c"])
    return rng.choice(["some words", "x", "Ü", "signature", "none"])


def made_object(schema: dict[str, Any], rng: random.Random, depth: int) -> dict[str, Any]:
    properties = schema.get("properties", {})
    if not properties and isinstance(schema.get("additionalProperties"), dict):
        return {name: made_from(schema["additionalProperties"], rng, depth + 1) for name in rng.sample("abc", 2)}
    ways = schema.get("oneOf")
    wanted = set(schema.get("required", ())) | set(rng.choice(ways)["required"] if ways else ())
    optional = [] if ways or depth > 8 else [name for name in properties if rng.random() < 0.3]
    names = [name for name in properties if name in wanted or name in optional]
    return {name: made_from(properties[name], rng, depth + 1) for name in names if rng.random() > 0.01}


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**63))
def test_schema_and_loader_agree(seed: int) -> None:
    text = json.dumps(made_from(SCHEMA, random.Random(seed)), ensure_ascii=False)
    _, problems = parse(text, "accord.yaml")
    by_shape = [str(problem) for problem in problems if problem.error and problem.code not in BEYOND_SCHEMA]
    refused = refused_by_schema(text)
    if refused:
        assert problems, (refused, text)
    else:
        assert by_shape == [], text


def test_an_accord_with_every_key_uses_every_key() -> None:
    text = (Path(__file__).parent / "everything.yaml").read_text(encoding="utf-8")
    accord, problems = parse(text, "everything.yaml")
    assert [str(problem) for problem in problems] == []
    assert accord is not None
    assert refused_by_schema(text) == []
    used: set[str] = set()

    def walk(node: object) -> None:
        if isinstance(node, dict):
            used.update(node)
        for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            walk(value)

    tree = read_tree(text, Findings(text, "f"))
    assert tree is not None
    walk(plain(tree))
    assert keys_of(SCHEMA) - used == set()


def keys_of(schema: object) -> set[str]:
    if isinstance(schema, dict):
        own = set(schema.get("properties", {})) if "additionalProperties" in schema else set()
        return own.union(*(keys_of(value) for value in schema.values()))
    return set().union(*(keys_of(value) for value in schema)) if isinstance(schema, list) else set()
