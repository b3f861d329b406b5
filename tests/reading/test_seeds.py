"""The two articles of the first case: what must be read from them, and what must not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from servanda.core.claims import Claim
from servanda.core.vocabulary import Part
from servanda.reading import load_reader

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared articles are not beside this repository")


def read(name: str, published: date) -> tuple[Claim, ...]:
    return load_reader().read(name, (SEEDS / f"{name}.txt").read_text("utf-8"), published)


@pytest.fixture(scope="module")
def january() -> tuple[Claim, ...]:
    return read("memo-2021-01-29", date(2021, 1, 29))


@pytest.fixture(scope="module")
def june() -> tuple[Claim, ...]:
    return read("newsweek-2021-06-23", date(2021, 6, 23))


def of(claims: tuple[Claim, ...], act: str, action: str) -> list[Claim]:
    return [c for c in claims if (c.act, c.action) == (act, action)]


def test_the_mandate_is_extended_by_ankara_for_eighteen_months(january: tuple[Claim, ...]) -> None:
    [claim] = of(january, "commit", "remain")
    assert claim.actors == ("Ankara",)
    assert claim.fields()["when"] == "P18M"


def test_neither_has_pulled_out_by_the_deadline(january: tuple[Claim, ...]) -> None:
    reports = [c for c in of(january, "report", "withdraw") if c.part is Part.BODY]
    assert {str(c.polarity) for c in reports} == {"negative"}
    assert {"Turkey", "Russia"} <= {name for c in reports for name in c.actors}
    assert ("2021-01-23", "by") in {(c.fields()["when"], c.fields()["when_kind"]) for c in reports}


def test_american_calls_are_demands(january: tuple[Claim, ...]) -> None:
    demands = of(january, "demand", "withdraw")
    assert {"Turkey", "Russia"} <= {name for c in demands for name in c.actors}
    assert {c.source for c in demands} & {"US", "United States"}


def test_the_agreement_is_tentative_and_somebody_else_says_so(june: tuple[Claim, ...]) -> None:
    agreements = [c for c in of(june, "report", "agree") if c.source and "official" in c.source]
    assert "possible" in {str(c.certainty) for c in agreements if c.polarity == "positive"}
    assert "negative" in {str(c.polarity) for c in agreements}


def test_nobody_is_certainly_reported_to_have_left(june: tuple[Claim, ...]) -> None:
    left = [c for c in of(june, "report", "withdraw") if c.polarity == "positive" and c.part is Part.BODY]
    assert all(c.certainty == "possible" for c in left)


def test_the_elections_are_on_christmas_eve(june: tuple[Claim, ...]) -> None:
    assert "2021-12-24" in {c.fields()["when"] for c in of(june, "commit", "elect")}


def test_beatings_are_attributed_to_the_aid_group(june: tuple[Claim, ...]) -> None:
    assert "Doctors Without Borders" in {c.source for c in of(june, "report", "detain")}


def test_what_the_minister_hopes_is_a_prediction_of_hers(june: tuple[Claim, ...]) -> None:
    hopes = [c for c in of(june, "predict", "withdraw") if c.source == "Mangoush"]
    assert [str(c.certainty) for c in hopes] == ["possible"]


def test_adverts_and_teasers_make_no_claims(january: tuple[Claim, ...], june: tuple[Claim, ...]) -> None:
    quotes = " ".join(c.quote or "" for c in (*january, *june))
    assert "boots on the ground" not in quotes
    assert "potential for another war" not in quotes
    assert "newsletters" not in quotes
