"""The closed vocabularies that every room shares, spelt as users see them."""

from enum import StrEnum


class Act(StrEnum):
    """The speech act of a claim (Searle's classes; *stipulate* is what an instrument itself says)."""

    STIPULATE = "stipulate"
    COMMIT = "commit"
    DEMAND = "demand"
    REPORT = "report"
    PREDICT = "predict"


class Action(StrEnum):
    """What a claim or a provision is about. Refusal, end or absence is a matter of `Polarity`."""

    WITHDRAW = "withdraw"
    DEPLOY = "deploy"
    REMAIN = "remain"
    CEASE_FIRE = "cease-fire"
    ATTACK = "attack"
    DISARM = "disarm"
    ARM = "arm"
    RELEASE = "release"
    DETAIN = "detain"
    HAND_OVER = "hand-over"
    OPEN = "open"
    CLOSE = "close"
    RETURN = "return"
    ELECT = "elect"
    LEGISLATE = "legislate"
    GOVERN = "govern"
    UNIFY = "unify"
    MONITOR = "monitor"
    NEGOTIATE = "negotiate"
    AGREE = "agree"
    INTERFERE = "interfere"
    AID = "aid"
    SANCTION = "sanction"
    RECONCILE = "reconcile"


class Polarity(StrEnum):
    """Whether the action is (to be) done, or is not, stops, is refused."""

    POSITIVE = "positive"
    NEGATIVE = "negative"

    @property
    def opposite(self) -> "Polarity":
        """The other polarity."""
        return Polarity.NEGATIVE if self is Polarity.POSITIVE else Polarity.POSITIVE


class WhenKind(StrEnum):
    """How a claim's date bears on its action: a deadline, the day itself, or a beginning."""

    BY = "by"
    ON = "on"
    FROM = "from"


class Certainty(StrEnum):
    """`possible` for what is tentative, conditional, unconfirmed or hoped for."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


class Part(StrEnum):
    """The part of a document in which a claim stands. A headline never outweighs its body."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"


class InstrumentStatus(StrEnum):
    """How far an instrument has come."""

    TENTATIVE = "tentative"
    SIGNED = "signed"
    ADOPTED = "adopted"


class Kind(StrEnum):
    """Do it by the deadline; keep doing it; never do it."""

    ACHIEVE = "achieve"
    MAINTAIN = "maintain"
    REFRAIN = "refrain"


class Bound(StrEnum):
    """How a debtor is bound by a provision."""

    SIGNED = "signed"
    ENDORSED = "endorsed"
    ADDRESSED = "addressed"


class State(StrEnum):
    """Where a commitment stands."""

    TENTATIVE = "tentative"
    CONDITIONAL = "conditional"
    IN_FORCE = "in force"
    IN_PROGRESS = "in progress"
    FULFILLED = "fulfilled"
    FULFILLED_LATE = "fulfilled late"
    OVERDUE = "overdue"
    VIOLATED = "violated"
    REVERSED = "reversed"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    DISCHARGED = "discharged"
    SUPERSEDED = "superseded"
    TERMINATED = "terminated"


class Outlook(StrEnum):
    """What accepted evidence says of the way ahead; its absence (`None`) means that nothing is known."""

    ON_TRACK = "on track"
    AT_RISK = "at risk"


class Standing(StrEnum):
    """How well a state is known."""

    VERIFIED = "verified"
    CORROBORATED = "corroborated"
    REPORTED = "reported"
    SELF_REPORTED = "self-reported"
    ALLEGED = "alleged"
    NOT_VERIFIABLE = "not verifiable"
    NO_INFORMATION = "no information"


class Stance(StrEnum):
    """What a piece of evidence says about one commitment."""

    PERFORMS = "performs"
    PERFORMS_IN_PART = "performs in part"
    FAILS = "fails"
    BREACHES = "breaches"
    INTENDS = "intends"
    REFUSES = "refuses"
    AMENDS = "amends"
    DISPUTES = "disputes"
    DENIES_ACCESS = "denies access"
    DEMANDS = "demands"
    BACKGROUND = "background"


class Reliability(StrEnum):
    """Admiralty code, first half: the source. F means that it cannot be judged, not that it is the worst."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(StrEnum):
    """Admiralty code, second half: the piece of information. 6 means that it cannot be judged."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


class RecordKind(StrEnum):
    """What may happen to an instrument, a provision or a party after signature, each with date and source."""

    CONCLUSION = "conclusion"
    AMENDMENT = "amendment"
    EXTENSION = "extension"
    INTERPRETATION = "interpretation"
    RESERVATION = "reservation"
    SUSPENSION = "suspension"
    RESUMPTION = "resumption"
    WAIVER = "waiver"
    TERMINATION = "termination"
    SUCCESSION = "succession"
    ACCESSION = "accession"


class AcceptedProof(StrEnum):
    """Whose word a provision accepts as proof of performance or breach."""

    VERIFIER = "verifier"
    OUTLET = "outlet"
    NAMED_SOURCE = "named source"
    UNNAMED_SOURCE = "unnamed source"
    DEBTOR = "debtor"
    ADVERSARY = "adversary"
