"""Sentences to practise on, put together at random from `practice.yaml`, with their triggers, quotes and names.

The gold has some actions and some ways of saying only a handful of times; here every action meets every way of saying.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from servanda.reading.encoder.labels import ACTIONS, ACTS, ROLES
from servanda.reading.numbers import number
from training.encoder.batches import Item, without_claims

if TYPE_CHECKING:
    from servanda.reading.encoder.wordpieces import WordPieces

SILENT, JOINED, LED = 0.15, 0.25, 0.15
"""Shares of sentences without a claim, of two joined ones, of ones with a lead-in."""
CONTRARY = 0.4
"""Share of an action's positive frames that are said with a verb of the opposite, where the action has some."""
UNSURE = ("agree", "legislate", "negotiate", "hand-over")
"""Actions that a frame's own words may name ("agreed to", "the talks"): no verdict on them outside the trigger."""
SINGULAR = {
    "have": "has",
    "are": "is",
    "were": "was",
    "plan": "plans",
    "themselves": "itself",
    "they": "it",
    "their": "its",
    "appear": "appears",
    "hope": "hopes",
    "want": "wants",
    "intend": "intends",
}
LINKS = {
    "past": "were",
    "perfect": "have been",
    "past_not": "were not",
    "will": "will be",
    "would": "would be",
    "were_to": "were to be",
    "must": "must be",
    "must_not": "must not be",
}
LEADS = ["However ,", "Meanwhile ,", "In a statement ,", "On Wednesday ,", "Separately ,", "But", '" ']
JOINTS = [", and", ", while", ", but", "; meanwhile", ", as", ", after", ", hours after", ", although"]


@dataclass
class Claim:
    """What is known of the one claim of a plain sentence."""

    action: str
    act: str
    negative: bool
    possible: bool
    spans: dict[str, list[range]] = field(default_factory=lambda: {role: [] for role in ROLES})
    trigger: int = -1
    phrase: range = range(0)
    """The words that name the action; no verdict on those besides the trigger."""

    def moved(self, by: int) -> Claim:
        """The same claim further on in a longer sentence."""

        def shift(span: range) -> range:
            return range(span.start + by, span.stop + by)

        spans = {role: [shift(span) for span in found] for role, found in self.spans.items()}
        return Claim(self.action, self.act, self.negative, self.possible, spans, self.trigger + by, shift(self.phrase))


class Practice:
    """A source of practice sentences; the same seed gives the same ones."""

    def __init__(self, seed: int) -> None:
        self._data: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_suffix(".yaml"))
        self._frames = [(kind, frame) for kind, frames in self._data["frames"].items() for frame in frames]
        self._chance = random.Random(seed)

    def items(self, count: int, pieces: WordPieces) -> list[Item]:
        """That many fresh sentences."""
        return [as_item(pieces, *self.sentence()) for _ in range(count)]

    def sentence(self) -> tuple[list[str], list[Claim]]:
        """One sentence's words, and its claims: none, one, or two where it is joined of two."""
        if self._chance.random() < SILENT:
            words, _ = self._write(self._chance.choice(self._data["silent"]), None)
            return words, []
        words, claim = self._plain()
        claims = [claim]
        if self._chance.random() < JOINED:
            joint = self._chance.choice(JOINTS).split()
            more, second = self._plain()
            if more[0] in ("The", "A", "Under", "According", "In", "After", "Months", "Both", "Mediators"):
                more[0] = more[0].lower()
            words = words[:-1] + joint
            claims.append(second.moved(len(words)))
            words += more
        if self._chance.random() < LED:
            lead = self._chance.choice(LEADS).split()
            words = lead + words
            claims = [claim.moved(len(lead)) for claim in claims]
        return words, claims

    def _plain(self) -> tuple[list[str], Claim]:
        kind, frame = self._chance.choice(self._frames)
        act, polarity, certainty = kind.split("/")
        action = self._chance.choice(list(self._data["actions"]))
        words, claim = self._write(frame, Claim(action, act, polarity == "negative", certainty == "possible"))
        assert claim
        return words, claim

    def _pick(self, name: str) -> str:
        return str(self._chance.choice(self._data[name]))

    def _write(self, frame: str, claim: Claim | None) -> tuple[list[str], Claim | None]:
        """Fill a frame. A frame of no claim is filled with any action, and its claim thrown away."""
        keep = claim is not None
        claim = claim or Claim(self._chance.choice(list(self._data["actions"])), "report", True, False)
        actor, source = self._pick("actors"), self._pick("sources")
        one = not actor.endswith("s") or actor == "the United States"
        words: list[str] = []
        opened, dated = 0, False
        after_actor = False
        for mark in "[]{}":
            frame = frame.replace(mark, f" {mark}" if mark in "[{" else f"{mark} ")
        for token in frame.replace("[", "[ ").replace("]", " ]").split():
            begin = len(words)
            if token == "[":
                opened, dated = begin, True
            elif token == "]":
                claim.spans["quote"].append(range(opened, begin))
            elif token == "A":
                words += actor.split()
                claim.spans["actor"].append(range(begin, len(words)))
                if claim.act == "commit":
                    claim.spans["source"].append(range(begin, len(words)))
            elif token == "S":
                words += source.split()
                if claim.act not in ("commit", "stipulate"):
                    claim.spans["source"].append(range(begin, len(words)))
            elif token == "{D}":
                dates = "dates_past" if claim.act == "report" else "dates_future"
                words += self._pick(dates).split() if self._chance.random() < 0.5 else []
                if dated and len(words) > begin:
                    claim.spans["when"].append(range(begin, len(words)))
            elif token == "PLACE":
                words += self._pick("places").split()
            elif token.startswith("{"):
                self._phrase(words, claim, token.strip("{}"))
            else:
                words.append(SINGULAR.get(token, token) if one and after_actor else token)
            dated = token == "]" or (dated and len(claim.spans["quote"]) == 0)
            after_actor = (token in ("A", "[", "]", ",") and (after_actor or token == "A")) or token in (
                "themselves",
                "that",
            )
        words[0] = words[0][0].upper() + words[0][1:]
        return words, claim if keep else None

    def _phrase(self, words: list[str], claim: Claim, form: str) -> None:
        """Append the action in one of its forms, and mark the trigger."""
        entry = self._data["actions"][claim.action]
        begin = len(words)
        thing = self._chance.choice(entry["objects"])
        in_object = bool(entry.get("trigger_in_object"))
        contrary = entry.get("contrary") if not claim.negative and self._chance.random() < CONTRARY else None
        if contrary and form != "noun":
            claim.negative = True
            thing = self._chance.choice(entry.get("contrary_objects", entry["objects"]))
        transitive = contrary or entry["with"]
        if form == "noun":
            noun = self._chance.choice(entry["nouns"]).split()
            of_thing = not entry.get("no_object_for_nouns") and (in_object or self._chance.random() < 0.7)
            words += [*noun, *(["of", *thing.split()] if of_thing else [])]
            leading = noun[0] in ("cessation", "end", "military", "arms", "house")
            claim.trigger = len(words) - 1 if in_object else begin if leading else begin + len(noun) - 1
        elif form.startswith("passive"):
            link = LINKS[form.removeprefix("passive_")].split()
            if not thing.endswith("s"):
                link[0] = SINGULAR.get(link[0], link[0])
            verb = self._chance.choice(transitive).split("/")[2]
            words += thing.split() + link
            claim.trigger = begin + len(thing.split()) - 1 if in_object else len(words)
            words += verb.split()
        else:
            alone = [] if contrary else entry["alone"]
            verb = self._chance.choice([*alone, *transitive])
            claim.trigger = begin
            words += verb.split("/")[("do", "did", "done", "doing").index(form)].split()
            if verb in transitive and verb not in alone:
                words += thing.split()
                if in_object:
                    claim.trigger = len(words) - 1
        counts = [n for n, word in enumerate(words[begin:], begin) if number([word]) is not None]
        claim.spans["quantity"] += [range(n, n + 1) for n in counts]
        tail = self._chance.choice(entry["tails"])
        if tail and self._chance.random() < 0.6:
            place = self._pick("places")
            words += tail.replace("PLACE", place).split()
            if "PLACE" in tail:
                claim.spans["place"].append(range(len(words) - len(place.split()), len(words)))
        claim.phrase = range(begin, len(words))


def as_item(pieces: WordPieces, words: list[str], claims: list[Claim]) -> Item:
    """A sentence as the network's input and targets."""
    item = without_claims(pieces, words)
    if claims:
        item.trigger_weight[:, [n for n, action in enumerate(ACTIONS) if action in UNSURE]] = 0.0
    for claim in claims:
        item.trigger_weight[claim.phrase] = 0.0
    for claim in claims:
        at = claim.trigger
        item.trigger_weight[at] = 1.0
        item.trigger[at, [action.value for action in ACTIONS].index(claim.action)] = 1.0
        item.act[at, [act.value for act in ACTS].index(claim.act)] = 1.0
        item.negative[at], item.possible[at], item.claim_weight[at] = claim.negative, claim.possible, 1.0
        for role, spans in claim.spans.items():
            for span in spans:
                item.roles[ROLES.index(role), at, span.start : span.stop] = 1.0
    return item
