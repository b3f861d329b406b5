"""Who says what, in the wordings of the news."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.reading.attribution import Attribution, Manner, attributions_of
from servanda.reading.attribution.lexicon import score, weights
from servanda.reading.attribution.quotations import quotations


def told(text: str) -> list[tuple[str | None, str | None, tuple[str, ...], str]]:
    def words(span: tuple[int, int] | None) -> str | None:
        return None if span is None else text[slice(*span)]

    return [
        (words(item.source), words(item.cue), tuple(text[slice(*part)] for part in item.parts), item.manner.value)
        for item in attributions_of(text)
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "manner"),
    [
        (
            "The two sides agreed to withdraw within 90 days.",
            "The two sides", "agreed", ("to withdraw within 90 days",), "indirect",
        ),
        ("Egypt threatened to intervene.", "Egypt", "threatened", ("to intervene",), "indirect"),
        ("The rebels vowed to fight on.", "The rebels", "vowed", ("to fight on",), "indirect"),
        ("Maas urged all parties to stop.", "Maas", "urged", ("all parties to stop",), "indirect"),
        (
            "The council demanded the withdrawal of foreign forces.",
            "The council", "demanded", ("the withdrawal of foreign forces",), "indirect",
        ),
        ("Ankara rejected the demand.", "Ankara", "rejected", ("the demand",), "indirect"),
        (
            "The envoy denied that troops had entered the city.",
            "The envoy", "denied", ("that troops had entered the city",), "indirect",
        ),
        ("The plan was criticized by Moscow.", "Moscow", "was criticized", ("The plan",), "indirect"),
        (
            "According to the United Nations, 300 fighters left.",
            "the United Nations", "According to", ("300 fighters left",), "indirect",
        ),
        (
            "Russia pledged to pull out its troops, a U.S. official said on condition of anonymity.",
            "a U.S. official", "said", ("Russia pledged to pull out its troops",), "indirect",
        ),
        ('He told reporters: "No one will stay."', "He", "told", ('"No one will stay."',), "direct"),
        (
            "“We will leave,” said Heiko Maas, “as soon as the others do. It is time.”",
            "Heiko Maas", "said", ("“We will leave,”", "“as soon as the others do. It is time.”"), "direct",
        ),
        ("HADDAD: We will not leave.", "HADDAD", ":", ("We will not leave.",), "direct"),
    ],
)  # fmt: skip
def test_source_cue_and_content(text: str, source: str, cue: str, content: tuple[str, ...], manner: str) -> None:
    assert told(text) == [(source, cue, content, manner)]


def test_a_quotation_within_reported_speech_is_mixed() -> None:
    ((source, _, content, manner),) = told('The ministry said that "the truce holds" and that talks would resume.')
    assert (source, manner) == ("The ministry", "mixed")
    assert content[-1].endswith("talks would resume")


def test_a_long_quotation_is_one_content() -> None:
    text = '"We will leave. We will leave soon. Nobody asked us to stay," Haddad said. The weather was fine.'
    ((source, cue, content, manner),) = told(text)
    assert (source, cue, manner) == ("Haddad", "said", "direct")
    assert content == ('"We will leave. We will leave soon. Nobody asked us to stay,"',)


@pytest.mark.parametrize(
    "text",
    [
        "The rebels attacked the base and killed 30 soldiers.",
        "Forces shelled the port on Friday.",
        "The convoy left the city at dawn.",
        "Update: the road is open.",
        "",
        "\n\n",
        "…",
    ],
)
def test_deeds_are_no_words(text: str) -> None:
    assert told(text) == []


def test_words_within_words_are_the_speakers() -> None:
    found = told("Haddad said that Rome had promised to send observers.")
    assert [source for source, _, _, _ in found] == ["Haddad"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("“One. Two.” Three “four”", ["“One. Two.”", "“four”"]),
        ("``Old style,'' he said", ["``Old style,''"]),
        ("“One.\n\n“Two,” he said.", ["“One.", "“Two,”"]),
        ('"A forgotten mark.\n\nNobody said this. "This" he said.', ['"This"']),
        ("«Oui», dit-il", ["«Oui»"]),
        ('a 5" gun and a 6" gun', []),
        ("", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == expected


def test_the_lexicon_knows_the_verbs_of_commitment_and_demand() -> None:
    for verb in ("agree", "promise", "pledge", "vow", "urge"):
        features = ("frame infinitive", f"word {verb}", f"infinitive: {verb}", "subject ORG", "place ROOT", "form VBD")
        assert score(features) > 0, verb
    assert score(("frame object", "word eat", "object: eat", "subject none", "form VBD")) < 0
    assert len(weights()) > 500


OTHER_PIECES = (
    "Haddad said |according to |the UN |that |agreed |to go |was accused of |by |his claim |who |: |it is |é|𝔘"
)
PIECES = st.sampled_from(
    ['"', "“", "”", "''", "``", ", ", ". ", "\n\n", "\t", "we will leave", *OTHER_PIECES.split("|")]
)


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=60, deadline=None)
def test_every_span_is_a_stretch_of_the_text(text: str) -> None:
    found = attributions_of(text)
    assert found == attributions_of(text)
    for item in found:
        assert isinstance(item, Attribution)
        assert isinstance(item.manner, Manner)
        for span in (item.source, item.cue, item.content, *item.parts):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
        assert item.parts
        assert item.content == (item.parts[0][0], item.parts[-1][1])
        for part in item.parts:
            assert text[slice(*part)].strip() == text[slice(*part)]
