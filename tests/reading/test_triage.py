"""The first look: what is about something else, what is in another language, and what can hardly hold a claim."""

from datetime import date

import pytest

from servanda.reading.english import EnglishReader
from servanda.reading.lexicon import lexicon
from servanda.reading.triage import base_forms, first_look, off_subject

POLITICS = (
    "The two sides agreed on Friday to withdraw their troops from the border town within 90 days, the foreign ministry "
    "said. Rebels had shelled the port and seized the airport before the ceasefire. Elections are due in December."
)
SPORT = (
    "The home team won the match with two goals in the second half and goes into the semifinal of the cup. The striker "
    "scored twice before the coach took him off. The champions lost the final last season and beat nobody at home."
)
MARKETS = (
    "Shares closed lower on Monday as investors took profits. The index fell 1.6 percent to 7,210.3 points and the "
    "dollar rose to 117.4 yen in late trading. Analysts expect interest rates to remain unchanged this quarter."
)
FRENCH = "Les deux parties ont accepté de retirer leurs forces de la ville avant la fin du mois, a déclaré le ministre."


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (POLITICS, None),
        (SPORT, "sport"),
        (MARKETS, "markets"),
        (f"{POLITICS}\n\n{SPORT}", None),
        ("Troops won the battle for the town.", None),
        ("The president opened the stadium.", None),
        ("", None),
    ],
)
def test_reports_on_sport_and_markets_are_known(text: str, subject: str | None) -> None:
    assert off_subject(text) == subject


def test_nothing_is_read_in_a_report_on_sport() -> None:
    attacked = SPORT + " The defenders attacked and the visitors withdrew."
    assert EnglishReader().read("d", attacked, date(2021, 6, 23)) == ()


def test_only_the_english_paragraphs_are_read() -> None:
    text = f"{FRENCH}\n\n{POLITICS}"
    looks = first_look(text, lexicon())
    assert looks
    assert all(text[look.sentence.start : look.sentence.end] in POLITICS for look in looks)
    assert first_look(FRENCH, lexicon()) == ()


def test_what_can_hardly_hold_a_claim_is_not_parsed() -> None:
    text = "The troops withdrew from the town. The weather was fine and the sky was blue. Rebels shelled the port."
    assert [look.worth for look in first_look(text, lexicon(), sparing=True)] == [True, False, True]
    assert all(look.worth for look in first_look(text, lexicon()))


def test_sparing_leaves_the_claims_of_other_sentences_as_they_are() -> None:
    text = f"{POLITICS} The weather was fine. “It was raining,” a baker said."
    day = date(2021, 6, 23)
    assert EnglishReader(sparing=True).read("d", text, day) == EnglishReader().read("d", text, day) != ()


def test_quotation_marks_are_counted_where_nothing_is_parsed() -> None:
    looks = first_look("“The weather was fine. The sky was blue,” a baker said.", lexicon(), sparing=True)
    assert [look.marks for look in looks] == [1, 1]


@pytest.mark.parametrize(
    ("word", "base"),
    [("withdrew", "withdraw"), ("agreed", "agree"), ("parties", "party"), ("shelling", "shell"), ("stopped", "stop"),
     ("releases", "release"), ("gunmen", "gunman"), ("fighters", "fight"), ("went", "go"), ("truce", "truce")],
)  # fmt: skip
def test_base_forms(word: str, base: str) -> None:
    assert base in base_forms(word)
