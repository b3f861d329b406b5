"""Files of every kind become documents, or a message that says what to do."""

from __future__ import annotations

import errno
import hashlib
import os
from datetime import date
from pathlib import Path

import pytest

from servanda.core.problems import ServandaError
from servanda.intake import ENDINGS, files, find_files, language, read_file

DAY = date(2021, 1, 29)
BODY = "Arland began to withdraw its troops on Monday. Borland refused to withdraw. Elections were held in Cerville."


def put(folder: Path, name: str, content: str | bytes = BODY) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ServandaError) as refused:
        read_file(path)
    return str(refused.value)


def test_a_heading_says_what_a_text_is(tmp_path: Path) -> None:
    text = (
        "Title: Troops leave\nDate: 29 January 2021\nPublisher: The Desk\nAddress: https://example.org/1\n"
        f"Reliability: b\nLanguage: EN\n\n{BODY}\n"
    )
    new = read_file(put(tmp_path, "report.txt", text))

    assert new.document.id == "report"
    assert new.document.published == DAY
    assert new.published_from == "the file's heading"
    assert (new.document.publisher, new.document.title) == ("The Desk", "Troops leave")
    assert (new.document.address, new.document.reliability, new.document.language) == (
        "https://example.org/1",
        "B",
        "en",
    )
    assert new.text == text, "the whole file, so that offsets hold"
    assert new.raw == text.encode()
    assert new.document.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert new.media_type == "text/plain; charset=utf-8"


def test_what_is_given_wins(tmp_path: Path) -> None:
    path = put(tmp_path, "report.txt", f"Date: 2021-01-29\nPublisher: The Desk\n\n{BODY}")
    new = read_file(path, published=date(2021, 2, 1), publisher="Mission")
    assert (new.document.published, new.document.publisher, new.published_from) == (
        date(2021, 2, 1),
        "Mission",
        "given",
    )


def test_a_date_in_the_text_is_used_and_said(tmp_path: Path) -> None:
    new = read_file(put(tmp_path, "report.txt", f"Troops leave\n\nJanuary 29, 2021 at 3:40 pm\n\n{BODY}"))
    assert (new.document.published, new.published_from) == (DAY, "the text: January 29, 2021 at 3:40 pm")
    assert new.document.publisher is None


def test_no_date_is_asked_for(tmp_path: Path) -> None:
    path = put(tmp_path, "report.txt")
    assert refusal(path) == (
        f"{path} does not say when it was published; give the day with --date YYYY-MM-DD,"
        " or write 'Date: YYYY-MM-DD' and a blank line above the text"
    )


def test_a_file_name_suggests_a_date_and_gives_none(tmp_path: Path) -> None:
    assert refusal(put(tmp_path, "desk-2021-01-29.txt")).endswith("; its name suggests --date 2021-01-29")
    assert "its name suggests" not in refusal(put(tmp_path, "desk-2021-02-30.txt"))


def test_an_open_date_is_named(tmp_path: Path) -> None:
    path = put(tmp_path, "report.txt", f"Troops leave\n\n03/04/2021\n\n{BODY}")
    assert refusal(path) == (
        f"{path} leaves open when it was published: '03/04/2021'; give the day with --date YYYY-MM-DD"
    )


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Date: 30 February 2021", ":1: '30 February 2021' is not one certain day; write the date as YYYY-MM-DD"),
        ("Title: x\nDate: 03/04/2021", ":2: '03/04/2021' is not one certain day"),
        ("Date: 2021-01-29\nReliability: Z", ":2: 'Z' is no reliability; give one letter from A to F"),
        ("Date: 2021-01-29\nPublished: 2021-01-30", ":2: the heading gives the date twice"),
        ("Date: 2021-01-29\nPubisher: The Desk", ":2: 'Pubisher' is no line of a heading; did you mean 'Publisher'?"),
    ],
)
def test_a_wrong_heading_line_is_named_by_its_place(tmp_path: Path, heading: str, said: str) -> None:
    path = put(tmp_path, "report.txt", f"{heading}\n\n{BODY}")
    assert refusal(path).startswith(f"{path}{said}")


def test_other_heading_lines_are_left_alone(tmp_path: Path) -> None:
    assert read_file(put(tmp_path, "r.txt", f"Date: 2021-01-29\nAuthor: Ada\n\n{BODY}")).document.published == DAY


def test_a_heading_alone_is_no_document(tmp_path: Path) -> None:
    assert "has a heading and no text below it" in refusal(put(tmp_path, "r.txt", "Date: 2021-01-29\n\n \n"))


def test_what_cannot_be_read(tmp_path: Path) -> None:
    assert "empty.txt is empty" in refusal(put(tmp_path, "empty.txt", b""))
    assert "binary.txt is not a text" in refusal(put(tmp_path, "binary.txt", os.urandom(2000) + b"\x00" * 100))
    assert "nowhere.txt does not exist" in refusal(tmp_path / "nowhere.txt")
    assert "a folder in which nothing can be read" in refusal(tmp_path)
    assert "broken.html is empty" in refusal(put(tmp_path, "broken.html", b"\n"))
    os.mkfifo(tmp_path / "pipe.txt")
    assert "pipe.txt is not a file" in refusal(tmp_path / "pipe.txt")


def test_a_name_too_long_for_the_system(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 5000 + ".txt")
    assert find_files([path]) == [path]
    assert "cannot be read (File name too long); check that you may read it" in refusal(path)


def test_huge_texts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "huge.txt", b"Troops left. " * 1_600_000)
    assert "huge.txt has 20,800,000 characters, more than 10,000,000; split it into its documents" in refusal(path)
    monkeypatch.setattr(files, "MAX_BYTES", 1000)
    assert "huge.txt has 20,800,000 bytes, more than 1,000" in refusal(path)


def test_another_language_is_noticed(tmp_path: Path) -> None:
    french = "Le ministre a déclaré que les troupes quitteraient le pays avant la fin de l'année."
    assert read_file(put(tmp_path, "f.txt", french), published=DAY).document.language == "fr"
    assert read_file(put(tmp_path, "g.txt", "Language: de\n\n" + french), published=DAY).document.language == "de"
    assert read_file(put(tmp_path, "e.txt", "Oui."), published=DAY).document.language == "en"


def test_no_room_to_tell_the_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from py3langid.langid import LanguageIdentifier

    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    language._identifier.cache_clear()
    monkeypatch.setattr(LanguageIdentifier, "from_model_file", full)
    path = put(tmp_path, "r.txt", f"Date: 2021-01-29\n\n{BODY}")
    assert "no room for temporary files (No space left on device); free some space, or write 'Language: en'" in refusal(
        path
    )
    assert read_file(put(tmp_path, "s.txt", f"Date: 2021-01-29\nLanguage: en\n\n{BODY}")).document.published == DAY


def test_markdown_and_unknown_endings_are_texts(tmp_path: Path) -> None:
    assert read_file(put(tmp_path, "a.md"), published=DAY).media_type == "text/markdown; charset=utf-8"
    assert read_file(put(tmp_path, "AFP_19970411.0181"), published=DAY).document.id == "AFP_19970411"
    new = read_file(put(tmp_path, "w.txt", "Señor Muñoz se negó.".encode("cp1252")), published=DAY)
    assert new.media_type == "text/plain; charset=windows-1252"


# Folders


def test_folders_are_walked_in_order_and_each_file_comes_once(tmp_path: Path) -> None:
    wanted = [put(tmp_path, name) for name in ("a.txt", "b/c.HTML", "b/d.md", "e.pdf")]
    for name in (".hidden.txt", ".git/x.txt", "picture.png", "notes.xyz", "b/.cache/deep/y.txt"):
        put(tmp_path, name)
    assert find_files([tmp_path]) == wanted
    assert find_files([wanted[1], tmp_path, wanted[1]]) == [wanted[1], wanted[0], *wanted[2:]]
    assert find_files([tmp_path / "notes.xyz"]) == [tmp_path / "notes.xyz"]
    assert find_files([]) == []


def test_what_is_missing_or_empty_stays_for_its_own_message(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    paths = [tmp_path / "bare", tmp_path / "gone.txt"]
    assert find_files(paths) == paths
    assert all(ending.startswith(".") for ending in ENDINGS)


def test_circles_of_links_end(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert find_files([tmp_path]) == [tmp_path / "a.txt"]


# Real articles


SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="needs ../shared/seeds beside the repository")
@pytest.mark.parametrize(("name", "day"), [("memo-2021-01-29", "2021-01-29"), ("newsweek-2021-06-23", "2021-06-23")])
def test_the_two_articles_are_dated_by_their_text(tmp_path: Path, name: str, day: str) -> None:
    article = (SEEDS / f"{name}.txt").read_bytes()
    new = read_file(put(tmp_path, "article.txt", article))
    assert new.document.published.isoformat() == day
    assert new.published_from.startswith("the text: ")
    assert new.document.language == "en"
