"""Persons: the forms of their names, and registers that say which names are one person's."""

from docproc.persons.names import natural_order, shared_family_name, sorted_order, split_name
from docproc.persons.register import Register, folded_words, match_names

__all__ = [
    "Register",
    "folded_words",
    "match_names",
    "natural_order",
    "shared_family_name",
    "sorted_order",
    "split_name",
]
