"""What stands around an article and is not the article: adverts, links, photo credits, sign-up boxes, header lines."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_CLOCK = r"(?:[\s,|·-]*(?:at\s+)?\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?(?:\s*[A-Z]{2,4})?)?"
_DATE_LINE = re.compile(
    rf"(?i:(?:published|updated|posted|last updated)?[\s:]*(?:on\s+)?(?:\w+day,?\s+)?"
    rf"(?:{_MONTH}\s+{_DAY},?\s+\d{{4}}|{_DAY}\s+{_MONTH}\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})"
    rf"{_CLOCK})\s*$"
)
_BYLINE = re.compile(r"By [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,4}(?:(?:,| and| in) .{1,60})?$")
_DINGBAT = re.compile(r"[\W_\d]*$")
_BULLET = re.compile(r"^[•*·▪–—-]\s+")
_LONGEST_HEADER, _LONGEST_TEASER, _LONGEST_ADVERT = 160, 200, 120


def is_furniture(line: str) -> bool:
    """Whether a line (or an unwrapped stretch of lines) belongs to the page and not to the article."""
    bare = _BULLET.sub("", line.strip())
    if _DINGBAT.match(bare) or _DATE_LINE.match(bare) or _BYLINE.match(bare):
        return True
    patterns = _patterns()
    return (
        (len(bare) < _LONGEST_HEADER and patterns["headers"].match(bare) is not None)
        or (len(bare) < _LONGEST_TEASER and patterns["teasers"].match(bare) is not None)
        or (len(bare) < _LONGEST_ADVERT and patterns["adverts"].match(bare) is not None)
    )


def labelled_title(line: str) -> int | None:
    """Where the title starts in a line such as `Title: …`, or `None`."""
    match = _patterns()["titles"].match(line)
    return match.end() if match else None


def caption_end(block: str) -> int | None:
    """Where a photo's caption ends and its credit begins, or `None` where the block is no caption."""
    match = _patterns()["credit"].search(block)
    return match.start() if match else None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    path = files("servanda.reading") / "lexicon" / "furniture.toml"
    table = {name: "|".join(words) for name, words in tomllib.loads(path.read_text(encoding="utf-8")).items()}
    agency = f"(?:{table['agencies']})"
    return {
        "headers": re.compile(rf"(?i:(?:{table['headers']})\s*:\s)"),
        "titles": re.compile(rf"(?i:(?:{table['titles']})\s*:\s+)"),
        "teasers": re.compile(rf"(?:{table['teaser_labels']})\s*[:|–—-]\s*\S|(?i:{table['teasers']})"),
        "adverts": re.compile(rf"(?i:{table['adverts']})"),
        "credit": re.compile(
            rf"(?:\[[^\[\]\n]{{0,80}}{agency}[^\[\]\n]{{0,40}}\]"
            rf"|\((?:Photo|Image|Credit|Picture)[^()\n]{{1,80}}\)"
            rf"|\([^()\n]{{0,60}}{agency}[^()\n]{{0,30}}\)"
            rf"|(?:Photo(?:graph)?|Image|Picture|Credit)s?(?: credit)?(?: by|:)\s+[^.\n]{{2,60}}"
            rf"|(?:[A-Z][\w.'’-]+ ){{1,4}}?[A-Z][\w.'’-]+(?:, ?Pool)?\s?/\s?{agency}"
            rf"(?:[ /]{agency}|\s+via\s+{agency})*)\s*$"
        ),
    }
