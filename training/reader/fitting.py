"""Train a linear model over named features, by scikit-learn and SciPy, which reading itself does not need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from servanda.reading.linear import Features, LinearModel


def fit(rows: Sequence[Features], labels: Sequence[str], strength: float, least: int = 2) -> LinearModel:
    """Logistic regression of `strength` (one over its penalty); features seen fewer than `least` times are left out."""
    index, matrix = _table(rows, least)
    solver = "liblinear" if len(set(labels)) == 2 else "lbfgs"
    model = LogisticRegression(C=strength, solver=solver, max_iter=500, random_state=0).fit(matrix, list(labels))
    classes = tuple(str(c) for c in model.classes_)
    return LinearModel(
        classes, index, model.coef_.T.astype(np.float32), np.atleast_1d(model.intercept_).astype(np.float32)
    )


def fit_choice(
    groups: Sequence[Sequence[Features]], rights: Sequence[Sequence[bool]], strength: float, least: int = 2
) -> LinearModel:
    """A model that chooses among the options of each group, or none of them, of which several may be right.

    It maximises the probability of the right ones (of none, where none is right) as `LinearModel.shares` reckons it.
    """
    rows = [features for group in groups for features in group]
    index, matrix = _table(rows, least)
    turned = matrix.T.tocsr()
    group_of = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    right = np.array([one for group in rights for one in group], bool)
    any_right = np.zeros(len(groups), bool)
    any_right[group_of[right]] = True

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = np.exp(np.clip(matrix @ weights[:-1] + weights[-1], -30, 30))
        whole = 1 + np.bincount(group_of, odds, len(groups))
        wanted = np.where(any_right, np.bincount(group_of, odds * right, len(groups)), 1.0)
        pull = odds / whole[group_of] - np.where(right, odds / wanted[group_of], 0.0)
        slope = np.append(turned @ pull + weights[:-1] / strength, pull.sum())
        penalty = 0.5 * (weights[:-1] ** 2).sum() / strength
        return float((np.log(whole) - np.log(wanted)).sum() + penalty), slope

    start = np.zeros(len(index) + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200, "ftol": 1e-6}).x
    return LinearModel(("no", "yes"), index, found[:-1].astype(np.float32)[:, None], found[-1:].astype(np.float32))


def _table(rows: Sequence[Features], least: int) -> tuple[dict[str, int], csr_matrix]:
    """The features seen often enough, and the rows as a matrix of them."""
    seen = Counter(name for row in rows for name in row)
    index = {name: i for i, name in enumerate(sorted(n for n, count in seen.items() if count >= least))}
    data, columns, starts = [], [], [0]
    for row in rows:
        for name in sorted(row):
            if name in index:
                data.append(row[name])
                columns.append(index[name])
        starts.append(len(columns))
    matrix = csr_matrix(
        (np.array(data), np.array(columns, np.int32), np.array(starts, np.int32)), shape=(len(rows), len(index))
    )
    return index, matrix
