"""The front door: composes the stages. The command line, the web and a notebook call this and nothing below it.

Stages are imported where they are used, so that asking for a status never loads the language pipeline.
"""

from servanda.dossier.accord_files import (
    accord_schema,
    check_accord,
    check_text,
    draft_accord,
    parse_accord,
    usable_accord,
)
from servanda.dossier.folder import Dossier
from servanda.dossier.opened import ACCORD_FILE, LEDGER_FILE
from servanda.dossier.outcomes import Added, Doubt, Found, Reading, doubts_of
from servanda.dossier.sitting import Sitting
from servanda.dossier.texts import (
    attributions,
    files_among,
    judge_records,
    languages_not_read,
    read_files,
    readable_endings,
    records_of,
    sum_up,
    take_in,
    time_expressions,
)
from servanda.ledger import KeptReview

__all__ = [
    "ACCORD_FILE",
    "LEDGER_FILE",
    "Added",
    "Dossier",
    "Doubt",
    "Found",
    "KeptReview",
    "Reading",
    "Sitting",
    "accord_schema",
    "attributions",
    "check_accord",
    "check_text",
    "doubts_of",
    "draft_accord",
    "files_among",
    "judge_records",
    "languages_not_read",
    "parse_accord",
    "read_files",
    "readable_endings",
    "records_of",
    "sum_up",
    "take_in",
    "time_expressions",
    "usable_accord",
]
