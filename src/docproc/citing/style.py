"""What a citation style is, and the ones that come with docproc."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from docproc.errors import UsageError, nearest
from docproc.hooks import CitationStyle

STYLES: dict[str, tuple[str, str]] = {
    "plain": ("plain:Plain", "One line for a footnote, everything as the source prints it."),
    "markdown": ("markdown:Markdown", "The quotation as a block quote, and where it is from."),
    "chicago": ("chicago:ChicagoNote", "The Chicago Manual of Style, 17th edition: a note."),
    "chicago-short": ("chicago:ShortNote", "Chicago: a note after the first."),
    "chicago-bibliography": ("chicago:Bibliography", "Chicago: entries of a bibliography."),
    "gost": ("gost:Gost", "GOST R 7.0.5-2008, with authenticity and autographs (11.10)."),
    "csl-json": ("csl:CslJson", "CSL-JSON, for Zotero, pandoc and citeproc."),
    "ris": ("ris:Ris", "RIS, for reference managers."),
    "bibtex": ("bibtex:BibTeX", "BibTeX, with the fields of biblatex."),
    "biblatex": ("bibtex:BibLaTeX", "biblatex: letters, books and articles by its own types."),
    "tei": ("tei:Tei", "TEI P5: msDesc, correspDesc, and the quotations."),
    "cmif": ("cmif:Cmif", "CMIF: an index of the letters, for correspSearch."),
}
"""The styles that come with docproc: where each class is, imported when asked for; a summary."""

CSL = "csl:"
"""What begins the name of a CSL style: ``csl:apa``, ``csl:./my.csl``."""


def built_in_style(name: str) -> CitationStyle:
    """The style called *name*.  Raises ``UsageError`` with the nearest name."""
    if name.startswith(CSL):
        from docproc.citing.csl import CslStyle

        return CslStyle(name.removeprefix(CSL))
    if name not in STYLES:
        raise unknown(name, STYLES)
    module, _, attribute = STYLES[name][0].partition(":")
    style: CitationStyle = getattr(import_module(f"docproc.citing.{module}"), attribute)()
    return style


def unknown(name: str, known: Iterable[str]) -> UsageError:
    """That no style is called *name*; with those that are *known*."""
    names = list(known)
    return UsageError(
        f"no citation style is called {name!r}{nearest(name, names)}; there are: "
        f"{', '.join(names)}, and {CSL}NAME for a style of the Citation Style Language"
    )
