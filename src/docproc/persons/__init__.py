"""Persons: the forms of their names, and registers that say which names are one person's."""

from docproc.persons.names import invert, natural, share_family, split
from docproc.persons.register import Register, match_names, words

__all__ = ["Register", "invert", "match_names", "natural", "share_family", "split", "words"]
