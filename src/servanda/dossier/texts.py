"""Texts without a dossier: taken in, read, judged in memory."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from servanda.core.claims import ClaimRecord
from servanda.core.heading import split_heading
from servanda.core.likeness import sketch_of
from servanda.core.problems import ServandaError
from servanda.core.wires import wire_of
from servanda.dossier.outcomes import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from servanda.core.accord import Accord
    from servanda.core.documents import NewDocument
    from servanda.core.judgement import Judgement, Summary


def take_in(
    paths: Sequence[Path], *, published: date | None, publisher: str | None = None
) -> Iterator[tuple[Path, NewDocument | ServandaError]]:
    """Take in files one by one, without reading or keeping them; a file that fails does not stop the rest."""
    from servanda import intake

    for path in intake.find_files(list(paths)):
        try:
            yield path, intake.read_file(path, published=published, publisher=publisher)
        except ServandaError as error:
            yield path, error


def read_files(
    paths: Sequence[Path], *, published: date | None, publisher: str | None = None, jobs: int = 1
) -> Iterator[tuple[Path, Reading | ServandaError]]:
    """Take in and read files, in their order, without keeping anything; a file that fails does not stop the rest.

    With several `jobs`, files are read in as many processes; what is read does not depend on how many.
    """
    from servanda import reading

    waiting: deque[tuple[Path, NewDocument | ServandaError]] = deque()

    def sound() -> Iterator[tuple[str, str, date]]:
        for path, new in take_in(paths, published=published, publisher=publisher):
            waiting.append((path, new))
            if not isinstance(new, ServandaError):
                yield path.stem, new.text, new.document.published

    for result in reading.read_stream(sound(), jobs=jobs):
        yield from _failed(waiting)
        path, new = waiting.popleft()
        assert not isinstance(new, ServandaError)
        yield path, result.error or Reading(new, result.claims)
    yield from _failed(waiting)


def _failed(waiting: deque[tuple[Path, NewDocument | ServandaError]]) -> Iterator[tuple[Path, ServandaError]]:
    """Take off what failed before the next document that was taken in."""
    while waiting:
        path, new = waiting[0]
        if not isinstance(new, ServandaError):
            return
        waiting.popleft()
        yield path, new


def languages_not_read(text: str) -> tuple[str, ...]:
    """The languages of those parts of a text that no reader here reads, as English names ("French")."""
    from servanda.reading.language import not_read

    return not_read(text)


def time_expressions(text: str, published: date) -> tuple[dict[str, object], ...]:
    """The time expressions of a text, anchored to a day, with their offsets, TIMEX3 type and value."""
    from servanda.reading.dates import tag

    return tuple(
        {"start": found.start, "end": found.end, "text": found.text, "type": found.type.value, "value": found.value}
        for found in tag(text, published)
    )


def attributions(text: str) -> tuple[dict[str, object], ...]:
    """Who says what in a text: the spans of source, cue and content; `None` where there is none."""
    from servanda.reading.attribution import attributions_of

    return tuple(
        {"source": found.source, "cue": found.cue, "content": found.content} for found in attributions_of(text)
    )


def records_of(readings: Sequence[Reading], recorded: datetime) -> tuple[ClaimRecord, ...]:
    """Claims as records that no ledger keeps, for a draft or a brief in memory.

    As in a ledger, the same bytes are one document, and files of one name are told apart by the start of their hash.
    """
    found: list[ClaimRecord] = []
    ids: dict[str, str] = {}
    for item in readings:
        sha256, name = item.new.document.sha256, item.new.document.id
        if sha256 in ids:
            continue
        ids[sha256] = name if name not in ids.values() else f"{name}-{sha256[:8]}"
        body = item.new.text[split_heading(item.new.text).body :]
        document = replace(item.new.document, id=ids[sha256], sketch=sketch_of(body), wire=wire_of(body))
        found += [
            ClaimRecord(id=f"{document.id}:{n}", claim=claim, document=document, recorded=recorded)
            for n, claim in enumerate(item.claims, 1)
        ]
    return tuple(found)


def files_among(paths: Sequence[Path]) -> list[Path]:
    """The files that these paths name, folders walked, in the order in which they would be taken in."""
    from servanda import intake

    return intake.find_files(list(paths))


def readable_endings() -> tuple[str, ...]:
    """The endings of files that can be taken in."""
    from servanda import intake

    return intake.ENDINGS


def judge_records(
    accord: Accord, records: Sequence[ClaimRecord], *, as_of: date, known_by: date
) -> tuple[Judgement, ...]:
    """Judge claims that no ledger keeps."""
    from servanda import judging

    return judging.judge(accord, records, as_of=as_of, known_by=known_by)


def sum_up(judgements: Sequence[Judgement], by: str) -> tuple[Summary, ...]:
    """Counts of judgements by `party`, `instrument` or `provision`; side by side, never one score."""
    from servanda import judging

    return {"party": judging.by_party, "instrument": judging.by_instrument, "provision": judging.by_provision}[by](
        judgements
    )
