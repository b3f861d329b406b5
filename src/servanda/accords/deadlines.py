"""Deadlines: a date, a span after an anchor, windows, the earlier or later of several, recurring duties, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.accords.dates_written import DATE, SPAN, is_date, is_span, worded_date
from servanda.accords.findings import listed, shown, suggestion
from servanda.accords.forms import Filled, Form, Key
from servanda.accords.shapes import Count, Identifier, Reading, Schema, Several, Shape, Text, YesNo
from servanda.core.accord import (
    AfterEntryIntoForce,
    AfterEvent,
    AfterFulfilment,
    AfterSignature,
    Anchor,
    Deadline,
    EarlierOf,
    LaterOf,
    NoDeadline,
    OnDate,
    Recurring,
    Window,
    Within,
)
from servanda.core.dates import Duration, PartialDate
from servanda.core.written import Written, WrittenMap, WrittenText

if TYPE_CHECKING:
    from servanda.core.problems import Location

SIGNATURE = ("signature", "adoption")
ENTRY_INTO_FORCE = ("entry-into-force", "entry into force")
NONE = "none"
_DEADLINE_REF: Schema = {"$ref": "#/$defs/deadline"}


class AnchorForm(Form[Anchor]):
    """What a span counts from: another provision's fulfilment, or a named event."""

    what = "an anchor"
    example = "{fulfilled: PROVISION} or {event: EVENT}"
    FULFILLED = Key("fulfilled", Identifier("provision"), "the provision whose fulfilment starts the span")
    STAGE = Key("stage", Count(), "only that stage of it; stages count from 1")
    VERIFIED = Key("verified", YesNo(), "count from its verification, not from the report of it")
    EVENT = Key("event", Identifier("event"), "the named event that starts the span")
    keys = (FULFILLED, STAGE, VERIFIED, EVENT)

    def build(self, filled: Filled, reading: Reading) -> Anchor | None:
        """Either of the two."""
        provision, event = filled.get(self.FULFILLED), filled.get(self.EVENT)
        if filled.has(self.FULFILLED) == filled.has(self.EVENT):
            reading.findings.error(
                filled.at, "an anchor names either 'fulfilled' or 'event'", f"write {self.example}", "anchor"
            )
            return None
        if provision is not None:
            return AfterFulfilment(provision, filled.get(self.STAGE), bool(filled.get(self.VERIFIED)))
        return AfterEvent(event) if event is not None else None


class AnchorShape(Shape[Anchor]):
    """What a span counts from."""

    what = "what the span counts from"
    _form = AnchorForm()

    def schema(self) -> Schema:
        """Reference to the shared definition."""
        return {"$ref": "#/$defs/anchor"}

    def definition(self) -> Schema:
        """A word, an id, or a mapping."""
        return {"anyOf": [{"enum": [*SIGNATURE, *ENTRY_INTO_FORCE]}, {"$ref": "#/$defs/id"}, self._form.schema()]}

    def read(self, written: Written, reading: Reading) -> Anchor | None:
        """The anchor; a bare word is `signature`, `entry-into-force`, or the id of a provision or an event."""
        if not isinstance(written, WrittenText):
            return self._form.read(written, reading)
        word = written.text.strip()
        if word in SIGNATURE:
            return AfterSignature()
        if word in ENTRY_INTO_FORCE:
            return AfterEntryIntoForce()
        provisions, events = reading.names.of("provision"), reading.names.of("event")
        if word in provisions and word in events:
            reading.findings.error(
                written.at,
                f"{shown(word)} is the id of a provision and of an event",
                f"say which: {{fulfilled: {word}}} or {{event: {word}}}",
                "ambiguous-id",
            )
            return None
        if word in provisions:
            return AfterFulfilment(word)
        if word in events:
            return AfterEvent(word)
        reading.findings.error(
            written.at,
            f"{shown(word)} is nothing that a span can count from",
            suggestion(
                word,
                [*SIGNATURE, *ENTRY_INTO_FORCE, *provisions, *events],
                "write signature, entry-into-force, the id of a provision, or the id of an event under 'events'",
            ),
            "unknown-anchor",
        )
        return None


class NestedDeadline(Shape[Deadline]):
    """A deadline within a deadline."""

    what = "a deadline"

    def schema(self) -> Schema:
        """Reference to the shared definition."""
        return dict(_DEADLINE_REF)

    def read(self, written: Written, reading: Reading) -> Deadline | None:
        """The deadline."""
        return DEADLINE.read(written, reading)


class DeadlineForm(Form[Deadline]):
    """When a thing is due."""

    what = "a deadline"
    example = "2021-01-23, {by: 2021-01-23} or {within: 3 months, after: signature}"
    BY = Key("by", NestedDeadline(), "the last day on which it can be done; that day still counts")
    BEFORE = Key("before", NestedDeadline(), "to be done before that day; the day itself is too late")
    ON = Key("on", DATE, "to be done on that day, neither sooner nor later")
    NOT_BEFORE = Key("not_before", NestedDeadline(), "not to be done sooner")
    FROM = Key("from", NestedDeadline(), "the first day of a window")
    TO = Key("to", NestedDeadline(), "the last day of a window; that day still counts")
    WITHIN = Key("within", SPAN, "a span after 'after'; the anchor's own day is not counted, the last day is")
    EVERY = Key("every", SPAN, "due again and again, each time that span after the last")
    AFTER = Key("after", AnchorShape(), "what the span counts from")
    UNTIL = Key("until", DATE, "the day on which a recurring duty ends")
    EARLIER_OF = Key(
        "earlier_of", Several(NestedDeadline(), "a list of deadlines", 2), "the earlier of these deadlines"
    )
    LATER_OF = Key("later_of", Several(NestedDeadline(), "a list of deadlines", 2), "the later of these deadlines")
    NONE = Key("none", Text(), "no date: the words that stand instead, such as 'without delay'")
    keys = (BY, BEFORE, ON, NOT_BEFORE, FROM, TO, WITHIN, EVERY, AFTER, UNTIL, EARLIER_OF, LATER_OF, NONE)

    _WAYS = (
        frozenset({"by"}),
        frozenset({"before"}),
        frozenset({"on"}),
        frozenset({"not_before"}),
        frozenset({"not_before", "by"}),
        frozenset({"not_before", "before"}),
        frozenset({"from", "to"}),
        frozenset({"from"}),
        frozenset({"to"}),
        frozenset({"within", "after"}),
        frozenset({"after"}),
        frozenset({"every", "after"}),
        frozenset({"every", "after", "until"}),
        frozenset({"earlier_of"}),
        frozenset({"later_of"}),
        frozenset({"none"}),
    )
    """The keys that go together."""

    def schema(self) -> Schema:
        """The keys, and which of them go together."""
        known = [key.name for key in self.keys]
        ways = [
            {"required": sorted(way), "not": {"anyOf": [{"required": [name]} for name in known if name not in way]}}
            for way in self._WAYS
        ]
        return {**super().schema(), "oneOf": ways}

    def build(self, filled: Filled, reading: Reading) -> Deadline | None:
        """The deadline that the keys make together."""
        given = frozenset(key.name for key in self.keys if filled.has(key))
        if given in self._WAYS:
            return self._build(filled, reading)
        if given in ({"within"}, {"every"}, {"every", "until"}):
            reading.findings.error(
                filled.at,
                "the span counts from nothing",
                "add 'after: signature', or the id of the provision or event that it counts from",
                "span-without-anchor",
            )
        elif given:
            reading.findings.error(
                filled.at,
                f"the keys {listed(sorted(given), 'and')} do not make a deadline together",
                "write one of by, before, on, not_before with by, from with to, within with after, every with after, "
                "earlier_of, later_of or none",
                "deadline-keys",
            )
        return None

    def _build(self, filled: Filled, reading: Reading) -> Deadline | None:
        if filled.has(self.WITHIN):
            return self._span(filled.get(self.WITHIN), filled, reading)
        if filled.has(self.EVERY):
            every, anchor = filled.get(self.EVERY), filled.get(self.AFTER)
            return Recurring(every, anchor, filled.get(self.UNTIL)) if every and anchor else None
        if filled.has(self.AFTER):
            anchor = filled.get(self.AFTER)
            return Window(Within(Duration(), anchor), None) if anchor else None
        if filled.has(self.ON):
            day = filled.get(self.ON)
            return Window(OnDate(day), OnDate(day)) if day else None
        if filled.has(self.EARLIER_OF):
            deadlines = filled.get(self.EARLIER_OF)
            return EarlierOf(deadlines) if deadlines else None
        if filled.has(self.LATER_OF):
            deadlines = filled.get(self.LATER_OF)
            return LaterOf(deadlines) if deadlines else None
        if filled.has(self.NONE):
            return NoDeadline(filled.get(self.NONE))
        return self._window(filled, reading)

    def _span(self, span: Duration | None, filled: Filled, reading: Reading) -> Deadline | None:
        anchor = filled.get(self.AFTER)
        if span is None or anchor is None:
            return None
        return Within(span, anchor)

    def _window(self, filled: Filled, reading: Reading) -> Deadline | None:
        opens = filled.get(self.NOT_BEFORE) or filled.get(self.FROM)
        closes = filled.get(self.BY) or filled.get(self.TO)
        if filled.has(self.BEFORE):
            closes = exclusive(filled.get(self.BEFORE), filled.at_key("before"), reading)
        if not filled.has(self.NOT_BEFORE, self.FROM):
            return closes
        if opens is None or (closes is None and filled.has(self.BY, self.BEFORE, self.TO)):
            return None
        return Window(opens, closes)


def exclusive(deadline: Deadline | None, at: Location, reading: Reading) -> Deadline | None:
    """The same deadline with its last day left out."""
    match deadline:
        case OnDate():
            return OnDate(deadline.date, inclusive=False)
        case Within():
            return Within(deadline.span, deadline.anchor, inclusive=False)
        case None:
            return None
        case _:
            reading.findings.error(
                at, "'before' needs a single day", "write a date, or {within: SPAN, after: ANCHOR}", "deadline-keys"
            )
            return None


class DeadlineShape(Shape[Deadline]):
    """When a thing is due."""

    what = "a deadline"
    _form = DeadlineForm()

    def schema(self) -> Schema:
        """Reference to the shared definition."""
        return dict(_DEADLINE_REF)

    def definition(self) -> Schema:
        """A date, `none`, or a mapping."""
        return {"anyOf": [{"$ref": "#/$defs/date"}, {"const": NONE}, self._form.schema()]}

    def read(self, written: Written, reading: Reading) -> Deadline | None:
        """The deadline; a bare date is the last day on which the thing can be done."""
        if isinstance(written, WrittenMap):
            return self._form.read(written, reading)
        if not isinstance(written, WrittenText) or written.is_empty:
            self.mismatch(written, reading, f"write for instance {self._form.example}")
            return None
        text = written.text.strip()
        if text == NONE:
            return NoDeadline()
        if is_date(text) or text[:4].isdigit():
            day = DATE.read(written, reading)
            return OnDate(day) if isinstance(day, PartialDate) else None
        if is_span(text):
            remedy = f"write {{within: {text}, after: signature}}, or name what else it counts from"
            reading.findings.error(
                written.at, f"the span {shown(text)} counts from nothing", remedy, "span-without-anchor"
            )
        else:
            reading.findings.error(written.at, f"{shown(text)} is not a deadline", _instead_of(text), "bad-date")
        return None


def _instead_of(text: str) -> str:
    if (day := worded_date(text)) is not None:
        return f"write {day}"
    if len(text) > 60 or any(char.isdigit() for char in text):
        return "write YYYY-MM-DD, or YYYY-MM or YYYY where no more is known"
    return f"write a date, or {{none: {text}}} for words that are no date"


ANCHOR = AnchorShape()
DEADLINE = DeadlineShape()
