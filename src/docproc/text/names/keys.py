"""Keys under which the transliterations of one name meet: Джемаль, Dzhemal, Djemal, Cemal.

A name is read as each orthography that may have written it would read it (``name_spellings``);
each different reading, with what transliterations do not agree on folded away, is a key.
Two spellings are taken for one name if they share a key.  Folded away are:

* doubled letters; the glides of *ya*, *ia*, *ja* after consonants;
* the vowel and the consonant of a final *-ov*, *-ew*, *-off*;
* final vowels but *-o* and *-u*, where ``SHORT`` signs are left;
* *e* for *a* and *u* for *o*, in a second key of a name of at least ``LONG`` signs that ends
  in a consonant (Kemal, Kamal; but Kennedy is not Canada);
* the case endings of a Cyrillic name (a second key stands for the name as it is).

An English *ur* or *ir* is read as it sounds as well (Curzon, Керзон), and a Chinese name in the
spelling of Wade and Giles as its pinyin (Tse-tung, Zedong: ``wade_giles``).

It is a likeness, not an identity: a text that has the name as it was asked is always better.
What no transliteration is does not meet: Peking and Beijing.

Measured over the 10,000 capitalised words of two English sets and a Russian one: 1.7 keys a
word, and next to no two words of five signs or more that share one and are not the same name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import Final

from docproc.dataclass_on_use import dataclass
from docproc.text.language.stop_words import STOP_WORDS
from docproc.text.names.spellings import ANY, CYRILLIC, CYRILLIC_ANY, CYRILLIC_ENDINGS, LATIN
from docproc.text.names.wade_giles import pinyin
from docproc.text.patterns import compile_on_use
from docproc.text.terms import content_words
from docproc.text.words import word_set

VERSION: Final = 3
"""Changes whenever the keys of any name would: an index of another version is stale."""

MARK: Final = "~"
"""What a key begins with, so that it is no term: no term holds this sign."""
SMALL: Final = f"{MARK}="
"""What begins the key of a name that is a stop word too, where a text gives it a capital: the
Don, Will, More.  Alone it is in every text that was indexed with such keys."""
SHORT: Final = 4
"""A key of fewer signs would bring together what is not one name: Moon and Mina, Love and Low."""
LONG: Final = 5

_LETTERS: Final = 24  # of a name; the rest of a longer one tells nothing more
_MOST_CACHED: Final = 200_000

_VOWELS: Final = frozenset("aeiou")
_APOSTROPHES: Final = "'’ʹʼʺ`"
_NAME: Final = compile_on_use(rf"[^\W\d_]+(?:[{_APOSTROPHES}][^\W\d_]+)*")
_HYPHEN: Final = compile_on_use("[-‐‑]")
_HYPHENED: Final = compile_on_use(  # from the beginning of a name alone, or its time is a square
    rf"(?<![^\W\d_])(?<![^\W\d_][{_APOSTROPHES}]){_NAME.pattern}(?:[-‐‑]{_NAME.pattern})+"
)
_NOT_READ: Final = compile_on_use(rf"['’`]s$|[{_APOSTROPHES}]")
_STOPS: Final = frozenset().union(*STOP_WORDS.values())
_CYRILLIC_LETTER: Final = compile_on_use("[\u0400-\u052f]")
_LATIN_LETTER: Final = compile_on_use("[a-z]")

_GLIDES: Final = (
    (
        compile_on_use("(?:^|(?<=[aeiou]))[iy]+(?=e)"),
        "",
    ),  # Yeltsin, Eltsin; Dostoyevsky, Dostoevsky
    (compile_on_use("^[iy]+(?=[aou])"), "y"),
    (compile_on_use("(?<=[^aeiouy])[iy]+(?=[aeou])"), ""),  # Shlyapnikov, Shliapnikov
    (compile_on_use("(?<=[aeiou])[iy]+(?=[aou])"), "y"),
    (compile_on_use("y(?![aou])"), "i"),
)
_DOUBLED: Final = compile_on_use(r"(.)\1+")
_LAST_VOWELS: Final = compile_on_use("[aeiouy]*[aeiy]$")
_OV: Final = compile_on_use("(?<=.)[eo][fv]$")
_SOUNDS_ER: Final = compile_on_use("[iu]r(?=[bcdfgjklmnpqstvwxz])")
_MERGED: Final = str.maketrans("eu", "ao")


class _Script:
    """One script: the units that its words are cut into, and their readings by orthography."""

    def __init__(
        self, common: Mapping[str, str], orthographies: Mapping[str, Mapping[str, str]]
    ) -> None:
        units = {*common, *chain.from_iterable(orthographies.values())}
        self.letters = frozenset(chain.from_iterable(units))
        longest_first = sorted(units, key=lambda unit: (-len(unit), unit))
        longer = [unit for unit in longest_first if len(unit) > 1]
        self._cut = compile_on_use("|".join([*longer, f"[{''.join(sorted(self.letters))}]"]))
        self._tables = [{**common, **own} for own in orthographies.values()]
        self._readings: dict[str, tuple[str, ...]] = {}  # of the units met

    def read(self, word: str) -> set[str]:
        """*word*, of this script's letters alone, as each orthography reads it."""
        units = self._cut.findall(word)
        for unit in set(units) - self._readings.keys():
            read = tuple(_read(unit, table) for table in self._tables)
            self._readings[unit] = read if len(set(read)) > 1 else read[:1]
        each = [self._readings[unit] for unit in units]
        count = max(map(len, each), default=1)
        if count == 1:
            return {"".join([read[0] for read in each])}
        each = [read if len(read) == count else read * count for read in each]
        return set(map("".join, zip(*each, strict=True)))


def _read(unit: str, table: Mapping[str, str]) -> str:
    """*unit* as one orthography reads it, in the longest pieces that it knows."""
    size = next(n for n in range(len(unit), 0, -1) if unit[:n] in table)
    return table[unit[:size]] + (_read(unit[size:], table) if size < len(unit) else "")


_LATIN: Final = _Script(ANY, LATIN)
_ENGLISH: Final = _Script(ANY, {"en": LATIN["en"]})
_CYRILLIC: Final = _Script(CYRILLIC_ANY, CYRILLIC)
_LETTERS_READ: Final = _LATIN.letters | _CYRILLIC.letters


@lru_cache(maxsize=_MOST_CACHED)
def name_keys(word: str) -> tuple[str, ...]:
    """The keys of one word in any case, sorted, each beginning with ``MARK``; a dozen or so.

    None for a word too short to tell, and for one that is not of the Latin or the Cyrillic
    script.
    """
    if _HYPHEN.search(word) and (chinese := pinyin(word)):
        return _keys(chain.from_iterable(map(_ENGLISH.read, chinese)))
    plain = _NOT_READ.sub("", unicodedata.normalize("NFC", word).casefold())
    if not plain.isascii():
        plain = "".join(map(_bare, plain))
    plain = plain[:_LETTERS]
    if not _CYRILLIC_LETTER.search(plain):
        readings = _LATIN.read(plain)
        if _SOUNDS_ER.search(plain):
            readings |= _ENGLISH.read(_SOUNDS_ER.sub("ər", plain))
    elif _LATIN_LETTER.search(plain):
        return ()
    else:
        readings = _CYRILLIC.read(plain)
        ending = next((x for x in CYRILLIC_ENDINGS if plain.endswith(x)), None)
        if ending:
            readings |= _CYRILLIC.read(plain.removesuffix(ending))
    return _keys(readings)


def _keys(readings: Iterable[str]) -> tuple[str, ...]:
    found = chain.from_iterable(map(_fold, readings))
    return tuple(sorted({MARK + key for key in found if _tells(key)}))


def keys_in(text: str) -> frozenset[str]:
    """The keys of all the names of *text*, as ``names_in`` finds them."""
    return frozenset(chain.from_iterable(map(_keys_of_run.__getitem__, text.split())))


def keys_by_run() -> Mapping[str, tuple[str, ...]]:
    """The keys of the names of any run of text between spaces, made when first asked for."""
    return _keys_of_run


@dataclass(frozen=True, slots=True)
class AskedName:
    """A word of a question that may be a name: its keys, and whether it is written as one."""

    keys: tuple[str, ...]
    capitalised: bool


@lru_cache(maxsize=256)
def asked_names(question: str) -> Mapping[str, AskedName]:
    """The words of *question* that have keys, folded as ``terms.question_words`` folds them.

    Anyone who types a question may leave out its capitals: which of the others are names is for
    the corpus to say, by not knowing them as words.
    """
    found: dict[str, AskedName] = {}
    for word in _NAME.findall(question):
        keys = name_keys(word)
        if word.casefold() not in _STOPS and keys:
            for plain in content_words(word, None):
                found.setdefault(plain, AskedName(keys, word[0].isupper()))
    for word in _chinese(question):
        parts = _HYPHEN.split(word)
        whole = content_words(word, None).keys() - content_words(" ".join(parts), None).keys()
        for plain in whole:
            found.setdefault(plain, AskedName(name_keys(word), word[0].isupper()))
    return MappingProxyType(found)


@lru_cache(maxsize=256)
def small_names(question: str) -> tuple[str, ...]:
    """The stop words that *question* uses as names, as typed: "the Don", "Was Will there?".

    One with a capital within the sentence; or the only word that says anything.  None where
    most words have capitals, as in headlines, and no German *Sie* and *Ihr*.
    """
    words = _NAME.findall(question)
    inner = [word for word in words[1:] if len(word) > 1]
    capital = [word for word in inner if word[0].isupper()]
    small = [word for word in capital if _is_small(word) and word.casefold() not in _POLITE]
    asking = question.rstrip().endswith(("?", "？")) and not question.isupper()
    if small and (asking or 2 * len(capital) <= len(inner)):
        return tuple(dict.fromkeys(small))
    said = [word for word in words if word.casefold() not in _STOPS]
    last = words[-1] if words else ""
    if not said and _is_small(last) and len(words) <= _FEW_WORDS:
        return (last,)
    return ()


_FEW_WORDS: Final = 4
_POLITE: Final = word_set("sie ihr ihre ihrem ihren ihrer ihnen du dein euch вы вас вам ваш")


def small_key(word: str) -> str:
    """The key of a stop word that is a name."""
    return f"{SMALL}{word.casefold()}"


def _is_small(word: str) -> bool:
    return len(word) > 2 and word[0].isupper() and word.casefold() in _STOPS


def names_in(text: str) -> Iterator[str]:
    """The capitalised words of *text* that are stop words of no language, in order.

    Those with a hyphen that are one name, as Chinese ones are, come last, whole.
    """
    for word in _NAME.findall(text):
        if word[0].isupper() and word.casefold() not in _STOPS:
            yield word
    yield from (word for word in _chinese(text) if word[0].isupper())


def _chinese(text: str) -> Iterator[str]:
    """The hyphened words of *text* that are Chinese as Wade and Giles spell it."""
    return filter(pinyin, _HYPHENED.findall(text))


class _KeysOfRun(dict[str, tuple[str, ...]]):
    """The keys of every run of text between spaces met so far, as ``terms`` keeps its terms."""

    def __missing__(self, run: str) -> tuple[str, ...]:
        if len(self) >= _MOST_CACHED:
            self.clear()
        made: tuple[str, ...] = ()
        if not run.islower():  # names have capitals
            made += tuple(key for name in names_in(run) for key in name_keys(name))
            made += tuple(small_key(word) for word in _NAME.findall(run) if _is_small(word))
        self[run] = made
        return made


_keys_of_run: Final = _KeysOfRun()


@lru_cache(maxsize=4096)
def _bare(letter: str) -> str:
    """A letter without the accents that no orthography tells apart; ``""`` for what is not read."""
    if letter in _LETTERS_READ:
        return letter
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if part in _LETTERS_READ)


def _fold(reading: str) -> Iterator[str]:
    """The key of one reading; and, where it ends in a consonant, that with its vowels merged."""
    key = reading
    if "i" in key or "y" in key:
        for glide, folded in _GLIDES:
            key = glide.sub(folded, key)
    key = _DOUBLED.sub(r"\1", key)
    bare = _LAST_VOWELS.sub("", key)
    dropped = bare != key and len(bare) >= SHORT
    key = _OV.sub("ov", bare if dropped else key)
    yield key
    if len(key) >= LONG and not dropped:
        yield key.translate(_MERGED)


def _tells(key: str) -> bool:
    return len(key) >= SHORT and len(key) - sum(map(key.count, _VOWELS)) >= 2
