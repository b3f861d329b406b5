"""What holds of every text: offsets are verbatim, nothing overlaps, nothing raises, and twice is the same as once."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.reading.dates import TimeType, tag
from servanda.reading.dates.grammar import RULES
from servanda.reading.dates.lexicon import MONTHS, UNITS, WEEKDAYS
from servanda.reading.dates.patterns import END, after, compile_pattern

OTHER_WORDS = (
    "May,March,Sept.,the,a,last,next,this,of,in,by,ago,the end of,early,mid,-,.,\n\n,\n,1,23,31,1999,2021,9:30,"
    "p.m.,30th,first,quarter,half,and,to,two,twenty,hundred,few,every,fiscal,Ramadan,AH,'98,within,from,later,earlier,before,"
    "signature,0,99999999,9999,2021-02-30,1/2/2021,'s"
)
WORDS = st.sampled_from([*MONTHS, *WEEKDAYS, *UNITS, ",", *OTHER_WORDS.split(",")])
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=25).map(" ".join))
DAYS = st.dates()


@given(TEXTS, DAYS)
@settings(max_examples=400, deadline=None)
def test_every_expression_is_a_stretch_of_the_text(text: str, published: date) -> None:
    end = 0
    for expression in tag(text, published):
        assert end <= expression.start < expression.end <= len(text)
        assert text[expression.start : expression.end] == expression.text
        assert expression.text.strip() == expression.text
        end = expression.end
        for span in (expression.cue_span, expression.counted_from):
            assert span is None or (0 <= span[0] < span[1] <= len(text))
        assert (expression.counted_from is None) == (expression.counting is None)
        assert expression.value
        assert expression.when is None or expression.type is not TimeType.SET


@given(TEXTS, DAYS)
@settings(max_examples=100, deadline=None)
def test_twice_is_the_same_as_once(text: str, published: date) -> None:
    assert tag(text, published) == tag(text, published)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_text_before_a_paragraph_moves_offsets_and_nothing_else(text: str) -> None:
    published = date(2021, 6, 23)
    prefix = "Nothing is said here.\n\n"
    alone = tag("\n\n" + text, published)
    shifted = tag(prefix + text, published)
    distance = len(prefix) - 2
    assert [(e.start + distance, e.text, e.value) for e in alone] == [(e.start, e.text, e.value) for e in shifted]


@given(DAYS)
def test_an_iso_date_means_itself(day: date) -> None:
    (expression,) = tag(f"signed on {day.isoformat()}.", date(2021, 6, 23))
    assert expression.value == day.isoformat()


@given(st.integers(1, 9999), st.sampled_from(["days", "weeks", "months", "years"]))
def test_a_span_keeps_its_number_and_its_unit(number: int, unit: str) -> None:
    expressions = tag(f"within {number} {unit} of signature", date(2021, 6, 23))
    assert [expression.value for expression in expressions] == [f"P{number}{unit[0].upper()}"]


def test_what_may_follow_a_literal_word() -> None:
    items = compile_pattern("(the | a) (full | UNIT)? year | the end").items
    assert after(items, "the") == {"full", "UNIT", "year", "end"}
    assert after(items, "a") == {"full", "UNIT", "year"}
    assert after(compile_pattern("now").items, "now") == {END}
    assert after(items, "year") == frozenset()


def test_the_grammar_has_telling_names_and_sound_patterns() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.pattern == compile_pattern(rule.source)
