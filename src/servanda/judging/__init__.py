"""Judging: an accord and claims become evidence, and evidence becomes judgements with their reasons."""

from servanda.core.judgement import Summary
from servanda.judging.changes import changes
from servanda.judging.docket import Docket
from servanda.judging.history import history
from servanda.judging.judge import Concern, concern, judge, judge_each
from servanda.judging.summaries import by_instrument, by_party, by_provision, kroc_score

__all__ = [
    "Concern",
    "Docket",
    "Summary",
    "by_instrument",
    "by_party",
    "by_provision",
    "changes",
    "concern",
    "history",
    "judge",
    "judge_each",
    "kroc_score",
]
