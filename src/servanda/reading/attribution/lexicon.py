"""The lexicon of cues: how much each word, frame and subject speaks for somebody's words being told."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE = "cues.toml"


@cache
def weights() -> Mapping[str, float]:
    """The weight of every feature of a candidate; what the lexicon does not name weighs nothing."""
    raw = files("servanda.reading.attribution").joinpath(FILE).read_text(encoding="utf-8")
    tables = tomllib.loads(raw)
    return {
        (f"{table}: {name}" if table not in ("any", "context") else name): float(weight)
        for table, entries in tables.items()
        for name, weight in entries.items()
    }


def score(features: Iterable[str]) -> float:
    """How much a candidate looks like a cue; above zero it is one."""
    table = weights()
    return table["start"] + sum(table.get(feature, 0.0) for feature in features)
