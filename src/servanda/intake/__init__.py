"""Files to documents, and tables to claims. Libraries that read a format load when a file of that format comes."""

from servanda.intake.files import ENDINGS, find_files, read_file
from servanda.intake.tables import iterate_claims_table, read_claims_table

__all__ = ["ENDINGS", "find_files", "iterate_claims_table", "read_claims_table", "read_file"]
