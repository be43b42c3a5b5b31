"""Rewrite: a glossary of the user's, of terms that mean the same, in one language or in several."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any, Final

from docproc.dataclass_on_use import dataclass
from docproc.errors import ConfigError
from docproc.hooks.ranking import MOST_WORDS, Expansion, Rewriting
from docproc.text.patterns import compile_on_use
from docproc.text.terms import LANGUAGES, terms

_WORD: Final = compile_on_use(r"\w+(?:[-'’‐‑.]\w+)*")
_LONGEST: Final = 12
"""Words of a term, at most; a longer one is a sentence."""
_MOST_BYTES: Final = 64 * 1024 * 1024
_LANGUAGES: Final = (None, *sorted(LANGUAGES))

_FLEETING: Final = compile_on_use(r"[ое]([кнц])$")
"""The vowel that the stem of a Russian noun has in some cases alone: винтовка, винтовок."""

Keys = frozenset[tuple[str | None, str]]
"""What two words have in common that are forms of one: a language and the stem in it."""


@dataclass(slots=True)
class Glossary:
    """Equivalents of terms: *entries* are each a term and what means the same."""

    entries: list[tuple[str, tuple[str, ...]]]
    _known: dict[tuple[str | None, str], list[tuple[tuple[Keys, ...], tuple[str, ...]]]] = field(
        init=False, repr=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        for term, words in self.entries:
            parts = tuple(_keys(word) for word in _WORD.findall(term))
            for key in parts[0]:
                self._known.setdefault(key, []).append((parts, words))

    def rewrite(self, question: str) -> Rewriting:
        """*question* with the equivalents of the longest terms in it, whatever their endings."""
        found: dict[str, dict[str, None]] = {}
        words = list(_WORD.finditer(question))
        keys = [_keys(word[0]) for word in words]
        at = 0
        while at < len(words):
            length, equal = self._longest(keys, at)
            if length:
                term = question[words[at].start() : words[at + length - 1].end()]
                found.setdefault(term, {}).update(dict.fromkeys(equal))
            at += length or 1
        return Rewriting(
            question,
            tuple(Expansion(term, tuple(equal)[:MOST_WORDS]) for term, equal in found.items()),
        )

    def _longest(self, keys: Sequence[Keys], at: int) -> tuple[int, tuple[str, ...]]:
        """How many words from *at* on are a term, and its equivalents; 0 where none is."""
        best = 0
        equal: dict[str, None] = {}
        seen: set[int] = set()
        for key in keys[at]:
            for known in self._known.get(key, ()):
                parts, words = known
                if id(known) in seen or len(parts) < best or at + len(parts) > len(keys):
                    continue
                seen.add(id(known))
                here = keys[at : at + len(parts)]
                if all(ours & theirs for ours, theirs in zip(here, parts, strict=True)):
                    equal = dict(equal) if len(parts) == best else {}
                    best = len(parts)
                    equal.update(dict.fromkeys(words))
        return best, tuple(equal)


def _keys(word: str) -> Keys:
    found = set()
    for language in _LANGUAGES:
        stems = terms(word, language)
        if stems:
            found.add((language, stems[-1]))
            if language == "ru":
                found.add((language, _FLEETING.sub(r"\1", stems[-1])))
    return frozenset(found)


def read_glossary(path: Path, *, both_ways: bool = True) -> Glossary:
    """The glossary at *path*, by its suffix: ``.toml``, ``.csv``, ``.tsv``, or lines of text.

    In TOML a term is a key, its equivalents a text or a list of texts; in a table each line holds
    terms that mean the same; in a text ``term = equivalent, equivalent``.  *both_ways*: each
    equivalent has the others.  Raises ``ConfigError``, naming the file and the place.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ConfigError(f"{path}: a glossary of more than {_MOST_BYTES // 2**20} MB")
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(
            f"{path}: there is no such glossary; name one with `file` under [plugins.glossary]"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: the glossary cannot be read: {error}") from None
    kind = path.suffix.casefold()
    if kind == ".toml":
        groups = list(_from_toml(path, text))
    elif kind in (".csv", ".tsv"):
        groups = list(_from_table(path, text, "\t" if kind == ".tsv" else ","))
    else:
        groups = list(_from_lines(path, text))
    entries: dict[str, dict[str, None]] = {}
    for where, group in groups:
        _check(path, where, group)
        for place, term in enumerate(group if both_ways else group[:1]):
            others = dict.fromkeys(group[:place] + group[place + 1 :])
            entries.setdefault(term, {}).update(others)
    return Glossary([(term, tuple(words)) for term, words in entries.items()])


def _from_toml(path: Path, text: str) -> Iterator[tuple[str, list[str]]]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{path}: not TOML: {error}; a term of other letters than a to z, or of several words, "
            'stands in quotation marks: "Red Army" = "Красная армия"'
        ) from None
    for term, given in table.items():
        words = [given] if isinstance(given, str) else given
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise ConfigError(f"{path}: {term!r} must be a text or a list of texts, not {given!r}")
        yield repr(term), [term, *words]


def _from_table(path: Path, text: str, mark: str) -> Iterator[tuple[str, list[str]]]:
    first = text.partition("\n")[0]
    mark = ";" if mark == "," and ";" in first and "," not in first else mark
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if any(cells) and not cells[0].startswith("#"):
                yield f"line {rows.line_num}", [cell for cell in cells if cell]
    except csv.Error as error:
        raise ConfigError(f"{path}, line {rows.line_num}: not a table: {error}") from None


def _from_lines(path: Path, text: str) -> Iterator[tuple[str, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        plain = line.strip()
        if not plain or plain.startswith("#"):
            continue
        term, equals, rest = plain.partition("=")
        if not equals:
            raise ConfigError(
                f"{path}, line {number}: no '=' in {plain[:60]!r}; write `term = equivalent, other`"
            )
        yield f"line {number}", [each.strip() for each in (term, *rest.split(",")) if each.strip()]


def _check(path: Path, where: str, group: Sequence[str]) -> None:
    """Raise ``ConfigError`` where *group* is not two terms or more, each with words."""
    if len(group) < 2:
        raise ConfigError(f"{path}, {where}: {', '.join(group)!r} has no equivalent")
    for term in group:
        count = len(_WORD.findall(term))
        if not count:
            raise ConfigError(f"{path}, {where}: {term!r} has no word to look for")
        if count > _LONGEST:
            raise ConfigError(
                f"{path}, {where}: {term[:60]!r}… has {count} words; a term has {_LONGEST} at most"
            )


def make(settings: Mapping[str, Any]) -> Glossary:
    """The glossary in the file that the settings name, relative to the workspace."""
    path = Path(settings["workspace"]) / Path(settings["file"]).expanduser()
    return read_glossary(path, both_ways=settings["both_ways"])
