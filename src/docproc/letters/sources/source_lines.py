"""A line that is nothing but the place where a document is kept, whichever archive prints it so.

``Landesarchiv Greifswald, Rep. 35, Nr. 212, Bl. 7.`` names a house that keeps papers, and a unit
within it by labels or a code.  Prose on an archive, its address, and titles of journals that are
called *archives* are none.
"""

from __future__ import annotations

import re

from docproc.text.language.stop_words import STOP_WORDS
from docproc.text.patterns import compile_on_use

_LONGEST = 220
_MOST_LOWER = 6
_MOST_WORDS = 12

_ARCHIVE = compile_on_use(
    r"(?:^|(?<=[\W_])|(?<=[a-zäöüß]))(?:arch(?:i[vw]|ief|yv|íi?v|īv|eion)|a?rh(?:ī|ii)v|arkiv|arquivo|arhiv|arşiv|αρχεί|архив|архів"
    r"|levéltár|record\soffice|records\sof\s|arch\.\s|archives?\b|nachlass|papers\b|manuscripts?\b)",
    re.IGNORECASE,
)
_LIBRARY = compile_on_use(
    r"(?:library|libraries|bibliot|biblioth|könyvtár|knihovna|kirjasto|библиотек|бібліотек|museum|muzeum"
    r"|musée|museo|музей|collection|collectie|sammlung|coleção|colección|zbiory|собрание|society"
    r"|société|institut|academy|college|university|fonds\b|фонд|kungliga\b)",
    re.IGNORECASE,
)
_PRIVATE = compile_on_use(
    r"private\s(?:collection|possession|archive|papers)|in\sprivate\s(?:hands|possession)"
    r"|privat(?:besitz|archiv|sammlung)|coll(?:ection|\.)\s(?:particulière|part\.|privée)"
    r"|(?:collezione|archivio)\sprivat[oa]|(?:colección|archivo)\s(?:particular|privad[oa])"
    r"|(?:coleção|arquivo)\sparticular|(?:частн|личн)\w+\s(?:собрани|коллекци|архив)\w+|архив\sсемьи"
    r"|семейный\sархив|family\s(?:archive|papers)|familienarchiv|zbiory\sprywatne|particuliere\scollectie"
    r"|privat\ssamling",
    re.IGNORECASE,
)
_INITIALS = compile_on_use(
    r"(?!(?:P\.\s?S|N\.\s?B|U\.\s?S|USA|P\.?\s?O|No|MR|DR|MRS)\b|[IVXLCDM]+\b)"
    r"[^\W\d_a-zа-я][^\W\d_]{1,6}(?:-[^\W\d_]{2,5})?(?:[\s:]+[^\W\d_a-zа-я][\w’'-]*){0,2}"
    r"|A\.\s?[CDMN]\.\s[A-Z][\w’'-]+|(?:[A-Z]\.\s?){3,5}"
)
"""A house by its initials, and perhaps where it is: ``HHStA Wien``, ``A.D. Ille-et-Vilaine``."""

_NUMBER = r"(?-i:(?:[A-ZÄÖÜ]{1,3}[ .:]?)?(?:\d[\w.:/#*–-]*|[IVXL]+(?![^\W\d_])))"
_LABELLED = compile_on_use(
    r"(?<![^\W_])(?:rep|best(?:and)?|bl|blatt|bü|büschel|kt|kart|karton|kasten|ktn|sch|schachtel|fasz|konv|mappe|akten?|paket"
    r"|abt|hs|hss|mss?|msc|cod|nachl|nl|slg|sign|signatur|urk|lad|lade|box|boxes|folder|file|lot(?:\sfile)?|entry|rg"
    r"|record\sgroup|reel|bundle|acc|accession|fol|folio|fols|ff|fo|cartons?|dossier|liasse|pièces?|registre"
    r"|busta|filza|fasc|fascicolo|mazzo|cc|leg|legajo|exp|expediente|caja|cx|caixa|mç|maço|proc|fl|fls"
    r"|inv\.?\s?nr|inventarisnummer|toegang|inv|pk|sygn|rkps|teczka|poz|dz|kut|kr|kaps|č\.\sj|inv\.\sč|fond"
    r"|csomó|tétel|doboz|dosar|ф|фонд|оп|опис|д|дело|справа|ед\.\sхр|карт|картон|папка|спр|арк|лл?|а\.\s?е|a\.\s?e|apr|lp"
    r"|φακ|φάκ|υποφ|f|c|b|d|l|k|op|ms\.\s\w+|lettre|brief|письмо|serial|naf|nouv\.\sacq|lat|gr|fr|hm|legado"
    r"|série|serie|series|coll|collection|fondo|fonds|section|libro|lib|carpeta|ramo|tomo|r[eé]g)"
    rf"(?:\.|\b)\s?(?:n[°ºor]s?\.?\s?|№\s?)?{_NUMBER}",
    re.IGNORECASE,
)
_UNIT_BEHIND = compile_on_use(
    r"\d\.\s(?:f|apr|l|lp|csomó|tétel|doboz)(?![^\W\d_])|(?<!\w)(?:cod\.|mss?\.|nachl\.|papers|fonds)\s.*\d\Z",
    re.IGNORECASE,
)
"""Labels behind their numbers, ``10. apr.``, and numbers at the end of what has a name."""
_CODE = compile_on_use(
    r"(?<![\w/])(?:\d{1,4}\s[A-Z]{1,5}(?:\s[IVX]+)?\s\d[\w./]*|[A-Z][\w.&]{0,6}(?:[/#:.-][\w.&-]+)*[/#:][\w*]*\d[\w/#*.:-]*"
    r"|[A-Z]{1,6}\.?\s?(?:[IVXL]+\s)?\d{2,}\w?(?:[./:-]\d+)*|[A-Z]{1,3}\s[IVXL]+\s\d+|\d+(?:[/.:-]\d+)+(?:/\w+)*"
    r"|[A-Z]{1,4}\s\d+[a-z]?(?:\s[A-Z]\s\d[\d.]*)?)(?!\w)"
)
_PLAIN = compile_on_use(
    r"(?:no|nos|nr|n[°º]|№|vol|vols|bd|band|т|t|том)\.?\s?[IVXL\d]", re.IGNORECASE
)
_PAGES = compile_on_use(r"(?<!\w)(?:pp?|ss?|стр|с|pag|page|seite)\.?\s?\d", re.IGNORECASE)
_PUBLISHED = compile_on_use(
    r"(?<!\w)(?:archiv\sfür|archivio\sstorico|archivum\shistoricum|(?:русский|красный|исторический)\sархив"
    r"|école\sdes\schartes|journal|review|quarterly|zeitschrift|jahrbuch|bulletin|annals|annales|calendar"
    r"|proceedings|transactions|revue|rivista|revista|журнал|beiträge|mitteilungen|studien|cf|see|vgl|hg|hrsg|ed|eds"
    r"|https?|chapter|ch|table|fig|telephone|tel|minutes|present|stamp|sitzung|room|zimmer)(?!\w)"
    r"|\([^()]*(?<!\d)1[5-9]\d\d\)|in:\s",
    re.IGNORECASE,
)
_ADDRESS = compile_on_use(
    r"(?<!\w)(?:street|st|road|rd|lane|avenue|ave|square|sq|boulevard|park\s(?:west|east)|straße|str|platz|gasse|allee|rue|quai"
    r"|via|piazza|calle|plaza|rua|ul|улица|ул|p\.?\s?o\.?\sbox|postfach|[nsew]\.?c?\.?\s\d{1,2}$|n\.?y)(?!\w)"
    r"|(?:straße|strasse|str\.|gasse)\s\d",
    re.IGNORECASE,
)
_MONTH = compile_on_use(
    r"(?<!\w)\d{1,2}(?:st|nd|rd|th|[.ºe]|er)?\s?(?:de\s)?[^\W\d_]{3,9}\.?,?\s(?:de\s)?\d{4}(?!\w|[/.:])"
    r"|(?<!\w)[^\W\d_]{3,9}\.?\s\d{1,2},?\s\d{4}(?!\w|[/.:])|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}"
)
_QUANTITY = compile_on_use(r"\d+\s[^\W\d_]{3,}(?:\s[^\W\d_]+)*")
_FIELD = compile_on_use(
    r"[,;:]\s+|\.\s+(?=[^\W\da-zа-я_](?:[^\W\da-zа-я_]|[^\W\d_]{0,2}\.\s?\d))|\s[–—-]\s"
)
_HELD_AT = compile_on_use(r"(?<=Archives|ibraries)\sat\s(?=[A-Z])|(?<=Library)\sat\s(?=[A-Z])")
_NAMED = compile_on_use(r"(?<!\w)[^\W\d_][^\W\d_’'-]*")
_LINKS = frozenset(
    (
        *(
            "of",
            "the",
            "de",
            "der",
            "des",
            "del",
            "della",
            "dello",
            "dei",
            "delle",
            "degli",
            "dell",
        ),
        *("di", "da", "do", "dos", "das", "du", "la", "le", "les", "et", "and", "und", "w", "we"),
        *(
            "na",
            "и",
            "в",
            "на",
            "при",
            "для",
            "von",
            "vom",
            "van",
            "voor",
            "het",
            "den",
            "zu",
            "zum",
        ),
        *("zur", "im", "in", "für", "pour", "à", "al", "ao", "och", "og", "til"),
    )
)
"""Words that join names; every other word of a language's closed classes is of a sentence."""
_SPOKEN = frozenset[str]().union(*STOP_WORDS.values()) - _LINKS
_YEARS = compile_on_use(
    r"(?:^|(?<=,\s)|(?<=[^\d,]\s))(?:circa\s|ca?\.\s)?(?:1[4-9]\d\d|20\d\d)(?:\s?[-–/]\s?(?:\d{4}|\d\d))?(?![\w/.:])"
)


def is_source_line(line: str) -> bool:
    """Whether *line*, without brackets and label, says where a thing is kept and no more."""
    line = _HELD_AT.sub(" ", line.rstrip(" ."))
    if len(line) > _LONGEST or not line[:1].isalnum() or _is_prose(line):
        return False
    if _PUBLISHED.search(line):
        return False
    fields = [field for field in _FIELD.split(line) if field]
    private = _PRIVATE.match(line)
    if private and len(line.split()) <= _MOST_WORDS and not _MONTH.search(line):
        return True
    if len(fields) < 2 or not any(map(str.isdigit, line)):
        return False
    if any(_QUANTITY.fullmatch(field) for field in fields):
        return False
    house = _house(fields)
    if house is None:
        return False
    rest = line.replace(house, "", 1)
    if not any(map(str.isdigit, rest)):
        return False
    labelled = _LABELLED.search(rest) is not None or _UNIT_BEHIND.search(rest) is not None
    if not labelled and (_ADDRESS.search(line) or _MONTH.search(line)):
        return False
    if labelled or _CODE.search(_YEARS.sub("", rest)):
        return True
    if not _ARCHIVE.search(house) or _PAGES.search(rest):
        return False
    if _PLAIN.search(rest):
        return True
    return len(fields) > 2 and fields[-1].isdigit() and not _YEARS.fullmatch(fields[-1])


def is_private(line: str) -> bool:
    """Whether *line* says no more than that a thing is in private hands: it has no number."""
    return _PRIVATE.match(line) is not None and is_source_line(line)


def _house(fields: list[str]) -> str | None:
    """The field that names who keeps papers: the first, or one behind a place or units."""
    first = fields[0]
    numbered = any(map(str.isdigit, first))
    if not numbered and _INITIALS.fullmatch(first) and sum(map(str.isupper, first.split()[0])) > 1:
        return first
    units = [field for field in fields[:2] if _LABELLED.match(field) or _CODE.match(field)]
    if numbered and first not in units:
        return None
    # "Box 12, Folder 7, Berg Papers, Town Library" and "Letter, box 12, Berg Papers, Town Library"
    behind = units and not _keeps(first)
    return next((field for field in fields[: None if behind else 2] if _keeps(field)), None)


def _keeps(field: str) -> bool:
    plain = not any(map(str.isdigit, field)) and field[:1].isupper()
    return plain and bool(_ARCHIVE.search(field) or _LIBRARY.search(field))


def _is_prose(line: str) -> bool:
    """Whether words of *line* are a sentence's, and no names, labels or what joins them."""
    lower = 0
    for word in _NAMED.finditer(line):
        said = word[0].casefold()
        behind = line[word.end() : word.end() + 2]
        if word[0] == "I" and behind[1:].islower():
            return True
        if (
            behind[:1] == "."
            or behind.strip()[:1].isdigit()
            or said in _LINKS
            or len(said) == 1
            or word[0].isupper()
        ):
            continue
        if said in _SPOKEN:
            return True
        lower += word[0].islower()
    return lower > _MOST_LOWER
