"""Choose the pieces of the base vocabulary that news of this kind uses; each of the others would cost 384 weights.

    python -m training.encoder.vocabulary BASE OUT TEXT_FOLDER...

The dispatches are counted too, and what OUT holds already is kept. Every single character and every special piece
stays, so any word can still be spelt.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from servanda.reading.encoder.wordpieces import END, PAD, START, UNKNOWN, WordPieces
from training.dispatches.reading import load

SEEN = 2


def choose(base: list[str], texts: list[str]) -> list[str]:
    """The kept pieces, in the base's order after the special ones."""
    pieces = WordPieces(base)
    counts: Counter[int] = Counter()
    for text in texts:
        for word in pieces.split(text.split()):
            counts.update(word)
    special = [PAD, UNKNOWN, START, END]
    return special + [
        piece
        for n, piece in enumerate(base)
        if piece not in special
        and not piece.startswith("[unused")
        and (counts[n] >= SEEN or (len(piece.removeprefix("##")) == 1 and piece.isascii()))
    ]


def main() -> None:
    """Write the chosen vocabulary, one piece a line."""
    base, out, *folders = map(Path, sys.argv[1:])
    texts = [path.read_text("utf-8") for folder in folders for path in sorted(folder.glob("*.txt"))]
    texts += [dispatch.text for dispatch in load()]
    pieces = (base / "vocab.txt").read_text("utf-8").split("\n")[:-1]
    old = set(out.read_text("utf-8").splitlines()) if out.exists() else set()
    chosen = choose(pieces, texts)
    kept = chosen[:4] + [piece for piece in pieces if piece in old.union(chosen[4:]) and piece not in chosen[:4]]
    out.write_text("\n".join(kept) + "\n", "utf-8")
    print(f"{len(kept)} pieces kept")


if __name__ == "__main__":
    main()
