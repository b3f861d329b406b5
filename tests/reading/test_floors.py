"""Floors of accuracy. They go up with the reader and are never lowered silently."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from servanda.reading import load_reader
from tests.reading.own_gold import PUBLISHED, Tally, load, load_unseen, tally

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "eval"


@pytest.fixture(scope="module")
def own() -> Tally:
    reader = load_reader()
    sentences = load()
    return tally(sentences, [reader.read("own", s.text, PUBLISHED) for s in sentences])


def test_there_are_at_least_150_sentences_of_our_own() -> None:
    assert len(load()) >= 150


@pytest.mark.parametrize(("name", "floor"), [("action", 0.94), ("claim", 0.9)])
def test_claims_of_our_own_sentences(own: Tally, name: str, floor: float) -> None:
    assert own.f1(own.action if name == "action" else own.right) >= floor


def test_fields_of_our_own_sentences(own: Tally) -> None:
    assert own.actors_f1 >= 0.93
    assert own.share("source") >= 0.96
    assert own.share("when") >= 0.94
    assert own.share("quantity") >= 0.90


def test_floor_on_dispatches_of_our_own_that_nothing_was_trained_on() -> None:
    written, read = load_unseen(load_reader())
    found = tally(written, read)
    assert found.gold > 300
    assert found.f1(found.action) >= 0.67
    assert found.f1(found.right) >= 0.6
    assert found.actors_f1 >= 0.71
    assert found.share("when") >= 0.76
    assert found.share("source") >= 0.92


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared gold claims are not beside this repository")
def test_floor_on_the_shared_development_gold(tmp_path: Path) -> None:
    result = score_dev(SHARED)
    assert result["not_verbatim"] == 0
    assert result["action"]["f1"] >= 0.745
    assert result["claim"]["f1"] >= 0.645
    assert result["mission"]["f1"] >= 0.66
    assert result["actors"]["f1"] >= 0.755
    assert result["when"]["accuracy"] >= 0.81
    assert result["source"]["accuracy"] >= 0.79
    assert result["quantity"]["accuracy"] >= 0.75
    assert result["quote"] >= 0.775


def score_dev(folder: Path) -> dict[str, Any]:
    spec = importlib.util.spec_from_file_location("score_claims", folder / "score_claims.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    reader = load_reader()
    texts, lines = {}, []
    for path in sorted((folder / "dev" / "texts").glob("*.txt")):
        texts[path.stem] = scorer.read_text(path)
        published = date.fromisoformat(path.with_suffix(".date").read_text("utf-8").strip())
        lines += [c.fields() for c in reader.read(path.stem, path.read_text("utf-8"), published)]
    gold = scorer.load(folder / "dev" / "gold.jsonl", texts, True)
    result: dict[str, Any] = scorer.score(gold, placed(scorer, lines, texts))[0]
    return result


def placed(scorer: Any, claims: list[dict[str, Any]], texts: dict[str, Any]) -> list[dict[str, Any]]:
    """The claims as the scorer's own loader hands them out."""
    import json
    import tempfile

    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(claim) + "\n" for claim in claims)
        file.flush()
        found: list[dict[str, Any]] = scorer.load(file.name, texts, False)
    return found
