"""What real coverage does, class by class, each in several wordings: what the claims of one short text must hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from servanda.core.claims import Claim
from servanda.reading import load_reader

PUBLISHED = date(2021, 6, 23)  # a Wednesday


@dataclass(frozen=True)
class Wanted:
    """A claim that must be found. What stays None is not looked at; `source` must share a word."""

    act: str
    action: str
    polarity: str = "positive"
    actors: frozenset[str] | None = None
    source: str | None = None
    when: str | None = None
    kind: str | None = None
    quantity: float | None = None
    certainty: str | None = None

    def matches(self, claim: Claim) -> bool:
        said = claim.fields()
        return (
            (self.act, self.action, self.polarity) == (said["act"], said["action"], said["polarity"])
            and (self.actors is None or self.actors == frozenset(claim.actors))
            and (self.source is None or self.source in (claim.source or ""))
            and (self.when is None or self.when == said["when"])
            and (self.kind is None or self.kind == said["when_kind"])
            and (self.quantity is None or self.quantity == said["quantity"])
            and (self.certainty is None or self.certainty == said["certainty"])
        )


def of(*names: str) -> frozenset[str]:
    return frozenset(names)


WORDINGS: dict[str, list[tuple[str, Wanted]]] = {
    "nested claims": [
        ("Turkey agreed to withdraw its troops from Libya.", Wanted("commit", "withdraw", actors=of("Turkey"))),
        ("The rebels signed an accord to release 40 prisoners.", Wanted("commit", "release", quantity=40)),
        ("The parties reached a deal on elections in November.", Wanted("report", "agree", actors=of("parties"))),
        ("The parties struck an agreement to hold elections in November.", Wanted("commit", "elect", when="2021-11")),
        ("Ethiopia accepted a plan to pull back its forces.", Wanted("report", "agree", actors=of("Ethiopia"))),
    ],
    "negation and refusal": [
        ("The army refused to leave the airport.", Wanted("commit", "withdraw", "negative", of("army"))),
        ("The rebels failed to release the hostages.", Wanted("report", "release", "negative", of("rebels"))),
        ("Neither Armenia nor Azerbaijan has withdrawn its troops.", Wanted("report", "withdraw", "negative")),
        ("The deadline passed without Russia withdrawing its troops.", Wanted("report", "withdraw", "negative")),
        ("Israel has not opened the crossing.", Wanted("report", "open", "negative", of("Israel"))),
        ("Sudan refused the deployment of UN peacekeepers.", Wanted("commit", "deploy", "negative")),
        ("The official said the deal is not yet done.", Wanted("report", "agree", "negative", source="official")),
        ("The peace accord has not been signed.", Wanted("report", "agree", "negative")),
        ("Talks between the two sides broke off on Tuesday.", Wanted("report", "negotiate", "negative")),
    ],
    "the passive": [
        ("The hostages were freed by the rebels on Monday.", Wanted("report", "release", actors=of("rebels"))),
        ("The town was bombed by government aircraft.", Wanted("report", "attack", actors=of("government aircraft"))),
        ("The border was closed by Israel on Sunday.", Wanted("report", "close", actors=of("Israel"))),
        ("Twelve soldiers were arrested on Monday.", Wanted("report", "detain", actors=of(), quantity=12)),
    ],
    "coordination": [
        ("Russia and Turkey withdrew their troops.", Wanted("report", "withdraw", actors=of("Russia", "Turkey"))),
        ("The army shelled the town and arrested 20 people.", Wanted("report", "detain", actors=of("army"))),
        ("The UN said both sides must respect the truce and release prisoners.", Wanted("demand", "release")),
        ("The UN said both sides must respect the truce and release prisoners.", Wanted("demand", "cease-fire")),
    ],
    "purpose and background": [
        ("The talks are aimed at ending the war.", Wanted("predict", "cease-fire", certainty="possible")),
        ("Envoys met in Geneva in order to prepare elections.", Wanted("predict", "elect", certainty="possible")),
        ("Russia, which has troops in Libya, denied the report.", Wanted("report", "deploy", actors=of("Russia"))),
        ("The rebels, who seized the town in May, held talks.", Wanted("report", "attack", when="2021-05")),
    ],
    "quotation": [
        ('"We will withdraw our troops," President Karim said.', Wanted("commit", "withdraw", source="Karim")),
        ("President Karim said that the army had shelled the village.", Wanted("report", "attack", source="Karim")),
        ('Karim said the rebels "have released all prisoners."', Wanted("report", "release", source="Karim")),
        ("According to the UN, the rebels shelled the town.", Wanted("report", "attack", source="UN")),
        (
            '"The rebels attacked the town," General Haddad said. "They killed 12 soldiers."',
            Wanted("report", "attack", source="Haddad", quantity=12),
        ),
    ],
    "the chain of sources": [
        (
            "A senior U.S. official, speaking on condition of anonymity, said Russia had withdrawn its troops.",
            Wanted("report", "withdraw", source="official"),
        ),
        (
            "A diplomat told Reuters on condition of anonymity that the rebels had freed the hostages.",
            Wanted("report", "release", source="diplomat"),
        ),
        ("The rebels shelled the town, the army said in a statement.", Wanted("report", "attack", source="army")),
        (
            "The army's chief negotiator, retired general Jose Nazar, said the rebels had attacked a convoy.",
            Wanted("report", "attack", source="Nazar"),
        ),
    ],
    "who is meant": [
        ("Ankara sent 300 soldiers to Libya.", Wanted("report", "deploy", actors=of("Ankara"))),
        ("The Kremlin pledged to withdraw its troops.", Wanted("commit", "withdraw", actors=of("Kremlin"))),
        ("Turkish troops left the base.", Wanted("report", "withdraw", actors=of("Turkish troops"))),
        (
            "The Lord's Resistance Army (LRA) held a meeting. The LRA freed 12 children.",
            Wanted("report", "release", actors=of("LRA")),
        ),
        (
            "Ethiopia and Eritrea met in Algiers. The two sides agreed on a truce.",
            Wanted("commit", "cease-fire", actors=of("Ethiopia", "Eritrea")),
        ),
        (
            "Ethiopia and Eritrea met in Algiers. Both countries released prisoners.",
            Wanted("report", "release", actors=of("Ethiopia", "Eritrea")),
        ),
        (
            "Hezbollah said on Monday it had stopped its rocket attacks.",
            Wanted("report", "attack", "negative", of("Hezbollah")),
        ),
        ("Fighters halted their raids on Tuesday.", Wanted("report", "attack", "negative", of("Fighters"))),
        ("The army has suspended its offensive.", Wanted("report", "attack", "negative", of("army"))),
        (
            "National elections need to go ahead in December, the envoy said.",
            Wanted("demand", "elect", source="envoy"),
        ),
    ],
    "dates": [
        ("Turkey must withdraw its troops by August 31.", Wanted("demand", "withdraw", when="2021-08-31", kind="by")),
        (
            "The UN said Turkey must withdraw its troops before July.",
            Wanted("demand", "withdraw", when="2021-07", kind="by"),
        ),
        ("Turkey agreed to withdraw within 90 days.", Wanted("commit", "withdraw", when="P90D", kind="by")),
        (
            "Turkey will withdraw its troops no later than 15 September, the Turkish government said.",
            Wanted("commit", "withdraw", when="2021-09-15", kind="by"),
        ),
        ("Rebels released 12 soldiers on Monday.", Wanted("report", "release", when="2021-06-21", kind="on")),
        ("The elections were scheduled for January 25.", Wanted("predict", "elect", when="2022-01-25")),
        ("Voters are waiting for the elections, due in March.", Wanted("predict", "elect", when="2022-03")),
        ("Since 2019 the army has arrested 300 people.", Wanted("report", "detain", when="2019", kind="from")),
        (
            "Parliament approved a bill extending the mission by a further 18 months.",
            Wanted("stipulate", "remain", when="P18M"),
        ),
    ],
    "what is respected": [
        (
            "The mission called on all sides to respect the sovereignty of Eastland.",
            Wanted("demand", "interfere", polarity="negative"),
        ),
        ("All parties agreed to respect Libya's sovereignty.", Wanted("commit", "interfere", polarity="negative")),
        (
            "They must refrain from interfering in Libya's internal affairs.",
            Wanted("demand", "interfere", polarity="negative"),
        ),
    ],
    "two sides of one deed": [
        (
            "The Eastland government signed a peace accord with the Karatu Front in Nairobi on Tuesday.",
            Wanted("report", "agree", actors=frozenset({"Eastland government", "Karatu Front"})),
        ),
    ],
    "numbers": [
        ("The incumbent won the election with 58 percent support.", Wanted("report", "elect", quantity=0.58)),
        ("Turkey withdrew some 300 soldiers from Libya.", Wanted("report", "withdraw", quantity=300)),
        ("Russia sent a battalion of 190 soldiers to the border.", Wanted("report", "deploy", quantity=190)),
        ("At least twelve soldiers were killed in the attack.", Wanted("report", "attack", quantity=12)),
        ("The two sides agreed to withdraw 300 fighters each.", Wanted("commit", "withdraw", quantity=300)),
        ("Turkey withdrew half of its troops.", Wanted("report", "withdraw", quantity=0.5)),
        ("An estimated 20,000 soldiers have already deployed.", Wanted("report", "deploy", quantity=20000)),
        ("More than 400 Palestinians were killed in Israeli raids.", Wanted("report", "attack", quantity=400)),
        ("The rebels freed 12 of 30 prisoners.", Wanted("report", "release", quantity=12)),
        ("The rebels freed only 40 of some 90 people it holds.", Wanted("report", "release", quantity=40)),
        ("Turkey withdrew 500 of its 3,000 soldiers.", Wanted("report", "withdraw", quantity=500)),
        ("Russia sent 1.5 million rifles to the rebels.", Wanted("report", "arm", quantity=1.5e6)),
        ("The rebels freed twenty-five hostages.", Wanted("report", "release", quantity=25)),
        ("The rebels freed two dozen hostages.", Wanted("report", "release", quantity=24)),
    ],
    "headlines and datelines": [
        ("Russia, Turkey Agree to Withdraw Troops\n\nThe talks ended.", Wanted("commit", "withdraw")),
        ("Rebels free 12 hostages\n\nThe group had been held.", Wanted("report", "release", quantity=12)),
        ("KARATU, June 23 (AFP) -- Rebels shelled the town on Tuesday.", Wanted("report", "attack", when="2021-06-22")),
    ],
}


@pytest.mark.parametrize(
    ("text", "wanted"), [(text, wanted) for wordings in WORDINGS.values() for text, wanted in wordings]
)
def test_the_claim_is_read_whatever_the_wording(text: str, wanted: Wanted) -> None:
    found = load_reader().read("doc", text, PUBLISHED)
    assert any(wanted.matches(claim) for claim in found), [
        {name: value for name, value in c.fields().items() if name not in ("doc", "quote", "place")} for c in found
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The striker scored twice as Rovers attacked from the start and released their captain at half-time.",
        "The film opens on Friday and will be released in Europe in May.",
        "Shares closed higher after the company agreed to buy its rival for $300 million.",
        "The bank's board elected a new chairman and talks about the merger go on.",
        "Rain is expected to return on Thursday.",
        "The trade fair opened on Monday with 300 exhibitors.",
        "(Photo by A. Karim/AFP via Getty Images)",
        "READ MORE: Rebels attack the airport",
    ],
)
def test_sport_trade_weather_and_furniture_make_no_claim(text: str) -> None:
    assert load_reader().read("doc", text, PUBLISHED) == ()
