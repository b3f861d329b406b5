"""Forces and exits from CSV: what is read, and every message for what cannot be."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.core.problems import ServandaError
from servanda.planning.tables import exact, read_exits_csv, read_forces_csv

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "id,side,owner,kind,count,indivisible,site,region,exit,cap_men,cap_guns\n"


def forces_from(tmp_path: Path, text: str):
    path = tmp_path / "forces.csv"
    path.write_text(text, encoding="utf-8")
    return read_forces_csv(path)


def test_a_table_is_read_exactly(tmp_path: Path) -> None:
    first, second = forces_from(
        tmp_path,
        HEAD + "a,east,Russia,infantry,300,no,Jufra,centre:1;south:0.1,Jufra airfield,1,0.35\nb,west,,,2,yes,,,,7/3,\n",
    )
    assert first.influence == (("centre", Fraction(1)), ("south", Fraction(1, 10)))
    assert dict(first.capabilities)["guns"] == Fraction(7, 20)
    assert (first.count, first.at.line, first.region) == (300, 2, "centre")
    assert second.indivisible
    assert second.capabilities == (("men", Fraction(7, 3)),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "there is no column 'id'"),
        ("id,side\na,east\n", "there is no column 'count'"),
        ("id,side,count,exits\na,east,1,x\n", "nobody knows the column 'exits'"),
        ("id,side,count,count\na,east,1,1\n", "the column 'count' stands there twice"),
        ("id,side,count\n", "the table has no rows"),
        ("id,side,count\na,east,many\n", "forces.csv:2: count is 'many'; write a whole number from 1"),
        ("id,side,count\na,east,-3\n", "count is '-3'"),
        ("id,side,count\na,east,\n", "'count' is empty"),
        ("id,side,count\n,east,3\n", "'id' is empty"),
        ("id,side,count\na,east,3,4\n", "the row has 4 fields, the heading has 3"),
        ("id,side,count,indivisible\na,east,3,perhaps\n", "indivisible is 'perhaps'; write yes or no"),
        ("id,side,count,cap_men\na,east,3,-1\n", "cap_men is '-1'; write a number that is not below 0"),
        ("id,side,count,cap_men\na,east,3,1e99\n", "cap_men is '1e99'"),
        ("id,side,count,region\na,east,3,x;x\n", "the region 'x' is named twice"),
        ("id,side,count\n\0,east,3\n", "is not a text file"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ServandaError) as raised:
        forces_from(tmp_path, text)
    assert message in str(raised.value)


def test_every_problem_is_reported_not_the_first(tmp_path: Path) -> None:
    with pytest.raises(ServandaError) as raised:
        forces_from(tmp_path, "id,side,count\na,east,x\nb,,2\n")
    assert ":2:" in str(raised.value)
    assert ":3:" in str(raised.value)


def test_a_missing_file_and_another_encoding_are_named(tmp_path: Path) -> None:
    with pytest.raises(ServandaError, match="cannot be read"):
        read_forces_csv(tmp_path / "none.csv")
    latin = tmp_path / "latin.csv"
    latin.write_bytes("id,side,count\né,east,1\n".encode("latin-1"))
    with pytest.raises(ServandaError, match="UTF-8"):
        read_forces_csv(latin)


def test_exits(tmp_path: Path) -> None:
    path = tmp_path / "exits.csv"
    path.write_text("exit,capacity\nport,500\n", encoding="utf-8")
    assert [(exit_.id, exit_.capacity) for exit_ in read_exits_csv(path)] == [("port", 500)]
    path.write_text("exit,capacity\nport,500\nport,x\n", encoding="utf-8")
    with pytest.raises(ServandaError, match="listed twice") as raised:
        read_exits_csv(path)
    assert "capacity is 'x'" in str(raised.value)


@given(st.fractions(min_value=0, max_value=10**6, max_denominator=10**6))
def test_a_fraction_is_read_back_exactly(value: Fraction) -> None:
    assert exact(str(value)) == value


@given(st.decimals(min_value=0, max_value=10**6, places=3))
def test_a_decimal_is_never_rounded(value) -> None:
    assert exact(f"{value:f}") == Fraction(value)
    assert exact(f"{value:f}%") == Fraction(value) / 100
