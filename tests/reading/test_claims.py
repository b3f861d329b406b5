"""What the reader says of sentences in several wordings, and what holds of every claim."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.core.claims import Claim
from servanda.core.problems import ServandaError
from servanda.reading import load_reader
from servanda.reading.parsing import parse
from servanda.reading.segmentation import sentences
from servanda.reading.unfinished import is_unfinished

PUBLISHED = date(2021, 6, 23)


def read(text: str) -> tuple[Claim, ...]:
    return load_reader().read("doc", text, PUBLISHED)


def keys(text: str) -> set[tuple[str, str, str]]:
    return {(str(c.act), str(c.action), str(c.polarity)) for c in read(text)}


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "The rebels",
                "withdrew",
                "agreed",
                "to",
                '"',
                "“",
                "”",
                ".",
                "\n",
                "\n\n",
                "  ",
                "300",
                "troops",
                "—",
                "é",
                "`",
                ",",
            ]
        ),
        max_size=40,
    )
)
def test_every_quote_is_verbatim_at_its_offsets(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for claim in read(text):
        assert claim.quote
        assert text[claim.start : claim.end] == claim.quote
        assert claim.sentence[0] <= claim.start < claim.end <= claim.sentence[1]


@pytest.mark.parametrize("text", ["", " \n\n ", "....", "\x00\x01", "1 2 3", "’", "a" * 5000, "word " * 3000])
def test_text_without_a_claim_gives_none_and_nothing_crashes(text: str) -> None:
    assert read(text) == ()


def test_the_same_text_gives_the_same_claims() -> None:
    text = "The army shelled the port on Monday. Ruritania agreed to withdraw 300 soldiers by August 1."
    assert read(text) == read(text) != ()


def test_offsets_do_not_move_with_hyphens_that_are_read_as_one_word() -> None:
    text = "The cease-fire was declared on Monday, and the pull-out began."
    for claim in read(text):
        assert text[claim.start : claim.end] == claim.quote


@pytest.mark.parametrize(
    "text",
    [
        "The militia refused to withdraw its fighters from the airport.",
        "Neither Ruritania nor Sylvania has withdrawn its forces.",
        "Sylvania has not withdrawn its soldiers from the valley.",
        "Ruritania failed to pull out its troops.",
    ],
)
def test_refusal_and_failure_to_withdraw_are_negative(text: str) -> None:
    found = [c for c in read(text) if c.action == "withdraw"]
    assert found
    assert all(c.polarity == "negative" for c in found)


@pytest.mark.parametrize(
    "text",
    [
        "The United States called on Russia and Turkey to withdraw their forces from Libya.",
        "Washington urged Russia and Turkey to pull out their troops.",
        "The council demanded that Russia and Turkey withdraw their troops.",
        "Russia and Turkey must withdraw their troops, the envoy said.",
    ],
)
def test_a_demand_is_a_demand_on_whoever_is_to_act(text: str) -> None:
    [claim] = [c for c in read(text) if c.action == "withdraw"]
    assert claim.act == "demand"
    assert {"Russia", "Turkey"} <= set(claim.actors)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The rebels have left the town, Foreign Minister Ana Duro said.", "Ana Duro"),
        ("Foreign Minister Ana Duro said the rebels had left the town.", "Ana Duro"),
        ('"The rebels have left the town," Ana Duro told reporters.', "Ana Duro"),
    ],
)
def test_what_somebody_says_is_attributed_to_them(text: str, source: str) -> None:
    [claim] = [c for c in read(text) if c.action == "withdraw"]
    assert claim.source == source


@pytest.mark.parametrize(
    ("text", "when", "kind"),
    [
        ("Ruritania promised to withdraw its troops by August 31.", "2021-08-31", "by"),
        ("Ruritania agreed to withdraw its troops within 90 days.", "P90D", "by"),
        ("The army withdrew its troops from the valley on May 14.", "2021-05-14", "on"),
        ("The army withdrew its troops from the valley in 2019.", "2019", "on"),
    ],
)
def test_dates_look_the_way_the_act_looks(text: str, when: str, kind: str) -> None:
    [claim] = [c for c in read(text) if c.action == "withdraw"]
    assert (claim.fields()["when"], claim.fields()["when_kind"]) == (when, kind)


def test_tentative_words_make_a_claim_possible() -> None:
    found = [c for c in read("The parties have tentatively reached an agreement.") if c.action == "agree"]
    assert [str(c.certainty) for c in found] == ["possible"]


@pytest.mark.parametrize(
    ("text", "unfinished"),
    [
        ("The deal is not yet done.", True),
        ("The peace accord has not been signed.", True),
        ("The agreement is not final.", True),
        ("The treaty was not signed until May.", False),
        ("The agreement does not reach the eastern provinces.", False),
        ("The deal was signed on Monday.", False),
    ],
)
def test_an_agreement_is_unfinished_where_the_text_denies_that_it_is_concluded(text: str, unfinished: bool) -> None:
    [parsed] = parse(text, sentences(text))
    assert any(is_unfinished(word) for word in parsed.words) is unfinished


def test_the_same_is_not_told_twice_by_the_same_words() -> None:
    found = read("The UN urged all foreign fighters to move first to Benghazi and then to leave the country.")
    said = [(c.start, c.end, c.act, c.action, c.polarity, c.quantity) for c in found]
    assert len(said) == len(set(said))


def test_an_unknown_reader_is_refused_with_the_names_of_those_that_there_are() -> None:
    with pytest.raises(ServandaError, match="no reader is called 'oracle'; installed readers: english"):
        load_reader("oracle")
