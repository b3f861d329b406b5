"""The words of time in English, as data: what a word may stand for. How words combine is the grammar's affair."""

from __future__ import annotations

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7,
    "mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6,
}  # fmt: skip
ABBREVIATED = frozenset({
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues",
    "wed", "thu", "thur", "thurs", "fri", "sat",
})  # fmt: skip
"""Short forms that a full stop may follow."""
ALSO_WORDS = frozenset({"may", "march", "mar", "sat", "wed", "august", "mon", "dec", "jun"})
"""Names of months and days that are other words too: they count only where spelt with a capital and not all over."""

UNITS = {
    "second": "TS", "seconds": "TS", "minute": "TM", "minutes": "TM", "hour": "TH", "hours": "TH",
    "day": "D", "days": "D", "week": "W", "weeks": "W", "fortnight": "2W", "fortnights": "2W",
    "month": "M", "months": "M",
    "quarter": "Q", "quarters": "Q", "year": "Y", "years": "Y", "decade": "E", "decades": "E",
    "century": "C", "centuries": "C", "millennium": "L", "millennia": "L",
}  # fmt: skip
"""Codes: `T` units are of the clock; `E` decade, `C` century and `L` millennium as TIMEX3 writes them."""

SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS_OF_DAY = {
    "morning": "MO", "mornings": "MO", "afternoon": "AF", "afternoons": "AF", "evening": "EV", "evenings": "EV",
    "night": "NI", "nights": "NI", "dawn": "MO", "dusk": "EV", "lunchtime": "MI",
}  # fmt: skip
NEXT = frozenset({"next", "coming", "upcoming"})
LAST = frozenset({"last", "past", "previous"})
THIS = frozenset({"this", "current"})

CARDINALS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
MAGNITUDES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
VAGUE_NUMBERS = (
    ("several",), ("few",), ("a", "few"), ("many",), ("some",), ("a", "number", "of"), ("dozens", "of"),
    ("scores", "of"), ("hundreds", "of"), ("thousands", "of"), ("a", "handful", "of"), ("numerous",), ("many", "more"),
)  # fmt: skip
"""Numbers that name no number: `X` in a value."""
COLLECTIVE_NUMBERS = {("a", "couple", "of"): "2", ("a", "couple"): "2", ("couple", "of"): "2", ("a", "dozen"): "12"}

LONG = {
    "hourlong": "PT1H", "daylong": "P1D", "weeklong": "P1W", "monthlong": "P1M",
    "yearlong": "P1Y", "decadelong": "P10Y",
}  # fmt: skip

DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80, "nineties": 90,
}  # fmt: skip

ADVERB_SETS = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "XXXX-XX-XXTNI", "weekly": "P1W", "biweekly": "P2W",
    "fortnightly": "P2W", "monthly": "P1M", "bimonthly": "P2M", "annually": "P1Y", "yearly": "P1Y",
    "weekends": "XXXX-WXX-WE",
}  # fmt: skip

FIXED_HOLIDAYS = {
    ("christmas",): (12, 25), ("christmas", "day"): (12, 25), ("christmas", "eve"): (12, 24),
    ("boxing", "day"): (12, 26), ("new", "year", "'s", "day"): (1, 1), ("new", "year", "'s", "eve"): (12, 31),
    ("new", "year", "'s"): (1, 1), ("halloween",): (10, 31), ("valentine", "'s", "day"): (2, 14),
    ("may", "day"): (5, 1),
    ("st", ".", "patrick", "'s", "day"): (3, 17), ("veterans", "day"): (11, 11), ("bastille", "day"): (7, 14),
}  # fmt: skip
"""Feasts on the same day of every year, as (month, day)."""
NTH_WEEKDAY_HOLIDAYS = {
    ("thanksgiving",): (11, 4, 4), ("thanksgiving", "day"): (11, 4, 4), ("labor", "day"): (9, 1, 1),
    ("memorial", "day"): (5, 1, -1), ("mother", "'s", "day"): (5, 7, 2), ("father", "'s", "day"): (6, 7, 3),
    ("martin", "luther", "king", "day"): (1, 1, 3), ("columbus", "day"): (10, 1, 2), ("presidents", "day"): (2, 1, 3),
}  # fmt: skip
"""Feasts on the n-th weekday of a month, as (month, weekday, n); n = -1 is the last."""
EASTER_HOLIDAYS = {
    ("easter",): 0, ("easter", "sunday"): 0, ("easter", "monday"): 1, ("good", "friday"): -2, ("palm", "sunday"): -7,
    ("ash", "wednesday"): -46, ("pentecost",): 49,
}  # fmt: skip
"""Feasts counted in days from Easter Sunday of the western churches."""

HIJRI_MONTHS = (
    ("muharram",), ("safar",), ("rabi", "al", "-", "awwal"), ("rabi", "al", "-", "thani"),
    ("jumada", "al", "-", "awwal"),
    ("jumada", "al", "-", "thani"), ("rajab",), ("shaban",), ("sha", "'", "ban"), ("ramadan",), ("shawwal",),
    ("dhu", "al", "-", "hijja"), ("dhu", "al", "-", "qada"), ("eid", "al", "-", "adha"), ("eid", "al", "-", "fitr"),
    ("dhu", "al", "-", "qadah"), ("dhu", "al", "-", "hijjah"), ("dhul", "hijja"), ("dhul", "-", "hijja"),
)  # fmt: skip
"""Months and feasts of the Islamic calendar; it runs on sighted moons, so its dates are named and not converted."""

VAGUE_DATES = (
    (("now",), "PRESENT_REF"), (("right", "now"), "PRESENT_REF"), (("currently",), "PRESENT_REF"),
    (("at", "present"), "PRESENT_REF"), (("nowadays",), "PRESENT_REF"),
    (("current",), "PRESENT_REF"), (("these", "days"), "PRESENT_REF"), (("at", "the", "moment"), "PRESENT_REF"),
    (("recently",), "PAST_REF"), (("lately",), "PAST_REF"),
    (("in", "the", "meantime"), "PRESENT_REF"),
    (("the", "future"), "FUTURE_REF"), (("the", "near", "future"), "FUTURE_REF"),
    (("the", "foreseeable", "future"), "FUTURE_REF"), (("the", "near", "term"), "FUTURE_REF"),
    (("as", "soon", "as", "possible"), "FUTURE_REF"),
)  # fmt: skip
"""Words that point without a date."""
