"""Russian and Soviet references: fond, opis, delo, leaf, in three scripts of labels.

In Latin transliteration (``F. 558. Op. 2. D. 51. L. 1.``), in Cyrillic (``ф. 17, оп. 3,
д. 225, л. 1–3 об.``), translated (``Fund 17, Inventory 3, File 225``) and, after an
archive that uses fonds, in slashes alone (``RGASPI 558/2/51``).  The levels are named
``fond``, ``fond name``, ``section``, ``opis``, ``carton``, ``papka``, ``delo``, ``storage
unit`` (*ed. khr.*, which some archives count instead of dela), ``part``, ``leaves``, and
``extent`` for a count of leaves (``214 л.``), which is not a leaf.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.records import ArchivalReference, Span
from docproc.references.archives import Archive
from docproc.references.chain import Level, Levels, Link
from docproc.references.grammar import Grammar, reference
from docproc.references.named import archive_before
from docproc.references.scripts import to_digits, to_latin

SCHEME = "fond"

# A number as OCR may leave it: look-alikes count as digits between digits, and before them.
_N = r"(?:[ОOЗ](?=\d))?\d(?:\d|[lI|](?=\d)|[ОOoоЗ](?=\d)){0,6}"
_LETTER = r"(?:\s?[а-яa-z](?![\w.]))?"
_FOND = rf"(?:[A-ZА-Я][a-zа-я]?\s?[-–]\s?)?{_N}(?:\s?(?:с\.\s?ч\.|[а-яa-z](?![\w.])))?"
_OPIS = (
    rf"(?:[A-ZА-Я]{{1,2}}-)?{_N}(?:\s?[-–]\s?[а-яa-z](?!\w)|{_LETTER})(?:\s?\((?:доп|dop)\.?\))?"
)
_DELO = rf"{_N}{_LETTER}(?:\s?[-–—,]\s?{_N}(?![./]?\d|\s?(?:л|l)\b))?"
_VERSO = r"(?:\s?(?:[оo][б6b](?![^\W_])\.?|(?:verso|recto|[rv])(?!\w)\.?))"
_LEAF = rf"{_N}(?:[а-яa-z](?![^\W_])|(?=[оo][б6b]))?{_VERSO}?"
_JOIN = r"(?:\s?[-–—]\s?|,\s?|\s[иi&]\s|\sand\s)"
_LEAVES = rf"{_LEAF}(?:\s[иi]\s[оo][бb]\.?)?(?:{_JOIN}{_LEAF}){{0,40}}(?:\s[иi]\s[оo][бb]\.?)?"
_ROMAN = r"[IVXLІХ]{1,7}(?!\w)|\d{1,3}"

_HIERARCHY = Levels(
    (
        Level("fond", 0, r"(?:[FfФф]\.?|[FfФф](?:[оo]нд|onds?|und)\.?:?|[Фф]-д\.?)", _FOND),
        Level("section", 1, r"(?:[Рр]азд(?:ел)?|[Rr]azd(?:el)?|[Пп]одфонд|[Pp]odfond)\.?", _ROMAN),
        Level(
            "opis",
            2,
            r"(?:[OoОо][pпPПр]\.?|[ОоO]пись|[Oo]pis['ʹ’]?|[Ii]nv(?:entory|entar)?\.?):?",
            _OPIS,
        ),
        Level("carton", 3, r"(?:[Кк]арт(?:он)?\.?|[Kk]art(?:on)?\.?|[КкKk]\.)", _DELO),
        Level("papka", 3, r"(?:[Пп]ап(?:ка)?\.?|[Pp]apka|[ПпPp]\.)", _DELO),
        Level(
            "delo",
            4,
            r"(?:[DdДд][дd]?\.?|[DdДд][еe][лl][оo]|[Dd]ela|[Дд]ела|[Ff]iles?)\.?:?",
            _DELO,
        ),
        Level(
            "storage unit",
            4,
            r"(?:[ЕеE]д\.?\s?[хx]р\.?|[Ee]d\.?\s?[Kk]hr\.?"
            r"|[Ее]диниц[аы] хранения|[Ee]dinitsa khraneniia|[Ss]torage unit)",
            _DELO,
        ),
        Level(
            "part", 5, r"(?:[Чч](?:асть)?\.?|[Cc]h(?:ast['ʹ’]?)?\.|[Тт](?:ом)?\.|[Tt]om)", _ROMAN
        ),
        Level(
            "leaves",
            6,
            r"(?:[LlЛл][LlЛл]?\.?|[Лл]исты?|[Ll]ist['ʹ’y]?|[Ff]ol(?:io)?s?\.?|[Ll]ea(?:f|ves)"
            r"|[Ss]heets?|[Ff]f?\.)",
            _LEAVES,
        ),
    ),
    separator=r"\s{0,3}(?:[\[(](?:[^()\[\]\n]|\([^()\n]{0,30}\)){1,90}[\])])?\s{0,3}[.,;:/]?\s{0,3}",
)
_BRACKETED = re.compile(r"\s{0,3}[\[(]((?:[^()\[\]\n]|\([^()\n]{0,30}\)){1,90})[\])]")
_EXTENT = re.compile(
    rf"[.,;]?\s{{1,3}}({_N})\s?(?:лл?|листов|листа|ll?|leaves)(?![^\W_])\.?(?!\s?\d)"
)
_SLASHES = re.compile(
    r"(?:[\s.,:]{1,3}|\s[Ff]ond\s)(?P<fond>(?:[A-ZА-Я]-)?\d{1,5}[а-яa-z]?)(?P<s>[/:-])(?P<opis>\d{1,4}[а-яa-z]?)"
    r"(?P=s)(?P<delo>\d{1,6}[а-яa-z]?)(?:(?P=s)(?P<leaves>\d{1,4}(?:об|ob)?(?:[-–]\d{1,4}(?:об|ob)?)?))?"
    r"(?![\w/]|[-.:]\d)"
)


def _find(text: str, start: int, end: int, whole: bool) -> Iterator[ArchivalReference]:
    for chain in _HIERARCHY.chains(text, start, end):
        archive, begin = archive_before(text, start, chain[0].start)
        if _counts(chain, archive is not None, whole):
            yield _reference(text, begin, end, chain, archive)


def _counts(chain: list[Link], archive: bool, whole: bool) -> bool:
    """Whether the chain holds enough to be a reference and not, say, a person's initial."""
    levels = {link.level.name for link in chain}
    files = levels & {"delo", "storage unit", "carton", "papka"}
    if "fond" in levels:
        return bool(archive or whole or "opis" in levels or (files and len(levels) > 2))
    return "opis" in levels and bool(files)


def _reference(
    text: str, begin: int, end: int, chain: list[Link], archive: Archive | None
) -> ArchivalReference:
    components: list[tuple[str, str]] = []
    for link in chain:
        components.append((link.level.name, _value(link)))
        bracketed = _BRACKETED.match(text, link.end) if link.level.name == "fond" else None
        if bracketed and len(chain) > 1:
            components.append(("fond name", bracketed[1].strip()))
    stop = chain[-1].end
    extent = _EXTENT.match(text, stop, end) if chain[-1].level.name != "leaves" else None
    if extent:
        components.append(("extent", to_digits(extent[1])))
        stop = extent.end()
    # The form's own full stops end it; a sentence's does not.
    dotted = len(chain) > 1 and text[chain[-2].end : chain[-1].start].lstrip().startswith(".")
    if dotted and text[stop : min(stop + 1, end)] == ".":
        stop += 1
    return reference(text, Span(begin, stop), SCHEME, components, archive)


def _value(link: Link) -> str:
    value = link.value
    if link.level.name == "section":
        return to_latin(value).upper()
    value = re.sub(r"(?<=\d)[lI|OoОоЗ](?=\d)|\A[ОOЗ](?=\d)", lambda m: to_digits(m[0]), value)
    value = re.sub(r"\s?[-–—]\s?", "-", value)
    if link.level.name == "leaves":
        value = re.sub(r"\s?[оo][б6b]\.?", " ob.", value)
        value = re.sub(r"\s[иi&]\s|\sand\s", ", ", value)
    return re.sub(r",\s?", ", ", value)


GRAMMAR = Grammar(SCHEME, _find, "Russian and Soviet: fond, opis, delo, leaf")
