"""Titles that programs give to what nobody has given one, and that say less than a file's name."""

from __future__ import annotations

import re

from docproc.letters.vocabulary.words import is_marking
from docproc.text.patterns import compile_on_use

_A_DOCUMENT = "document|dokument|documento|документ"
_GIVEN = compile_on_use(
    rf"(?:(?:new|neues|nouveau|nuovo|nuevo|новый)\s)?(?:{_A_DOCUMENT})\d{{0,3}}"
    r"|(?:untitled|unbenannt(?:es)?|namnlös|naamloos|uten navn|bez tytułu|без (?:названия|имени)"
    r"|no title|kein titel|ohne titel|sans[ -]titre|senza titolo|sin título|sem título"
    r"|title|titel|titre|titolo|título)"
    rf"(?:[ -]?(?:{_A_DOCUMENT}|page|seite|note|text))?[ -]?\d{{0,4}}"
    rf"|(?:scan(?:ned)?|scanner|ocr)(?:[ _-]?(?:image|page|output|result|text|{_A_DOCUMENT}))?"
    r"[\W\d_]*"
    r"|(?:img|image|bild|dsc[fn]?|ccf|pict?|photo|foto|doc|file|datei)[ _-]*\d{3,}[\d_-]*"
    r"|(?:page|seite|slide|folie|sheet|layout)[ _-]?\d{1,4}"
    r"|(?:microsoft (?:office )?(?:word|powerpoint|excel)|libreoffice|openoffice\S*)(?:\s-\s.+)?"
    r"|powerpoint[- ]pr[eäé]sentation|présentation powerpoint"
    r"|[^\s/\\]+\.(?:docx?|dotx?|odt|rtf|txt|wpd?|pages|indd|qxd|pm[56d]|tiff?|jpe?g|png|pdf"
    r"|xlsx?|pptx?|html?|tex|dvi|md|cwk|sxw|xps|e?ps)",
    re.IGNORECASE,
)
_LONGEST = 200


def is_program_title(words: str) -> bool:
    """Whether *words* are a mark of secrecy, or a title that a program or a scanner gave."""
    bare = " ".join(words.split()).strip(" .#*_-[](){}<>«»“”\"'")
    given = len(bare) < _LONGEST and _GIVEN.fullmatch(bare) is not None
    return given or is_marking(words)
