"""What plugins add to the words that docproc knows: of months, letters, offices, questions.

It holds for the process: whatever was made of the words before is made again.  Patterns say where
they take words of a kind with a *slot* (``docproc.text.patterns``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import fields

from docproc.hooks.knowledge import Knowledge
from docproc.records import Archive
from docproc.text.patterns import fill_slots

Listener = Callable[[tuple[Knowledge, ...]], None]

_learned: tuple[Knowledge, ...] = ()
_listeners: list[Listener] = []
_NOT_IN_PATTERNS = ("language", "months", "seasons", "kinds", "fields", "archives")


def learned_knowledge() -> tuple[Knowledge, ...]:
    """What was learned last."""
    return _learned


def learn(knowledge: Sequence[Knowledge]) -> None:
    """Know *knowledge* beside what docproc knows itself, and nothing that was learned before."""
    global _learned
    if tuple(knowledge) == _learned:
        return
    _learned = tuple(knowledge)
    slots: dict[str, list[str]] = {}
    for each in _learned:
        for field in fields(Knowledge):
            if field.name not in _NOT_IN_PATTERNS:
                slots.setdefault(field.name, []).extend(getattr(each, field.name))
        for words, kind in each.kinds:
            slots.setdefault(f"kind {kind}", []).append(words)
    fill_slots({name: "|".join(map(_pattern, _longest_first(s))) for name, s in slots.items() if s})
    for listener in _listeners:
        listener(_learned)


def find_knowledge_error(knowledge: Knowledge) -> str | None:
    """What of *knowledge* cannot be learned, in words; ``None`` if all can."""
    for field in fields(Knowledge):
        value = getattr(knowledge, field.name)
        if field.name == "language":
            if not isinstance(value, str):
                return "its language is not text"
        elif not isinstance(value, tuple):
            return f"{field.name} is {type(value).__name__}, not a tuple"
        elif field.name in ("kinds", "fields"):
            if not all(isinstance(pair, tuple) and len(pair) == 2 for pair in value):
                return f"{field.name} holds something other than pairs"
            if wrong := _flaw_of_texts(field.name, [word for pair in value for word in pair]):
                return wrong
        elif field.name == "archives":
            if not all(isinstance(archive, Archive) for archive in value):
                return "archives holds something other than archives"
        elif wrong := _flaw_of_texts(field.name, value):
            return wrong
    return None


def _flaw_of_texts(name: str, texts: Sequence[object]) -> str | None:
    for text in texts:
        if not isinstance(text, str):
            return f"{name} holds {text!r}, which is not text"
        if not text.strip():
            return f"{name} holds an empty text"
    return None


def on_knowledge_learned(listener: Listener) -> None:
    """Have *listener* told whenever something is learned, and now of what was."""
    _listeners.append(listener)
    if _learned:
        listener(_learned)


def with_learned_words(own: frozenset[str], name: str) -> set[str]:
    """A set of the words *own*, which from now on holds what is learned under *name* as well."""
    words = set(own)

    def add(knowledge: tuple[Knowledge, ...]) -> None:
        words.clear()
        words.update(own, (w.casefold() for each in knowledge for w in getattr(each, name)))

    on_knowledge_learned(add)
    return words


def _longest_first(phrases: Sequence[str]) -> list[str]:
    return sorted(dict.fromkeys(phrases), key=lambda phrase: (-len(phrase), phrase))


def _pattern(phrase: str) -> str:
    """*phrase* as a pattern: any white space between its words, any ending where it says so."""
    words = (
        re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
        for word in phrase.split()
    )
    return r"\s+".join(words)
