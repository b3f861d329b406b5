"""The order of the encoder's outputs. Weights are trained for this order: append, never reorder."""

from servanda.core.vocabulary import Act, Action

ACTIONS: tuple[Action, ...] = tuple(Action)
"""Columns of the trigger scores."""

ACTS: tuple[Act, ...] = tuple(Act)
"""Columns of the act scores."""

OUTPUTS: tuple[str, ...] = ("trigger", "act", "negative", "possible", "roles", "apart")
"""What the network gives, in this order."""

ROLES: tuple[str, ...] = ("quote", "actor", "source", "place", "quantity", "when")
"""What a word may be to a trigger: part of the claim's quote, of the name of its actor, source or place, of its number,
or of the words that say its date."""
