"""Compiling the search: kept on disk where that is possible, else in memory, for this run only."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., object]")


def compiled(function: Function) -> Function:
    """The function, compiled when it is first called.

    What is compiled is kept beside the source, or in the user's cache where that cannot be written. Where neither can
    (a read-only container), each run compiles anew, which takes some seconds; without this it would not run at all.
    """
    try:
        return cast("Function", njit(cache=True)(function))
    except RuntimeError:
        return cast("Function", njit(function))
