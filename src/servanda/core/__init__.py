"""The ground floor: the words of the field as frozen dataclasses. No I/O; the standard library only."""
