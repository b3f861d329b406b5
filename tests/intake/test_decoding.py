"""Bytes become text only where the bytes make plain how."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.core.problems import ServandaError
from servanda.intake.decoding import declared_charset, decode

PLAIN = "The parties met in Cerville — “nobody” refused.\r\nÀ bientôt, naïve café."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_one_text_in_many_encodings_is_the_same_text(encoding: str) -> None:
    assert decode(PLAIN.encode(encoding), "report.txt").text == PLAIN


@pytest.mark.parametrize(("encoding", "said"), [("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be")])
def test_utf_16_without_a_mark_is_recognised(encoding: str, said: str) -> None:
    decoded = decode(PLAIN.encode(encoding), "report.txt")
    assert (decoded.text, decoded.encoding) == (PLAIN, said)


def test_what_was_not_utf_8_is_said() -> None:
    assert decode(PLAIN.encode("cp1252"), "report.txt").encoding == "windows-1252"
    assert decode("Señor Muñoz se negó.".encode("latin-1"), "report.txt").text == "Señor Muñoz se negó."


def test_a_declared_encoding_is_used() -> None:
    page = '<meta charset="windows-1251"><p>Договор</p>'.encode("cp1251")
    assert declared_charset(page) == "windows-1251"
    assert "Договор" in decode(page, "page.html", declared="windows-1251").text


def test_an_unknown_declared_encoding_is_passed_over() -> None:
    assert decode(b"plain", "page.html", declared="no-such-code").text == "plain"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "report.txt is empty"),
        (b" \r\n\t ", "report.txt is empty"),
        (b"\xef\xbb\xbf  \n", "report.txt is empty"),
        (b"\x00\x01\x02\x03" * 50, "report.txt is not a text"),
        (bytes(range(1, 32)) * 20, "report.txt is not a text"),
        (b"%PDF-1.7 ...", "report.txt is a PDF file, not a text; give it the ending .pdf"),
        (b"PK\x03\x04....", "is a ZIP archive or an office file, not a text"),
        (b"\xd0\xcf\x11\xe0....", "an old office program, not a text; save it as .docx, .pdf or plain text"),
        (b"\x89PNG\r\n", "is a picture, not a text"),
        (b"SQLite format 3\x00", "is a database, not a text"),
        ("Договор подписан.".encode("cp1251"), "in an encoding that its bytes do not make plain; save it as UTF-8"),
        ("اتفاق وقف إطلاق النار".encode("cp1256"), "in an encoding that its bytes do not make plain"),
        (b"one\ntwo caf\xc3\xa9\nand caf\xc3 cut", "its UTF-8 breaks off at byte 21, line 3"),
        (b"\xff\xfea\x00b", "says that it is UTF-16-LE, but is damaged at byte 4"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(raw: bytes, said: str) -> None:
    with pytest.raises(ServandaError) as refused:
        decode(raw, "report.txt")
    assert said in str(refused.value)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf_8_always_comes_back_whole(text: str) -> None:
    if text.strip() and not text.startswith("\ufeff"):
        assert decode(text.encode(), "report.txt").text == text


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_a_clear_refusal(raw: bytes) -> None:
    try:
        decoded = decode(raw, "report.txt")
    except ServandaError:
        return
    decoded.text.encode("utf-8")
    assert decoded.text.strip()
