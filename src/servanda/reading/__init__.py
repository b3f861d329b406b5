"""From a document's text to its claims. Importing this loads no language pipeline."""

from servanda.reading.interface import Reader, load_reader
from servanda.reading.output import claim_json

__all__ = ["Reader", "claim_json", "load_reader"]
