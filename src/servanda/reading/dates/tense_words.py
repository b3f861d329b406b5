"""The words that place a date before or after publication, as data; `tense.py` says how they are used."""

from __future__ import annotations

FUTURE = frozenset({
    "will", "shall", "would", "ll", "can", "wo", "going", "planning", "expects", "expect", "expected", "scheduled",
    "due", "slated", "must", "should", "hopes", "hope", "hoping", "may", "might", "upcoming", "until", "till",
    "deadline", "expires", "expire", "intends", "intend", "commitment", "begins", "starts", "opens", "meets",
    "planned", "plans",
})  # fmt: skip
PAST = frozenset({
    "set", "let", "quit", "drank", "ate",
    "was", "were", "had", "has", "have", "did", "been", "said", "says", "told", "came", "went", "made", "took",
    "began", "held", "met", "won", "lost", "fell", "rose", "gave", "found", "left", "sent", "became", "got", "saw",
    "died", "used", "owed", "tied", "lied", "led", "ran", "hit", "broke", "brought", "built", "bought", "cut", "drew",
    "drove", "fought", "flew", "kept", "knew", "laid", "paid", "put", "read", "rode", "sat", "sold", "shot", "shut",
    "spoke", "spent", "stood", "struck", "swore", "taught", "thought", "threw", "understood", "withdrew", "wrote",
    "grew", "chose", "since", "ago", "previously", "earlier", "froze", "fled", "felt", "dealt", "bore", "beat",
    "bent", "bound", "bred", "burst", "caught", "clung", "crept", "dug", "fed", "forbade", "forgot", "forsook",
    "ground", "hung", "heard", "hid", "hurt", "lay", "leapt", "lent", "lit", "meant", "mistook", "overcame",
    "overthrew", "oversaw", "sank", "sang", "sought", "shook", "shone", "slept", "slid", "slew", "sprang", "stole",
    "stuck", "stung", "strove", "swept", "swam", "swung", "tore", "undertook", "woke", "wore", "wove", "wound",
    "upheld", "forgave", "foresaw", "arose", "awoke", "undid", "underwent", "backed", "gone", "done", "taken",
    "given", "seen", "written", "broken", "chosen", "fallen", "driven", "spoken", "sworn", "thrown", "shown", "known",
    "grown", "drawn", "withdrawn", "overthrown",
})  # fmt: skip
NOT_PAST = frozenset({
    "need", "needed", "feed", "speed", "seed", "indeed", "hundred", "united", "red", "bed", "breed", "exceed",
    "proceed", "succeed",
})  # fmt: skip
"""Words in -ed that are no past."""
NOT_VERBS_AFTER_TO = frozenset({
    "the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these", "those", "it",
    "him", "them", "us", "me",
})  # fmt: skip
PASSED_TO = frozenset(
    {
        "opened",
        "reopened",
        "closed",
        "elected",
        "appointed",
        "returned",
        "restored",
        "transferred",
        "admitted",
        "promoted",
        "shut",
        "blocked",
        "passed",
    }
)
"""After these "to" leads to a noun: "reopened to traffic", "elected to parliament"."""
SCHEDULED = frozenset({
    "due", "scheduled", "expected", "supposed", "slated", "planned",
})  # fmt: skip
CAME_ABOUT = frozenset({
    "failed", "managed", "forced", "refused", "came", "began", "started", "continued", "helped", "used", "got",
    "went", "returned", "served", "tried", "attempted", "struggled", "appeared", "seemed", "proved", "led", "brought",
    "compelled", "obliged", "happened", "rose", "fell", "recovered", "declined", "turned", "moved", "proceeded",
})  # fmt: skip
"""Past verbs after which an infinitive tells what came about or did not: "was forced to step down on Friday"."""
REPORTING = frozenset({
    "adding", "announcing", "claiming", "confirming", "declaring", "denying", "reporting", "revealing", "saying",
    "stating", "telling", "warning",
})  # fmt: skip
"""What somebody was doing on the day that follows: "..., claiming on Tuesday that they will leave"."""
DONE = frozenset({
    "accord", "accords", "agreement", "agreements", "armistice", "assassination", "attack", "attacks", "bombing",
    "bombings", "cease", "ceasefire", "coup", "deal", "explosion", "explosions", "invasion", "kidnapping", "killing",
    "killings", "massacre", "murder", "murders", "pact", "raid", "slaying", "treaty", "truce", "uprising",
})  # fmt: skip
"""What a date before it places in the past: an accord or a deed that is known by its day."""
DELIVERED = frozenset({"delivery", "settlement", "futures"})
"""What is traded for a month to come: "crude for January delivery"."""
PLANNED = frozenset({
    "election", "elections", "vote", "poll", "polls", "referendum", "ballot", "runoff",
})  # fmt: skip
HELD_BY_DAY = PLANNED | frozenset({
    "announcement", "celebration", "celebrations", "ceremony", "conference", "deadline", "debate", "draw", "final",
    "finals", "game", "games", "hearing", "inauguration", "launch", "match", "matches", "meeting", "meetings",
    "opener", "parade", "presidential", "protest", "protests", "race", "rally", "release", "round", "session",
    "summit", "talks", "tour", "trip", "visit",
})  # fmt: skip
"""What a day may own that is still to come: "Friday's meeting"; other things that it owns have been."""
LOOK_AHEAD = frozenset({
    "until", "till", "by", "before",
})  # fmt: skip
"""Prepositions before a date that is still to come."""
LEAD_AHEAD = frozenset({
    ("later", "than"), ("business", "on"), ("effective",), ("effective", "on"), ("payable",), ("payable", "on"),
    ("as", "early", "as"),
    ("as", "soon", "as"), ("as", "late", "as"), ("deadline", "of"), ("due", "on"), ("due",), ("due", "in"),
    ("upcoming",), ("expected", "on"), ("expected", "in"), ("scheduled", "for"), ("set", "for"), ("slated", "for"),
    ("planned", "for"), ("in", "time", "for"), ("ahead", "of"), ("run", "-", "up"),
})  # fmt: skip
"""Other words right before a date that is still to come."""
BEFORE_A_DATE = frozenset({
    "on", "in", "at", "late", "early", "earlier", "later", "the",
})  # fmt: skip
"""Small words that may stand between a date and what its clause begins with."""
BEFORE_A_CLAUSE = frozenset({
    "but", "that", "if", "whether", "while", "because", "although", "though", "whereas",
})  # fmt: skip
CLAUSES = frozenset({
    "that", "which", "who", "where", "when", "if",
})  # fmt: skip
"""Words that open another clause, about another time."""
