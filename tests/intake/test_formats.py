"""Web pages, PDF and Word files."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date
from pathlib import Path

import pytest

from servanda.core.problems import ServandaError
from servanda.intake import papers, read_file

DAY = date(2021, 1, 29)
PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Troops leave | The Desk</title>
<meta property="og:site_name" content="The Desk"><meta property="og:title" content="Troops leave">
{date}<link rel="canonical" href="https://desk.example/troops"></head>
<body><nav><a href="/">Home</a> <a href="/about">About</a></nav><article><h1>Troops leave</h1>
<p>Arland began to withdraw its troops on Monday, the ministry said in a statement read on state television.</p>
<p>Borland refused to withdraw – “never”, it said.
Elections were held in Cerville, officials added later.</p>
</article><aside><a href="/x">Read more: Ten things about Arland</a></aside>
<footer>Copyright 2019 The Desk</footer></body></html>"""
STATED = '<meta property="article:published_time" content="2021-01-29T10:00:00Z">'
UPDATED = '<meta property="article:modified_time" content="2021-03-05T10:00:00Z">'


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ServandaError) as refused:
        read_file(path, published=DAY)
    return str(refused.value)


def test_a_page_gives_its_article_and_what_it_states(tmp_path: Path) -> None:
    raw = PAGE.format(date=STATED + UPDATED).encode()
    new = read_file(put(tmp_path, "page.html", raw))

    assert (new.document.published, new.published_from) == (DAY, "article:published_time 2021-01-29T10:00:00Z")
    assert (new.document.publisher, new.document.title) == ("The Desk", "Troops leave")
    assert (new.document.language, new.document.address) == ("en", "https://desk.example/troops")
    assert new.raw == raw
    assert new.text.startswith("Troops leave\n\nArland began to withdraw its troops on Monday")
    assert "Borland refused to withdraw – “never”, it said." in new.text
    assert new.text.count("Troops leave") == 1
    for furniture in ("Home", "About", "Copyright", "Ten things", "<"):
        assert furniture not in new.text


def test_a_page_without_a_date_is_asked_about(tmp_path: Path) -> None:
    path = put(tmp_path, "page.html", PAGE.format(date="").encode())
    with pytest.raises(ServandaError, match=r"does not say when it was published; give the day with --date \S+$"):
        read_file(path)


def test_a_page_that_gives_two_dates_leaves_it_open(tmp_path: Path) -> None:
    two = '<meta name="date" content="2021-01-29"><meta name="date" content="2021-01-30">'
    path = put(tmp_path, "page.html", PAGE.format(date=two).encode())
    with pytest.raises(ServandaError) as refused:
        read_file(path)
    assert "leaves open when it was published: 'date 2021-01-29' or 'date 2021-01-30'" in str(refused.value)


def test_a_page_in_another_encoding(tmp_path: Path) -> None:
    raw = PAGE.replace("utf-8", "windows-1252").format(date=STATED).encode("cp1252")
    new = read_file(put(tmp_path, "page.htm", raw))
    assert "– “never”, it said" in new.text
    assert new.media_type == "text/html; charset=windows-1252"


def test_a_page_under_another_ending_is_a_page(tmp_path: Path) -> None:
    new = read_file(put(tmp_path, "page.txt", PAGE.format(date=STATED).encode()))
    assert new.media_type == "text/html; charset=utf-8"
    assert "<" not in new.text


def test_a_page_nested_beyond_reason(tmp_path: Path) -> None:
    raw = b"<html><body>" + b"<div>" * 100_000 + b"Arland began to withdraw its troops." + b"</div>" * 100_000
    path = put(tmp_path, "deep.html", raw)
    try:
        read_file(path, published=DAY)
    except ServandaError as refused:
        assert "deep.html" in str(refused)  # noqa: PT017


def test_a_page_without_an_article(tmp_path: Path) -> None:
    assert "no article was found in the page" in refusal(put(tmp_path, "a.html", b"<html><body></body></html>"))
    assert "not a text" in refusal(put(tmp_path, "b.html", b"\x00" * 100))


def pdf(*lines: str) -> bytes:
    """A PDF file with one page of lines, made by hand."""
    shown = " ".join(f"BT /F1 12 Tf 50 {700 - 20 * n} Td ({line}) Tj ET" for n, line in enumerate(lines))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start = len(out)
    return (
        out
        + (
            f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
        ).encode()
    )


def test_a_pdf_file(tmp_path: Path) -> None:
    new = read_file(put(tmp_path, "report.pdf", pdf("CERVILLE, 29 January 2021 - Troops leave", "Borland refused.")))
    assert new.text.splitlines() == ["CERVILLE, 29 January 2021 - Troops leave", "Borland refused."]
    assert (new.document.published, new.media_type) == (DAY, "application/pdf")


def test_pdf_files_that_give_no_text(tmp_path: Path) -> None:
    said = refusal(put(tmp_path, "a.pdf", b"%PDF-1.4 nonsense"))
    assert "is not a sound PDF file" in said
    assert ".)" not in said
    assert ".;" not in said
    assert "holds pictures of pages and no text; run text recognition" in refusal(put(tmp_path, "b.pdf", pdf()))


def test_a_word_file(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="needs python-docx to make a Word file")
    paper = docx.Document()
    paper.add_paragraph("29 January 2021")
    paper.add_paragraph("Borland refused to withdraw.")
    paper.save(tmp_path / "report.docx")
    new = read_file(tmp_path / "report.docx")
    assert new.text == "29 January 2021\n\nBorland refused to withdraw."
    assert new.document.published == DAY


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_damaged_anywhere_a_file_is_read_or_refused(tmp_path: Path, ending: str) -> None:
    if ending == "pdf":
        sound = pdf("Borland refused to withdraw.")
    else:
        docx = pytest.importorskip("docx", reason="needs python-docx to make a Word file")
        paper = docx.Document()
        paper.add_paragraph("Borland refused to withdraw.")
        paper.save(tmp_path / "sound.docx")
        sound = (tmp_path / "sound.docx").read_bytes()
    dice = random.Random(7)
    refused = 0
    for _ in range(40):
        damaged = bytearray(sound)
        for _ in range(20):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        try:
            read_file(put(tmp_path, f"damaged.{ending}", bytes(damaged)), published=DAY)
        except ServandaError:
            refused += 1
    assert refused


def test_a_word_file_that_would_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 5_000_000)
    monkeypatch.setattr(papers, "MOST_UNPACKED", 1_000_000)
    assert "bomb.docx unpacks to 5,000,000 bytes of text" in refusal(put(tmp_path, "bomb.docx", box.getvalue()))


def test_word_files_that_give_no_text(tmp_path: Path) -> None:
    assert "is not a sound Word file" in refusal(put(tmp_path, "a.docx", b"PK\x03\x04 nonsense"))
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("readme.txt", "no Word file")
    assert "is not a sound Word file" in refusal(put(tmp_path, "b.docx", box.getvalue()))
