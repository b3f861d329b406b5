"""The search also runs where nothing that is compiled can be kept."""

from __future__ import annotations

import pytest
from numba.core import caching

from servanda.planning.compiled import compiled


def test_without_a_place_to_keep_it_the_search_is_compiled_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching.CacheImpl, "_locator_classes", [])

    def twice(number: int) -> int:
        return 2 * number

    assert compiled(twice)(21) == 42
