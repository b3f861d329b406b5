"""A tree of written values as the plain data that a validator of JSON Schema sees (YAML 1.2 core rules)."""

from __future__ import annotations

import re

from servanda.core.written import Written, WrittenList, WrittenMap

_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


def plain(written: Written) -> object:
    if isinstance(written, WrittenMap):
        return {entry.key: plain(entry.value) for entry in written}
    if isinstance(written, WrittenList):
        return [plain(item) for item in written.items]
    if written.is_empty:
        return None
    if written.quoted:
        return written.text
    if written.text in _WORDS:
        return _WORDS[written.text]
    if _INT.fullmatch(written.text):
        return int(written.text)
    if _FLOAT.fullmatch(written.text):
        return float(written.text)
    return written.text
