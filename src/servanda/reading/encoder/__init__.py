"""A small encoder that says, of each word of a sentence, whether it is the trigger of a claim, and of what claim.

`TriggerEncoder.load().score([words, ...])` gives one `WordScores` a sentence. See docs/reading-encoder.md.
"""

from servanda.reading.encoder.labels import ACTIONS, ACTS, ROLES
from servanda.reading.encoder.model import TriggerEncoder
from servanda.reading.encoder.scores import WordScores

__all__ = ["ACTIONS", "ACTS", "ROLES", "TriggerEncoder", "WordScores"]
