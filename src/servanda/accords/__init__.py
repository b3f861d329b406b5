"""`accord.yaml` to `Accord`: reading it with messages that point, its schema, its consistency, and drafting one."""

from servanda.accords.checking import check, check_text
from servanda.accords.drafting_yaml import draft
from servanda.accords.loading import forces_section, load, parse
from servanda.accords.schema import json_schema
from servanda.accords.template import template

__all__ = ["check", "check_text", "draft", "forces_section", "json_schema", "load", "parse", "template"]
