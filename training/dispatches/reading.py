"""Read the dispatches of this folder: invented news in the form that is easiest to write and to check by eye.

    python -m training.dispatches.reading [FILE...]

prints what is wrong in them, and counts. A file holds documents one after the other:

    @ name 2006-11-14
    A sentence stands on a line of its own.
      the [trigger] clause :: act action + possible | actors: A; B | source: S | when: W kind | n: 300 | place: P

    A blank line begins a paragraph. A line that starts with # is a remark.

Below a sentence, indented, each of its claims: the quote with the word that names the action in brackets, then the
fields of the guidelines.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servanda.core.vocabulary import Act, Action, WhenKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FOLDER = Path(__file__).parent
WHEN = re.compile(r"\d{4}(-\d\d(-\d\d)?)?|P\d+[DWMY]|PT\d+[HM]")
FIELDS = ("actors", "source", "when", "n", "place")
PRONOUNS = frozenset(["he", "she", "it", "they", "we", "i", "you", "who", "which", "that", "both", "them", "us"])


@dataclass
class Dispatch:
    """One document: its text, and its claims as the gold has them with `trigger` as an offset into the text beside."""

    name: str
    published: date
    text: str = ""
    claims: list[dict[str, Any]] = field(default_factory=list)


class Mistake(ValueError):
    """What is wrong in a line of a dispatch, for its author."""


def load(files: Iterable[Path] | None = None) -> list[Dispatch]:
    """The dispatches of some files (default: of the folder). Raises Mistake at the first line that is wrong."""
    found = []
    for path in sorted(files or FOLDER.glob("*.txt")):
        for item in read(path):
            if isinstance(item, Mistake):
                raise item
            found.append(item)
    return found


def read(path: Path) -> Iterator[Dispatch | Mistake]:
    """The dispatches of a file in order, and among them what is wrong."""
    document: Dispatch | None = None
    sentence, at = "", 0
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            if line.startswith("#"):
                continue
            if line.startswith("@ "):
                if document is not None:
                    yield document
                _, name, published = line.split()
                document, sentence = Dispatch(name, date.fromisoformat(published)), ""
            elif document is None:
                if line.strip():
                    raise Mistake("a document begins with a line '@ name YYYY-MM-DD'")
            elif not line.strip():
                document.text = document.text.rstrip() + "\n\n" if document.text else ""
            elif line.startswith(" "):
                if not sentence:
                    raise Mistake("a claim stands below its sentence")
                document.claims.append(claim(document, line.strip(), sentence, at))
            else:
                joint = "" if not document.text or document.text.endswith("\n") else " "
                sentence, at = line.strip(), len(document.text) + len(joint)
                document.text += joint + sentence
        except ValueError as error:
            yield Mistake(f"{path.name}:{number}: {error}")
    if document is not None:
        document.text = document.text.rstrip()
        yield document


def claim(document: Dispatch, line: str, sentence: str, start: int) -> dict[str, Any]:
    """One claim from its line."""
    marked, _, rest = line.partition(" :: ")
    before, bracket, after = marked.partition("[")
    trigger, closing, end = after.partition("]")
    if not bracket or not closing or not trigger:
        raise Mistake(f"the word that names the action stands in brackets: {marked!r}")
    quote = before + trigger + end
    if quote not in sentence:
        raise Mistake(f"not verbatim in the sentence above: {quote!r}")
    offset = start + sentence.index(quote)
    return {
        "doc": document.name,
        "quote": quote,
        **fields_of(rest),
        "start": offset,
        "trigger": offset + len(before),
    }


def fields_of(line: str) -> dict[str, Any]:
    """A claim's fields as the gold has them, from `act action + | actors: A; B | ...`."""
    kind, *parts = (part.strip() for part in line.split("|"))
    words = kind.split()
    if len(words) not in (3, 4) or words[2] not in "+-" or words[3:] not in ([], ["possible"]):
        raise Mistake(f"expected 'act action +' or '-', and possibly 'possible', not {kind!r}")
    given = dict(part.split(": ", 1) for part in parts)
    if unknown := set(given) - set(FIELDS):
        raise Mistake(f"no such field: {', '.join(sorted(unknown))}; the fields are {', '.join(FIELDS)}")
    when, _, when_kind = given.get("when", "").partition(" ")
    if when and not WHEN.fullmatch(when):
        raise Mistake(f"no date, month, year or span: {when!r}")
    actors = [name.strip() for name in given.get("actors", "").split(";") if name.strip()]
    for name in [*actors, given.get("source", "")]:
        if name.lower() in PRONOUNS and name != "US":
            raise Mistake(f"a pronoun is not a name: {name!r}; write whom it stands for")
    return {
        "act": str(Act(words[0])),
        "action": str(Action(words[1])),
        "polarity": "positive" if words[2] == "+" else "negative",
        "certainty": "possible" if words[3:] else "certain",
        "actors": actors,
        "source": given.get("source"),
        "when": when or None,
        "when_kind": str(WhenKind(when_kind)) if when_kind else None,
        "quantity": float(given["n"]) if "n" in given else None,
        "place": given.get("place"),
    }


def unfounded(document: Dispatch) -> Iterator[str]:
    """Names of the claims of a document of which no word stands in its text."""
    words = set(re.findall(r"\w+", document.text.lower()))
    for item in document.claims:
        for name in filter(None, [*item["actors"], item["source"], item["place"]]):
            if not set(re.findall(r"\w+", name.lower())) & words:
                yield f"{document.name}: {name!r} is nowhere in the text"


def check(files: Sequence[Path]) -> int:
    """Print mistakes and counts; the number of mistakes."""
    wrong, claims, words, silent, names = 0, Counter[str](), 0, 0, Counter[str]()
    for path in files:
        for item in read(path):
            found = [str(item)] if isinstance(item, Mistake) else list(unfounded(item))
            wrong += len(found)
            for message in found:
                print(message)
            if isinstance(item, Dispatch):
                names[item.name] += 1
                words += len(item.text.split())
                silent += not item.claims
                for one in item.claims:
                    claims[one["action"]] += 1
                    claims[f"({one['act']})"] += 1
    for name, count in names.items():
        if count > 1:
            wrong += 1
            print(f"{name}: {count} documents have this name")
    total = sum(count for name, count in claims.items() if name.startswith("("))
    print(f"{names.total()} documents ({silent} silent), {words} words, {total} claims, {wrong} mistakes")
    print(", ".join(f"{name} {count}" for name, count in claims.most_common()))
    return wrong


if __name__ == "__main__":
    sys.exit(1 if check([Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.txt"))) else 0)
