"""Who and where: parties with their ties, groups, places, named events and graded sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.accords.dates_written import DATE
from servanda.accords.findings import shown
from servanda.accords.forms import Filled, Form, Key, NamedForm
from servanda.accords.names_known import ID_PATTERN
from servanda.accords.shapes import Identifier, Number, OneOrMany, Reading, Schema, Shape, Text, Word
from servanda.core.accord import Event, Group, Party, Place, Relation, Source
from servanda.core.vocabulary import Reliability
from servanda.core.written import Written, WrittenText

if TYPE_CHECKING:
    from servanda.core.dates import PartialDate
    from servanda.core.problems import Location


class NewId(Shape[str]):
    """The id of the thing itself."""

    what = "an id"

    def schema(self) -> Schema:
        """An identifier."""
        return {"$ref": "#/$defs/id"}

    def definition(self) -> Schema:
        """One word."""
        return {"type": ["string", "number", "boolean"], "pattern": ID_PATTERN, "maxLength": 100}

    def read(self, written: Written, reading: Reading) -> str | None:
        """The id; whether it is well formed and unique was checked when the ids were gathered."""
        return Text().read(written, reading)


ID = Key("id", NewId(), "its id: one word, unique in the file", required=True)
NAME = Key("name", Text(), "its full name", required=True)
ALIASES = Key("aliases", OneOrMany(Text(), "a name or a list of names"), "other names under which texts mention it")
SOURCE = Key("source", Text(), "where that is found: an address or a title")
KNOWN = Key("known", DATE, "when it became known, if that was not at once")


class Tie(Form[Relation]):
    """A tie that holds for a time."""

    what = "a tie"
    FROM = Key("from", DATE, "the first day on which it holds")
    UNTIL = Key("until", DATE, "the last day on which it holds")

    def __init__(self, key: str, *kinds: str) -> None:
        self._kinds = kinds
        target: Shape[str] = Identifier(*kinds) if kinds else Text()
        self._target = Key(key, target, "the other end of the tie", required=True)
        self.keys = (self._target, self.FROM, self.UNTIL)
        self.example = f"{{{key}: NAME, from: 2021-03}}"

    def schema(self) -> Schema:
        """A bare name, or a mapping with dates."""
        return {"anyOf": [self._target.shape.schema(), super().schema()]}

    def read(self, written: Written, reading: Reading) -> Relation | None:
        """The tie; a bare name is one without dates."""
        if isinstance(written, WrittenText):
            target = self._target.shape.read(written, reading)
            return Relation(target) if target is not None else None
        return super().read(written, reading)

    def build(self, filled: Filled, reading: Reading) -> Relation | None:
        """The tie with its dates."""
        target = filled.get(self._target)
        start, end = filled.get(self.FROM), filled.get(self.UNTIL)
        check_span(start, end, filled.at, reading)
        return Relation(target, start, end) if target is not None else None


def check_span(start: PartialDate | None, end: PartialDate | None, at: Location, reading: Reading) -> None:
    """Note a span of time that ends before it begins."""
    if start is not None and end is not None and end.last < start.first:
        reading.findings.error(
            at, f"it ends ({end}) before it begins ({start})", "correct one of the dates", "span-ends"
        )


class PartyForm(NamedForm[Party]):
    """A state, armed group, mission or office."""

    what = "a party"
    example = "turkey: {name: Türkiye, aliases: [Turkey, Ankara], side: west}"
    SIDE = Key(
        "side", OneOrMany(Tie("side"), "a side or a list of sides"), "the side that it is on; a name of your own"
    )
    MEMBER_OF = Key(
        "member_of", OneOrMany(Tie("party", "party"), "a party or a list of parties"), "parties that it belongs to"
    )
    BACKS = Key(
        "backs", OneOrMany(Tie("party", "party", "side"), "a party or a list of parties"), "parties or sides it backs"
    )
    FROM = Key("from", DATE, "the first day on which it exists or is in office")
    UNTIL = Key("until", DATE, "the last day on which it exists or is in office")
    keys = (ID, NAME, ALIASES, SIDE, MEMBER_OF, BACKS, FROM, UNTIL)

    def build_named(self, name: str, filled: Filled, reading: Reading) -> Party | None:
        """The party of that id."""
        start, end = filled.get(self.FROM), filled.get(self.UNTIL)
        check_span(start, end, filled.at, reading)
        member_of = filled.get(self.MEMBER_OF) or ()
        if any(tie.target == name for tie in member_of):
            reading.findings.error(
                filled.at_key("member_of"), f"{shown(name)} belongs to itself", "name another party", "self-reference"
            )
        return Party(
            id=name,
            name=filled.get(NAME) or name,
            at=filled.at,
            aliases=filled.get(ALIASES) or (),
            sides=filled.get(self.SIDE) or (),
            member_of=member_of,
            backs=filled.get(self.BACKS) or (),
            start=start,
            end=end,
        )


class GroupForm(NamedForm[Group]):
    """Several parties under one name, which can stand wherever debtors or creditors are listed."""

    what = "a group"
    example = "external-parties: {name: all external parties, members: [turkey, russia]}"
    MEMBERS = Key(
        "members",
        OneOrMany(Identifier("party"), "a list of parties"),
        "the parties that the name stands for",
        required=True,
    )
    keys = (ID, NAME, ALIASES, MEMBERS)

    def build_named(self, name: str, filled: Filled, reading: Reading) -> Group | None:
        """The group of that id."""
        return Group(
            name, filled.get(NAME) or name, filled.at, filled.get(self.MEMBERS) or (), filled.get(ALIASES) or ()
        )


class PlaceForm(NamedForm[Place]):
    """A named place."""

    what = "a place"
    example = "sirte: {name: Sirte, within: libya}"
    WITHIN = Key("within", Identifier("place"), "the place that contains it")
    LATITUDE = Key("latitude", Number("a latitude", -90, 90), "degrees north (WGS 84)")
    LONGITUDE = Key("longitude", Number("a longitude", -180, 180), "degrees east (WGS 84)")
    keys = (ID, NAME, ALIASES, WITHIN, LATITUDE, LONGITUDE)

    def build_named(self, name: str, filled: Filled, reading: Reading) -> Place | None:
        """The place of that id."""
        return Place(
            id=name,
            name=filled.get(NAME) or name,
            at=filled.at,
            aliases=filled.get(ALIASES) or (),
            within=filled.get(self.WITHIN),
            latitude=filled.get(self.LATITUDE),
            longitude=filled.get(self.LONGITUDE),
        )


class EventForm(NamedForm[Event]):
    """A named event, on which deadlines and conditions may hang."""

    what = "an event"
    example = "ratification: {title: Exchange of ratifications, on: 1979-04-25}"
    TITLE = Key("title", Text(), "what happens", required=True)
    ON = Key("on", DATE, "when it happened; leave it out as long as it has not")
    keys = (ID, TITLE, ON, KNOWN, SOURCE)

    def build_named(self, name: str, filled: Filled, reading: Reading) -> Event | None:
        """The event of that id."""
        return Event(
            name, filled.get(self.TITLE) or name, filled.at, filled.get(self.ON), filled.get(KNOWN), filled.get(SOURCE)
        )


class SourceForm(NamedForm[Source]):
    """A publisher or speaker whose reliability you have graded."""

    what = "a source"
    example = "{name: Reuters, reliability: B, reason: reports at first hand}"
    NAME = Key("name", Text(), "its name, as documents give it", required=True)
    RELIABILITY = Key(
        "reliability",
        Word(Reliability, "a reliability"),
        "A to F of the Admiralty code; F: cannot be judged",
        required=True,
    )
    SINCE = Key("since", DATE, "the day from which the grade holds")
    REASON = Key("reason", Text(), "why")
    PARTY = Key("party", Identifier("party"), "the party that it belongs to or speaks for")
    keys = (NAME, RELIABILITY, SINCE, REASON, PARTY, ALIASES)

    def build_named(self, name: str, filled: Filled, reading: Reading) -> Source | None:
        """The source of that name."""
        reliability = filled.get(self.RELIABILITY)
        if reliability is None:
            return None
        return Source(
            name=name,
            reliability=reliability.value,
            at=filled.at,
            since=filled.get(self.SINCE),
            reason=filled.get(self.REASON),
            party=filled.get(self.PARTY),
            aliases=filled.get(ALIASES) or (),
        )


class PartyList(Shape[tuple[str, ...]]):
    """Parties by id; a group stands for its members."""

    what = "a party or a list of parties"

    def schema(self) -> Schema:
        """One id, or a list of ids."""
        return OneOrMany(Identifier("party", "group"), self.what).schema()

    def read(self, written: Written, reading: Reading) -> tuple[str, ...] | None:
        """The ids of the parties, each once, in order."""
        named = OneOrMany(Identifier("party", "group"), self.what).read(written, reading) or ()
        ids: list[str] = []
        for name in named:
            ids.extend(reading.group_members.get(name, (name,)))
        return tuple(dict.fromkeys(ids))
