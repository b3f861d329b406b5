"""Wire texts that others publish: put together from their files, and our annotations laid onto them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from training.dispatches.reading import Mistake, fields_of
from training.wire import reading
from training.wire.sources import wire_texts, written

AGENCY = """<DOC>
<DOCNO> AP890199-0001 </DOCNO>
<FIRST>r i PM-Karatu     01-99 0100</FIRST>
<TEXT>
   Rebels in Karatu freed 12
hostages Tuesday, ``without a ransom,'' the army said.
   Nobody was hurt.
</TEXT>
</DOC>
<DOC>
<DOCNO> AP890199-0002 </DOCNO>
</DOC>
"""
TOKENS = """-DOCSTART- -X- O O

Karatu NNP I-NP I-LOC
rebels NNS I-NP O
free VBP I-VP O
hostages NNS I-NP O
. . O O

KARATU NNP I-NP I-LOC
1996-08-31 CD I-NP O

" " O O
They PRP I-NP O
are VBP I-VP O
n't RB I-VP O
hurt JJ I-ADJP O
, , O O
" " O O
the DT I-NP O
army NN I-NP O
's POS I-NP O
chief NN I-NP O
( ( O O
70 CD I-NP O
) ) O O
said VBD I-VP O
. . O O

-DOCSTART- -X- O O

Tables NNS I-NP O
without IN I-PP O
a DT I-NP O
date NN I-NP O
"""


@pytest.fixture
def collections(tmp_path: Path) -> Path:
    """A folder with one small file of each collection."""
    (tmp_path / "ap89_collection").mkdir()
    (tmp_path / "ap89_collection/ap890199").write_text(AGENCY, "latin-1")
    (tmp_path / "eng.testa").write_text(TOKENS, "utf-8")
    return tmp_path


def test_both_collections_become_paragraphs(collections: Path) -> None:
    assert wire_texts(collections) == {
        "AP890199-0001": [
            'Rebels in Karatu freed 12 hostages Tuesday, "without a ransom," the army said.',
            "Nobody was hurt.",
        ],
        "testa-0001": ["Karatu rebels free hostages", "\"They aren't hurt,\" the army's chief (70) said."],
    }


def test_a_quotation_opens_and_closes_in_turn() -> None:
    assert written(["He", "said", '"', "yes", '"', "and", '"', "no", '"', "."]) == 'He said "yes" and "no".'


def annotations(tmp_path: Path, first: str, *claims: str) -> Path:
    """A file of annotations with one document."""
    path = tmp_path / "annotations.txt"
    path.write_text("\n".join([first, *claims]) + "\n", "utf-8")
    return path


def test_claims_are_laid_onto_the_text(collections: Path) -> None:
    texts = wire_texts(collections)
    total = reading.checksum("\n\n".join(texts["AP890199-0001"]))
    line = "0-42@17 report release + | actors: Rebels | source: army | when: 1989-01-03 on | n: 12 | place: Karatu"
    path = annotations(collections, f"@ AP890199-0001 1989-01-04 0-1 {total}", line)
    [document] = reading.read(path, texts)
    [claim] = document.claims
    assert claim["quote"] == "Rebels in Karatu freed 12 hostages Tuesday"
    assert document.text[claim["trigger"] :].startswith("freed")
    assert (claim["actors"], claim["quantity"], claim["when"]) == (["Rebels"], 12, "1989-01-03")


def test_only_the_paragraphs_that_were_annotated_are_read(collections: Path) -> None:
    texts = wire_texts(collections)
    path = annotations(collections, f"@ testa-0001 1996-08-31 1 {reading.checksum(texts['testa-0001'][1])}")
    [document] = reading.read(path, texts)
    assert document.text == texts["testa-0001"][1]
    assert reading.chosen(["a", "b", "c", "d"], "0-1,3") == "a\n\nb\n\nd"


def test_a_text_that_is_not_there_is_left_out(collections: Path) -> None:
    path = annotations(collections, "@ AP890101-0001 1989-01-01 0-3 00000000", "0-4@0 report attack +")
    assert list(reading.read(path, wire_texts(collections))) == []


@pytest.mark.parametrize(
    ("first", "claim", "message"),
    [
        ("@ testa-0001 1996-08-31 0-1 00000000", "", "annotations.txt:1: the text of testa-0001 differs"),
        (
            "@ testa-0001 1996-08-31 0 SUM",
            "5-99@7 report attack +",
            "annotations.txt:2: the word that names the action",
        ),
        (
            "@ testa-0001 1996-08-31 0 SUM",
            "0-9@12 report attack +",
            "annotations.txt:2: the word that names the action",
        ),
        ("@ testa-0001 1996-08-31 0 SUM", "0-9@7 report dance +", "annotations.txt:2: "),
    ],
)
def test_what_is_wrong_is_said_with_its_line(collections: Path, first: str, claim: str, message: str) -> None:
    texts = wire_texts(collections)
    path = annotations(collections, first.replace("SUM", reading.checksum(texts["testa-0001"][0])), claim)
    with pytest.raises(Mistake, match=re.escape(message)):
        list(reading.read(path, texts))


def test_the_command_counts_and_refuses(
    collections: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reading, "FOLDER", collections)
    annotations(collections, f"@ testa-0001 1996-08-31 0 {reading.checksum('Karatu rebels free hostages')}")
    assert reading.main([str(collections)]) == 0
    assert capsys.readouterr().out == "1 of 1 annotated texts found (1 silent), 4 words, 0 claims\n"
    annotations(collections, "@ testa-0001 1996-08-31 0 00000000")
    assert reading.main([str(collections)]) == 1
    assert "differs from the one that was annotated" in capsys.readouterr().out
    (collections / "eng.testa").unlink()
    assert reading.main([str(collections)]) == 1
    assert "no annotated text is here; training/wire/sources.py says which files" in capsys.readouterr().out


def test_the_annotations_of_the_repository_are_in_order() -> None:
    names: list[str] = []
    for path in sorted(reading.FOLDER.glob("*.txt")):
        for line in filter(str.strip, path.read_text("utf-8").splitlines()):
            if line.startswith("@ "):
                assert re.fullmatch(r"@ \S+ \d{4}-\d\d-\d\d \d+(-\d+)?(,\d+(-\d+)?)* [0-9a-f]{8}", line), line
                names.append(line.split()[1])
            elif not line.startswith("#"):
                found = re.fullmatch(r"(\d+)-(\d+)@(\d+) (.+)", line)
                assert found, line
                assert int(found[1]) <= int(found[3]) < int(found[2]), line
                fields_of(found[4])
    assert names
    assert len(names) == len(set(names))
