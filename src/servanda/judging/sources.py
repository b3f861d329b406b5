"""Who says it: what stake they have in a commitment, whether they are named, and how reliable they are held to be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from servanda.core.vocabulary import Reliability
from servanda.judging.roster import Roster, tokens
from servanda.judging.words import is_unnamed

if TYPE_CHECKING:
    from datetime import date

    from servanda.core.accord import Source
    from servanda.core.claims import ClaimRecord
    from servanda.judging.visible import Commitment

_OFFICE = re.compile(
    r"\b(ministry|government|army|armed forces|military|command|embassy|presiden\w+|parliament|office|spokes\w+|"
    r"council|department|authorit\w+|police)\b",
    re.IGNORECASE,
)
"""A publisher of that name speaks for the party whose name stands beside it; "The Moscow Times" does not."""
VERIFIER, DEBTOR, BACKER, ADVERSARY = "verifier", "debtor", "backer", "adversary"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom a claim goes back to."""

    key: str
    """The same for the same speaker under several names."""
    parties: frozenset[str]
    named: bool
    outlet: bool
    """The outlet says it in its own voice."""
    itself: bool = False
    """Its name is a party's own, so that it speaks for itself; an outlet that belongs to a party does not."""


@dataclass(slots=True)
class Sources:
    """The sources that an accord's author graded, and the parties that speak."""

    roster: Roster
    _graded: dict[tuple[str, ...], Source] = field(init=False)
    _versions: dict[tuple[str, ...], list[Source]] = field(init=False)
    _by_name: dict[str, list[Source]] = field(init=False, default_factory=dict)
    _speakers: dict[tuple[str | None, str | None, str | None, str], Speaker] = field(init=False, default_factory=dict)
    _interests: dict[tuple[str, frozenset[str], int], str | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._versions = {}
        for source in self.roster.accord.sources:
            for name in (source.name, *source.aliases):
                self._versions.setdefault(tokens(name), []).append(source)
        for versions in self._versions.values():
            versions.sort(key=lambda source: source.since.first.toordinal() if source.since else 0)
        self._graded = {name: versions[-1] for name, versions in self._versions.items()}

    def speaker(self, record: ClaimRecord) -> Speaker:
        """Whom a claim goes back to: whom the text names, else the outlet, else the document itself."""
        document = record.document
        key = (
            record.claim.source,
            document.publisher,
            document.wire,
            "" if record.claim.source or document.publisher or document.wire else document.id,
        )
        known = self._speakers.get(key)
        if known is None:
            known = self._speakers[key] = self._speaker(*key)
        return known

    def _speaker(self, source: str | None, publisher: str | None, wire: str | None, document: str) -> Speaker:
        if source is None and wire is not None:
            return self._agency(publisher, wire)
        name = source or publisher
        if name is None:
            return Speaker(f"document:{document}", frozenset(), named=True, outlet=True)
        words = tokens(name)
        graded = self._graded.get(words)
        own = self.roster.scan(name)
        parties = frozenset({graded.party}) if graded and graded.party else own
        named = source is None or not is_unnamed(source)
        if graded:
            key = " ".join(tokens(graded.name))
        elif named and len(parties) == 1:
            key = f"party:{next(iter(parties))}"
        else:
            key = " ".join(words)
        if source is not None and not named:
            key = f"unnamed:{key}:{wire or publisher}"
        if graded and graded.party:
            itself = self.roster.is_name(name)
        else:
            itself = bool(own) and (source is not None or self.roster.is_name(name) or bool(_OFFICE.search(name)))
        return Speaker(key, parties, named, outlet=source is None, itself=itself)

    def _agency(self, publisher: str | None, wire: str) -> Speaker:
        """What an outlet prints from an agency is the agency's; a stake that either has is a stake in it."""
        agency = self._speaker(None, wire, None, "")
        if publisher is None:
            return agency
        return replace(agency, parties=agency.parties | self._speaker(None, publisher, None, "").parties)

    def interest(self, speaker: Speaker, commitment: Commitment, day: date) -> str | None:
        """`verifier`, `debtor`, `backer`, `adversary`, or `None` for a source without a stake that is known of."""
        if not speaker.parties:
            return None
        key = (commitment.id, speaker.parties, 0 if self.roster.timeless else day.toordinal())
        if key not in self._interests:
            self._interests[key] = self._interest(speaker.parties, commitment, day)
        return self._interests[key]

    def _interest(self, speakers: frozenset[str], commitment: Commitment, day: date) -> str | None:
        roster, provision = self.roster, commitment.provision
        verifiers = set(provision.proof.verifiers or ((commitment.instrument.verifier,)))
        everyone = {one for party in speakers for one in (party, *roster.owners(party, day))}
        if speakers & verifiers:
            return VERIFIER
        debtors = set(commitment.debtors)
        if speakers & debtors or (everyone & debtors and not everyone & set(provision.creditors)):
            return DEBTOR
        debtor = commitment.debtor
        owners = roster.owners(debtor, day)
        backed = {client for party in everyone for client in roster.backed(party, day)}
        clients = {client for party in (debtor, *owners) for client in roster.backed(party, day)}
        if backed & {debtor, *owners} or clients & everyone or owners & speakers:
            return BACKER
        own = roster.sides(debtor, day)
        theirs = frozenset(side for party in speakers for side in roster.sides(party, day))
        if len(theirs) > 1:
            return None
        if own and theirs:
            return BACKER if own & theirs else ADVERSARY
        if everyone & set(provision.creditors) and not everyone & debtors:
            return ADVERSARY
        return None

    def reliability(self, record: ClaimRecord, speaker: Speaker, interest: str | None) -> Reliability:
        """A to F: as handed in with the document, as the accord grades it, B for the verifier, else F: not judged."""
        document = record.document
        for name in (record.claim.source, document.publisher) if self._versions else ():
            if name is None:
                continue
            if name == document.publisher and document.reliability:
                break
            held = [one for one in self._grades(name) if one.since is None or one.since.first <= document.published]
            if held:
                return Reliability(held[-1].reliability)
        if document.reliability:
            return Reliability(document.reliability)
        return Reliability.B if interest == VERIFIER else Reliability.F

    def _grades(self, name: str) -> list[Source]:
        """The grades that the accord gives a source, oldest first."""
        known = self._by_name.get(name)
        if known is None:
            known = self._by_name[name] = self._versions.get(tokens(name), [])
        return known
