"""Prose: the Markdown of a body, read into sections and care cards with slots for what other files decide."""

from clinic.prose.facts import inline_facts
from clinic.prose.parser import parse_body
from clinic.prose.slots import fill, make_slot, plain

__all__ = ["fill", "inline_facts", "make_slot", "parse_body", "plain"]
