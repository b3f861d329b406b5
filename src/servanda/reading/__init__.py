"""From a document's text to its claims. Importing this loads no language pipeline."""

from servanda.reading.interface import Reader, load_reader
from servanda.reading.streaming import read_stream

__all__ = ["Reader", "load_reader", "read_stream"]
