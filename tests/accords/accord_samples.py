"""Accords at random whose every reference is declared, so that reading them finds nothing and checking has to cope."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

PARTIES = ["a", "b", "c"]
PROVISIONS = ["p0", "p1", "p2", "p3"]
EVENTS = ["rain", "vote"]

dates = st.one_of(
    st.sampled_from(["0001", "0001-01-01", "9999-12-31", "9999", "2020-02", "2020-02-29", "2021-03-01"]),
    st.dates().map(str),
)
spans = st.sampled_from(
    ["0 days", "1 day", "90 days", "3 months", "9999 years", "10000 days", "P1Y6M", "7 business days"]
)
stages = st.one_of(st.none(), st.integers(1, 4))


def without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def form(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(keys).map(without_nothing)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


releases = form(fulfilled=st.sampled_from(PROVISIONS), stage=stages, verified=maybe(st.booleans()))
anchors = st.one_of(
    st.sampled_from(["signature", "entry-into-force", *PROVISIONS, *EVENTS]),
    releases,
    form(event=st.sampled_from(EVENTS)),
)
days = st.one_of(dates, form(within=spans, after=anchors))
deadlines = st.recursive(
    st.one_of(
        days,
        st.just("none"),
        form(by=days),
        form(before=days),
        form(on=dates),
        form(after=anchors),
        form(every=spans, after=anchors, until=maybe(dates)),
        form(none=st.just("without delay")),
    ),
    lambda inner: st.one_of(
        form(not_before=inner, by=maybe(inner)),
        form(**{"from": inner, "to": inner}),
        form(earlier_of=st.lists(inner, min_size=2, max_size=3)),
        form(later_of=st.lists(inner, min_size=2, max_size=3)),
    ),
    max_leaves=4,
)
requirements = st.recursive(
    st.one_of(
        st.sampled_from([*PROVISIONS, *EVENTS, "p1/b", "quiet for a week"]),
        form(fulfilled=st.sampled_from(PROVISIONS), debtor=maybe(st.sampled_from(PARTIES)), stage=stages),
        form(stated=st.just("quiet")),
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=2),
        form(any=st.lists(inner, min_size=1, max_size=2)),
        form(all=st.lists(inner, min_size=1, max_size=2)),
    ),
    max_leaves=4,
)
quantities = st.one_of(
    st.integers(0, 500),
    st.sampled_from(["30%", "100%", "about 300 troops", "at least 5 guns", "up to 60 guns"]),
)
steps = st.builds(
    lambda step, reading: without_nothing({**step, **(reading if step.get("quantity") is not None else {})}),
    form(deadline=maybe(deadlines), quantity=maybe(quantities), after=maybe(releases)),
    st.sampled_from([{}, {"cumulative": True}, {"remaining": True}]),
)
parties = st.lists(st.sampled_from(PARTIES), max_size=2, unique=True)


def provisions(name: str) -> st.SearchStrategy[dict[str, Any]]:
    return form(
        id=st.just(name),
        text=maybe(st.sampled_from(["They leave within three months.", "They leave."])),
        debtors=parties,
        creditors=maybe(parties),
        action=st.sampled_from(["withdraw", "arm", "cease-fire"]),
        kind=maybe(st.sampled_from(["achieve", "maintain", "refrain"])),
        polarity=maybe(st.sampled_from(["positive", "negative"])),
        joint=maybe(st.booleans()),
        deadline=maybe(deadlines),
        quantity=maybe(quantities),
        stages=maybe(st.lists(steps, min_size=1, max_size=3)),
        condition=maybe(requirements),
        depends_on=maybe(requirements),
        place=maybe(st.sampled_from(["Port", "port", "Prt"])),
    )


records = form(
    kind=st.sampled_from(["amendment", "extension", "suspension", "resumption", "termination", "waiver", "conclusion"]),
    on=dates,
    known=maybe(dates),
    source=st.just("s"),
    instrument=st.just("i"),
    provision=st.sampled_from(PROVISIONS),
    deadline=deadlines,
    debtors=maybe(parties),
    by=maybe(parties),
    replaced_by=maybe(st.sampled_from(PROVISIONS)),
)
accords = form(
    accord=st.just("Test"),
    parties=st.just({name: {"name": name.upper()} for name in PARTIES}),
    places=st.just({"port": {"name": "Port"}}),
    events=st.fixed_dictionaries({name: form(title=st.just(name), on=maybe(dates)) for name in EVENTS}),
    instruments=st.tuples(
        form(
            id=st.just("i"),
            title=st.just("I"),
            status=st.sampled_from(["signed", "tentative"]),
            signed=maybe(dates),
            in_force=maybe(dates),
            provisions=st.tuples(*map(provisions, PROVISIONS)).map(list),
        )
    ).map(list),
    records=maybe(st.lists(records, max_size=3)),
)
texts = accords.map(lambda accord: json.dumps(accord, ensure_ascii=False, indent=1))
