"""How documents are parted for training: by a hash of their names, so that everybody parts them alike."""

from __future__ import annotations

import hashlib


def held_back(document: str) -> bool:
    """Whether a document is of the *untouched* quarter, on which nothing is trained or chosen; the rest is *work*."""
    return hashlib.sha1(document.encode()).digest()[0] % 4 == 0


def fold(document: str, folds: int) -> int:
    """The fold of a working document in cross-validation; independent of `held_back`."""
    return hashlib.sha1(document.encode()).digest()[1] % folds


def held_out(wire: str) -> bool:
    """Whether a wire text annotated for this project is for choosing thresholds by, and not learnt from."""
    return hashlib.sha1(wire.encode()).digest()[2] % 8 == 0
