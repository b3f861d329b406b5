"""Judging: an accord and claims become evidence, and evidence becomes judgements with their reasons."""

from servanda.judging.judge import judge

__all__ = ["judge"]
