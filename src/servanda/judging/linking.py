"""Which commitments a claim bears on, how surely, and what that rests on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servanda.core.vocabulary import Act
from servanda.judging.places import WEIGHT as NEARNESS
from servanda.judging.places import Gazetteer, Where
from servanda.judging.relations import INSTITUTIONAL, OBJECT_MATTERS, WEIGHT, Bearing, bearings
from servanda.judging.roster import Group, Named, Roster, group_in, is_universal
from servanda.judging.words import kinds_of, overlap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from servanda.core.claims import Claim, ClaimRecord
    from servanda.judging.visible import Commitment

CLEAR = 0.55
"""From this score on a link is made."""
DOUBTFUL = 0.35
"""From this score on a link is proposed for review; below it there is none."""

_PARTS = ("action", "actor", "place", "object")
_FOREIGN = frozenset({"foreign", "mercenary", "mercenarie", "external", "fighters"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A link before it is decided: the commitment, the bearing of the claim, the score and its parts."""

    commitment: Commitment
    bearing: Bearing | None
    """`None` where a person or a table tied it, and said its stance."""
    score: float
    parts: tuple[tuple[str, float], ...]
    inside: bool
    """Whether it took place in a part of where the provision applies."""
    names_debtor: bool
    """Whether the claim speaks of this debtor, and not only of a group or of nobody."""


@dataclass(frozen=True, slots=True, eq=False)
class _Target:
    commitment: Commitment
    bearing: Bearing
    place: str | None
    kinds: frozenset[str]
    foreign: bool
    armed: bool
    alone: bool
    """The only debtor, or one of joint debtors."""
    links: dict[tuple[float, float, float, bool, bool], Proposal]
    """The links proposed so far, by what they rest on: claims that bear on it alike share one."""


@dataclass(slots=True)
class Linker:
    """Looks commitments up by action and actor; built once for an accord, used for every claim.

    Keys are the words of action and polarity joined, since an enumeration's own hash is slow.
    """

    roster: Roster
    gazetteer: Gazetteer
    commitments: tuple[Commitment, ...]
    _by_party: dict[str, dict[str, list[_Target]]] = field(init=False)
    _all: dict[str, list[_Target]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_party = defaultdict(lambda: defaultdict(list))
        self._all = defaultdict(list)
        for commitment in self.commitments:
            provision = commitment.provision
            subject = provision.object or provision.text or ""
            kinds = kinds_of(provision.object) if provision.object else frozenset()
            if provision.object is None and provision.action in OBJECT_MATTERS and provision.text:
                kinds = kinds_of(provision.text)
            words = kinds_of(subject)
            found = bearings(provision.action, provision.kind, provision.polarity, subject)
            for (action, polarity), bearing in found.items():
                key = action + polarity
                target = _Target(
                    commitment,
                    bearing,
                    provision.place,
                    kinds,
                    foreign=bool(words & _FOREIGN),
                    armed="armed" in words,
                    alone=provision.joint or len(provision.debtors) == 1,
                    links={},
                )
                self._all[key].append(target)
                for debtor in dict.fromkeys((*commitment.debtors, *(provision.debtors if provision.joint else ()))):
                    self._by_party[key][debtor].append(target)

    def bears(self, claim: Claim) -> bool:
        """Whether its action bears on any commitment; if not, it needs no further look."""
        return claim.action + claim.polarity in self._all

    def propose(self, record: ClaimRecord, day: date) -> Iterator[Proposal]:
        """All links of a claim that score at least as doubtful. `day` is when it happened, else was published."""
        claim = record.claim
        key = claim.action + claim.polarity
        if key not in self._all:
            return
        named = self.roster.named(claim.actors)
        done: set[str] = set()
        things = _Things(claim)
        for target, weight, sure in self._targets(key, named, claim, day):
            if target.commitment.id in done:
                continue
            proposal = self._weigh(target, weight, sure, claim, things)
            if proposal is not None:
                done.add(target.commitment.id)
                yield proposal

    def _targets(self, key: str, named: Named, claim: Claim, day: date) -> Iterable[tuple[_Target, float, bool]]:
        by_party = self._by_party[key]
        for party in named.parties:
            for target in by_party.get(party, ()):
                yield target, 1.0, True
        for party in named.parties:
            for owner in self.roster.owners(party, day):
                for target in by_party.get(owner, ()):
                    yield target, 0.95, True
        universal = named.universal or is_universal(claim.quote)
        if not named.groups or (named.parties and (not universal or named.groups == {Group.UNKNOWN})):
            return
        groups = set(named.groups)
        if (
            Group.UNNAMED in groups
            and claim.act is not Act.REPORT
            and claim.object
            and (spoken := group_in(claim.object))
        ):
            groups.add(spoken)
        for target in self._all[key]:
            weight = max(_group_weight(group, target, claim, universal) for group in groups)
            if weight:
                sure = universal or _speaks_for_each(named, target)
                yield target, weight, sure

    def _weigh(self, target: _Target, actor: float, sure: bool, claim: Claim, things: _Things) -> Proposal | None:
        where = self.gazetteer.where(claim.place, target.place)
        if where is Where.ELSEWHERE:
            return None
        thing, nearness, inside = _object_weight(target, claim, things), NEARNESS[where], where is Where.INSIDE
        action = WEIGHT[target.bearing]
        score = action * actor * nearness * thing
        if score < DOUBTFUL:
            return None
        key = (actor, nearness, thing, inside, sure)
        known = target.links.get(key)
        if known is None:
            parts = tuple(zip(_PARTS, (action, actor, nearness, thing), strict=True))
            known = target.links[key] = Proposal(
                target.commitment, target.bearing, round(score, 4), parts, inside, sure
            )
        return known


@dataclass(slots=True)
class _Things:
    """The kinds of things that a claim's object and its quote name, looked up when first asked for."""

    claim: Claim
    _of_object: frozenset[str] | None = None
    _of_quote: frozenset[str] | None = None

    @property
    def of_object(self) -> frozenset[str]:
        if self._of_object is None:
            self._of_object = kinds_of(self.claim.object or "")
        return self._of_object

    @property
    def of_quote(self) -> frozenset[str]:
        if self._of_quote is None:
            self._of_quote = kinds_of(self.claim.quote or "")
        return self._of_quote


def _speaks_for_each(named: Named, target: _Target) -> bool:
    """Whether a claim that names a group or nobody speaks of this debtor all the same.

    "The vote was not held" speaks of whoever owes the vote. "The truce was broken" says of nobody that they broke it.
    """
    if Group.SIDES in named.groups:
        return True
    if target.alone:
        return Group.UNNAMED in named.groups or Group.ARMED in named.groups or Group.UNKNOWN in named.groups
    told = target.bearing is Bearing.KEEPS or target.bearing is Bearing.FAILS
    return told and Group.UNNAMED in named.groups and target.commitment.provision.action in INSTITUTIONAL


def _group_weight(group: Group, target: _Target, claim: Claim, universal: bool) -> float:
    institutional = target.commitment.provision.action in INSTITUTIONAL
    match group:
        case Group.SIDES:
            return 0.8 if len(target.commitment.provision.debtors) > 1 else 0.0
        case Group.FOREIGN:
            return (0.75 if universal else 0.65) if target.foreign else 0.0
        case Group.PARTICIPANTS:
            words = claim.act in (Act.COMMIT, Act.DEMAND)
            return 0.65 if words and len(target.commitment.provision.debtors) > 1 else 0.0
        case Group.ARMED:
            return 0.65 if target.armed or target.commitment.provision.action.value == "unify" else 0.0
        case Group.UNNAMED:
            if institutional:
                return 0.8
            if target.alone:
                return 0.65
            return 0.0 if claim.act is Act.DEMAND else 0.45
        case Group.UNKNOWN:
            return 0.62 if institutional and target.alone else 0.0


def _object_weight(target: _Target, claim: Claim, things: _Things) -> float:
    if not target.kinds:
        return 0.95
    matters = target.commitment.provision.action in OBJECT_MATTERS
    if claim.object:
        return 1.0 if overlap(things.of_object, target.kinds) else (0.5 if matters else 0.75)
    if claim.quote and overlap(things.of_quote, target.kinds):
        return 1.0
    if claim.quote is None:
        return 0.95
    if not matters:
        return 0.95
    return 0.35 if target.bearing is Bearing.CONTRARY else 0.6
