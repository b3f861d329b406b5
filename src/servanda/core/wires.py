"""Which news agency a text is credited to: the outlet that prints it has not found it out by itself."""

from __future__ import annotations

import re

_NAMES = {
    "Reuters": "Reuters|REUTERS",
    "Associated Press": "AP|(?:The )?Associated Press",
    "AFP": "AFP|Agence France[- ]Presse",
    "dpa": "dpa|DPA|Deutsche Presse-Agentur",
    "ANSA": "ANSA",
    "EFE": "EFE|Agencia EFE",
    "UPI": "UPI|United Press International",
    "PA Media": "PA Media|Press Association",
    "TASS": "(?:ITAR-)?TASS",
    "RIA Novosti": "RIA Novosti|RIA",
    "Interfax": "Interfax(?:-Ukraine)?",
    "Ukrinform": "Ukrinform",
    "Xinhua": "Xinhua(?: News Agency)?",
    "Kyodo": "Kyodo(?: News)?",
    "Yonhap": "Yonhap(?: News Agency)?",
    "Anadolu Agency": "AA|Anadolu(?: Agency)?",
    "APA": "APA",
    "Azertac": "Azertac|AZERTAC|AzerTAc",
    "Armenpress": "Armenpress|ARMENPRESS",
    "IRNA": "IRNA",
    "SANA": "SANA",
    "SPA": "SPA|Saudi Press Agency",
    "WAM": "WAM",
    "KUNA": "KUNA",
    "QNA": "QNA|Qatar News Agency",
    "Petra": "Petra",
    "MENA": "MENA|Middle East News Agency",
    "LANA": "LANA|Libyan News Agency",
    "PTI": "PTI|Press Trust of India",
    "IANS": "IANS",
    "AAP": "AAP|Australian Associated Press",
    "Canadian Press": "(?:The )?Canadian Press",
}
"""Agencies by the name that they are known by here, and how credits name them."""

_NAME = "|".join(f"(?P<a{number}>{words})" for number, words in enumerate(_NAMES.values()))
_TOP = re.compile(
    rf"^[^\n(]{{0,80}}[(/](?:{_NAME})[)/]\s*(?:[-–—:]|$)"
    r"|^(?:By [^\n]{1,60}?(?:,|\||/| for| of)\s*)?(?:" + re.sub(r"\?P<a(\d+)>", r"?P<b\1>", _NAME) + r")\s*$",
    re.MULTILINE,
)
_FOOT = re.compile(
    rf"^\s*(?:[Ss]ources?|[Vv]ia|[Cc]redits?)\s*[:|–-]\s*(?:{_NAME})\b"
    r"|(?:©|\([cC]\)|[Cc]opyright)\s*(?:\d{4},?\s*)?(?:[Bb]y )?(?:" + re.sub(r"\?P<a(\d+)>", r"?P<b\1>", _NAME) + r")\b"
    r"|\((?:" + re.sub(r"\?P<a(\d+)>", r"?P<c\1>", _NAME) + r")\)\s*\.?\s*\Z",
    re.MULTILINE,
)
_HEAD_LENGTH, _FOOT_LENGTH = 700, 400


def wire_of(body: str) -> str | None:
    """The agency that a text's dateline, byline, last lines or copyright notice credit; `None` where none or several.

    An agency that is only quoted ("told Reuters") is not credited.
    """
    found: set[int] = set()
    for pattern, part in ((_TOP, body.lstrip()[:_HEAD_LENGTH]), (_FOOT, body.rstrip()[-_FOOT_LENGTH:])):
        for match in pattern.finditer(part):
            found.update(int(name[1:]) for name, said in match.groupdict().items() if said)
    return tuple(_NAMES)[found.pop()] if len(found) == 1 else None
