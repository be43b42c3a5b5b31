"""Running heads: what a line at the edge of a page says by itself of being one."""

from __future__ import annotations

from docproc.text.patterns import compile_on_use

_PAGE_NUMBER = compile_on_use(r"[-–—~=]\s?\d{1,4}\s?[-–—~=]\.?|[(\[]\s?\d{1,4}\s?[)\]]")
_CAPITALS = r"[^\W\d_a-zа-яё][^\W\d_a-zа-яё.,'’&-]*(?:\s[^\W\d_a-zа-яё.,'’&-]+){1,8}[.,]?"
_NUMBERED = compile_on_use(rf"[1-9]\d\d\d?\s{{1,8}}{_CAPITALS}|{_CAPITALS}\s{{1,8}}[1-9]\d\d\d?")


def is_page_number(line: str) -> bool:
    """``- 17 -``, ``(17)``; a figure alone may be a year or an item."""
    return _PAGE_NUMBER.fullmatch(line.strip()) is not None


def is_numbered_head(line: str) -> bool:
    """``184 HISTORY OF THE MILL``: words in capitals beside a number that no chapter has."""
    return _NUMBERED.fullmatch(line.strip()) is not None
