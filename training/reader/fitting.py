"""Train a linear model over named features, by scikit-learn, which reading itself does not need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from servanda.reading.linear import Features, LinearModel


def fit(rows: Sequence[Features], labels: Sequence[str], strength: float, least: int = 2) -> LinearModel:
    """Logistic regression of `strength` (one over its penalty); features seen fewer than `least` times are left out."""
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
    solver = "liblinear" if len(set(labels)) == 2 else "lbfgs"
    model = LogisticRegression(C=strength, solver=solver, max_iter=500, random_state=0).fit(matrix, list(labels))
    classes = tuple(str(c) for c in model.classes_)
    return LinearModel(
        classes, index, model.coef_.T.astype(np.float32), np.atleast_1d(model.intercept_).astype(np.float32)
    )
