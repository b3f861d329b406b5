"""Rows of event data sets, ACLED and UCDP GED, as claims. The row is the evidence; what it does not say stays open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from servanda.core.claims import Claim, ClaimRow
from servanda.core.dates import DateRange, PartialDate, When
from servanda.core.vocabulary import Act, Action, Certainty, Polarity, WhenKind
from servanda.intake.datelines import parse_full_date

if TYPE_CHECKING:
    from servanda.core.documents import Document
    from servanda.intake.claim_rows import Reports
    from servanda.intake.fields import Fields

ACLED_COLUMNS = frozenset({"event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1"})
UCDP_COLUMNS = frozenset({"type_of_violence", "side_a", "side_b", "date_start", "date_end", "best"})

BOTH, FIRST, SECOND = "both", "first", "second"

ACLED_EVENTS: dict[str, tuple[Action, str]] = {
    "Government regains territory": (Action.ATTACK, FIRST),
    "Non-state actor overtakes territory": (Action.ATTACK, FIRST),
    "Armed clash": (Action.ATTACK, BOTH),
    "Chemical weapon": (Action.ATTACK, FIRST),
    "Air/drone strike": (Action.ATTACK, FIRST),
    "Suicide bomb": (Action.ATTACK, FIRST),
    "Shelling/artillery/missile attack": (Action.ATTACK, FIRST),
    "Remote explosive/landmine/IED": (Action.ATTACK, FIRST),
    "Grenade": (Action.ATTACK, FIRST),
    "Sexual violence": (Action.ATTACK, FIRST),
    "Attack": (Action.ATTACK, FIRST),
    "Abduction/forced disappearance": (Action.DETAIN, FIRST),
    "Excessive force against protesters": (Action.ATTACK, SECOND),
    "Mob violence": (Action.ATTACK, FIRST),
    "Agreement": (Action.AGREE, BOTH),
    "Arrests": (Action.DETAIN, FIRST),
    "Headquarters or base established": (Action.DEPLOY, FIRST),
    "Non-violent transfer of territory": (Action.HAND_OVER, SECOND),
}
"""What a sub-event type says was done, and which of the row's actors did it. Others make no claim of our vocabulary.

Of a transfer of territory, ACLED's first actor is who gains it; of force against protesters, who protested.
"""

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def acled_claim(fields: Fields, row: str, reports: Reports) -> ClaimRow | str | None:
    """One row of ACLED as a claim; the kind of event where none is made of it; `None` where the row is at fault.

    Published is the day on which ACLED last put the row out (`timestamp`, seconds since 1970).
    """
    kind = fields.required("sub_event_type")
    day = _day(fields, "event_date")
    published = _timestamp(fields) or reports.published
    precision = fields.number("time_precision")
    deaths = fields.number("fatalities")
    actors = {FIRST: fields.text("actor1"), SECOND: fields.text("actor2")}
    place = fields.text("location") or fields.text("admin1") or fields.text("country")
    publisher = fields.text("source")
    if published is None and fields.given("timestamp") is None:
        fields.fault("nothing says when this was published", "keep ACLED's column timestamp, or give --date")
    if fields.problems or kind is None or day is None or published is None:
        return None
    if kind not in ACLED_EVENTS:
        return kind
    action, who = ACLED_EVENTS[kind]
    event = _Event(
        action,
        tuple(actor for side, actor in actors.items() if actor and who in (side, BOTH)),
        _acled_when(day, precision),
        deaths,
        place,
    )
    return event.row(fields, row, reports.report(published, publisher=publisher or "ACLED"))


def ucdp_claim(fields: Fields, row: str, reports: Reports) -> ClaimRow | str | None:
    """One row of UCDP's georeferenced events as a claim; `None` where the row is at fault.

    Published is the day of the latest source that UCDP names: before it, the row's figures were not known.
    """
    violence = fields.number("type_of_violence")
    first, last = _day(fields, "date_start"), _day(fields, "date_end")
    deaths = fields.number("best")
    sides = [fields.text("side_a"), fields.text("side_b")]
    place = fields.text("where_coordinates") or fields.text("adm_1") or fields.text("country")
    status = fields.text("code_status")
    publisher = fields.text("source_office")
    published = _latest_source(fields) or reports.published
    if violence not in (1, 2, 3):
        fields.fault(f"type_of_violence is {fields.given('type_of_violence')!r}", "UCDP knows 1, 2 and 3")
    if first is not None and last is not None and last < first:
        fields.fault("date_end lies before date_start", "check both dates")
    if published is None:
        fields.fault("nothing says when this was published", "keep UCDP's column source_date, or give --date")
    if fields.problems or first is None or last is None or published is None:
        return None
    event = _Event(
        Action.ATTACK,
        tuple(side for side in (sides[:1] if violence == 3 else sides) if side),
        PartialDate.of(first) if first == last else DateRange(first, last),
        deaths,
        place,
        Certainty.CERTAIN if status in (None, "Clear") else Certainty.POSSIBLE,
    )
    return event.row(fields, row, reports.report(published, publisher=publisher or "UCDP"))


@dataclass(frozen=True, slots=True)
class _Event:
    """What a row of either data set says."""

    action: Action
    actors: tuple[str, ...]
    when: When
    deaths: float | None
    place: str | None
    certainty: Certainty = Certainty.CERTAIN

    def row(self, fields: Fields, row: str, report: Document) -> ClaimRow:
        """The event as a claim that the report makes. No deaths is no quantity: that the dead were none is not said."""
        claim = Claim(
            report.id,
            Act.REPORT,
            self.action,
            Polarity.POSITIVE,
            None,
            actors=self.actors,
            when=self.when,
            when_kind=WhenKind.ON,
            quantity=self.deaths or None if self.action is Action.ATTACK else None,
            place=self.place,
            certainty=self.certainty,
        )
        return ClaimRow(claim, report, row, fields.at)


def _acled_when(day: date, precision: float | None) -> When:
    """ACLED's precision: 1 the day, 2 some day of its week, 3 some day of its month."""
    if precision == 2:
        return DateRange(day - timedelta(days=6), day + timedelta(days=6))
    return PartialDate(day.year, day.month) if precision == 3 else PartialDate.of(day)


def _day(fields: Fields, name: str) -> date | None:
    value = fields.required(name)
    if value is None:
        return None
    iso = _ISO_DAY.match(value)
    day = parse_full_date(iso[0] if iso else value)
    if day is None:
        fields.fault(f"{name} is {value!r}", "give a day such as 2021-01-29 or 29 January 2021")
    return day


def _timestamp(fields: Fields) -> date | None:
    seconds = fields.number("timestamp")
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        fields.fault(f"timestamp is {seconds:g}", "give seconds since 1970")
        return None


def _latest_source(fields: Fields) -> date | None:
    found = [date_ for part in _ISO_DAY.findall(fields.text("source_date") or "") if (date_ := parse_full_date(part))]
    return max(found, default=None)
