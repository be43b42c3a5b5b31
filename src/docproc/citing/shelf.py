"""The archival hierarchy in words: which archive, then and now, and where in it.

No variable of CSL, RIS or BibTeX has a fond, an opis or a leaf, so the levels are written
here, from the parsed reference, for every style alike.  A reference of a grammar that has
no table here is given as its source prints it.
"""

from __future__ import annotations

from docproc.records import ArchivalReference
from docproc.references import find_archive

LATIN = {
    "fond": "F.", "section": "Razd.", "opis": "Op.", "carton": "Kart.", "papka": "P.",
    "delo": "D.", "storage unit": "Ed. khr.", "part": "Ch.", "leaves": "L.",
}  # fmt: skip
CYRILLIC = {
    "fond": "Ф.", "section": "Разд.", "opis": "Оп.", "carton": "Картон", "papka": "П.",
    "delo": "Д.", "storage unit": "Ед. хр.", "part": "Ч.", "leaves": "Л.",
}  # fmt: skip
_LETTERS = {"A": "А", "R": "Р", "P": "П", "M": "М", "s": "с", "a": "а", "b": "б", "v": "в"}


def archive_phrase(reference: ArchivalReference) -> str:
    """``"RTsKhIDNI (now RGASPI)"``; ``""`` where the archive is unknown."""
    now = reference.archive_now
    name = reference.archive or ""
    return f"{name} (now {now})" if name and now and now != name else name


def russian_archive(reference: ArchivalReference) -> str:
    """``"РЦХИДНИ (ныне РГАСПИ)"``; in Latin letters where no Cyrillic form is known."""
    name = _cyrillic_name(reference.archive) if reference.archive else ""
    now = _cyrillic_name(reference.archive_now) if reference.archive_now else ""
    return f"{name} (ныне {now})" if name and now and now != name else name


def location(reference: ArchivalReference) -> str:
    """Where in its archive: ``"F. 558. Op. 2. D. 51. L. 1"``; else the reference as printed."""
    return _levels(reference, LATIN, ". ") or without_full_stop(reference)


def running_location(reference: ArchivalReference) -> str:
    """``location`` within a sentence: ``"f. 558, op. 2, d. 51, l. 1"``."""
    labels = {level: label.lower() for level, label in LATIN.items()}
    found = _levels(reference, labels, ", ")
    many = any(mark in (reference.get("leaves") or "") for mark in ",-&")
    found = found.replace(", l. ", ", ll. ") if many else found
    return found or without_full_stop(reference)


def russian_location(reference: ArchivalReference) -> str:
    """``"Ф. 558. Оп. 2. Д. 51. Л. 1"``; else the reference as printed."""
    return _levels(reference, CYRILLIC, ". ", cyrillic=True) or without_full_stop(reference)


def without_full_stop(reference: ArchivalReference) -> str:
    """The printed form without a full stop at its end."""
    return " ".join(reference.printed.split()).rstrip(".")


def has_table(reference: ArchivalReference) -> bool:
    """Whether its levels can be written from the parsed form alone, with nothing lost."""
    return bool(_levels(reference, LATIN, ". "))


def _levels(
    reference: ArchivalReference, labels: dict[str, str], between: str, *, cyrillic: bool = False
) -> str:
    if reference.scheme != "fond" or not reference.components:
        return ""
    parts: list[str] = []
    for level, value in reference.components:
        if level == "fond name" and parts:
            parts[-1] += f" ({value})"
        elif level in labels:
            parts.append(f"{labels[level]} {_russian(value) if cyrillic else value}")
        elif level != "extent":
            return ""
    return between.join(parts)


def _russian(value: str) -> str:
    value = value.replace("& ob.", "и об.").replace("ob.", "об.")
    if value[:1] in _LETTERS and value[1:2] == "-":
        value = _LETTERS[value[0]] + value[1:]
    if value[-1:] in _LETTERS and value[-2:-1].isdigit():
        value = value[:-1] + _LETTERS[value[-1]]
    return value.replace("-", "–") if value[:1].isdigit() else value


def _cyrillic_name(name: str) -> str:
    """The short Cyrillic spelling of an archive's name, where the authority has one."""
    archive = find_archive(name)
    spellings = archive.spellings if archive else ()
    russian = [s for s in spellings if s.isupper() and any("Ѐ" <= letter <= "ӿ" for letter in s)]
    return russian[0] if russian else name
