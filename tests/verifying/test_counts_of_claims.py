"""Which claims of a dossier count as evidence of how many are left, and as what."""

from __future__ import annotations

from datetime import date
from typing import Any

from servanda.core.dates import DateRange, PartialDate
from servanda.core.vocabulary import Action, Certainty, Polarity
from servanda.dossier.verifying import counts_in
from servanda.verifying import ARRIVED, LEFT, REMAINING, Count
from tests.builders import record


def counted(**changes: Any) -> tuple[Count, ...]:
    return counts_in([record(polarity=Polarity.POSITIVE, **changes)], None)


def test_departures_arrivals_and_stocks_count_each_as_what_they_are() -> None:
    (left,) = counted(quantity=300)
    assert (left.kind, left.day, left.value, left.since) == (LEFT, date(2021, 1, 23), 300, None)
    (came,) = counted(action=Action.DEPLOY, quantity=40, when=DateRange(date(2021, 1, 4), date(2021, 1, 20)))
    assert (came.kind, came.since, came.day) == (ARRIVED, date(2021, 1, 4), date(2021, 1, 20))
    (there,) = counted(action=Action.REMAIN, quantity=5000)
    assert (there.kind, there.day) == (REMAINING, date(2021, 1, 29))
    (undated,) = counted(quantity=300, when=None)
    assert undated.day == date(2021, 1, 29)
    (ahead,) = counted(quantity=300, when=PartialDate(2021))
    assert ahead.day == date(2021, 1, 29), "nobody reports what is still to come"


def test_a_party_speaking_of_its_own_is_interested() -> None:
    assert counted(quantity=300, source="Eastland's ministry of defence")[0].interested
    assert not counted(quantity=300, source="the mission")[0].interested


def test_what_is_doubtful_denied_or_without_a_number_does_not_count() -> None:
    assert counted(quantity=None) == ()
    assert counted(quantity=300, certainty=Certainty.POSSIBLE) == ()
    assert counts_in([record(polarity=Polarity.NEGATIVE, quantity=300)], None) == ()
    assert counts_in([record(polarity=Polarity.POSITIVE, quantity=300)], "Westland") == ()
