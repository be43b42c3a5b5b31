"""What a file takes that is read otherwise than with the least that gives its words.

``python -m benchmarks.alternatives`` reads the invented files by docproc's parser and, in turn, by
libraries made for a format (python-docx, odfpy), and by the plainest use of lxml that tells the
notes of TEI from the words that they stand in, which the bare library of ``benchmarks.parsing``
does not do.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.bare_libraries import xml_parsed
from benchmarks.invented_files import FILES
from benchmarks.parsing import best, product
from docproc.records import SourceFile

_TEI = "{http://www.tei-c.org/ns/1.0}"


def python_docx(data: bytes) -> list[tuple[str | None, str]]:
    """The style and the words of each paragraph."""
    import docx

    paragraphs = docx.Document(io.BytesIO(data)).paragraphs
    return [(each.style.name if each.style else "", each.text) for each in paragraphs]


def odfpy(data: bytes) -> list[str]:
    """The words of each heading and paragraph."""
    from odf import teletype
    from odf.opendocument import load
    from odf.text import H, P

    file = load(io.BytesIO(data))
    found = [*file.getElementsByType(H), *file.getElementsByType(P)]
    return [teletype.extractText(each) for each in found]


def notes_apart(data: bytes) -> list[tuple[str, list[tuple[int, str]]]]:
    """The words of each paragraph of TEI, and its notes with the places of their marks."""
    found = []
    for paragraph in xml_parsed(data).iter(_TEI + "p", _TEI + "head"):
        words, notes = paragraph.text or "", []
        for each in paragraph:
            if each.tag == _TEI + "note":
                notes.append((len(words), " ".join("".join(each.itertext()).split())))
            else:
                words += "".join(each.itertext())
            words += each.tail or ""
        found.append((" ".join(words.split()), notes))
    return found


ALTERNATIVES: tuple[tuple[str, str, Callable[[bytes], Any]], ...] = (
    ("DOCX", "python-docx: paragraphs with their styles", python_docx),
    ("ODT", "odfpy: headings and paragraphs", odfpy),
    ("TEI", "lxml: paragraphs, their notes apart", notes_apart),
)


def main() -> None:
    print("| format | read otherwise | ms | docproc's parser (ms) | times its time |")
    print("| --- | --- | ---: | ---: | ---: |")
    for name, what, reads in ALTERNATIVES:
        plugin, path, make = FILES[name]
        data = make()
        source = SourceFile(path, "", len(data), "0" * 64)
        parser = product("parse", plugin)
        own, other = best(partial(_all, parser, source, data), partial(reads, data))
        times = f"{other * 1e3:.2f} | {own * 1e3:.2f} | {own / other:.2f}"
        print(f"| {name} | {what} | {times} |")


def _all(parser: Any, source: SourceFile, data: bytes) -> list[Any]:
    return list(parser.parse(source, data))


if __name__ == "__main__":
    main()
