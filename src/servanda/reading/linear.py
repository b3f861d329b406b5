"""A linear model over named features, kept as plain arrays: what training writes and reading uses."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from servanda.core.problems import ServandaError

Features = Mapping[str, float]
_FARTHEST = 500.0
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive of weights, so that equal weights are equal bytes."""


@dataclass(frozen=True)
class LinearModel:
    """Logistic regression: one column of weights a class (a single column means yes against no)."""

    classes: tuple[str, ...]
    index: Mapping[str, int]
    weights: NDArray[np.float32]
    """[features, columns]"""
    intercept: NDArray[np.float32]

    def probabilities(self, features: Features) -> NDArray[np.float64]:
        """The probability of each class; of a yes-no model, that of no and of yes."""
        scores = self.intercept.astype(np.float64)
        for name, value in features.items():
            row = self.index.get(name)
            if row is not None:
                scores = scores + self.weights[row].astype(np.float64) * value
        if len(scores) == 1:
            yes = 1.0 / (1.0 + np.exp(-scores[0]))
            return np.array([1.0 - yes, yes])
        odds = np.exp(scores - scores.max())
        result: NDArray[np.float64] = odds / odds.sum()
        return result

    def yes(self, features: Features) -> float:
        """The probability of yes."""
        return float(self.probabilities(features)[1])

    def shares(self, offered: Sequence[Features]) -> list[float]:
        """The probability that each of several options is the one, where at most one is; the rest is that of none."""
        scores = [self._score(features) for features in offered]
        highest = max(scores, default=0.0)
        odds = [math.exp(score - highest) for score in scores]
        whole = sum(odds) + math.exp(min(-highest, _FARTHEST))
        return [each / whole for each in odds]

    def _score(self, features: Features) -> float:
        rows = [self.index[name] for name in features if name in self.index]
        return float(self.intercept[0]) + float(self.weights[rows, 0].sum(dtype=np.float64))

    def best(self, features: Features) -> str:
        """The likeliest class."""
        return self.classes[int(self.probabilities(features).argmax())]


def odds_of(probability: float) -> float:
    """The log-odds of a probability, cut where they would be endless."""
    clipped = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(clipped / (1 - clipped))


def pack(models: Mapping[str, LinearModel]) -> bytes:
    """Models as one archive. Weights are rounded to half precision; features that weigh nothing are left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, model in sorted(models.items()):
            rounded = model.weights.astype(np.float16)
            kept = sorted(f for f, row in model.index.items() if rounded[row].any())
            rows = [model.index[f] for f in kept]
            for part, content in (
                ("classes", "\n".join(model.classes).encode()),
                ("features", "\n".join(kept).encode()),
                ("weights", rounded[rows].tobytes()),
                ("intercept", model.intercept.astype(np.float32).tobytes()),
            ):
                archive.writestr(zipfile.ZipInfo(f"{name}/{part}", _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unpack(content: bytes) -> dict[str, LinearModel]:
    """The models of an archive that `pack` wrote."""
    models = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in sorted({entry.split("/")[0] for entry in archive.namelist()}):
            names = archive.read(f"{name}/features").decode().split("\n")
            intercept = np.frombuffer(archive.read(f"{name}/intercept"), np.float32)
            weights = np.frombuffer(archive.read(f"{name}/weights"), np.float16).reshape(len(names), len(intercept))
            models[name] = LinearModel(
                tuple(archive.read(f"{name}/classes").decode().split("\n")),
                {feature: row for row, feature in enumerate(names)},
                weights.astype(np.float32),
                intercept,
            )
    return models


@cache
def models() -> Mapping[str, LinearModel]:
    """The trained models of the package.

    Raises:
        ServandaError: the package was installed without its weights.
    """
    folder = files("servanda.reading") / "weights"
    try:
        return {**unpack((folder / "reader.zip").read_bytes()), **unpack((folder / "fields.zip").read_bytes())}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ServandaError(f"the reader's weights cannot be read ({error})", "install the package again") from error
