"""Who says what: source, cue and content of every attributed stretch of a text, direct, indirect and mixed."""

from servanda.reading.attribution.attributing import attribute, attributions_of
from servanda.reading.attribution.spans import Attribution, Manner, Span

__all__ = ["Attribution", "Manner", "Span", "attribute", "attributions_of"]
