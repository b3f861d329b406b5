"""Many documents, one or several worker processes, constant memory: what is read does not depend on how many."""

from __future__ import annotations

import multiprocessing
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from servanda.core.problems import ServandaError
from servanda.reading.interface import Reader, load_reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from servanda.core.claims import Claim

Item = tuple[str, str, "date"]
"""A document's id, its text and its day of publication."""

CHUNK = 8
"""Documents that go to a worker at a time."""
AHEAD = 3
"""Chunks for each worker that are under way or done and not yet asked for."""

RENEWED_AFTER = 500
"""Chunks after which a worker is replaced by a new one: a language pipeline remembers every word that it ever saw."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one document: its claims, or why it could not be read."""

    doc: str
    claims: tuple[Claim, ...] = ()
    error: ServandaError | None = None


def read_stream(
    items: Iterable[Item], *, reader: str | None = None, jobs: int = 1, chunk: int = CHUNK
) -> Iterator[Reading]:
    """Read documents as they come and hand out their claims in the same order.

    Args:
        items: the documents; taken from the iterable only as far as workers can use them.
        reader: the reader's name, as for `load_reader`.
        jobs: worker processes; 1 reads in this process.
        chunk: documents handed to a worker at a time; the claims do not depend on it.

    Raises:
        ServandaError: there is no such reader, `jobs` or `chunk` is below 1, or a worker process died.
    """
    if jobs < 1 or chunk < 1:
        raise ServandaError(f"{jobs} jobs in chunks of {chunk} read nothing", "both must be at least 1")
    loaded = load_reader(reader)
    if jobs == 1:
        return (_read(loaded, item) for item in items)
    return _in_workers(items, reader, jobs, chunk)


def _in_workers(items: Iterable[Item], reader: str | None, jobs: int, chunk: int) -> Iterator[Reading]:
    context = multiprocessing.get_context("spawn")  # a fork would copy locks of threads that it does not copy
    with ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_start, initargs=(reader,), max_tasks_per_child=RENEWED_AFTER
    ) as pool:
        pending: deque[Future[list[Reading]]] = deque()
        try:
            for documents in _chunks(items, chunk):
                pending.append(pool.submit(_read_chunk, documents))
                if len(pending) >= AHEAD * jobs:
                    yield from pending.popleft().result()
            while pending:
                yield from pending.popleft().result()
        except BrokenProcessPool:
            raise ServandaError(
                "a worker process died, perhaps for want of memory", "read again with fewer jobs"
            ) from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _chunks(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    source = iter(items)
    while documents := tuple(islice(source, size)):
        yield documents


_worker: dict[str, Reader] = {}
"""The reader of a worker process, loaded once when the process starts."""


def _start(reader: str | None) -> None:
    _worker["reader"] = load_reader(reader)


def _read_chunk(documents: tuple[Item, ...]) -> list[Reading]:
    return [_read(_worker["reader"], item) for item in documents]


def _read(reader: Reader, item: Item) -> Reading:
    doc, text, published = item
    try:
        return Reading(doc, reader.read(doc, text, published))
    except ServandaError as error:
        return Reading(doc, error=error)
