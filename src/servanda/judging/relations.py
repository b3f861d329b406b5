"""How a claim's action bears on a provision's: the same, its contrary, its undoing, or merely on the subject. Data."""

from __future__ import annotations

from enum import Enum

from servanda.core.vocabulary import Action, Kind, Polarity

_CONTRARIES: tuple[tuple[Action, Action, Polarity], ...] = (
    # (owed, done, polarity of what was done): doing the second is contrary to owing the first.
    (Action.WITHDRAW, Action.DEPLOY, Polarity.POSITIVE),
    (Action.WITHDRAW, Action.REMAIN, Polarity.POSITIVE),
    (Action.DEPLOY, Action.WITHDRAW, Polarity.POSITIVE),
    (Action.REMAIN, Action.WITHDRAW, Polarity.POSITIVE),
    (Action.CEASE_FIRE, Action.ATTACK, Polarity.POSITIVE),
    (Action.DISARM, Action.ARM, Polarity.POSITIVE),
    (Action.RELEASE, Action.DETAIN, Polarity.POSITIVE),
    (Action.OPEN, Action.CLOSE, Polarity.POSITIVE),
    (Action.CLOSE, Action.OPEN, Polarity.POSITIVE),
    (Action.HAND_OVER, Action.REMAIN, Polarity.POSITIVE),
)
_SAME_SENSE: tuple[tuple[Action, Action, Polarity], ...] = (
    # Doing (or no longer doing) the second performs the first.
    (Action.CEASE_FIRE, Action.ATTACK, Polarity.NEGATIVE),
    (Action.DEPLOY, Action.REMAIN, Polarity.POSITIVE),
)
_CONTRARY_OF_RESTRAINT: tuple[tuple[Action, Action, Polarity], ...] = (
    # (what must not be done, claim): the claim says that it was done all the same.
    (Action.ATTACK, Action.CEASE_FIRE, Polarity.NEGATIVE),
)
_SUBJECTS: tuple[tuple[str, Action], ...] = (
    # A word in a provision's object, and the action that is on its subject without being owed: listed as background.
    ("detention", Action.DETAIN),
    ("prison", Action.DETAIN),
    ("ceasefire", Action.CEASE_FIRE),
    ("election", Action.ELECT),
    ("legal", Action.AGREE),
    ("law", Action.AGREE),
    ("constitution", Action.AGREE),
    ("foreign", Action.INTERFERE),
)
INSTITUTIONAL = frozenset(
    {
        Action.ELECT,
        Action.LEGISLATE,
        Action.OPEN,
        Action.CLOSE,
        Action.GOVERN,
        Action.UNIFY,
        Action.RECONCILE,
        Action.AGREE,
        Action.HAND_OVER,
        Action.CEASE_FIRE,
        Action.MONITOR,
    }
)
"""What news reports without saying who did it: "the road was opened", "no vote was held"."""
OBJECT_MATTERS = frozenset(
    {
        Action.OPEN,
        Action.CLOSE,
        Action.LEGISLATE,
        Action.RELEASE,
        Action.AID,
        Action.SANCTION,
        Action.MONITOR,
        Action.AGREE,
        Action.GOVERN,
        Action.UNIFY,
        Action.RETURN,
    }
)
"""Actions that say little without their object: which road, which law, whose release."""


class Bearing(Enum):
    """How a claim's action bears on what is owed."""

    KEEPS = "what is owed, done"
    FAILS = "what is owed, not done"
    CONTRARY = "the contrary, done"
    SUBJECT = "on the subject only"


WEIGHT = {Bearing.KEEPS: 1.0, Bearing.FAILS: 1.0, Bearing.CONTRARY: 0.95, Bearing.SUBJECT: 0.75}


def is_restraint(kind: Kind, polarity: Polarity) -> bool:
    """Whether something must not be done. `refrain` and a negative action say it once, not twice."""
    return kind is Kind.REFRAIN or polarity is Polarity.NEGATIVE


def bearings(
    action: Action, kind: Kind, polarity: Polarity, subject: str | None
) -> dict[tuple[Action, Polarity], Bearing]:
    """All claims' actions that bear on a provision, and how."""
    found: dict[tuple[Action, Polarity], Bearing] = {}
    if is_restraint(kind, polarity):
        failing = Bearing.CONTRARY if kind is not Kind.ACHIEVE else Bearing.FAILS
        found[action, Polarity.NEGATIVE] = Bearing.KEEPS
        found[action, Polarity.POSITIVE] = failing
        for owed, done, sign in _CONTRARY_OF_RESTRAINT:
            if owed is action:
                found[done, sign] = Bearing.CONTRARY
                found[done, sign.opposite] = Bearing.KEEPS
    else:
        found[action, Polarity.POSITIVE] = Bearing.KEEPS
        found[action, Polarity.NEGATIVE] = Bearing.FAILS if kind is Kind.ACHIEVE else Bearing.CONTRARY
        for owed, done, sign in _CONTRARIES:
            if owed is action:
                found[done, sign] = Bearing.CONTRARY
        for owed, done, sign in _SAME_SENSE:
            if owed is action:
                found[done, sign] = Bearing.KEEPS
    words = (subject or "").casefold()
    for word, related in _SUBJECTS:
        if word in words:
            for sign in Polarity:
                found.setdefault((related, sign), Bearing.SUBJECT)
    return found
