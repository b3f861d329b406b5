"""Dates and durations: the laws that deadlines rest on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.core.dates import DateRange, Duration, PartialDate, days_of, iso_when, parse_when

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))
COUNTS = st.integers(0, 40)
DURATIONS = st.builds(Duration, years=COUNTS, months=COUNTS, weeks=COUNTS, days=COUNTS)


def test_ninety_days_are_not_three_months() -> None:
    signed = date(2020, 10, 23)
    assert Duration.parse("90 days").after(signed) == date(2021, 1, 21)
    assert Duration.parse("3 months").after(signed) == date(2021, 1, 23)


def test_a_month_after_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    assert Duration.parse("1 month").after(date(2021, 1, 31)) == date(2021, 2, 28)
    assert Duration.parse("P1M").after(date(2024, 1, 31)) == date(2024, 2, 29)


def test_business_days_skip_weekends() -> None:
    friday = date(2021, 1, 22)
    assert Duration.parse("1 business day").after(friday) == date(2021, 1, 25)
    assert Duration.parse("2 business weeks").after(friday) == date(2021, 2, 5)


@pytest.mark.parametrize("text", ["2021-02-30", "2021-13", "2021-00-01", "21-01-01", "", "2021-1-1", "January"])
def test_what_is_no_date_is_refused_with_its_words(text: str) -> None:
    with pytest.raises(ValueError, match="is not a"):
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["soon", "P", "PT5H", "three months", "5 business months", ""])
def test_what_is_no_span_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="write for instance"):
        Duration.parse(text)


def test_a_range_must_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="must not end before it starts"):
        DateRange(date(2021, 2, 1), date(2021, 1, 1))


def test_a_span_beyond_the_calendar_is_an_error() -> None:
    with pytest.raises(ValueError, match="beyond the calendar"):
        Duration(years=8000).after(date(2021, 1, 1))


@given(DAYS)
def test_a_whole_date_round_trips_and_means_one_day(day: date) -> None:
    partial = PartialDate.of(day)
    assert PartialDate.parse(str(partial)) == partial
    assert partial.range == DateRange(day, day)


@given(st.integers(1900, 2200), st.integers(1, 12))
def test_a_month_means_all_its_days_and_no_other(year: int, month: int) -> None:
    days = PartialDate(year, month).range
    assert days.first.day == 1
    assert (days.last + timedelta(days=1)).day == 1
    assert days in (PartialDate.parse(str(PartialDate(year, month))).range,)


@given(DAYS, DURATIONS)
def test_a_duration_never_leads_back(day: date, span: Duration) -> None:
    assert span.after(day) >= day


@given(DAYS, DAYS, DURATIONS)
def test_durations_keep_the_order_of_days(one: date, other: date, span: Duration) -> None:
    assert (span.after(min(one, other))) <= span.after(max(one, other))


@given(DURATIONS)
def test_a_duration_round_trips_through_iso(span: Duration) -> None:
    assert Duration.parse(span.iso) == span


@given(DAYS, st.integers(0, 60))
def test_business_days_end_on_a_working_day(day: date, count: int) -> None:
    end = Duration(business_days=count).after(day)
    assert count == 0 or end.weekday() < 5


@given(st.one_of(DAYS.map(PartialDate.of), DURATIONS, st.tuples(DAYS, DAYS).map(sorted).map(lambda ds: DateRange(*ds))))
def test_every_when_round_trips(when: PartialDate | Duration | DateRange) -> None:
    again = parse_when(iso_when(when))
    assert days_of(again) == days_of(when)
    assert isinstance(when, Duration) == isinstance(again, Duration)
