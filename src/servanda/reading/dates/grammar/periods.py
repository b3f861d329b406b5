"""Quarters, halves, seasons, decades, centuries: "the third quarter of 1990", "this summer", "the 1990s"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.reading.dates import reckoning
from servanda.reading.dates.expressions import TimeType
from servanda.reading.dates.rules import Match, Rule, Sense, date_sense
from servanda.reading.dates.tense import Tense

if TYPE_CHECKING:
    from collections.abc import Callable

_YEAR = "(YEAR | (LAST | NEXT | THIS) year)"
_SHIFTS = {"LAST": -1, "NEXT": 1, "THIS": 0}


def stated_year(match: Match) -> int | None:
    """The year that the expression itself names, as a number or as "last year"."""
    if match.has("YEAR"):
        return match.number("YEAR")
    for label, shift in _SHIFTS.items():
        if match.has(label):
            return match.published.year + shift
    return None


def _ordinal_quarter(match: Match) -> Sense | None:
    number = match.number("ORD")
    if not 1 <= number <= 4:
        return None
    year = stated_year(match)
    if year is None:
        if _speaks_of_a_match(match):
            return None
        year = match.published.year
        has_begun = number <= reckoning.quarter_of(match.published)[1]
        if not has_begun and match.tense is not Tense.FUTURE:
            year -= 1
    return date_sense(reckoning.quarter(year, number))


def _quarter_of_a_list(match: Match) -> Sense | None:
    """The "first" of "the first and second quarters"."""
    if match.token(1) not in ("and", "or", "to") or match.token(3) not in ("quarter", "quarters"):
        return None
    listed = any(edge.word_class == "ORD" for edge in match.edges(match.end + 1))
    return _ordinal_quarter(match) if listed else None


def _this_quarter(match: Match) -> Sense | None:
    return date_sense(reckoning.quarter(*reckoning.quarter_of(match.published)))


def _that_quarter(match: Match) -> Sense | None:
    """ "that quarter" is the last one named."""
    named = match.context.reports.named or reckoning.quarter_of(match.published)
    return date_sense(reckoning.quarter(*named))


def _bare_quarter_in_figures(match: Match) -> Sense | None:
    """ "by the end of Q3": of the year of publication."""
    number = match.number("DAY")
    return date_sense(reckoning.quarter(match.published.year, number)) if number <= 4 else None


def _half_in_figures(match: Match) -> Sense | None:
    number = match.number("DAY")
    return date_sense(f"{match.number('YEAR'):04d}-H{number}") if number <= 2 else None


def _quarter_in_figures(match: Match) -> Sense | None:
    """ "Q3 2020"."""
    number = match.number("DAY")
    return date_sense(reckoning.quarter(match.number("YEAR"), number)) if number <= 4 else None


def _the_quarter(match: Match) -> Sense | None:
    """ "the quarter" is the one that the text spoke of, else the last one that is over: reports come after it."""
    if match.token(1) == "-":
        return None
    if (
        match.token(-1) == "of"
        and match.token(-2) in ("end", "close", "rest", "remainder")
        and not match.context.quarter
    ):
        return _this_quarter(match)  # "by the end of the quarter"
    return _latest_quarter(match)


def _latest_quarter(match: Match) -> Sense | None:
    named = match.context.quarter or match.context.reports.quarter
    if named:
        return date_sense(reckoning.quarter(*named))
    return date_sense(reckoning.moved(match.published, -1, "Q"))


def _year_earlier(match: Match) -> Sense | None:
    """ "the year-earlier quarter": the same quarter of the year before, or just the year before."""
    named = match.context.quarter
    if match.has("ORD") and 1 <= match.number("ORD") <= 4:
        return date_sense(reckoning.quarter(match.published.year - 1, match.number("ORD")))
    if named is None and match.word_at(match.end - 1) == "quarter":
        named = reckoning.quarter_of(reckoning.shifted_months(match.published.replace(day=1), -3))
    if named:
        return date_sense(reckoning.quarter(named[0] - 1, named[1]))
    return date_sense(f"{match.published.year - 1:04d}")


def _period_of_year(match: Match) -> Sense | None:
    """ "the 1988 period": the quarter of that year where the text speaks of quarters, else the year."""
    named = match.context.quarter
    year = match.number("YEAR")
    return date_sense(reckoning.quarter(year, named[1]) if named else f"{year:04d}")


def _quarter_of_year(match: Match) -> Sense | None:
    """ "last year's quarter", where the text speaks of quarters."""
    named, year = match.context.quarter, stated_year(match)
    return date_sense(reckoning.quarter(year, named[1])) if named and year is not None else None


def _half(match: Match) -> Sense | None:
    number = match.found.get("ORD", 2)
    year = stated_year(match)
    if number not in (1, 2) or (year is None and _speaks_of_a_match(match)):
        return None
    if year is None:
        year = match.published.year
        if number == 2 and match.published.month < 7 and match.tense is not Tense.FUTURE:
            year -= 1
    return date_sense(f"{year:04d}-H{number}")


_OF_A_MATCH = frozenset({
    "goal", "goals", "touchdown", "touchdowns", "rebounds", "yards", "overtime", "minute", "minutes", "score",
    "scores", "scored", "scorer", "penalty", "penalties", "kick", "match", "whistle", "header", "strike", "striker",
    "try", "tries", "substitute", "substitutes", "game", "lead", "injury",
})  # fmt: skip
_NEAR = 12


def _speaks_of_a_match(match: Match) -> bool:
    """Whether the half is one of a game and not of a year."""
    return not _OF_A_MATCH.isdisjoint(match.words_around(_NEAR))


_BEFORE_A_SEASON = frozenset({
    "in", "by", "until", "since", "during", "of", "through", "before", "after", "over", "into", "for", "this", "from",
})  # fmt: skip


def _season(direction: int | None) -> Callable[[Match], Sense | None]:
    def sense(match: Match) -> Sense | None:
        season = match.word("SEASON")
        year = stated_year(match) if direction is None else None
        if year is not None:
            return date_sense(f"{year:04d}-{season}")
        if direction is not None:
            return date_sense(reckoning.season_around(match.published, season, direction))
        if match.token(1) == "of" or (match.token(-1) == "the" and match.token(-2) not in _BEFORE_A_SEASON):
            return None
        if match.token(-1) not in _BEFORE_A_SEASON and match.token(-1) not in ("the", "early", "late", "mid", "-"):
            return None
        way = 0
        start = reckoning.SEASON_STARTS[season]
        if match.tense is Tense.PAST and match.published.month < start:
            way = -1
        if match.tense is Tense.FUTURE and match.published.month > start + 2:
            way = 1
        return date_sense(reckoning.season_around(match.published, season, way))

    return sense


def _decade(match: Match) -> Sense | None:
    if match.has("DECADE"):
        return date_sense(f"{match.number('DECADE') // 10:03d}")
    if match.end - match.at == 1 and match.token(-1) not in ("the", "early", "late", "mid", "-"):
        return None  # "in his fifties"
    return date_sense(f"{190 + match.number('DECADEWORD') // 10:03d}")


def _century(match: Match) -> Sense | None:
    number = match.number("ORD")
    return Sense(TimeType.DATE, f"{number - 1:02d}") if 1 <= number <= 99 else None


RULES = (
    Rule("quarter", "ORD quarter", _ordinal_quarter, takes_the=True),
    Rule("quarter as an attribute", "ORD - quarter", _ordinal_quarter),
    Rule("quarter of a year", f"ORD -? quarter (of | in)? the? {_YEAR}", _ordinal_quarter, takes_the=True),
    Rule("quarter of the year", "ORD -? quarter (of | in) the year", _ordinal_quarter, takes_the=True),
    Rule("year's quarter", f"{_YEAR} 's? ORD -? quarter", _ordinal_quarter, takes_the=True),
    Rule("the quarter", "the quarter", _the_quarter),
    Rule("this quarter", "THIS quarter", _this_quarter, takes_the=True),
    Rule("that quarter", "that quarter", _that_quarter),
    Rule("quarter in figures", "q DAY ,? (of | in)? YEAR", _quarter_in_figures),
    Rule("bare quarter in figures", "q DAY", _bare_quarter_in_figures),
    Rule("half in figures", "h DAY ,? (of | in)? YEAR", _half_in_figures),
    Rule("year and quarter in figures", "YEAR -? q DAY", _quarter_in_figures),
    Rule("latest quarter", "(latest | most recent) (quarter | period)", _latest_quarter, takes_the=True),
    Rule("quarter of a list", "ORD quarters", _ordinal_quarter, takes_the=True),
    Rule("first quarter of a list", "ORD", _quarter_of_a_list, takes_the=True),
    Rule(
        "year-earlier",
        "year - (earlier | ago | before) (ORD -?)? (quarter | period)?",
        _year_earlier,
        takes_the=True,
        compares=True,
    ),
    Rule("period of a year", "YEAR (period | quarter)", _period_of_year, takes_the=True, compares=True),
    Rule("year's quarter unnamed", f"{_YEAR} 's quarter", _quarter_of_year, takes_the=True, compares=True),
    Rule("half of a year", f"(ORD | last | latter | other) half (of | in)? the? {_YEAR}", _half, takes_the=True),
    Rule("year's half", f"{_YEAR} 's? ORD -? half", _half, takes_the=True),
    Rule("half of the year", "ORD half (of | in) the year", _half, takes_the=True),
    Rule("half", "ORD -? half", _half, takes_the=True),
    Rule("season of a year", f"SEASON (of | in)? {_YEAR}", _season(None), takes_the=True),
    Rule("season", "SEASON", _season(None), takes_the=True),
    Rule("last season", "LAST SEASON", _season(-1)),
    Rule("this past season", "this past SEASON", _season(-1)),
    Rule("next season", "this? NEXT SEASON", _season(1)),
    Rule("this season", "this SEASON", _season(0)),
    Rule("decade", "DECADE", _decade, takes_the=True),
    Rule("decade in words", "(nineteen -?)? DECADEWORD", _decade, takes_the=True),
    Rule("century", "ORD -? century", _century, takes_the=True),
)
