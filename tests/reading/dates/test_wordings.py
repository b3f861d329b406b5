"""Classes of time expressions, each in several wordings, as news and agreements use them."""

from datetime import date

import pytest

from servanda.reading.dates import Calendar, Cue, Modifier, TimeExpression, TimeType, tag

WEDNESDAY = date(2021, 6, 23)


def only(text: str, published: date = WEDNESDAY) -> TimeExpression:
    (expression,) = tag(text, published)
    return expression


def values(text: str, published: date = WEDNESDAY) -> list[str]:
    return [expression.value for expression in tag(text, published)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Two posts were shelled overnight.", "overnight", "2021-06-23TNI"),
        ("Overnight, both sides withdrew.", "Overnight", "2021-06-23TNI"),
        ("An overnight attack killed six.", "overnight", "2021-06-23TNI"),
        ("They withdrew overnight on Monday.", "overnight on Monday", "2021-06-21TNI"),
        ("The talks begin tonight.", "tonight", "2021-06-23TNI"),
        ("They return tomorrow night.", "tomorrow night", "2021-06-24TNI"),
        ("Convoys left in the morning.", "the morning", "2021-06-23TMO"),
        ("It happened around midday.", "around midday", "2021-06-23T12:00"),
        ("They met at 10:30 Friday.", "10:30 Friday", "2021-06-18T10:30"),
    ],
)
def test_nights_and_times_of_day(text: str, words: str, value: str) -> None:
    expression = only(text)
    assert (expression.text, expression.type, expression.value) == (words, TimeType.TIME, value)


@pytest.mark.parametrize(
    "text",
    [
        "The overnight curfew holds.",
        "Overnight flights resume.",
        "an overnight stay",
        "Buses run on overnight-only lines",
    ],
)
def test_what_is_called_overnight_is_no_night(text: str) -> None:
    assert tag(text, WEDNESDAY) == ()


def test_a_night_belongs_to_the_day_that_was_named() -> None:
    text = "They met on 3 March 2011. That night the guns fell silent, and the next morning they left."
    assert values(text) == ["2011-03-03", "2011-03-03TNI", "2011-03-04TMO"]


@pytest.mark.parametrize(
    ("text", "words", "value", "cue"),
    [
        ("no later than Friday", "Friday", "2021-06-25", Cue.BY),
        ("not later than Monday", "Monday", "2021-06-28", Cue.BY),
        ("as early as Friday", "Friday", "2021-06-25", None),
        ("by the end of the year to allow elections", "the end of the year", "2021", Cue.BY),
        ("before the end of the month to avoid sanctions", "the end of the month", "2021-06", Cue.BEFORE),
        ("by year's end", "year's end", "2021", Cue.BY),
        ("by month's end", "month's end", "2021-06", Cue.BY),
        ("by mid-year", "mid-year", "2021", Cue.BY),
        ("until the last Sunday in August", "the last Sunday in August", "2021-08-29", Cue.UNTIL),
        ("by the first Monday of July 2021", "the first Monday of July 2021", "2021-07-05", Cue.BY),
        ("in the first week of August", "the first week of August", "2021-08", Cue.IN),
        ("by this Friday", "this Friday", "2021-06-25", Cue.BY),
        ("in the week of 5 July", "the week of 5 July", "2021-W27", Cue.IN),
        ("this week", "this week", "2021-W25", None),
        ("earlier this month", "earlier this month", "2021-06", None),
    ],
)
def test_deadlines_in_many_wordings(text: str, words: str, value: str, cue: Cue | None) -> None:
    expression = only(f"The last units will leave {text}.")
    assert (expression.text, expression.value, expression.cue) == (words, value, cue)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("but on Monday she rejected the plan she had promised to sign", "2021-06-21"),
        ("They were forced to leave on Friday.", "2021-06-18"),
        ("They managed to retake the town Friday.", "2021-06-18"),
        ("The two had filed their reports by Friday.", "2021-06-18"),
        ("They looked for ways around Friday's ruling.", "2021-06-18"),
        ("The pass was reopened to traffic on Friday.", "2021-06-18"),
        ("He was elected to parliament on Friday.", "2021-06-18"),
        ("They will prepare for Friday's meeting.", "2021-06-25"),
        ("The appointment is effective Friday.", "2021-06-25"),
        ("Talks scheduled for Friday have begun in secret.", "2021-06-25"),
        ("The result may be known as soon as Friday.", "2021-06-25"),
        ("The following Friday", "2021-06-25"),
        ("The previous Friday", "2021-06-18"),
        ("two weeks ago Friday", "2021-06-04"),
        ("a week from Friday", "2021-07-02"),
    ],
)
def test_which_weekday_is_meant(text: str, value: str) -> None:
    assert only(text).value == value


def test_days_with_a_name_of_their_own_are_no_days_of_this_week() -> None:
    assert tag("the march of Bloody Sunday", WEDNESDAY) == ()
    assert values("a bloody Sunday") == ["2021-06-20"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("half a century ago", "1971"),
        ("two and a half years ago", "2019"),
        ("4,000 years ago", "PAST_REF"),
        ("a few years back", "PAST_REF"),
        ("ten years back", "2011"),
        ("years from now", "FUTURE_REF"),
        ("two weekends ago", "2021-W23-WE"),
        ("two summers ago", "2019-SU"),
        ("the week before last", "2021-W23"),
        ("the prior month", "2021-05"),
        ("the new year", "2022"),
        ("the most recent quarter", "2021-Q1"),
        ("the third quarter of the year", "2020-Q3"),
        ("next year's second half", "2022-H2"),
        ("Q3 2020", "2020-Q3"),
        ("2020/11/30", "2020-11-30"),
        ("year-end 2020", "2020"),
        ("the 2020 quarter", "2020"),
    ],
)
def test_dates_told_in_other_ways(text: str, value: str) -> None:
    expression = only(f"It was {text}.")
    assert (expression.text, expression.type, expression.value) == (text, TimeType.DATE, value)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("after months of talks", "months", "PXM"),
        ("in the weeks before the vote", "weeks", "PXW"),
        ("days after the truce", "Days", "PXD"),
        ("in the years to come", "years", "PXY"),
        ("over the past weeks", "the past weeks", "PXW"),
        ("a year or two", "a year or two", "PXY"),
        ("a weeklong truce", "weeklong", "P1W"),
        ("a months-long siege", "months-long", "PXM"),
        ("the three-week-old truce", "three-week", "P3W"),
        ("a decade-old dispute", "decade-old", "P10Y"),
        ("a week-old truce", "week-old", "P1W"),
        ("some two-and-a-half years", "some two-and-a-half years", "P2.5Y"),
        ("an hour and a half", "an hour and a half", "PT1H30M"),
        ("one day after the attack", "one day", "P1D"),
    ],
)
def test_spans_told_in_other_ways(text: str, words: str, value: str) -> None:
    expression = only(text if words[0].islower() else text.capitalize())
    assert (expression.text, expression.type, expression.value) == (words, TimeType.DURATION, value)


@pytest.mark.parametrize(
    "text",
    [
        "a 12-year-old boy", "a six-month-old girl", "a quarter of the troops", "three quarters of its territory",
        "a matter of days", "They may one day return.", "some day", "six second-line drugs",
        "Russia Today reported it.", "the daily said",
        "the daily quoted him", "a man in his fifties", "at the last minute", "the now-banned party",
        "a force of two thousand policemen",
        "Now, the question is another.", "a goal in the second half of the match", "in morning trade",
    ],
)  # fmt: skip
def test_words_of_time_that_name_no_time(text: str) -> None:
    assert tag(text, WEDNESDAY) == ()


def test_a_report_keeps_to_its_quarter() -> None:
    published = date(2020, 11, 2)
    text = (
        "Third-quarter net rose, from $10 million a year ago. It expects a fourth-quarter charge. Sales fell in the "
        "latest quarter from a year earlier. For the nine months, net was $9 million, from $7 million a year earlier."
    )
    assert values(text, published) == [
        "2020-Q3", "2019-Q3", "2020-Q4", "2020-Q3", "2019-Q3", "P9M", "2019",
    ]  # fmt: skip
    assert values("Third-quarter net rose. It was sold five years ago.", published) == ["2020-Q3", "2015"]
    assert values("Third-quarter net rose. The truce was signed a year ago.", published) == ["2020-Q3", "2019"]
    assert values("In the first and second quarters it fell.", published) == ["2020-Q1", "2020-Q2"]
    assert values("It gained in the third quarter; the current quarter began well.", published) == [
        "2020-Q3",
        "2020-Q4",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("FY2021", "FY2021"),
        ("the second half of fiscal 2021", "FY2021-H2"),
        ("the third fiscal quarter", "FYXXXX-Q3"),
        ("the fiscal year", "FYXXXX"),
    ],
)
def test_more_fiscal_periods_are_named_and_not_guessed(text: str, value: str) -> None:
    expression = only(f"It is due in {text}.")
    assert (expression.text, expression.calendar, expression.value, expression.when) == (
        text,
        Calendar.FISCAL,
        value,
        None,
    )


def test_a_fiscal_year_that_ended_on_a_day_is_a_span() -> None:
    first, second = tag("in the fiscal year ended Jan. 31", WEDNESDAY)
    assert (first.type, first.value, first.calendar, first.when) == (TimeType.DURATION, "P1Y", Calendar.FISCAL, None)
    assert second.value == "2021-01-31"


def test_a_year_is_no_count() -> None:
    assert values("In 2005 months of talks failed.") == ["2005", "PXM"]
    assert values("within 2005 days of signature") == ["P2005D"]
    published = date(2020, 11, 2)
    assert values("Third-quarter net rose. In the 2019 quarter it fell.", published) == ["2020-Q3", "2019-Q3"]
    assert values("Third-quarter net rose from last year's quarter.", published) == ["2020-Q3", "2019-Q3"]


def test_possessive_years_are_years_and_decades_are_decades() -> None:
    assert values("1988's accord") == ["1988"]
    assert values("the 1990's") == values("the 1990s") == ["199"]
    assert values("1990's accord") == ["1990"]


def test_which_part_of_a_month() -> None:
    assert only("in the first week of August").modifier is Modifier.START
    assert only("in the last days of August").modifier is Modifier.END


def test_repeated_spans_may_be_vague() -> None:
    assert [(e.type, e.value) for e in tag("every few years", WEDNESDAY)] == [(TimeType.SET, "PXY")]
    assert [(e.type, e.value) for e in tag("on weekends", WEDNESDAY)] == [(TimeType.SET, "XXXX-WXX-WE")]


@pytest.mark.parametrize(
    ("text", "values_expected"),
    [
        ("Results are expected Monday or Tuesday.", ["2021-06-28", "2021-06-29"]),
        ("They will meet Thursday through Saturday.", ["2021-06-24", "2021-06-26"]),
        ("They met Friday and Saturday.", ["2021-06-18", "2021-06-19"]),
        ("He was due to arrive on Friday.", ["2021-06-25"]),
        ("He was supposed to arrive on Friday, and never did.", ["2021-06-18"]),
        ("The truce had been due to expire Friday.", ["2021-06-18"]),
        ("She criticised the plan, claiming on Friday that it would fail.", ["2021-06-18"]),
        ("The meeting on Friday was postponed.", ["2021-06-18"]),
        ("The minister said that Friday's elections will go ahead.", ["2021-06-25"]),
        ("A strike for Friday was called to protest against it.", ["2021-06-25"]),
        ("Two died in the raid Friday.", ["2021-06-18"]),
        ("By Friday the fires had been put out.", ["2021-06-18"]),
        ("They shunned the elections in July.", ["2020-07"]),
        ("Crude for July delivery fell.", ["2021-07"]),
    ],
)
def test_lists_of_days_and_days_in_reported_plans(text: str, values_expected: list[str]) -> None:
    assert values(text) == values_expected


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("by the 15th", "the 15th", "2021-07-15"),
        ("by the 15th of next month", "the 15th of next month", "2021-07-15"),
        ("by the 31st of next month", "the 31st of next month", "2021-07-31"),
        ("by close of business on Friday", "Friday", "2021-06-25"),
        ("by the end of Q3", "the end of Q3", "2021-Q3"),
        ("before the end of the quarter", "the end of the quarter", "2021-Q2"),
        ("in H2 2022", "H2 2022", "2022-H2"),
        ("in the first half of July", "the first half of July", "2021-07"),
        ("the Friday after next", "the Friday after next", "2021-07-02"),
        ("on Friday week", "Friday week", "2021-07-02"),
        ("a week from today", "a week from today", "2021-06-30"),
        ("at 1800Z", "1800Z", "2021-06-23T18:00"),
        ("before Eid al-Adha", "Eid al-Adha", "XXXX-XX-XX"),
        ("by 10 Dhu al-Hijja 1442", "10 Dhu al-Hijja 1442", "XXXX-XX-XX"),
        ("by 31 June", "31 June", "XXXX-XX-XX"),
    ],
)
def test_deadlines_of_agreements(text: str, words: str, value: str) -> None:
    expression = only(f"All forces will leave {text}.")
    assert (expression.text, expression.value) == (words, value)


@pytest.mark.parametrize("text", ["on the 15th floor", "the 3rd of its kind", "for the 15th time", "by the first army"])
def test_ordinals_that_are_no_days(text: str) -> None:
    assert tag(text, WEDNESDAY) == ()
