"""Fiscal years and the Islamic calendar: named as what they are, and not converted."""

from __future__ import annotations

from servanda.reading.dates.expressions import Calendar, TimeType
from servanda.reading.dates.rules import UNKNOWN_DATE, Match, Rule, Sense


def _fiscal_year(match: Match) -> Sense | None:
    if match.end - match.at == 2 and match.token(1) in ("ended", "ending"):
        return Sense(TimeType.DURATION, "P1Y", None, Calendar.FISCAL)
    return Sense(TimeType.DATE, f"FY{_year(match)}", None, Calendar.FISCAL)


def _year(match: Match) -> str:
    """The year as it is named; "last", "this" and "next fiscal year" lean on a start that the text does not give."""
    if match.has("YY") and not match.has("YEAR"):
        return f"20{match.number('YY'):02d}"
    return f"{match.number('YEAR'):04d}" if match.has("YEAR") else "XXXX"


def _fiscal_quarter(match: Match) -> Sense | None:
    number = match.number("ORD")
    if not 1 <= number <= 4:
        return None
    return Sense(TimeType.DATE, f"FY{_year(match)}-Q{number}", None, Calendar.FISCAL)


def _fiscal_half(match: Match) -> Sense | None:
    number = match.number("ORD") if match.has("ORD") else 2
    return Sense(TimeType.DATE, f"FY{_year(match)}-H{number}", None, Calendar.FISCAL) if number <= 2 else None


def _hijri_date(match: Match) -> Sense | None:
    return Sense(TimeType.DATE, UNKNOWN_DATE, None, Calendar.HIJRI)


def _hijri_year(match: Match) -> Sense | None:
    return Sense(TimeType.DATE, "XXXX", None, Calendar.HIJRI)


RULES = (
    Rule("fiscal year", "(fiscal | financial) year? YEAR (- YY | / YY | - YEAR:until)?", _fiscal_year, takes_the=True),
    Rule("year fiscal year", "YEAR (fiscal | financial) year", _fiscal_year, takes_the=True),
    Rule("some fiscal year", "(THIS | LAST | NEXT | latest)? (fiscal | financial) year", _fiscal_year, takes_the=True),
    Rule("fiscal quarter", "(fiscal | financial) -? ORD -? quarter (of? YEAR)?", _fiscal_quarter, takes_the=True),
    Rule(
        "quarter of a fiscal year", "ORD -? quarter of (fiscal | financial) year? YEAR", _fiscal_quarter, takes_the=True
    ),
    Rule(
        "half of a fiscal year",
        "(ORD | last) -? half of (fiscal | financial) year? YEAR",
        _fiscal_half,
        takes_the=True,
    ),
    Rule(
        "ordinal fiscal quarter", "ORD -? (fiscal | financial) -? quarter (of? YEAR)?", _fiscal_quarter, takes_the=True
    ),
    Rule("fiscal year in short", "fy ' ? (YEAR | YY)", _fiscal_year),
    Rule("hijri day", "(the? (DAY | ORD) of?)? HIJRI_MONTH (,? YEAR)? (ah | a . h .)?", _hijri_date),
    Rule("hijri month and day", "HIJRI_MONTH DAY (,? YEAR)? (ah | a . h .)?", _hijri_date),
    Rule("hijri year", "year? YEAR (ah | hijri | a . h .)", _hijri_year, takes_the=True),
)
