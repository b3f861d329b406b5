"""Problems that people can act on: what is wrong, where, and what would be right."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file that a person wrote. Lines count from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of a check. `error` problems stop the work that depends on them; others are advice."""

    location: Location
    what: str
    remedy: str
    code: str
    error: bool = True
    excerpt: str | None = None

    def __str__(self) -> str:
        return f"{self.location}: {self.what}; {self.remedy}"


class ServandaError(Exception):
    """Something the user can put right. `str()` is the whole message; no traceback is ever shown for it."""

    def __init__(self, what: str, remedy: str | None = None) -> None:
        """Keep what is wrong and what would be right apart, so that faces can lay them out."""
        super().__init__(f"{what}; {remedy}" if remedy else what)
        self.what = what
        self.remedy = remedy


class ProblemsFound(ServandaError):
    """A file that cannot be used as it is; carries every problem found, not the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems in file order."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
