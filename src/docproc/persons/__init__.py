"""Persons: the forms of their names, and registers that say which names are one person's."""

from docproc.persons.names import inverted, natural, split
from docproc.persons.register import Register, are_called, words

__all__ = ["Register", "are_called", "inverted", "natural", "split", "words"]
