"""A stream of documents: the same claims in the same order whatever the jobs and chunks, and no look far ahead."""

from collections.abc import Iterator
from datetime import date
from itertools import count, islice

import pytest

from servanda.core.problems import ServandaError
from servanda.reading.streaming import AHEAD, read_stream

DAY = date(2021, 6, 23)
SENTENCES = (
    "The two sides agreed to withdraw their troops from the town within 90 days.",
    "The weather was fine.",
    "The rebels shelled the port on Friday, the ministry said.",
    "",
    "Russia refused to extend the mandate of the observers.",
)


def documents(number: int) -> list[tuple[str, str, date]]:
    return [(f"d{index}", SENTENCES[index % len(SENTENCES)], DAY) for index in range(number)]


def test_claims_do_not_depend_on_chunks() -> None:
    expected = list(read_stream(documents(11)))
    assert [reading.doc for reading in expected] == [f"d{index}" for index in range(11)]
    assert any(reading.claims for reading in expected)
    assert list(read_stream(documents(11), chunk=100)) == expected


def test_workers_read_the_same_and_take_only_a_few_documents_ahead() -> None:
    """One test for both, since workers take seconds to start."""
    taken = 0

    def endless() -> Iterator[tuple[str, str, date]]:
        nonlocal taken
        for index in count():
            taken += 1
            yield f"d{index}", SENTENCES[index % len(SENTENCES)], DAY

    expected = list(islice(read_stream(endless()), 11))
    assert taken == 11
    taken = 0
    stream = read_stream(endless(), jobs=2, chunk=2)
    assert list(islice(stream, 11)) == expected
    assert taken <= 11 + 2 * 2 * AHEAD
    stream.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("sizes", [{"jobs": 0}, {"chunk": 0}, {"jobs": -2}])
def test_nothing_can_be_read_by_nobody(sizes: dict[str, int]) -> None:
    with pytest.raises(ServandaError, match="at least 1"):
        read_stream(documents(1), **sizes)  # type: ignore[arg-type]


def test_an_unknown_reader_is_refused_before_anything_is_read() -> None:
    with pytest.raises(ServandaError, match="no reader is called"):
        read_stream(documents(1), reader="klingon")
