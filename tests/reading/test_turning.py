"""What turns an action round: sentences with the action and the sign that they must have, by the rules and as read."""

from __future__ import annotations

import pytest

from servanda.reading import load_reader
from servanda.reading.features import Pair, pairs
from servanda.reading.lexicon import lexicon
from servanda.reading.parsing import parse
from servanda.reading.segmentation import sentences
from tests.reading.own_gold import PUBLISHED

NEGATIVE = [
    ("There is no evidence that Serbia is sending weapons to militants.", "arm"),
    ("Nairobi has no intention of keeping its soldiers in Jubaland.", "remain"),
    ("There will be no truce during the holy month.", "cease-fire"),
    ("NO HOSTAGES FREED AS TALKS ENTER THIRD WEEK", "release"),
    ("The 2002 truce no longer exists.", "cease-fire"),
    ("Few of the refugees have returned to the town.", "return"),
    ("Hardly a weapon has been surrendered since the spring.", "disarm"),
    ("Not a single soldier has left the base.", "withdraw"),
    ("The road has yet to reopen.", "open"),
    ("The rebels said they would under no circumstances sign the accord.", "agree"),
    ("Oslo ruled out the deployment of its soldiers.", "deploy"),
    ("A swap of 200 prisoners was called off.", "release"),
    ("A settlement of the dispute is unlikely this year.", "agree"),
    ("Brasilia has decided against contributing infantry to the force.", "deploy"),
    ("Moscow put its pullout from the base on hold.", "withdraw"),
    ("Analysts see little prospect that Turkey will withdraw its garrison.", "withdraw"),
    ("The families have given up hope that the guards will be freed.", "release"),
    ("Hopes for the release of the hostages faded on Friday.", "release"),
    ("The humanitarian truce is in tatters.", "cease-fire"),
    ("Instead of withdrawing, the army dug in.", "withdraw"),
    ("The two delegations are still far from an agreement.", "agree"),
    ("The army dug in rather than withdraw.", "withdraw"),
    ("The army chief backed out of the accord on Friday.", "agree"),
    ("Minsk dismissed a report that it had sent a brigade to the border.", "deploy"),
    ("Syria reneged on a pledge to leave Lebanon.", "withdraw"),
    ("The army broke its promise to release the prisoners.", "release"),
    ("Turkey has not kept its promise to withdraw its troops.", "withdraw"),
]
POSITIVE = [
    ("A few of the refugees have returned to the town.", "return"),
    ("Turkey kept its promise to withdraw its troops.", "withdraw"),
    ("Israel did not go back on its commitment to withdraw.", "withdraw"),
    ("Nor has it refused to withdraw.", "withdraw"),
    ("The rebels have not refused to disarm.", "disarm"),
    ("Moscow no longer denies that it has sent marines to Syria.", "deploy"),
    ("The Pakistani army has not stopped shelling the villages.", "attack"),
    ("Hopes for the release of the hostages rose on Friday.", "release"),
    ("The peacekeepers have withdrawn from the far north.", "withdraw"),
]


def seen(text: str, action: str) -> list[Pair]:
    """What the rules propose for the words of a sentence that may speak of an action."""
    proposed = (p for s in parse(text, sentences(text)) for p in pairs(s, [False] * len(s.words), lexicon()))
    return [pair for pair in proposed if pair.action == action and pair.match != "none"]


@pytest.mark.parametrize(("text", "action"), NEGATIVE)
def test_what_is_not_done_is_negative(text: str, action: str) -> None:
    assert "negative" in {str(pair.polarity) for pair in seen(text, action)}


@pytest.mark.parametrize(("text", "action"), POSITIVE)
def test_what_is_done_after_all_is_positive(text: str, action: str) -> None:
    assert "positive" in {str(pair.polarity) for pair in seen(text, action)}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Turkey kept its promise to withdraw its troops.", "report"),
        ("Syria reneged on a pledge to withdraw from Lebanon.", "report"),
        ("Syria repeated a pledge to withdraw from Lebanon.", "commit"),
        ("Syria should honour its pledge to withdraw from Lebanon.", "commit"),
        ("If Turkey keeps its promise to withdraw, talks will follow.", "commit"),
        ("Berlin demanded that Turkey keep its promise to withdraw.", "commit"),
        ("Berlin hopes that Turkey kept its promise to withdraw.", "commit"),
        ("Turkey denied that it had broken its promise to withdraw.", "commit"),
        ("It is not known whether Turkey kept its promise to withdraw.", "commit"),
        ("Berlin said that Turkey had kept its promise to withdraw.", "report"),
        ("Turkey did not keep its promise to withdraw.", "report"),
        ("The road has yet to be reopened.", "report"),
    ],
)
def test_a_promise_kept_or_broken_is_told_and_not_made(text: str, act: str) -> None:
    action = "open" if "road" in text else "withdraw"
    assert act in {str(pair.stance.act) for pair in seen(text, action)}


@pytest.mark.parametrize(
    ("text", "act", "polarity"),
    [
        ("Turkey kept its promise to withdraw its troops.", "report", "positive"),
        ("Turkey broke its promise to withdraw its troops.", "report", "negative"),
        ("Turkey did not keep its promise to withdraw its troops.", "report", "negative"),
    ],
)
def test_the_reader_tells_a_promise_kept_from_one_broken(text: str, act: str, polarity: str) -> None:
    claims = load_reader().read("d", text, PUBLISHED)
    assert (act, polarity) in {(str(c.act), str(c.polarity)) for c in claims if c.action == "withdraw"}


@pytest.mark.parametrize(
    "text",
    [
        "If Turkey keeps its promise to withdraw its troops, talks will follow.",
        "Berlin demanded that Turkey keep its promise to withdraw its troops.",
        "Berlin hopes that Turkey kept its promise to withdraw its troops.",
        "Turkey must keep its promise to withdraw its troops, Berlin said.",
    ],
)
def test_a_promise_that_is_to_be_kept_is_not_reported_as_kept(text: str) -> None:
    claims = load_reader().read("d", text, PUBLISHED)
    told = {(str(c.act), str(c.polarity)) for c in claims if c.action == "withdraw"}
    assert ("report", "positive") not in told
