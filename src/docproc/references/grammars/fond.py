"""Russian and Soviet references: fond, opis, delo, leaf, in three scripts of labels.

In Latin transliteration (``F. 558. Op. 2. D. 51. L. 1.``), in Cyrillic (``ф. 17, оп. 3,
д. 225, л. 1–3 об.``), translated (``Fund 17, Inventory 3, File 225``) and, after an
archive that uses fonds, in bare figures (``RGASPI 558/2/51``, ``GARF, 5446, 1, 12, 3``).
After a semicolon, what is left out is what the reference before it said (``…Д. 225. Л. 1;
Д. 226. Л. 4``).

The levels: ``fond``, ``fond name`` (in brackets), ``section`` (*razdel*), ``opis``,
``carton``, ``papka``, ``delo``, ``storage unit`` (*ed. khr.*, which some archives count
instead of dela), ``part``, ``leaves``, and ``extent`` for a count of leaves (``214 л.``),
which is not a leaf.  Values are written in one script, so that they compare: letters beside
numbers in Latin (``А-513`` is ``A-513``, ``Р-5446с`` is ``R-5446s``), the verso as ``ob.``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.records import ArchivalReference, Archive, Span
from docproc.references.archives import find_archive
from docproc.references.grammars.chain import Level, Levels, Link
from docproc.references.grammars.grammar import Grammar, reference
from docproc.references.grammars.nearby_archives import archive_before
from docproc.references.lookalikes import to_cyrillic, to_digits, to_latin, transliterate
from docproc.text.patterns import compile_on_use

SCHEME = "fond"

# A number as OCR may leave it: look-alikes count as digits between digits, and before them.
_N = r"(?:[ОOЗ](?=\d))?\d(?:\d|[lI|](?=\d)|[ОOoоЗ](?=\d)){0,6}"
_LETTER = r"(?:\s?[а-яa-z](?![\w.]))?"
_FOND = rf"(?:[A-ZА-Яa-zа-я][a-zа-я]?\s?[-–]\s?)?{_N}(?:\s?(?:с\.\s?ч\.|[а-яa-z](?![\w.])))?"
_OPIS = (
    rf"(?:[A-ZА-Я]{{1,2}}-)?{_N}(?:\s?[-–]\s?[а-яa-z](?!\w)|{_LETTER})(?:\s?\((?:доп|dop)\.?\))?"
)
_DELO = rf"{_N}{_LETTER}(?:\s?[-–—,]\s?{_N}(?![./]?\d|\s?(?:л|l)\b))?"
_VERSO = r"(?:\s?(?:(?:[оo][б6b]|зв|zv)(?![^\W_])\.?|(?:verso|recto|[rv])(?!\w)\.?))"
_LEAF = rf"{_N}(?:[а-яa-z](?![^\W_])|(?=[оo][б6b]))?{_VERSO}?"
_JOIN = r"(?:\s?[-–—]\s?|,\s?|\s[иi&]\s|\sand\s)"
_AND_VERSO = r"(?:\s[иi]\s[оo][бb]\.?)?"
_LEAVES = rf"{_LEAF}{_AND_VERSO}(?:{_JOIN}{_LEAF}{_AND_VERSO}){{0,40}}"
_ROMAN = r"(?:[IVXLІХ]{1,7}(?!\w)|\d{1,3})"
_ASIDE = r"[\[(]((?:[^()\[\]\n]|\([^()\n]{0,30}\)){1,90})[\])]"

_HIERARCHY = Levels(
    (
        Level("fond", 0, r"(?:[FfФф]\.?|[FfФф](?:[оo]нд|onds?|und)\.?:?|[Фф]-д\.?)", _FOND),
        Level(
            "section", 1, r"(?:[РрПп](?:азд(?:ел)?|одфонд)|[Rr]azd(?:el)?|[Pp]odfond)\.?", _ROMAN
        ),
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
            r"(?:[DdДд][dд]?\.?|[DdДд][еe][лl][оo]|[Dd]ela|[Дд]ела|[Ff]iles?|[Сс]пр(?:ава)?|[Ss]pr|[aа]\.\s?[eе])\.?:?",
            _DELO,
        ),
        Level(
            "storage unit",
            4,
            r"(?:№|[ЕеE]д\.?\s?[хx]р\.?|[Ee]d\.?\s?[Kk]hr\.?"
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
            r"|[Ss]heets?|[Ff]f?\.|[Аа]рк\.?|[Aa]rk\.)",
            _LEAVES,
        ),
    ),
    separator=rf"\s{{0,3}}(?:{_ASIDE})?\s{{0,3}}[.,;:/]?\s{{0,3}}",
)
# It begins with a set of characters, for so it is searched for fast.
_FIRST = compile_on_use(
    r"[FfФфOoОоIi](?<!\w.)(?:(?<=[FfФф])(?:[оo]нд|onds?|und)?"
    r"|(?<=[OoОо])[pпPПр][^\W\d]{0,3}['ʹ’]?|(?<=[Ii])nv[^\W\d]{0,6}|(?<=[Фф])-д)"
    r"[.:]{0,2}\s{0,2}(?:[^\W\d]{1,2}\s?[-–]\s?)?[\dОOЗ]"
)
_SECTION = 24
"""Characters: a section may stand before the opis, where no fond does."""
_FILES = {"delo", "storage unit", "carton", "papka"}
_BRACKETED = compile_on_use(rf"\s{{0,3}}{_ASIDE}")
_EXTENT = compile_on_use(
    rf"[.,;]?\s{{1,3}}({_N})\s?(?:лл?|листов|листа|ll?|leaves)(?![^\W_])\.?(?!\s?\d)"
)
_SLASHED = compile_on_use(r"\d[а-яa-z]?(?:[/:]|,\s)\d")
"""What every form with slashes holds; most texts hold none."""
_GOES_ON = compile_on_use(r"[.,]?\s{0,2};\s{1,3}")
# An archive that the authority does not know, by the look of its abbreviation (ГАМО, TsDNI).
_UNKNOWN = compile_on_use(
    r"(?<!\w)(?:[ГЦНОРД][А-ЯІЇЄ]{0,6}А[А-ЯІЇЄ]{0,6}(?:\s[А-Я][А-Яа-яії]{1,6})?"
    r"|(?:Ts|G|N|L|R)[A-Za-z]{0,5}A[A-Z][A-Za-z]{0,5}(?:\s[A-Z][A-Za-z]{1,3})?)[.,:]?\s{1,2}\Z"
)
_SLASHES = compile_on_use(
    r"[^\W\d_][)\]]?[.,:]?\s{1,2}(?:[Ff]ond|[Фф]онд|[FfФф]\.)?\s?"
    r"(?P<fond>(?:[A-ZА-Яa-zа-я]-)?\d{1,5}[а-яa-z]?)(?P<by>[/:]|,\s)(?P<opis>\d{1,4}[а-яa-z]?)"
    r"(?:(?P=by)(?P<delo>\d{1,6}[а-яa-z]?)"
    r"(?:(?P=by)(?P<leaves>\d{1,4}(?:об|ob)?(?:[-–]\d{1,4}(?:об|ob)?)?)"
    rf"|,?\s(?:лл?|ll?)\.\s?(?P<labelled>{_LEAVES}))?)?"
    r"(?![\w/]|[-.:]\d)"
)


def _find(text: str, start: int, end: int, whole: bool) -> Iterator[ArchivalReference]:
    yield from _find_chains(text, start, end, whole)
    yield from _find_slashed(text, start, end, whole)


def _find_chains(text: str, start: int, end: int, whole: bool) -> Iterator[ArchivalReference]:
    last: ArchivalReference | None = None
    # Nothing counts without a fond or an opis, so that most texts need not be read closely.
    first = _FIRST.search(text, start, end)
    if not first:
        return
    for chain in _HIERARCHY.chains(text, max(start, first.start() - _SECTION), end):
        archive, begin = _archive(text, start, chain[0].start, whole)
        named = begin < chain[0].start
        before = None if named else _continue(text, chain[0].start, last)
        if before or _counts(chain, named, whole):
            last = _reference(text, begin, end, chain, archive, before)
            yield last


def _archive(text: str, start: int, at: int, whole: bool) -> tuple[Archive | None, int]:
    archive, begin = archive_before(text, start, at, any_case=whole)
    if archive and archive.scheme not in (SCHEME, ""):
        return None, at
    if archive is None:
        low = max(start, at - 24)
        unknown = _UNKNOWN.search(text[low:at])
        if unknown:
            return None, low + unknown.start()
    return archive, begin


def _continue(text: str, at: int, last: ArchivalReference | None) -> ArchivalReference | None:
    """*last*, if what starts at *at* goes on after its semicolon."""
    if last is None or last.span is None or at - last.span.end > 6:
        return None
    return last if _GOES_ON.fullmatch(text, last.span.end, at) else None


def _counts(chain: list[Link], named: bool, whole: bool) -> bool:
    """Whether the chain holds enough to be a reference and not, say, a person's initial."""
    levels = {link.level.name for link in chain}
    files = levels & _FILES
    if "fond" in levels:
        return bool(named or whole or "opis" in levels or (files and len(levels) > 2))
    return "opis" in levels and bool(files)


def _reference(
    text: str,
    begin: int,
    end: int,
    chain: list[Link],
    archive: Archive | None,
    before: ArchivalReference | None,
) -> ArchivalReference:
    components: list[tuple[str, str]] = []
    if before:
        archive = find_archive(before.archive) if before.archive else None
        components += _outer(before, chain[0].level)
    for link in chain:
        components.append((link.level.name, _value(link.level.name, link.label, link.value)))
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


_RANKS = {
    "fond": 0, "fond name": 0, "section": 1, "opis": 2, "carton": 3, "papka": 3, "delo": 4,
    "storage unit": 4, "part": 5, "leaves": 6, "extent": 6,
}  # fmt: skip


def _outer(before: ArchivalReference, level: Level) -> list[tuple[str, str]]:
    """The components of *before* that lie outside *level*."""
    return [(name, value) for name, value in before.components if _RANKS[name] < level.rank]


def _value(level: str, label: str, value: str) -> str:
    """The parsed value of a *level* from its printed label and value."""
    if value.isdecimal() and value.isascii():  # most are
        return value
    if level in ("section", "part"):
        return to_latin(value).upper()
    # In a Cyrillic reference a Latin P is a Cyrillic R that looks like it.
    if any("Ѐ" <= letter <= "ӿ" for letter in label + value):
        value = transliterate(to_cyrillic(value))
    letters, hyphen, number = value.partition("-")
    if hyphen and letters.strip().isalpha():
        value = f"{letters.strip().upper()}-{number.strip()}"
    return _plain(value, leaves=level == "leaves")


def _plain(value: str, *, leaves: bool) -> str:
    value = re.sub(r"(?<=\d)[lI|OoОоЗ](?=\d)|(?<!\w)[ОOЗ](?=\d)", lambda m: to_digits(m[0]), value)
    value = re.sub(r"\s?[-–—]\s?", "-", value)
    if leaves:
        value = re.sub(r"(\s[иi])?\s?(?:[оo][б6b]|[зz][вv])\.?", r"\1 ob.", value)
        value = re.sub(r"\s[иi] ob", " & ob", value)
        value = re.sub(r"\s[иi]\s|\sand\s", ", ", value)
    return re.sub(r",\s?", ", ", value)


def _find_slashed(text: str, start: int, end: int, whole: bool) -> Iterator[ArchivalReference]:
    if not _SLASHED.search(text, start, end):
        return
    for match in _SLASHES.finditer(text, start, end):
        if match["delo"] is None and (match["by"] == ", " or not whole):
            continue
        label = match.start("fond")
        prefix = re.search(
            r"(?:[Ff]ond|[Фф]онд|[FfФф]\.)\s?\Z", text[max(start, label - 6) : label]
        )
        at = label - len(prefix[0]) if prefix else label
        archive, begin = archive_before(text, start, at, any_case=whole)
        if archive is None or archive.scheme != SCHEME:
            continue
        levels = {name: match[name] for name in ("fond", "opis", "delo", "leaves")}
        levels["leaves"] = levels["leaves"] or match["labelled"]
        components = [(name, _value(name, "", value)) for name, value in levels.items() if value]
        yield reference(text, Span(begin, match.end()), SCHEME, components, archive)


GRAMMAR = Grammar(SCHEME, _find, "Russian and Soviet: fond, opis, delo, leaf")
