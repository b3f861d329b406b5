"""What changed between two dates, and why: the world changed, our knowledge of it changed, or the accord changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from servanda.core.judgement import Change
from servanda.judging.judge import judge

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence
    from datetime import date

    from servanda.core.accord import Accord
    from servanda.core.claims import ClaimRecord, Review
    from servanda.core.judgement import Judgement

WORLD, KNOWLEDGE, ACCORD = "world", "knowledge", "accord"


def changes(
    accord: Accord,
    records: Sequence[ClaimRecord],
    reviews: Sequence[Review] = (),
    *,
    since: date,
    until: date,
) -> tuple[Change, ...]:
    """How judgements differ between `since` (as known then) and `until` (as known then), each with its cause.

    *accord*: with the instruments, records and events of before, the answer at `until` would be another one.
    *knowledge*: what became known later already changes the answer at `since`, to the same as at `until`.
    *world*: everything else; the passing of a deadline is the world's doing.

    All is judged at both dates; what changed is judged again only where documents came in or the accord changed.
    """
    before = {one.id: one for one in judge(accord, records, reviews, as_of=since, known_by=since)}
    after = judge(accord, records, reviews, as_of=until, known_by=until)
    pairs: list[tuple[Judgement | None, Judgement | None]] = []
    seen: set[str] = set()
    for now in after:
        earlier = before.get(now.id) or before.get(f"{now.provision}/{now.predecessor}")
        if earlier is not None:
            seen.add(earlier.id)
        if earlier is None or _key(earlier) != _key(now):
            pairs.append((earlier, now))
    pairs += [(gone, None) for name, gone in before.items() if name not in seen]
    if not pairs:
        return ()
    names = [one.id for pair in pairs for one in pair if one is not None]
    hindsight, unchanged = before, {one.id: one for one in after}
    if any(since < record.document.published <= until for record in records):
        hindsight = {one.id: one for one in judge(accord, records, reviews, as_of=since, known_by=until, only=names)}
    as_it_was = _as_it_was(accord, since)
    if as_it_was != accord:
        judged = judge(as_it_was, records, reviews, as_of=until, known_by=until, only=names)
        unchanged = {one.id: one for one in judged}
    return tuple(_change(earlier, now, hindsight, unchanged) for earlier, now in pairs)


def _change(
    earlier: Judgement | None,
    now: Judgement | None,
    hindsight: dict[str, Judgement],
    unchanged: dict[str, Judgement],
) -> Change:
    if now is None or earlier is None:
        named = now or earlier
        assert named is not None
        return Change(named.id, earlier, now, ACCORD)
    by_old_accord = unchanged.get(earlier.id)
    if by_old_accord is None or _key(by_old_accord) != _key(now):
        return Change(now.id, earlier, now, ACCORD)
    then = hindsight.get(earlier.id)
    if then is not None and _key(then) == _key(now) and _key(then) != _key(earlier):
        return Change(now.id, earlier, now, KNOWLEDGE)
    return Change(now.id, earlier, now, WORLD)


def _as_it_was(accord: Accord, day: date) -> Accord:
    """The accord without what became known or took effect after a day."""
    return replace(
        accord,
        instruments=tuple(
            one for one in accord.instruments if (when := one.known or one.signed) is None or when.first <= day
        ),
        records=tuple(one for one in accord.records if max(one.on.first, (one.known or one.on).first) <= day),
        events=tuple(
            one for one in accord.events if one.on is None or max(one.on.first, (one.known or one.on).first) <= day
        ),
    )


def _key(judgement: Judgement) -> tuple[Hashable, ...]:
    return (
        judgement.debtor,
        judgement.state,
        judgement.outlook,
        judgement.standing,
        judgement.due,
        judgement.share,
        judgement.disputed is not None,
        len(judgement.episodes),
    )
