"""Text that is not English is recognised, paragraph by paragraph, and never read as English."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.reading.language import language_of, languages, name_of, not_read

ENGLISH = "The two sides agreed to withdraw their forces from the city by the end of the month, the ministry said."
FRENCH = "Les deux parties ont accepté de retirer leurs forces de la ville avant la fin du mois, a déclaré le ministre."
SAMPLES = {
    "de": "Beide Seiten haben sich darauf geeinigt, ihre Truppen bis Ende des Monats aus der Stadt abzuziehen.",
    "fr": FRENCH,
    "it": "Le due parti hanno concordato di ritirare le loro forze dalla città entro la fine del mese, ha detto.",
    "es": "Las dos partes acordaron retirar sus fuerzas de la ciudad antes de fin de mes, según dijo ayer el ministro.",
    "tr": "Taraflar, kuvvetlerini ay sonuna kadar şehirden çekme konusunda anlaştıklarını bakanlık duyurdu.",
    "ru": "Стороны договорились вывести свои силы из города до конца месяца, сообщило министерство.",
    "ar": "اتفق الطرفان على سحب قواتهما من المدينة قبل نهاية الشهر الجاري كما قالت الوزارة",
    "uk": "Сторони домовилися вивести свої війська з міста до кінця місяця, повідомило міністерство оборони.",
    "zh": "双方同意在本月底之前从该市撤出部队，外交部发言人星期三在北京举行的记者会上表示。",
}


@pytest.mark.parametrize(("code", "text"), SAMPLES.items())
def test_languages_are_told_apart(code: str, text: str) -> None:
    assert language_of(text) == code
    assert not_read(text) == (name_of(code),)


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "Troops leave",
        "Abu Dhabi, Ankara, Tripoli",
        "",
        "\n\n\n",
        "12 34 56",
        "UN: 300 fighters out of Al-Jufra, Al-Khadim",
        "Photo: Abdallah al-Thani, Tripoli, 23.06.2021",
        "The Élysée and the Bundeswehr declined to comment on the Mouvement pour l'unité et le jihad.",
    ],
)
def test_english_and_what_is_too_short_to_tell_are_read(text: str) -> None:
    assert language_of(text) == "en"
    assert not_read(text) == ()


def test_a_mixed_text_is_read_where_it_is_english() -> None:
    text = f"{ENGLISH}\n\n{FRENCH}\n\nMerci.\n\n{ENGLISH}"
    parts = [(stretch.language, text[stretch.start : stretch.end]) for stretch in languages(text)]
    assert parts == [("en", ENGLISH), ("fr", f"{FRENCH}\n\nMerci."), ("en", ENGLISH)]
    assert not_read(text) == ("French",)
    assert language_of(text) == "en"


def test_a_short_title_goes_with_its_text() -> None:
    assert [stretch.language for stretch in languages(f"Retrait\n\n{FRENCH}")] == ["fr"]
    assert [stretch.language for stretch in languages(f"Retrait\n\n{ENGLISH}")] == ["en"]


def test_a_headline_in_another_script_is_seen() -> None:
    assert [stretch.language for stretch in languages(f"اتفق الطرفان على سحب\n\n{ENGLISH}")] == ["ar", "en"]


@given(
    st.lists(st.sampled_from([ENGLISH, FRENCH, SAMPLES["ar"], "Yes", "\n", " \t", "—", "12"]), max_size=8).map(
        "\n\n".join
    )
)
@settings(max_examples=60, deadline=None)
def test_stretches_are_in_order_and_hold_every_word(text: str) -> None:
    found = languages(text)
    assert found == languages(text)
    end = 0
    for one, other in pairwise(found):
        assert one.language != other.language
    for stretch in found:
        assert end <= stretch.start < stretch.end <= len(text)
        assert not text[end : stretch.start].strip()
        end = stretch.end
    assert not text[end:].strip()


def test_plain_english_needs_no_model() -> None:
    code = (
        "import sys; from servanda.reading.language import language_of; "
        f"assert language_of({ENGLISH!r}) == 'en'; sys.exit('py3langid' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
