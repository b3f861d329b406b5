"""Write the lexicon of cues (src/servanda/reading/attribution/cues.toml) from the training part of PolNeAR.

Get the corpus from the public repository networkdynamics/PolNeAR and name its folder `data/train`:

    git clone https://github.com/networkdynamics/PolNeAR
    python training/attribution_cues.py PolNeAR/data/train

A logistic regression weighs the features of candidates that stand outside every annotated content; the same data give
the same lexicon. Needs scikit-learn (the extra `train`). Takes some minutes, nearly all of it for parsing.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from math import log
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

from polnear import Article, read_part
from servanda.reading.attribution.candidates import candidates
from servanda.reading.attribution.quotations import quotations
from servanda.reading.parsing import Parse, parse
from servanda.reading.segmentation import sentences

TARGET = Path(__file__).resolve().parent.parent / "src/servanda/reading/attribution/cues.toml"
LEAST_OFTEN = 3
"""Features seen less often are left out: they would learn single articles."""
STRENGTH = 1.0
"""Inverse strength of the L1 penalty; chosen on a fifth of the training articles."""
THRESHOLD = 0.4
"""The probability from which a candidate counts; the start weight is shifted so that it comes out as zero."""
CONTEXT = ("frame ", "subject ", "form ", "place ", "auxiliary ", "negated")

Example = tuple[tuple[str, ...], bool]


def examples(article: Article, parses: list[Parse]) -> list[Example]:
    """The candidates of one article outside every content, and whether each is a cue."""
    quoted = quotations(article.text)
    cues = [span for item in article.attributions for span in item.cue]
    contents = [span for item in article.attributions for span in item.content]
    found = []
    for parsed in parses:
        near = [span for span in quoted if span[0] < parsed.end and span[1] > parsed.start]
        for candidate in candidates(parsed, near):
            at = candidate.word.start
            if not any(start <= at < end for start, end in contents):
                found.append((candidate.features, any(start <= at < end for start, end in cues)))
    return found


def learn(data: list[Example]) -> dict[str, float]:
    """The weight of each feature, rounded, and the weight to start from."""
    counts = Counter(feature for features, _ in data for feature in features)
    rows = [{feature: 1.0 for feature in features if counts[feature] >= LEAST_OFTEN} for features, _ in data]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    matrix.indices, matrix.indptr = (
        matrix.indices.astype("int32"),
        matrix.indptr.astype("int32"),
    )  # what liblinear reads
    model = LogisticRegression(C=STRENGTH, l1_ratio=1, solver="liblinear", max_iter=500, random_state=0)
    model.fit(matrix, [label for _, label in data])
    learnt = {name: round(float(w), 2) for name, w in zip(vectorizer.feature_names_, model.coef_[0], strict=True)}
    start = float(model.intercept_[0]) - log(THRESHOLD / (1 - THRESHOLD))
    return {"start": round(start, 2), **{name: weight for name, weight in learnt.items() if weight}}


def as_toml(weights: dict[str, float]) -> str:
    """The lexicon as a file: one table a frame, words by weight; the contexts in a table of their own."""
    tables: dict[str, dict[str, float]] = defaultdict(dict)
    for name, weight in weights.items():
        table, colon, word = name.partition(": ")
        if name == "start" or name.startswith(CONTEXT):
            tables["context"][name] = weight
        elif colon:
            tables[table][word] = weight
        else:
            tables["any"][name] = weight
    lines = [
        "# How much a word, its frame, its subject and its place speak for somebody's words or thoughts being told.",
        "# The weights of a candidate are added to `start`; above zero it is a cue.",
        "# Written by training/attribution_cues.py.",
    ]
    for table in sorted(tables, key=lambda key: (key != "context", key != "any", key)):
        lines += ["", f'["{table}"]' if " " in table else f"[{table}]"]
        for word, weight in sorted(tables[table].items(), key=lambda item: (item[0] != "start", -item[1], item[0])):
            lines.append(f"{_quoted(word)} = {weight}")
    return "\n".join(lines) + "\n"


def _quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main() -> None:
    """Read the corpus, parse it, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="PolNeAR's data/train")
    options = parser.parse_args()
    data: list[Example] = []
    for article in read_part(options.folder):
        data += examples(article, list(parse(article.text, sentences(article.text))))
    TARGET.write_text(as_toml(learn(data)), encoding="utf-8")
    print(f"{TARGET}: {sum(label for _, label in data)} cues among {len(data)} candidates")


if __name__ == "__main__":
    main()
