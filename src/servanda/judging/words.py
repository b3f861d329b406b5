"""Words that tell parts from wholes, batches from totals, and denials from reports. Data, and one function each."""

from __future__ import annotations

import re
from functools import lru_cache

_PARTIAL = re.compile(
    r"\b(beg[aiu]n(ning|s)?|start(ed|ing|s)?|initiat\w+|first|some|part|partial(ly)?|partly|gradual(ly)?|dozens|hundreds|"
    r"thousands|several|number of|batch(es)?|contingents?|convoys?|modest|continu\w+|progress|half|most|nearly|almost|"
    r"another|phase|stage|step|more(?! than)|further|per ?cent|quarter|third)\b",
    re.IGNORECASE,
)
_PARTLY = re.compile(r"\b(partial(ly)?|partly|in part|gradual(ly)?)\b", re.IGNORECASE)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("first one", "second two ii", "third three iii", "fourth four iv", "fifth five v", "sixth six vi"), 1
    )
    for word in words.split()
}
_STEP = r"(?:stage|phase|step|tranche|batch|group|round)"
_STAGE = re.compile(
    rf"\b(first|second|third|fourth|fifth|sixth|\d{{1,2}}(?:st|nd|rd|th))\s+(?:\w+\s+)?{_STEP}\b"
    rf"|\b{_STEP}\s+(one|two|three|four|five|six|\d{{1,2}}|(?-i:III|II|IV|VI|V))\b",
    re.IGNORECASE,
)
_BEGUN = re.compile(r"\b(beg[aiu]n(ning|s)?|start(ed|ing|s)?|initiat\w+)\b", re.IGNORECASE)
_REMAINING = re.compile(
    r"\b(?:reduc\w+|drawdown|drawn|cut|down|fell|fallen)\s+(?:\w+\s+){0,3}?to\s+(?:about\s+|some\s+)?(\d[\d,]*)\b"
    r"|\b(\d[\d,]*)\s+(?:\w+\s+){0,3}?(?:remain\w*|stay\w*|are left|were left)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(all(?! the same)|last|complete(ly|d|s)?|completion|entire(ly)?|full(y)?|final(ly)?|finish(ed)?|whole|every|"
    r"none (left|remain\w*))\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(total(s|ling|ing|led)?|so far|altogether|in all|overall|to date|cumulative(ly)?|since the (start|beginning)|"
    r"brings? .{0,30} to|has now|have now|had now|already)\b",
    re.IGNORECASE,
)
_OUGHT = re.compile(
    r"\b((should|ought to|must|could|might|would) have|(was|were) to( have)?|"
    r"(was|were|is|are) (supposed|meant|due|scheduled|required|obliged) to)\b",
    re.IGNORECASE,
)
_FINITE = re.compile(r"\b(had|has|have|was|were|is|are|did|does|do)\b", re.IGNORECASE)
_PLANNED = re.compile(r"\b(had (always )?been|was|were) (due|scheduled|planned|set|meant|supposed)\b", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(den(y|ies|ied|ying|ial)|reject(s|ed|ing)?|refut\w+|dismiss(es|ed)?|disput\w+|contest(s|ed|ing)?)\b",
    re.IGNORECASE,
)
_ACCESS = re.compile(r"\b(access|inspect\w*|verif\w+|monitor\w*|observ\w+|patrols?|entry|visit\w*)\b", re.IGNORECASE)
_UNNAMED = re.compile(
    r"\b(unnamed|anonym\w+|undisclosed|unidentified|officials?|sources?|diplomats?|analysts?|experts say|observers say|"
    r"witness(es)?|residents?|many|some|several|insiders?|aides?|people|media reports?|reports|rumou?rs?|"
    r"activists?|locals?)\b",
    re.IGNORECASE,
)
_ANONYMOUS = re.compile(r"\b(unnamed|anonym\w+|undisclosed|unidentified)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z][a-z'-]+")
_STOP_WORDS = """
the a an of and or for to in on at by with from their his her its all any that which who as into under between parties
party support own such each other this these those
"""
_STOP = frozenset(_STOP_WORDS.split())
_KINDS = {
    "forces": "troop troops soldier soldiers force forces military unit units army armies personnel contingent brigade "
    "battalion garrison base bases presence serviceman servicemen guard guards",
    "fighters": "fighter fighters mercenary mercenaries militant militants combatant combatants proxies rebels gunmen "
    "militia militias contractor contractors",
    "weapons": "weapon weapons arm arms gun guns rifle rifles ammunition missiles artillery drone drones "
    "equipment munitions weaponry",
    "prisoners": "prisoner prisoners detainee detainees captive captives hostage hostages inmates",
    "detention": "detention prison prisons jail jails",
    "election": "election elections vote voting poll polls ballot referendum presidential parliamentary",
    "road": "road roads highway motorway route",
    "law": "law laws legal constitution constitutional legislation legislative basis",
    "observers": "observer observers monitor monitors inspectors mission peacekeepers verifier verifiers",
    "displaced": "refugee refugees displaced idps returnees",
}
_CLASS = {word: kind for kind, listed in _KINDS.items() for word in listed.split()}
_NEAR = ({"forces", "fighters"},)


def speaks_of_a_part(text: str | None) -> bool:
    """Whether a text says that something was only begun, or done in part."""
    if text is None:
        return False
    return _BEGUN.search(text) is not None or (_WHOLE.search(text) is None and _PARTIAL.search(text) is not None)


def speaks_of_a_beginning(text: str | None) -> bool:
    """Whether a text says that something was only begun, or done partly; for what cannot be counted."""
    return text is not None and (_BEGUN.search(text) is not None or _PARTLY.search(text) is not None)


def speaks_of_the_whole(text: str | None) -> bool:
    """Whether a text says that all of it was done."""
    return text is not None and _BEGUN.search(text) is None and _WHOLE.search(text) is not None


def stage_named(text: str | None) -> int | None:
    """The number of the stage that a text speaks of: "the second phase", "stage 3"."""
    match = _STAGE.search(text) if text else None
    if match is None:
        return None
    word = (match[1] or match[2]).casefold()
    return int(word.rstrip("sthndr")) if word[0].isdigit() else _NUMBERS[word]


def count_remaining(text: str | None) -> float | None:
    """The number of those who are still there, where a text gives one: "down to 8,600", "1,500 troops remain"."""
    match = _REMAINING.search(text) if text else None
    return float((match[1] or match[2]).replace(",", "")) if match else None


def only_ought(text: str | None) -> bool:
    """Whether a text says what should have been done ("was to have left"), which tells nothing of what was."""
    match = _OUGHT.search(text) if text else None
    if match is None or text is None:
        return False
    return _FINITE.search(text[: match.start()] + text[match.end() :]) is None


def was_planned(text: str | None) -> bool:
    """Whether a text tells of a plan as it stood before, and proposes nothing."""
    return text is not None and _PLANNED.search(text) is not None


def speaks_of_a_total(text: str | None) -> bool:
    """Whether a number is a running total, and not one more batch."""
    return text is not None and _TOTAL.search(text) is not None


def denies(text: str | None) -> bool:
    """Whether a text is a denial or a contestation."""
    return text is not None and _DENIAL.search(text) is not None


def speaks_of_access(text: str | None) -> bool:
    """Whether a text is about letting somebody verify."""
    return text is not None and _ACCESS.search(text) is not None


@lru_cache(maxsize=4096)
def is_unnamed(source: str) -> bool:
    """Whether the text does not name its source; "official John Smith" and "Mary Roe, an aide" are named."""
    match = _UNNAMED.search(source)
    if match is None:
        return False
    if _ANONYMOUS.search(source):
        return True
    tail = source[match.end() :].split()
    if tail and tail[0][:1].isupper():
        return False
    head = source.split(",")[0].split()
    return not ("," in source and len(head) > 1 and all(word[:1].isupper() for word in head))


def kinds_of(text: str) -> frozenset[str]:
    """The kinds of things a text names; words of one kind ("troops", "soldiers") are one."""
    found = set()
    for word in _WORD.findall(text.casefold()):
        if word not in _STOP:
            found.add(_CLASS.get(word) or word.removesuffix("'s").removesuffix("s"))
    return frozenset(found)


def overlap(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two sets of kinds share one, where forces and fighters are near enough."""
    if some & others:
        return True
    return any(some & near and others & near for near in _NEAR)
