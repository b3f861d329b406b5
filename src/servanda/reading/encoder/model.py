"""The encoder at work: a small transformer, run with onnxruntime from weights that the package ships."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from servanda.core.problems import ServandaError
from servanda.reading.encoder.labels import ACTIONS, ACTS, OUTPUTS, ROLES
from servanda.reading.encoder.scores import WordScores
from servanda.reading.encoder.wordpieces import WordPieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "weights"
LONGEST = 126
"""Pieces in one run, marks of start and end included; as in training."""
OVERLAP = 40
"""Pieces that two windows of a longer sentence share at most, so that a word near a seam is seen with its neighbours;
also the most pieces of one word that are looked at."""
SLOWER_TOGETHER = ["SkipLayerNormFusion"]
"""What onnxruntime would fuse to the loss of a quarter of the time."""
APART = -20.0
"""Log-odds of a role between two words that no window holds together."""


@dataclass(frozen=True)
class Window:
    """A stretch of a sentence that is scored in one run. Its scores are kept for the words from `keep` on."""

    start: int
    stop: int
    keep: int


class TriggerEncoder:
    """Scores each word of a sentence as the trigger (head word) of a claim, with what the claim would be.

    The scores of a sentence depend on its words only: sentences are run one by one, so neither their order, nor what
    else is scored with them, nor the number of threads or processes changes a figure.
    """

    def __init__(self, session: Any, pieces: WordPieces, version: str, threshold: float) -> None:
        self._session = session
        self._pieces = pieces
        self.version = version
        """Name and number of the weights, for the ledger's record of who read a claim."""
        self.threshold = threshold
        """The trigger probability at which claim F1 was best in cross-validation."""

    @classmethod
    def load(cls, folder: Path = WEIGHTS) -> TriggerEncoder:
        """Load weights (about 0.2 s). Each process needs its own; a session runs on one thread.

        Raises `ServandaError` where the folder does not hold weights of this form.
        """
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            card = json.loads((folder / "card.json").read_text("utf-8"))
            vocabulary = (folder / "vocabulary.txt").read_text("utf-8").splitlines()
            weights = (folder / "encoder.onnx").read_bytes()
        except (OSError, ValueError) as error:
            raise ServandaError(
                f"the weights of the claim encoder cannot be read from {folder} ({error})", "install the package again"
            ) from error
        labels = {"actions": list(ACTIONS), "acts": list(ACTS), "roles": list(ROLES)}
        session = onnxruntime.InferenceSession(
            weights, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER_TOGETHER
        )
        if card.get("labels") != labels or tuple(one.name for one in session.get_outputs()) != OUTPUTS:
            raise ServandaError(
                f"the weights of the claim encoder in {folder} were trained for other labels than this version reads",
                "install the package again, or train them again (docs/reading-encoder.md)",
            )
        return cls(session, WordPieces(vocabulary), card["version"], card["threshold"])

    def score(self, sentences: Sequence[Sequence[str]]) -> list[WordScores]:
        """The scores of each sentence, given as its words (spaCy's tokens or any split like it), in the same order."""
        return [self._score_one(words) for words in sentences]

    def _score_one(self, words: Sequence[str]) -> WordScores:
        count = len(words)
        of_words = [pieces[:OVERLAP] for pieces in self._pieces.split(words)] if count else []
        trigger = np.zeros((count, len(ACTIONS)), np.float32)
        act = np.full((count, len(ACTS)), 1 / len(ACTS), np.float32)
        negative, possible = np.zeros(count, np.float32), np.zeros(count, np.float32)
        roles = np.full((len(ROLES), count, count), APART, np.float32)
        apart: list[float] = []
        for window in windows([len(pieces) for pieces in of_words]):
            found = self._run(of_words[window.start : window.stop])
            kept, seen = slice(window.keep, window.stop), slice(window.keep - window.start, None)
            trigger[kept], act[kept], negative[kept], possible[kept] = (scores[seen] for scores in found[:4])
            roles[:, kept, window.start : window.stop] = found[4][:, seen]
            apart.append(float(found[5][0]))
        return WordScores(trigger, act, negative, possible, roles, sum(apart) / max(1, len(apart)))

    def _run(self, of_words: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        pieces, first = [self._pieces.start], []
        for word in of_words:
            first.append(len(pieces))
            pieces += word
        pieces.append(self._pieces.end)
        inputs = {"pieces": np.array(pieces, np.int64), "first": np.array(first, np.int64)}
        found: list[NDArray[np.float32]] = self._session.run(None, inputs)
        return found


def windows(sizes: Sequence[int], longest: int = LONGEST - 2, overlap: int = OVERLAP) -> list[Window]:
    """Cut a sentence, given by how many pieces each word has, into runs that fit. One window for all but the longest.

    No word may have more pieces than `overlap`, and `overlap` must be less than half of `longest`.
    """
    found: list[Window] = []
    start = keep = 0
    while keep < len(sizes):
        stop, room = start, longest
        while stop < len(sizes) and sizes[stop] <= room:
            room -= sizes[stop]
            stop += 1
        found.append(Window(start, stop, keep))
        start, keep, shared = stop, stop, 0
        while start > 0 and shared + sizes[start - 1] <= overlap:
            start -= 1
            shared += sizes[start]
    return found
