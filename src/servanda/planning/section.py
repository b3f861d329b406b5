"""The `forces:` section of an accord: a mapping as the accord's loader reads it, with lines, into a withdrawal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from servanda.core.dates import Duration
from servanda.core.forces import DEFAULT_MATERIALITY, Ceiling, Exchange, Exit, Force, Period, Precedence, Withdrawal
from servanda.core.problems import Location, Problem, ProblemsFound, ServandaError
from servanda.planning.tables import LARGEST_COUNT, exact
from servanda.planning.terms import WEEK, periods_of, periods_until, withdrawal_of

SECTION = (
    "sides",
    "start",
    "period",
    "deadline",
    "periods",
    "verification_lag",
    "materiality",
    "sites",
    "exits",
    "units",
    "precedences",
    "ceilings",
    "exchanges",
    "source",
    "note",
)
UNIT = (
    "id",
    "side",
    "owner",
    "kind",
    "count",
    "indivisible",
    "site",
    "region",
    "exit",
    "capabilities",
    "earliest",
    "latest",
    "stays",
    "source",
    "note",
)


def forces_from_accord(section: Mapping[str, Any], file: str, line: int = 1) -> Withdrawal:
    """The withdrawal that an accord's `forces:` section describes.

    `section` may be any mapping; where it carries line numbers (`lc`, as ruamel's do), messages point at them, and at
    `line` otherwise.

    Raises:
        ProblemsFound: everything that is missing, misspelt or out of range.
        ServandaError: terms that cannot be met, such as no period before the deadline.
    """
    reader = _Section(file, line)
    assemble = reader.withdrawal(section)
    if reader.problems or assemble is None:
        raise ProblemsFound(tuple(sorted(reader.problems, key=lambda problem: problem.location)))
    return assemble()


class _Section:
    """Reads nodes; what is wrong with them is gathered in `problems`."""

    def __init__(self, file: str, line: int) -> None:
        self.file = file
        self.line = line
        self.problems: list[Problem] = []

    def at(self, node: Any, key: object = None) -> Location:
        """Where a key of a node stands, or the node itself."""
        marks = getattr(node, "lc", None)
        if marks is None or marks.line is None:
            return Location(self.file, self.line)
        data = getattr(marks, "data", None) or {}
        return Location(self.file, (data[key][0] if key in data else marks.line) + 1)

    def problem(self, at: Location, what: str, remedy: str) -> None:
        self.problems.append(Problem(at, what, remedy, "forces"))

    def withdrawal(self, section: Any) -> Callable[[], Withdrawal] | None:
        if not isinstance(section, Mapping):
            self.problem(self.at(section), "`forces` is not a mapping", "write sides, exits and units under it")
            return None
        self.known(section, SECTION, "forces")
        sites = self.sites(section)
        exits = self.exits(section)
        forces = [
            force for node in self.entries(section, "units") if (force := self.unit(node, sites, section)) is not None
        ]
        if not self.problems and not forces:
            self.problem(self.at(section), "there are no units", "list them under `units`, with id, side and count")
        periods = self.periods(section) if not self.problems else ()
        lag = self.whole(section, "verification_lag", 0) or 0
        materiality = self.share(section, "materiality", DEFAULT_MATERIALITY)
        precedences = [
            Precedence(self.text(node, "first", needed=True), self.text(node, "then", needed=True), self.at(node))
            for node in self.entries(section, "precedences")
        ]
        ceilings = [
            ceiling
            for node in self.entries(section, "ceilings")
            if (ceiling := self.ceiling(node, periods)) is not None
        ]
        exchanges = [self.exchange(node) for node in self.entries(section, "exchanges")]
        sides = tuple(str(side) for side in self.strings(section, "sides"))
        if sides and len(set(sides)) != 2:
            self.problem(self.at(section, "sides"), f"{len(sides)} sides are named", "name two; the first one leads")
        return lambda: withdrawal_of(
            forces,
            periods,
            exits,
            sides=sides,
            lag=lag,
            precedences=precedences,
            ceilings=ceilings,
            exchanges=exchanges,
            materiality=materiality,
        )

    def known(self, node: Mapping[str, Any], keys: Sequence[str], where: str) -> None:
        for key in node:
            if key not in keys:
                what = f"nobody knows {str(key)!r} under {where}"
                self.problem(self.at(node, key), what, f"use {', '.join(keys)}")

    def entries(self, node: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        found = node.get(key)
        if found is None:
            return []
        if not isinstance(found, Sequence) or isinstance(found, str):
            self.problem(self.at(node, key), f"`{key}` is not a list", "begin each entry with a dash")
            return []
        for entry in found:
            if not isinstance(entry, Mapping):
                self.problem(self.at(node, key), f"an entry of `{key}` is {entry!r}", "write `name: value` pairs")
        return [entry for entry in found if isinstance(entry, Mapping)]

    def strings(self, node: Mapping[str, Any], key: str) -> list[str]:
        found = node.get(key, [])
        if not isinstance(found, Sequence) or isinstance(found, str):
            self.problem(self.at(node, key), f"`{key}` is not a list", "write it as [one, two]")
            return []
        return [str(entry) for entry in found]

    def text(self, node: Mapping[str, Any], key: str, *, needed: bool = False) -> str:
        found = node.get(key)
        if found is None:
            if needed:
                self.problem(self.at(node), f"`{key}` is missing", f"write the {key}")
            return ""
        if isinstance(found, (Mapping, list, bool)):
            self.problem(self.at(node, key), f"`{key}` is {found!r}", "write a name")
            return ""
        return str(found).strip()

    def whole(self, node: Mapping[str, Any], key: str, least: int = 1) -> int | None:
        found = node.get(key)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= LARGEST_COUNT:
            self.problem(self.at(node, key), f"`{key}` is {found!r}", f"write a whole number from {least} on")
            return None
        return found

    def flag(self, node: Mapping[str, Any], key: str) -> bool:
        found = node.get(key, False)
        if not isinstance(found, bool):
            self.problem(self.at(node, key), f"`{key}` is {found!r}", "write true or false")
            return False
        return found

    def number(self, node: Mapping[str, Any], key: str) -> Fraction:
        try:
            found = node.get(key)
            if isinstance(found, (bool, Mapping, list)) or found is None:
                raise ValueError("write a number such as 0.35, 7/20 or 35%")
            return exact(str(found))
        except ValueError as error:
            self.problem(self.at(node, key), f"`{key}` is {node.get(key)!r}", str(error))
            return Fraction(0)

    def share(self, node: Mapping[str, Any], key: str, default: Fraction) -> Fraction:
        return self.number(node, key) if key in node else default

    def day(self, node: Mapping[str, Any], key: str) -> date | None:
        found = node.get(key)
        if found is None:
            return None
        try:
            return found if isinstance(found, date) else date.fromisoformat(str(found))
        except ValueError:
            self.problem(self.at(node, key), f"`{key}` is {found!r}", "write a day such as 2021-10-08")
            return None

    def periods(self, section: Mapping[str, Any]) -> tuple[Period, ...]:
        start, deadline = self.day(section, "start"), self.day(section, "deadline")
        number = self.whole(section, "periods")
        length = WEEK
        if "period" in section:
            try:
                length = Duration.parse(str(section["period"]))
            except ValueError as error:
                self.problem(self.at(section, "period"), f"the period is {section['period']!r}", str(error))
                return ()
        try:
            if number is not None:
                return periods_of(number, start, length)
            if start is not None and deadline is not None:
                return periods_until(deadline, start, length)
        except ServandaError as error:
            self.problem(self.at(section, "deadline"), error.what, error.remedy or "")
            return ()
        if not self.problems:
            what = "the timetable has no length"
            self.problem(self.at(section), what, "give `start` and `deadline`, or the number of `periods`")
        return ()

    def sites(self, section: Mapping[str, Any]) -> dict[str, tuple[tuple[str, Fraction], ...]]:
        """For each site, what it bears upon: its own region fully, others by the weight that is given."""
        found: dict[str, tuple[tuple[str, Fraction], ...]] = {}
        for name, node in self.named(section, "sites"):
            if not isinstance(node, Mapping):
                found[name] = ((str(node), Fraction(1)),)
                continue
            self.known(node, ("region", "influence", "latitude", "longitude", "source", "note"), f"site {name}")
            regions = {region: Fraction(1) for region in [self.text(node, "region")] if region}
            influence = node.get("influence") or {}
            if not isinstance(influence, Mapping):
                self.problem(self.at(node, "influence"), "`influence` is not a mapping", "write `region: weight` pairs")
                continue
            regions |= {str(region): self.number(influence, region) for region in influence}
            found[name] = tuple(regions.items())
        return found

    def named(self, section: Mapping[str, Any], key: str) -> list[tuple[str, Any]]:
        found = section.get(key) or {}
        if not isinstance(found, Mapping):
            self.problem(self.at(section, key), f"`{key}` is not a mapping", "write `name: …` pairs")
            return []
        return [(str(name), node) for name, node in found.items()]

    def exits(self, section: Mapping[str, Any]) -> list[Exit] | None:
        if "exits" not in section:
            return None
        found = []
        for name, node in self.named(section, "exits"):
            holder, key = (node, "capacity") if isinstance(node, Mapping) else (section["exits"], name)
            if isinstance(node, Mapping):
                self.known(node, ("capacity", "source", "note"), f"exit {name}")
            capacity = self.whole(holder, key, 0)
            if capacity is None and holder.get(key) is None:
                self.problem(self.at(holder, key), f"exit {name} has no capacity", "write units per period")
            found.append(Exit(name, capacity or 0, self.at(section["exits"], name)))
        return found

    def unit(
        self, node: Mapping[str, Any], sites: dict[str, tuple[tuple[str, Fraction], ...]], section: Mapping[str, Any]
    ) -> Force | None:
        self.known(node, UNIT, "units")
        site = self.text(node, "site")
        if site and "sites" in section and site not in sites:
            self.problem(self.at(node, "site"), f"the site {site!r} is not listed", f"use one of {', '.join(sites)}")
        region = self.text(node, "region")
        capabilities = node.get("capabilities") or {}
        if not isinstance(capabilities, Mapping):
            self.problem(self.at(node, "capabilities"), "`capabilities` is not a mapping", "write `name: number` pairs")
            return None
        count = self.whole(node, "count")
        if count is None and node.get("count") is None:
            self.problem(self.at(node), "`count` is missing", "write how many units there are")
        return Force(
            id=self.text(node, "id", needed=True),
            side=self.text(node, "side", needed=True),
            owner=self.text(node, "owner"),
            kind=self.text(node, "kind"),
            count=count or 1,
            indivisible=self.flag(node, "indivisible"),
            site=site,
            influence=((region, Fraction(1)),) if region else sites.get(site, ()),
            exit=self.text(node, "exit"),
            capabilities=tuple((str(name), self.number(capabilities, name)) for name in capabilities),
            earliest=self.whole(node, "earliest"),
            latest=self.whole(node, "latest"),
            stays=self.flag(node, "stays"),
            at=self.at(node),
        )

    def ceiling(self, node: Mapping[str, Any], periods: tuple[Period, ...]) -> Ceiling | None:
        self.known(node, ("side", "kind", "by", "period", "at_most", "source", "note"), "ceilings")
        at_most = self.whole(node, "at_most", 0)
        period = self.whole(node, "period")
        by = self.day(node, "by")
        if by is not None:
            period = sum(1 for each in periods if each.last and each.last <= by)
            if period == 0 and periods:
                self.problem(self.at(node, "by"), f"no period ends by {by.isoformat()}", "give a later day")
        if period is None or at_most is None:
            self.problem(self.at(node), "the ceiling has no date or no figure", "write `by` or `period`, and `at_most`")
            return None
        return Ceiling(
            self.text(node, "side", needed=True), period, at_most, self.at(node), self.text(node, "kind") or None
        )

    def exchange(self, node: Mapping[str, Any]) -> Exchange:
        kinds = tuple((str(side), self.text(node, side)) for side in node if side != "id")
        if len(kinds) != 2:
            self.problem(self.at(node), "an exchange needs a kind for each side", "write `side: kind` twice, and an id")
        return Exchange(self.text(node, "id", needed=True), kinds, self.at(node))
