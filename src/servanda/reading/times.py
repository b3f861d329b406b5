"""When: which time expression, here or earlier in the text, dates a claim, and how it bears on the action."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from servanda.core.dates import DateRange, Duration, PartialDate, When, days_of
from servanda.core.vocabulary import Act, Action, WhenKind
from servanda.reading.attachment import Dated, attachment
from servanda.reading.counted import counted
from servanda.reading.dates import Cue, Modifier, TimeExpression, TimeType
from servanda.reading.encoder import WordScores
from servanda.reading.lexicon import table
from servanda.reading.linear import LinearModel
from servanda.reading.parsing import Parse, Word
from servanda.reading.pointing import Pointing, pointed
from servanda.reading.roles import path
from servanda.reading.stance import Stance

_BY = frozenset({Cue.BY, Cue.BEFORE, Cue.UNTIL, Cue.WITHIN})
_FROM = frozenset({Cue.FROM, Cue.SINCE})
_VERBS = frozenset({"VERB", "AUX"})
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}|year|ago|last|next|this|today|yesterday|tomorrow", re.IGNORECASE)
_DEADLINES = frozenset({"deadline", "ultimatum", "timetable", "date", "period", "term"})
_SAYING = frozenset({"say", "tell", "announce", "report", "add", "state", "declare", "quote"})
_SCHEDULES = frozenset(table("times")["schedules"])
LEAST = {"shared": 0.1, "beside": 0.38, "here": 0.34, "counted": 0.4, "earlier": 0.6}
"""Least probability of a date, below which the claim is left without one: of an expression that modifies the trigger
itself or the verb that carries it, of another in its sentence, of the date of a like claim before. `shared` is that of
the verb whose clause goes on "with neither side pulling out"."""

POINTED = Pointing(0.7, 0.5)
"""What the encoder points to as the claim's date."""


@dataclass(frozen=True, slots=True)
class Event:
    """A claim that was dated earlier in the text; a later sentence may speak of the same event."""

    sentence: int
    action: Action
    act: Act
    lemma: str
    when: When
    kind: WhenKind | None


@dataclass(frozen=True, slots=True)
class WhenOption:
    """A date that a claim may have, with the features by which it is weighed."""

    when: When
    kind: WhenKind | None
    features: dict[str, float]
    attached: str
    """How it attaches to the claim: a key of LEAST."""
    words: tuple[Word, ...] = ()
    """The words of its sentence that say it; none of a date that is counted or was given earlier."""


def dated(parse: Parse, expressions: Sequence[TimeExpression], triggers: Sequence[Word]) -> list[Dated]:
    """The time expressions of a sentence, each with what it modifies."""
    indices = {w.i for w in triggers}
    found = []
    for expression in expressions:
        inside = [w for w in parse.words if expression.start <= w.start < expression.end]
        if not inside:
            continue
        members = {w.i for w in inside}
        head = next((w for w in inside if w.head is w or w.head.i not in members), inside[0])
        carrier = head
        while carrier.head is not carrier:
            carrier = carrier.head
            if carrier.pos in _VERBS or carrier.i in indices:
                break
        found.append(Dated(expression, tuple(inside), head, carrier, carrier.i in indices))
    return found


def options(
    trigger: Word,
    act: Act,
    action: Action,
    stance: Stance,
    found: Sequence[Dated],
    earlier: Sequence[Event],
    sentence: int,
    published: date,
) -> list[WhenOption]:
    """The dates that a claim may have: those of its sentence, and those of like claims before it."""
    carriers, scheduled, host = _carriers(trigger, stance), _scheduling(trigger), _host(trigger)
    result = []
    for item in found:
        value = _ending(_value(item, act, published), item)
        if value is not None:
            kind = _kind(item, value)
            features = _features(trigger, act, action, stance, item, carriers, len(found))
            schedules = any(item.carrier is w for w in scheduled)
            features |= dict.fromkeys((f"schedules={schedules}", f"schedules={schedules}&{act}"), 1.0)
            features |= dict.fromkeys(attachment(trigger, item, found), 1.0)
            beside = (schedules or any(item.carrier is w for w in carriers)) and not (
                isinstance(value, Duration) and item.expression.cue is None and "-" in item.expression.text
            )
            attached = "shared" if item.carrier is host else "beside" if beside else "here"
            result.append(WhenOption(value, kind, features, attached, item.words))
        for when, joint, named in counted(item, found, published):
            inside = joint in (trigger, *trigger.ancestors()) or trigger in joint.subtree()
            names = (
                "counted",
                f"counted&{inside}",
                f"counted&{named}&{inside}",
                f"counted&{act}&{inside}",
                f"counted&{inside}&far={min(4, abs(joint.i - trigger.i) // 3)}&{joint.i < trigger.i}",
                f"counted&{joint.dep}&{joint.pos}&{joint.head is trigger}",
            )
            more = dict.fromkeys((*names, *attachment(trigger, item, found)), 1.0)
            result.append(WhenOption(when, WhenKind.ON, more, "counted"))
    seen: set[str] = set()
    for event in reversed(earlier):
        if event.action is action and isinstance(event.when, PartialDate) and str(event.when) not in seen:
            seen.add(str(event.when))
            result.append(
                WhenOption(
                    event.when,
                    event.kind,
                    _of_earlier(trigger, act, event, sentence, len(found), len(seen)),
                    "earlier",
                )
            )
    return result


def choose(
    model: LinearModel, offered: Sequence[WhenOption], trigger: Word, scores: WordScores | None
) -> tuple[When | None, WhenKind | None]:
    """The likeliest date and its kind; (`None`, `None`) where none is likely."""
    shares = _shares(model, offered, trigger, scores)
    of_date: dict[str, float] = {}
    for option, share in zip(offered, shares, strict=True):
        of_date[str(option.when)] = of_date.get(str(option.when), 0.0) + share
    likely = [
        (share, -n)
        for n, (option, share) in enumerate(zip(offered, shares, strict=True))
        if of_date[str(option.when)] >= LEAST[option.attached]
    ]
    if not likely:
        return None, None
    chosen = offered[-max(likely)[1]]
    return chosen.when, chosen.kind


def _shares(model: LinearModel, offered: Sequence[WhenOption], trigger: Word, scores: WordScores | None) -> list[float]:
    """The probability of each date by the linear model, turned by what the encoder says of its words."""
    shares = model.shares([option.features for option in offered])
    none = max(0.0, 1.0 - sum(shares))
    turned = [
        share * math.exp(POINTED.intercept + POINTED.encoder * pointed(scores, "when", trigger, option.words))
        if option.words
        else share
        for option, share in zip(offered, shares, strict=True)
    ]
    whole = sum(turned) + none
    return [share / whole for share in turned]


def _features(
    trigger: Word, act: Act, action: Action, stance: Stance, item: Dated, carriers: Sequence[Word], count: int
) -> dict[str, float]:
    expression = item.expression
    way, turn = path(trigger, item.head)
    short = " ".join(step.split(":")[0] for step in way.split())
    rank = next((n for n, w in enumerate(carriers) if w is item.carrier), None)
    governed = stance.governor is not None and item.carrier is stance.governor
    cue = f"{expression.cue}"
    marked = item.carrier.child("mark", "advmod")
    mark = marked.lower if marked is not None else "none"
    before = item.head.i < trigger.i
    return dict.fromkeys(
        (
            f"carrier={rank}",
            f"carrier={rank}&{act}",
            f"carrier={rank}&{expression.type}&{cue}",
            f"governed={governed}&{cue}",
            f"path={way}",
            f"path={short}",
            f"path={short}&{turn.pos}",
            f"path={short}&{cue}",
            f"turn={turn.lemma}&{act}",
            f"type={expression.type}&{cue}",
            f"{action}&{expression.type}",
            f"text={expression.text.lower()}" if not any(c.isdigit() for c in expression.text) else "figures",
            f"far={min(6, abs(item.head.i - trigger.i) // 4)}&{before}",
            f"count={min(3, count)}&carrier={rank}",
            f"carrierpos={item.carrier.pos}&{trigger.pos}",
            f"carrierlemma={item.carrier.lemma}",
            f"inside={trigger in set(item.head.ancestors())}",
            f"hyphen={'-' in expression.text}&{expression.type}",
            f"hyphen={'-' in expression.text}&{expression.type}&{action}",
            f"mark={mark}&path={short}",
            f"mark={mark}&carrier={rank}&{trigger.pos}",
            f"sayer={item.carrier.lemma in _SAYING}&carrier={rank}",
            f"way={short}&{act}&{expression.type}",
        ),
        1.0,
    )


def _of_earlier(trigger: Word, act: Act, event: Event, sentence: int, here: int, rank: int) -> dict[str, float]:
    determiner = trigger.child("det")
    same = event.lemma == trigger.lemma
    far = min(6, sentence - event.sentence)
    definite = determiner.lower if determiner else trigger.tag
    return dict.fromkeys(
        (
            "earlier",
            f"earlier&same={same}",
            f"earlier&same={same}&{definite}",
            f"earlier&far={far}",
            f"earlier&far={far}&same={same}",
            f"earlier&here={min(here, 1)}",
            f"earlier&{event.action}",
            f"earlier&{event.action}&same={same}",
            f"earlier&{event.act}>{act}",
            f"earlier&rank={min(rank, 3)}",
            f"earlier&{trigger.tag}",
        ),
        1.0,
    )


def _carriers(trigger: Word, stance: Stance) -> list[Word]:
    """The words whose date is the trigger's, nearest first."""
    carriers = [trigger]
    current = trigger
    while current.head is not current:
        dep, head = current.dep, current.head
        if dep == "conj":
            current = head
            continue
        # The date of a verb of saying, promising or asking is not the date of what is said, promised or asked;
        # "with neither side pulling out" shares the date of its host.
        if (current.pos in _VERBS and not (dep == "pcomp" and head.lower == "with")) or dep in (
            "relcl",
            "advcl",
            "acl",
        ):
            break
        current = head
        if current is stance.governor:
            break
        carriers.append(current)
        if current.pos in _VERBS:
            break
    return carriers


def _host(trigger: Word) -> Word | None:
    """The verb of "The deadline ended, with neither side *pulling out*", of a trigger after "with" or "without"."""
    while trigger.dep == "conj":
        trigger = trigger.head
    joint = trigger.head
    if trigger.dep != "pcomp" or joint.lower not in ("with", "without"):
        return None
    return joint.head if joint.head.pos in _VERBS else None


def _scheduling(trigger: Word) -> list[Word]:
    """The words that say when a noun takes place: "the vote was *set* for May", "polls *due* to be *held* in June"."""
    if trigger.pos == "VERB":
        return []
    over = [trigger.head] if trigger.dep in ("nsubj", "nsubjpass", "dobj", "attr") else []
    found = [w for w in (*over, *trigger.all("acl", "amod", "relcl")) if w.lemma in _SCHEDULES]
    for word in tuple(found):
        found += [w for w in word.all("xcomp", "advcl", "acomp", "conj") if w.lemma in _SCHEDULES]
    return found


def _value(item: Dated, act: Act, published: date) -> When | None:
    expression = item.expression
    value = expression.when
    if expression.type is TimeType.DURATION:
        return value if isinstance(value, Duration) else None
    if isinstance(value, DateRange):
        days = (value.last - value.first).days
        if days <= 1:
            return PartialDate.of(value.first)
        return PartialDate(value.first.year, value.first.month) if days <= 7 else None
    if isinstance(value, PartialDate):
        had = item.carrier.child("aux")
        # "had been scheduled for January 25": what was planned then need not lie ahead now.
        ahead = act is not Act.REPORT and not (had is not None and had.lower == "had")
        return _turned(value, expression.text, ahead, published)
    return value


def _turned(value: PartialDate, text: str, ahead: bool, published: date) -> PartialDate:
    """A date without a year, turned the way that the act looks: a promise ahead, a report behind."""
    span = days_of(value)
    if span is None or _YEAR.search(text):
        return value
    if _WEEKDAY.search(text) and value.day is not None:
        if ahead and span.last < published and (published - span.last).days <= 7:
            return PartialDate.of(span.last + timedelta(days=7))
        if not ahead and 0 < (span.first - published).days <= 7:
            return PartialDate.of(span.first - timedelta(days=7))
        return value
    try:
        if ahead and span.last < published:
            return PartialDate(value.year + 1, value.month, value.day) if value.month else value
        if ahead and value.year > published.year and value.month and (nearer := _year_before(value)) > published:
            return PartialDate.of(nearer) if value.day else PartialDate(nearer.year, nearer.month)
        if not ahead and span.first > published:
            return PartialDate(value.year - 1, value.month, value.day) if value.month else value
    except ValueError:
        return value
    return value


def _year_before(value: PartialDate) -> date:
    """The first day of the same month or day a year earlier."""
    return date(value.year - 1, value.month or 1, value.day or 1)


def _ending(value: When | None, item: Dated) -> When | None:
    """The last day of what "by the end of" stands before, the last month of what "at the end of" does."""
    text = item.expression.text.lower()
    if not isinstance(value, PartialDate) or value.day is not None or not text.startswith(("the end of", "end of")):
        return value
    span = days_of(value)
    if span is None:
        return value
    if item.expression.cue in _BY:
        return PartialDate.of(span.last)
    return PartialDate(value.year, 12) if value.month is None else value


def _kind(item: Dated, value: When) -> WhenKind | None:
    expression = item.expression
    if isinstance(value, Duration):
        return WhenKind.BY if expression.cue in (Cue.WITHIN, Cue.IN) else None
    if expression.cue in _BY or expression.modifier is Modifier.ON_OR_BEFORE:
        return WhenKind.BY
    if expression.cue in _FROM:
        return WhenKind.FROM
    subject = item.carrier.child("nsubj", "nsubjpass")
    return WhenKind.BY if subject is not None and subject.lemma in _DEADLINES else WhenKind.ON
