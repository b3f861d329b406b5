"""Which language each paragraph is in, so that a reader of English is given English and says what it did not read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"
SURE = 0.99
"""Below this probability a paragraph is not taken out of the language around it."""
SHORTEST = 40
"""Letters that a paragraph in Latin script needs before it is judged by itself."""
SHORTEST_OTHER_SCRIPT = 4
"""Letters that show a script: eight of Arabic are no headline in English."""
_SAMPLE = 2_000
_PARAGRAPH = re.compile(r"\n[^\S\n]*(?:\r?\n[^\S\n]*)+")
_WORD = re.compile(r"[a-z']+")
_FUNCTION_WORDS = frozenset({
    "the", "of", "and", "to", "that", "was", "with", "said", "by", "from", "has", "have", "had", "which", "were",
    "been", "this", "they", "their", "would", "will", "are", "be", "it", "its", "his", "who", "after", "not", "for",
})  # fmt: skip
_ENOUGH = 0.2
"""The share of English function words from which a paragraph needs no other look. French and German stay below 0.06."""

NAMES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "ary": "Moroccan Arabic", "arz": "Egyptian Arabic",
    "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan",
    "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish",
    "gl": "Galician", "gu": "Gujarati", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "ht": "Haitian Creole", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "is": "Icelandic",
    "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "ko": "Korean",
    "ku": "Kurdish", "ky": "Kyrgyz", "lb": "Luxembourgish", "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian",
    "mg": "Malagasy", "mk": "Macedonian", "mn": "Mongolian", "ms": "Malay", "mt": "Maltese", "my": "Burmese",
    "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian Nynorsk", "no": "Norwegian", "oc": "Occitan", "om": "Oromo",
    "pa": "Punjabi", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "rw": "Kinyarwanda", "sdh": "Southern Kurdish", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian",
    "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil",
    "te": "Telugu", "tg": "Tajik", "th": "Thai", "tk": "Turkmen", "tl": "Tagalog", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "yo": "Yoruba", "zh": "Chinese",
    "zu": "Zulu",
}  # fmt: skip
"""What languages are called in messages; a language without a name here is called by its code."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring paragraphs in one language. Offsets count code points of the text, end exclusive."""

    start: int
    end: int
    language: str
    """ISO 639 code."""


def language_of(text: str) -> str:
    """The language of most of a text, by its letters: an ISO 639 code. English where nothing shows another."""
    letters: dict[str, int] = {}
    for stretch in languages(text):
        count = sum(character.isalpha() for character in text[stretch.start : stretch.end])
        letters[stretch.language] = letters.get(stretch.language, 0) + count
    return max(letters, key=lambda code: (letters[code], code == ENGLISH, code), default=ENGLISH)


def languages(text: str) -> tuple[Stretch, ...]:
    """The languages of a text in order. Paragraphs too short to tell belong with the ones before them, else after."""
    found: list[tuple[int, int, str | None]] = []
    start = 0
    for gap in [*_PARAGRAPH.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if text[start:end].strip():
            found.append((start, end, _recognised(text[start : min(end, start + _SAMPLE)])))
        start = gap.end() if gap else end
    known = next((language for _, _, language in found if language), ENGLISH)
    stretches: list[Stretch] = []
    for first, last, language in found:
        known = language or known
        if stretches and stretches[-1].language == known:
            stretches[-1] = Stretch(stretches[-1].start, last, known)
        else:
            stretches.append(Stretch(first, last, known))
    return tuple(stretches)


def not_read(text: str) -> tuple[str, ...]:
    """The names of the languages in a text that an English reader leaves out ("French"), by first appearance."""
    codes = dict.fromkeys(stretch.language for stretch in languages(text) if stretch.language != ENGLISH)
    return tuple(name_of(code) for code in codes)


def name_of(code: str) -> str:
    """What a language is called in English."""
    return NAMES.get(code, code)


def _recognised(paragraph: str) -> str | None:
    """The paragraph's language; `None` where it is too short or too doubtful to tell."""
    letters = [character for character in paragraph if character.isalpha()]
    latin = sum(character < "ʰ" for character in letters)
    if latin * 2 < len(letters):
        return _identified(paragraph, 0.0) if len(letters) >= SHORTEST_OTHER_SCRIPT else None
    if len(letters) < SHORTEST:
        return None
    words = _WORD.findall(paragraph.lower())
    if sum(word in _FUNCTION_WORDS for word in words) >= _ENOUGH * len(words):
        return ENGLISH
    return _identified(paragraph, SURE)


def _identified(paragraph: str, least: float) -> str | None:
    language, probability = _identifier().classify(paragraph)
    return str(language) if probability >= least else None


@cache
def _identifier() -> LanguageIdentifier:
    """The identifier, loaded on first doubt (half a second); English paragraphs never need it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
