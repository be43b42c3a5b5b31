"""The forms of a person's name: ``Maja Lindqvist`` and ``Lindqvist, Maja``.

A name is turned round only where its form shows which part is the family name: a comma, initials,
or a family name that the source marks.  ``Winston Churchill`` and ``Mao Zedong`` show nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from docproc.text.patterns import compile_on_use

_CAPITAL = r"[^\W\d_a-zà-öø-ÿа-яё]"
_PARTICLE = (
    r"(?:von|van|de|der|den|del|della|di|da|dal|du|des|la|le|al|el|bin|ibn|af|av|zu|zum|vom|ten|ter"
    r"|fon|фон|де)"
)
_WORD = rf"(?:d['’]|l['’]|O['’])?{_CAPITAL}[\w'’-]*"
_INITIAL = rf"{_CAPITAL}[^\W\d_]{{0,2}}\."
_INITIALS = r"(?:[^\W\d_]{1,2}\.[\s-]?){1,4}"
_FAMILY = rf"(?:(?:{_PARTICLE}|of)\s)*[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*"
_LEFT = compile_on_use(rf"(?:{_PARTICLE}\s){{0,3}}{_WORD}(?:[\s-](?:{_PARTICLE}\s)?{_WORD}){{0,2}}")
_GIVEN = compile_on_use(
    rf"(?:(?:Sir|Dr\.?|Frau|Herr|Graf|Freiherr|Prof\.)\s)?"
    rf"(?:{_INITIAL}|{_WORD})(?:[\s-]?(?:{_INITIAL}|{_WORD})){{0,4}}(?:\s(?:{_PARTICLE}|und|zu)){{0,3}}"
)
_DATES = compile_on_use(
    r"(?:,\s*|\s*\()(?:(?:ca?\.|um|geb\.|b\.|d\.|[*†])\s*)?\d{3,4}\??(?:\s*[-–—/]\s*(?:\d{2,4})?\??)?\)?\.?\Z"
)
_FULLER = compile_on_use(r",\s([^,()]*\.[^,()]*?)\s\(([^\W\d_][^()]*)\)\Z")
"""Initials, and the names that they stand for, as in ``Eliot, T. S. (Thomas Stearns)``"""
_NO_PERSON = compile_on_use(
    r"(?<!\w)(?:office|ministry|department|embassy|legation|consulate|committee|council|bureau|board|"
    r"bank|company|army|navy|staff|commission|mission|court|institute|university|academy|society|"
    r"library|college|school|press|house|club|union|church|hospital|museum|archiv\w*|amt|ministerium|rat|gesellschaft|verlag|universität|akademie|verein|"
    r"minist[eè]re|soci[eé]t[eé]|banque|sons|brothers|gebrüder|co|ltd|inc|gmbh|"
    r"secretary|minister|ambassador|consul|president|general|colonel|captain|major|lieutenant|"
    r"admiral|director|chairman|commissioner|commissar|governor|premier|chancellor|chief|envoy|"
    r"professor|bishop|archbishop|king|queen|prince|emperor|pope|mayor|jr|sr|junior|senior|"
    r"esq|m\.?d|ph\.?d|ii|iii|iv|s\.?j|usa|england|france|germany|russia|deutschland)(?!\w)",
    re.IGNORECASE,
)
_GIVEN_FIRST = compile_on_use(rf"({_INITIALS})\s?({_FAMILY})")
_FAMILY_FIRST = compile_on_use(rf"({_FAMILY}),?\s({_INITIALS})")
_MIDDLE = compile_on_use(
    rf"({_WORD}(?:\s{_WORD})?(?:\s{_CAPITAL}\.){{1,3}})\s((?:{_PARTICLE}\s){{0,3}}{_WORD})"
)
_ADDRESS = compile_on_use(
    r"(?:(?:Dr|Drs|Prof|Capt|Col|Gen|Lt|Maj|Rev|Sgt|Cpt|Adm|Hon|Ing|Mag|Mrs?|Ms|Mme|Mlle)\b\.?"
    r"|Miss|Sir|Dame|Lady|Lord|Frau|Herr|Fräulein|Madame|Captain|Colonel|Graf|Gräfin|Freiherr|Freifrau"
    r"|Baron|Baroness|Baronin|Count|Countess|Comte|Comtesse|Fürst|Fürstin)"
    r"(?:[ .](?:med|phil|jur|theol|h\. ?c|Dr|Ing|Col|Gen)\b\.?)*"
)
"""What stands before a whole name, and behind an inverted one: ``Holm, Ida, Dr.``"""
_SUFFIX = compile_on_use(
    r"(?:[JS]r|Esq|Bart)\b\.?|Junior|Senior|I{2,3}|IV|M\. ?D\.|Ph\. ?D\.|S\. ?J\."
)
"""What stands behind a name, whichever way round it is: ``Holm, Per, Jr.``, ``Per Holm Jr.``"""
_PLAIN = compile_on_use(
    rf"(?!(?:Great|New|North|South|East|West|United|Royal)\s)(?:(?:{_WORD}|{_INITIAL})\s){{1,3}}{_WORD}"
)
_LONGEST = 80


@lru_cache(1024)
def split_name(name: str, family: str | None = None) -> tuple[str, str] | None:
    """Family name and given names; ``None`` where the form of *name* does not show them.

    A form of address stands with the given names (``Dr. Ida``); ``Jr.`` behind them, after a comma.
    *family* is the family name where the source marks it.
    """
    name = " ".join(name.split())
    if family:
        return _read_marked(name, " ".join(family.split()))
    if not name or len(name) > _LONGEST:
        return None
    if match := _GIVEN_FIRST.fullmatch(name):
        return match[2], match[1].strip()
    if (match := _FAMILY_FIRST.fullmatch(name)) and not _NO_PERSON.search(match[2]):
        return match[1], match[2].strip()
    bare = _without_fuller(_DATES.sub("", name).strip())
    if bare.count(",") == 2:
        before, _, more = (part.strip() for part in bare.rpartition(","))
        if _ADDRESS.fullmatch(more) and (found := split_name(before)):
            return found[0], f"{more} {found[1]}"
        if _SUFFIX.fullmatch(more) and (found := split_name(before)):
            return found[0], f"{found[1]}, {more}"
    if bare.count(",") == 1:
        left, right = (part.strip() for part in bare.split(","))
        if (
            _LEFT.fullmatch(left)
            and _GIVEN.fullmatch(right)
            and not _NO_PERSON.search(left)
            and not _NO_PERSON.search(right)
        ):
            return left, right
        return None
    if (match := _MIDDLE.fullmatch(bare)) and not _NO_PERSON.search(bare):
        return match[2], match[1]
    return None


def natural_order(name: str, family: str | None = None) -> str:
    """``"Maja Lindqvist"`` for ``"Lindqvist, Maja"``; only a comma is undone."""
    found = split_name(name, family) if "," in name else None
    if not found:
        return " ".join(name.split())
    given, _, suffix = found[1].partition(", ")
    return f"{given} {found[0]} {suffix}".rstrip()


def sorted_order(name: str, family: str | None = None) -> str:
    """*name* as it is sorted: ``"Lindqvist, Maja"``; as it is where its parts are not known."""
    found = split_name(name, family)
    return f"{found[0]}, {found[1]}" if found else " ".join(name.split())


def shared_family_name(names: Iterable[str]) -> dict[str, str]:
    """The family name of those of *names* who share one: ``Ida Holm`` and ``Ada Holm`` show it."""
    found = {name: name.split()[-1] for name in set(names) if _is_plain(name)}
    counted = Counter(found.values())
    return {name: family for name, family in found.items() if counted[family] > 1}


def _without_fuller(name: str) -> str:
    """*name* without the names in brackets that its initials stand for."""
    if not (fuller := _FULLER.search(name)):
        return name
    short, long = (
        [word[0] for word in re.findall(r"[^\W\d_]+", each)] for each in fuller.group(1, 2)
    )
    return name[: fuller.end(1)] if short == long[: len(short)] else name


def _is_plain(name: str) -> bool:
    return bool(_PLAIN.fullmatch(name)) and not _NO_PERSON.search(name)


def _read_marked(name: str, family: str) -> tuple[str, str] | None:
    at = name.rfind(family)
    if at < 0:
        return None
    given = " ".join(f"{name[:at].strip(' ,')} {name[at + len(family) :].strip(' ,')}".split())
    return (family, given) if given else None
