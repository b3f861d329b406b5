"""Which language a text is written in, so that a reader of English is not given French."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from servanda.core.problems import ServandaError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SURE = 0.99
"""Below this, and for texts too short to tell, English is taken as read."""

SHORTEST = 60
_SAMPLE = 20_000


def language_of(text: str) -> str:
    """The ISO 639-1 code of a text's language; `en` unless the text is clearly something else.

    Raises:
        ServandaError: the model of languages cannot be unpacked, for which it needs a place for temporary files.
    """
    sample = text[:_SAMPLE]
    if sum(character.isalpha() for character in sample) < SHORTEST:
        return "en"
    language, confidence = _identifier().classify(sample)
    return str(language) if confidence >= SURE else "en"


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as error:
        raise ServandaError(
            f"the language of the text cannot be told: no room for temporary files ({error.strerror})",
            "free some space, or write 'Language: en' in the text's heading",
        ) from error
