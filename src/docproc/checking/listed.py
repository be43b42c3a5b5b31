"""Lists of quotations with their references: CSV, RIS, BibTeX, plain paragraphs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from docproc.checking.marks import between_marks
from docproc.dataclass_on_use import dataclass
from docproc.errors import UsageError
from docproc.records import Span
from docproc.text.patterns import compile_on_use

MOST = 100_000
"""Quotations of one list."""
_QUOTES = ("quote", "quotation", "text", "passage", "цитата", "текст", "zitat", "citation")
_REFERENCES = (
    "reference", "ref", "source", "shelfmark", "call number", "note", "footnote", "шифр",
    "источник", "ссылка", "signatur", "quelle", "cote", "référence",
)  # fmt: skip
_RIS = compile_on_use(r"(?m)\A\ufeff?\s*TY {2}- ")
_TAG = compile_on_use(r"(?m)^([A-Z][A-Z0-9]) {2}- ?(.*(?:\n(?![A-Z][A-Z0-9] {2}-).*)*)")
_BIBTEX = compile_on_use(r"\A\ufeff?\s*(?:%[^\n]*\n\s*)*@\s*\w+\s*[{(]")
_ENTRY = compile_on_use(r"@\s*(\w+)\s*[{(]\s*([^,\s]*)\s*,")
_FIELD = compile_on_use(r"\s*,?\s*([\w-]+)\s*=\s*")
_BARE = compile_on_use(r"[^,\s}]+")
_MADE = compile_on_use(r"\s*docproc:[\w.:-]+\s*\Z")
_PRINTED = compile_on_use(r"\AReference as printed:\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ListedQuotation:
    """A quotation, what is said of its place, and where in the list it stands."""

    where: str
    quote: str
    reference: str = ""


def read_listed(text: str, name: str) -> list[ListedQuotation]:
    """The quotations in *text*: RIS, BibTeX, CSV by their looks, else one a paragraph.

    *name* is the file's, for its suffix and for messages.  Raises ``UsageError`` where there is
    no quotation in it.
    """
    suffix = name.rpartition(".")[2].lower()
    if suffix == "ris" or _RIS.match(text):
        found = _ris(text)
    elif suffix in ("bib", "bibtex") or _BIBTEX.match(text):
        found = _bibtex(text)
    elif suffix in ("csv", "tsv"):
        found = _rows(text, name)
    else:
        found = _paragraphs(text)
    listed: list[ListedQuotation] = []
    for each in found:
        if len(listed) >= MOST:
            raise UsageError(f"{name}: more than {MOST:,} quotations; check it in parts")
        listed.append(each)
    if not listed:
        raise UsageError(f"{name}: no quotation in it")
    return listed


def _rows(text: str, name: str) -> Iterator[ListedQuotation]:
    """The rows of a CSV: columns by their names, or else the quotation before the reference."""
    head = text.lstrip("\ufeff").partition("\n")[0]
    by = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=by))
    except csv.Error as error:
        raise UsageError(f"{name}: not CSV: {error}") from None
    if not rows:
        return
    names = [cell.strip().casefold() for cell in rows[0]]
    quotes = next((names.index(each) for each in _QUOTES if each in names), None)
    references = next((names.index(each) for each in _REFERENCES if each in names), None)
    first = 2
    if quotes is None:
        if references is not None:
            raise UsageError(f"{name}: no column is called quote; these are: {', '.join(names)}")
        quotes, references, first = 0, 1, 1
    for number, row in enumerate(rows[first - 1 :], first):
        quote = row[quotes].strip() if quotes < len(row) else ""
        known = references is not None and references < len(row)
        reference = row[references].strip() if known and references is not None else ""
        if quote:
            yield ListedQuotation(f"row {number}", strip_marks(quote), reference)


def _ris(text: str) -> Iterator[ListedQuotation]:
    """The abstracts and the marked notes of each record, under its reference."""
    for number, record in enumerate(re.split(r"(?m)^ER {2}-.*$", text), 1):
        given: dict[str, list[str]] = {}
        for tag, value in _TAG.findall(record):
            given.setdefault(tag, []).append(" ".join(value.split()))
        name = (given.get("ID") or [f"record {number}"])[0]
        notes = given.get("N1", [])
        printed = [match[1] for note in notes if (match := _PRINTED.match(note))]
        own = " ".join(given.get("DB", [])[:1] + given.get("AV", [])[:1])
        reference = (printed or given.get("CN", []) or given.get("AN", []) or [own])[0]
        for note in notes:
            bare = _MADE.sub("", note)
            if bare[-1:] in "”»“" and "“" in bare and not _PRINTED.match(note):
                yield ListedQuotation(name, strip_marks(bare[bare.index("“") :]), reference)
        for abstract in (*given.get("AB", []), *given.get("N2", [])):
            yield from (ListedQuotation(name, each, reference) for each in _find_quoted(abstract))


def _bibtex(text: str) -> Iterator[ListedQuotation]:
    """The abstracts and annotations of each entry, under the reference in its note."""
    for entry in _ENTRY.finditer(text):
        if entry[1].casefold() in ("comment", "string", "preamble"):
            continue
        given = _fields(text, entry.end())
        said = [given.get(name, "") for name in ("note", "number", "howpublished", "library")]
        reference = next((each for each in said if any(map(str.isdigit, each))), "")
        for name in ("abstract", "annotation", "annote", "quote", "quotation"):
            for part in re.split(r"\n\s*\n", given.get(name, "")):
                yield from (
                    ListedQuotation(entry[2], each, reference) for each in _find_quoted(part)
                )


def _fields(text: str, at: int) -> dict[str, str]:
    found: dict[str, str] = {}
    while field := _FIELD.match(text, at):
        at = field.end()
        opening = text[at : at + 1]
        if opening in ("{", '"'):
            end = _value_end(text, at)
            value, at = text[at + 1 : end], end + 1
        else:
            bare = _BARE.match(text, at)
            if bare is None:
                break
            value, at = bare[0], bare.end()
        value = re.sub(r"\\([&%$#_{}])", r"\1", value)
        found[field[1].casefold()] = re.sub(r"(?<!\\)[{}]", "", value)
    return found


def _value_end(text: str, start: int) -> int:
    """Where the value that opens at *start*, in braces or marks, closes."""
    deep, quoted = 0, text[start] == '"'
    for match in re.compile(r"[{}\"\\]").finditer(text, start):
        sign, at = match[0], match.start()
        if at and text[at - 1] == "\\":
            continue
        if sign == "{":
            deep += 1
        elif sign == "}":
            deep -= 1
            if deep == 0 and not quoted:
                return at
        elif sign == '"' and quoted and deep == 0 and at > start:
            return at
    return len(text)


def _paragraphs(text: str) -> Iterator[ListedQuotation]:
    """A quotation a paragraph: what is between its marks, or else before its last line."""
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text.lstrip("\ufeff").strip()), 1):
        words = paragraph.strip()
        marked = next(iter(between_marks(words, Span(0, len(words)))), None)
        if marked and marked.closed and len(marked.span) * 3 > len(words):
            rest = f"{words[: marked.span.start]} {words[marked.span.end :]}"
            yield ListedQuotation(
                f"paragraph {number}", marked.span.of(words), rest.strip(' “”"«»\n')
            )
        elif words:
            quote, _, last = words.rpartition("\n")
            if quote and any(map(str.isdigit, last)):
                yield ListedQuotation(f"paragraph {number}", quote.strip(), last.strip())
            else:
                yield ListedQuotation(f"paragraph {number}", words)


def _find_quoted(text: str) -> Iterator[str]:
    """What *text* quotes: what is between its marks, where it opens with one, else all of it."""
    words = text.strip()
    if not words:
        return
    marked = [each for each in between_marks(words, Span(0, len(words))) if each.closed]
    if marked and marked[0].span.start <= 1:
        ends = 0
        for each in marked:
            if each.span.start >= ends:
                yield each.span.of(words)
                ends = each.span.end
    else:
        yield words


def strip_marks(quote: str) -> str:
    """*quote* without the marks around all of it."""
    words = quote.strip()
    for each in between_marks(words, Span(0, len(words))):
        if each.span.start <= 2 and each.span.end >= len(words) - 2:
            return each.span.of(words).strip()
        break
    return words
