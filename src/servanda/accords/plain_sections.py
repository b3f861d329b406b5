"""A section that another stage reads: plain values, which still know their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from servanda.core.written import Written, WrittenList, WrittenMap

_WHOLE = re.compile(r"[-+]?\d{1,18}")
_WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


@dataclass(slots=True)
class Lines:
    """Where a mapping and its keys stand. Lines count from 0, as ruamel.yaml counts them."""

    line: int
    data: dict[str, tuple[int, int]] = field(default_factory=dict)
    """For each key its line, and a column that nobody needs."""


class PlainSection(dict[str, Any]):
    """A mapping of plain values that carries its lines."""

    def __init__(self, written: WrittenMap) -> None:
        """Turn a written mapping into plain values, all the way down."""
        super().__init__({entry.key: plain(entry.value) for entry in written})
        self.lc = Lines(written.at.line - 1, {entry.key: (entry.at.line - 1, 0) for entry in written})


def plain(written: Written) -> Any:
    """Whole numbers, booleans, nothing, lists and mappings as such; all else, decimals too, exactly as written."""
    if isinstance(written, WrittenMap):
        return PlainSection(written)
    if isinstance(written, WrittenList):
        return [plain(item) for item in written.items]
    if written.is_empty:
        return None
    if not written.quoted and written.text in _WORDS:
        return _WORDS[written.text]
    return int(written.text) if not written.quoted and _WHOLE.fullmatch(written.text) else written.text
