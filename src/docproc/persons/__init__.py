"""Persons: the forms of their names, and registers that say which names are one person's."""

from docproc.persons.names import invert, natural, split
from docproc.persons.register import Register, match_names, words

__all__ = ["Register", "invert", "match_names", "natural", "split", "words"]
