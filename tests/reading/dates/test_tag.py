"""What the tagger finds and what it says it means, phrase by phrase."""

from datetime import date

import pytest

from servanda.core.dates import DateRange, Duration, PartialDate
from servanda.reading.dates import Calendar, Cue, Modifier, TimeExpression, TimeType, tag

WEDNESDAY = date(2021, 6, 23)


def found(text: str, published: date = WEDNESDAY) -> list[tuple[str, str, str]]:
    return [(expression.text, expression.type.value, expression.value) for expression in tag(text, published)]


def only(text: str, published: date = WEDNESDAY) -> TimeExpression:
    (expression,) = tag(text, published)
    return expression


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("They met on Friday, June 18, 2021.", "Friday, June 18, 2021", "2021-06-18"),
        ("They met on 18 June 2021.", "18 June 2021", "2021-06-18"),
        ("signed on the 23rd of October, 2020", "the 23rd of October, 2020", "2020-10-23"),
        ("signed on October 23rd", "October 23rd", "2020-10-23"),
        ("elections will be held on Dec. 24", "Dec. 24", "2021-12-24"),
        ("elections were held on Dec. 24", "Dec. 24", "2020-12-24"),
        ("dated 2021-06-18 and sealed", "2021-06-18", "2021-06-18"),
        ("dated 23/06/2021", "23/06/2021", "2021-06-23"),
        ("dated 06/23/2021", "06/23/2021", "2021-06-23"),
        ("dated 23.06.2021", "23.06.2021", "2021-06-23"),
        ("since January 2019", "January 2019", "2019-01"),
        ("the invasion in March", "March", "2021-03"),
        ("talks that will resume in September", "September", "2021-09"),
        ("in 2011 the war began", "2011", "2011"),
        ("nineteen ninety-one was the year", "nineteen ninety-one", "1991"),
        ("the 1990s", "the 1990s", "199"),
        ("in the late '80s", "the late '80s", "198"),
        ("the 20th century", "the 20th century", "19"),
        ("the third quarter of 2020", "the third quarter of 2020", "2020-Q3"),
        ("the first half of 2022", "the first half of 2022", "2022-H1"),
        ("the winter of 2019", "the winter of 2019", "2019-WI"),
        ("last spring", "last spring", "2021-SP"),
        ("on Christmas Eve 2020", "Christmas Eve 2020", "2020-12-24"),
        ("on Easter Sunday 2021", "Easter Sunday 2021", "2021-04-04"),
    ],
)
def test_calendar_dates(text: str, words: str, value: str) -> None:
    expression = only(text)
    assert (expression.text, expression.type, expression.value) == (words, TimeType.DATE, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("today", "2021-06-23"),
        ("yesterday", "2021-06-22"),
        ("tomorrow", "2021-06-24"),
        ("the day after tomorrow", "2021-06-25"),
        ("last week", "2021-W24"),
        ("next week", "2021-W26"),
        ("this week", "2021-W25"),
        ("last month", "2021-05"),
        ("next month", "2021-07"),
        ("last year", "2020"),
        ("two years ago", "2019"),
        ("three months ago", "2021-03"),
        ("two weeks ago", "2021-W23"),
        ("ten days ago", "2021-06-13"),
        ("a decade ago", "2011"),
        ("five days from now", "2021-06-28"),
        ("last Thursday", "2021-06-17"),
        ("next Thursday", "2021-06-24"),
        ("next January", "2022-01"),
        ("last October", "2020-10"),
        ("November last year", "2020-11"),
        ("15 March next year", "2022-03-15"),
        ("Monday next week", "2021-06-28"),
    ],
)
def test_dates_counted_from_publication(text: str, value: str) -> None:
    expression = only(text)
    assert (expression.text, expression.type, expression.value) == (text, TimeType.DATE, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("90 days", "P90D"),
        ("ninety days", "P90D"),
        ("three months", "P3M"),
        ("a year", "P1Y"),
        ("two and a half years", "P2.5Y"),
        ("one year and six months", "P1Y6M"),
        ("48 hours", "PT48H"),
        ("several weeks", "PXW"),
        ("a couple of years", "P2Y"),
        ("a fortnight", "P2W"),
        ("the past three years", "P3Y"),
        ("the next few days", "PXD"),
        ("two decades", "P20Y"),
        ("a further 18 months", "P18M"),
        ("half a year", "P0.5Y"),
        ("six-month", "P6M"),
        ("more than four years", "P4Y"),
        ("at least 30 days", "P30D"),
        ("the past year", "P1Y"),
    ],
)
def test_spans(text: str, value: str) -> None:
    expression = only(f"It lasted {text}.")
    assert (expression.text, expression.type, expression.value) == (text, TimeType.DURATION, value)


def test_ninety_days_and_three_months_stay_different() -> None:
    assert only("within 90 days").when == Duration(days=90)
    assert only("within three months").when == Duration(months=3)
    assert only("within 10 business days").when == Duration(business_days=10)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("every day", "P1D"),
        ("every two weeks", "P2W"),
        ("every other month", "P2M"),
        ("daily", "P1D"),
        ("each Monday", "XXXX-WXX-1"),
        ("Fridays", "XXXX-WXX-5"),
        ("every July", "XXXX-07"),
        ("twice a week", "P1W"),
        ("every morning", "XXXX-XX-XXTMO"),
    ],
)
def test_what_repeats(text: str, value: str) -> None:
    expression = only(f"They report {text}.")
    assert (expression.text, expression.type, expression.value) == (text, TimeType.SET, value)
    assert expression.when is None


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The truce starts at 9 a.m. Monday.", "9 a.m. Monday", "2021-06-28T09:00"),
        ("It was declared at 10:30 p.m. on June 3, 2021.", "10:30 p.m. on June 3, 2021", "2021-06-03T22:30"),
        ("They met this morning.", "this morning", "2021-06-23TMO"),
        ("They met last night.", "last night", "2021-06-22TNI"),
        ("They met Tuesday evening.", "Tuesday evening", "2021-06-22TEV"),
        ("from 0600 GMT", "0600 GMT", "2021-06-23T06:00"),
        ("at noon", "noon", "2021-06-23T12:00"),
    ],
)
def test_times_of_day(text: str, words: str, value: str) -> None:
    expression = only(text)
    assert (expression.text, expression.type, expression.value) == (words, TimeType.TIME, value)


@pytest.mark.parametrize(
    ("text", "words", "value", "cue"),
    [
        ("leave by 24 December", "24 December", "2021-12-24", Cue.BY),
        ("leave no later than 24 December 2021", "24 December 2021", "2021-12-24", Cue.BY),
        ("leave on or before 24 December 2021", "24 December 2021", "2021-12-24", Cue.BY),
        ("leave before 24 December 2021", "24 December 2021", "2021-12-24", Cue.BEFORE),
        ("leave on 24 December 2021 at the latest", "24 December 2021", "2021-12-24", Cue.BY),
        ("stay until the end of 2021", "the end of 2021", "2021", Cue.UNTIL),
        ("leave from 1 July 2021", "1 July 2021", "2021-07-01", Cue.FROM),
        ("leave not before 1 July 2021", "1 July 2021", "2021-07-01", Cue.FROM),
        ("as of 1 July 2021 they leave", "1 July 2021", "2021-07-01", Cue.FROM),
        ("stationed there since 2019", "2019", "2019", Cue.SINCE),
        ("within three months", "three months", "P3M", Cue.WITHIN),
        ("in the week of 5 July", "the week of 5 July", "2021-W27", Cue.IN),
        ("no later than the end of the month after.", "the end of the month after", "2021-07", Cue.BY),
        ("by the end of next month", "the end of next month", "2021-07", Cue.BY),
        ("the 24 December deadline", "24 December", "2021-12-24", Cue.BY),
    ],
)
def test_deadlines_and_the_words_that_make_them(text: str, words: str, value: str, cue: Cue) -> None:
    expression = only(f"The forces will {text}")
    assert (expression.text, expression.value, expression.cue) == (words, value, cue)
    assert expression.cue_span is not None


@pytest.mark.parametrize(
    ("text", "counted_from", "counting"),
    [
        ("within 90 days of signature", "signature", Cue.AFTER),
        ("within 90 days after the signing of this agreement", "the signing of this agreement", Cue.AFTER),
        ("within three months from the date of entry into force.", "the date of entry into force", Cue.AFTER),
        ("at least 30 days before the elections", "the elections", Cue.BEFORE),
        ("not later than 48 hours following the ceasefire, ", "the ceasefire", Cue.AFTER),
        ("six months of talks", None, None),
        ("within 90 days", None, None),
    ],
)
def test_what_a_span_is_counted_from(text: str, counted_from: str | None, counting: Cue | None) -> None:
    expression = only(text)
    span = expression.counted_from
    assert (text[slice(*span)] if span else None) == counted_from
    assert expression.counting == counting


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("early 2021", Modifier.START),
        ("mid-November", Modifier.MID),
        ("late last year", Modifier.END),
        ("the end of June", Modifier.END),
        ("the beginning of next year", Modifier.START),
        ("about three months", Modifier.APPROX),
        ("less than a year", Modifier.LESS_THAN),
        ("at most 30 days", Modifier.EQUAL_OR_LESS),
        ("no more than 30 days", Modifier.EQUAL_OR_LESS),
    ],
)
def test_modifiers(text: str, modifier: Modifier) -> None:
    expression = only(f"in {text}")
    assert (expression.text, expression.modifier) == (text, modifier)


def test_friday_published_on_a_friday_is_that_day() -> None:
    friday = date(2021, 6, 25)
    assert only("Talks ended on Friday.", friday).value == "2021-06-25"
    assert only("Talks will be held on Friday.", friday).value == "2021-06-25"
    assert only("Talks ended last Friday.", friday).value == "2021-06-18"
    assert only("Talks resume next Friday.", friday).value == "2021-07-02"


def test_a_bare_weekday_follows_the_tense() -> None:
    assert only("The two sides met on Friday.").value == "2021-06-18"
    assert only("The two sides will meet on Friday.").value == "2021-06-25"
    assert only("They agreed to meet Friday.").value == "2021-06-25"
    assert only("The deadline expires Friday.").value == "2021-06-25"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It may rain.", []),
        ("May the talks succeed!", []),
        ("Forces may leave in May.", ["May"]),
        ("Forces that may 2 or 3 times a week attack", ["3 times a week"]),
        ("Theresa May said so.", []),
        ("By May 15 they may go.", ["May 15"]),
        ("MAY I SAY SO", []),
        ("troops march on the capital", []),
        ("In March they march.", ["March"]),
        ("It was an august body.", []),
        ("In August it met.", ["August"]),
        ("They sat on the bench.", []),
        ("Czech Foreign Minister Jan Kavan agreed.", []),
        ("the second battalion", []),
        ("the fall of the capital", []),
        ("They attacked with 2000 soldiers.", []),
        ("a grant of $1999", []),
        ("They won 2:1 and went home", []),
    ],
)
def test_words_that_are_dates_and_words_that_are_not(text: str, expected: list[str]) -> None:
    assert [words for words, _, _ in found(text)] == expected


def test_last_month_on_the_thirty_first() -> None:
    assert only("last month", date(2021, 3, 31)).value == "2021-02"
    assert only("next month", date(2021, 1, 31)).value == "2021-02"
    assert only("three months ago", date(2021, 5, 31)).value == "2021-02"
    assert only("last year", date(2020, 2, 29)).value == "2019"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("in fiscal 2021", "FY2021"),
        ("in fiscal year 2021", "FY2021"),
        ("in the 2021 fiscal year", "FY2021"),
        ("the second quarter of fiscal 2021", "FY2021-Q2"),
        ("in the current fiscal year", "FYXXXX"),
    ],
)
def test_fiscal_years_are_named_and_not_guessed(text: str, value: str) -> None:
    expression = only(text)
    assert (expression.calendar, expression.value, expression.when) == (Calendar.FISCAL, value, None)


@pytest.mark.parametrize(
    "text", ["15 Ramadan 1442 AH", "Muharram 1443", "Shawwal 3, 1442", "the year 1442 AH", "1442 hijri"]
)
def test_hijri_dates_are_named_and_not_guessed(text: str) -> None:
    expression = only(text)
    assert (expression.calendar, expression.when) == (Calendar.HIJRI, None)
    assert set(expression.value) <= set("X-")


@pytest.mark.parametrize("text", ["30 February 2021", "February 30", "June 31, 2021", "29 February 2021", "2021-02-30"])
def test_impossible_dates_are_found_and_not_resolved(text: str) -> None:
    expression = only(f"by {text}.")
    assert (expression.text, expression.value, expression.when) == (text, "XXXX-XX-XX", None)


@pytest.mark.parametrize("text", ["45 June", "32 May 2021", "2021-13-45", "31/31/2021", "25:75", "0 days"])
def test_numbers_that_only_look_like_days_do_no_harm(text: str) -> None:
    for expression in tag(f"on {text}", WEDNESDAY):
        assert expression.value != "2021-06-45"


def test_day_and_month_in_figures_are_not_guessed() -> None:
    assert only("on 03/04/2021").value == "2021-XX-XX"
    assert [value for _, _, value in found("on 03/04/2021 and 23/04/2021")] == ["2021-04-03", "2021-04-23"]
    assert [value for _, _, value in found("on 03/04/2021 and 04/23/2021")] == ["2021-03-04", "2021-04-23"]


def test_a_day_that_was_given_with_its_year_keeps_it() -> None:
    text = "The accord of Oct. 23, 2019 holds. Nothing has changed since Oct. 23, he said."
    assert [value for _, _, value in found(text)] == ["2019-10-23", "2019-10-23"]


def test_ranges_of_days_give_both_ends() -> None:
    assert found("June 18-20") == [("June 18", "DATE", "2021-06-18"), ("20", "DATE", "2021-06-20")]
    assert [value for _, _, value in found("from 18 to 20 June 2021")] == ["2021-06-18", "2021-06-20"]


def test_later_and_earlier_count_from_the_date_before() -> None:
    values = [value for _, _, value in found("The accord was signed in 2014. Two years later, it collapsed.")]
    assert values == ["2014", "2016"]
    values = [value for _, _, value in found("It began on 3 March 2011. The following day it ended.")]
    assert values == ["2011-03-03", "2011-03-04"]


def test_what_an_expression_means_to_the_rest_of_the_house() -> None:
    assert only("by 24 December 2021").when == PartialDate(2021, 12, 24)
    assert only("by mid-January").when == PartialDate(2021, 1)
    assert only("next week").when == DateRange(date(2021, 6, 28), date(2021, 7, 4))
    assert only("the third quarter of 2021").when == DateRange(date(2021, 7, 1), date(2021, 9, 30))
    assert only("Friday night").when == PartialDate(2021, 6, 18)
    assert only("recently").when is None
    assert only("a few days").when is None


def test_nothing_is_joined_across_paragraphs() -> None:
    assert [words for words, _, _ in found("Signed in June\n\n2021 was quiet")] == ["June", "2021"]
    assert [words for words, _, _ in found("signed in June\n2021")] == ["June\n2021"]


def test_offsets_count_code_points_of_the_text_as_it_is() -> None:
    text = "𝔘𝔑 \r\n\tenvoys — ﬁnally — met on  June\u00a018,\r\n 2021."
    expression = only(text)
    assert text[expression.start : expression.end] == expression.text
    assert expression.value == "2021-06-18"


def test_a_feast_near_at_hand_is_the_coming_one() -> None:
    assert only("They voted to leave before Christmas.", date(2021, 12, 11)).value == "2021-12-25"
    assert only("They left after Christmas.", date(2021, 1, 4)).value == "2020-12-25"


def test_what_is_to_come_and_what_has_been_are_vague_each_its_way() -> None:
    assert [value for _, _, value in found("in the coming days, in recent days, in the future")] == [
        "FUTURE_REF",
        "PAST_REF",
        "FUTURE_REF",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Security was tightened ahead of Thursday's vote.", "2021-06-24"),
        ("They spoke ahead of the vote on Thursday.", "2021-06-24"),
        ("The men were due to arrive by Friday morning.", "2021-06-25TMO"),
        ("The vote had been scheduled to be held on Friday.", "2021-06-18"),
        ("the coming Dec. 15 vote", "2021-12-15"),
        ("It froze talks in May over his failure to cooperate.", "2021-05"),
        ("The vote will be held before summer.", "2021-SU"),
        ("The Oct. 23 cease-fire agreement has to be fully implemented.", "2020-10-23"),
        ("A U.N. probe into the Feb. 14 assassination should go on.", "2021-02-14"),
        ("It led to a deal on the elections in December.", "2021-12"),
        ("She was elected in an election on Monday.", "2021-06-21"),
    ],
)
def test_words_around_a_bare_date_decide(text: str, value: str) -> None:
    assert only(text).value == value


def test_hours_that_make_whole_days_are_days() -> None:
    assert only("within 48 hours").when == Duration(days=2)
    assert only("within 36 hours").when is None
