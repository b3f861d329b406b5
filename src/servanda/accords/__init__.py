"""`accord.yaml` to `Accord`: reading it with messages that point, its schema, its consistency, and drafting one.

`load` and `parse` say whether an accord can be read; `check` and `check_text` also whether it can be kept. Each is
imported when it is first asked for, since a command needs one or two of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from servanda.accords.checking import check, check_text
    from servanda.accords.drafting_yaml import draft
    from servanda.accords.loading import forces_section, load, parse
    from servanda.accords.schema import json_schema
    from servanda.accords.starting_point import template

__all__ = ["check", "check_text", "draft", "forces_section", "json_schema", "load", "parse", "template"]

_HOMES = {
    "check": "checking",
    "check_text": "checking",
    "draft": "drafting_yaml",
    "forces_section": "loading",
    "json_schema": "schema",
    "load": "loading",
    "parse": "loading",
    "template": "starting_point",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"servanda.accords.{_HOMES[name]}"), name)
