"""Whether time goes with the size of a document, whatever its shape.

``python -m benchmarks.shapes [--write] [--times N] [--only SHAPE …]``.  Documents of odd shapes,
each in one size and in four times it: processor seconds of each stage of the larger, and how many
times as long as the smaller it takes altogether.  Four is linear, sixteen would be a square.  *N*
makes all larger.  Three minutes; ends with 1 where a shape takes more than ``MOST`` times as long.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import shaped_files
from benchmarks.invented_files import paragraphs
from benchmarks.parsing import product
from docproc.pipeline.reading.read import Reader
from docproc.records import SourceFile

MORE = 4
MOST = 8.0
"""Times as long for ``MORE`` times as much: more is no measuring error."""
PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
MARKS = ("<!-- shapes -->\n", "<!-- /shapes -->")


def line(size: int) -> str:
    said = " ".join(paragraphs()) + " "
    return said * (size * 1_000_000 // len(said))


def short_lines(size: int) -> str:
    return "".join(f"line {number}\n" for number in range(size * 60_000))


def many_paragraphs(size: int) -> str:
    return "".join(f"Paragraph {number} on the harvest.\n\n" for number in range(size * 6_000))


def one_word(size: int) -> str:
    return "x" * (size * 1_000_000)


def deep_list(size: int) -> str:
    return "".join(
        f"{'  ' * (number % 40)}- point {number} of it\n" for number in range(size * 4_000)
    )


def markdown_table(size: int) -> str:
    rows = "".join(f"| {number} | wheat of {number} |\n" for number in range(size * 5_000))
    return f"| a | b |\n| --- | --- |\n{rows}"


def web_table(size: int) -> str:
    rows = "".join(f"<tr><td>{n}</td><td>wheat of {n}</td></tr>" for n in range(size * 6_000))
    return f"<html><body><table>{rows}</table></body></html>"


def web_notes(size: int) -> str:
    marks = "".join(f'<p>so<a href="#n{n}">{n}</a></p>' for n in range(size * 1_000))
    notes = "".join(f'<p id="n{n}">{n} A note.</p>' for n in range(size * 1_000))
    return f"<html><body>{marks}{notes}</body></html>"


def rows(size: int) -> str:
    return "id,text\n" + "".join(f"{n},He asks for wheat.\n" for n in range(size * 3_000))


def one_paragraph(words: str) -> Callable[[int], str]:
    """*words* again and again in one paragraph."""
    return lambda size: words * (size * 300_000 // len(words))


def noted(size: int) -> str:
    marked = " ".join(f"He asks for wheat [{n}]." for n in range(1, size * 500))
    notes = "".join(f"{n}. A note.\n\n" for n in range(1, size * 500))
    return f"{marked}\n\nNotes\n\n{notes}"


def letters(size: int) -> str:
    """Letter after letter in one file, each the enclosure of the one before."""
    letter = (
        "Enclosure\n\nMoscow, 2 November 1921\n\nDear Comrade Trotsky,\n\n"
        "All this will cost us a great deal.\n\nI. V. Stalin\n\nF. 558. Op. 2. D. 51. L. 1.\n\n"
    )
    return letter * (size * 300)


def messages(size: int) -> str:
    return "".join(
        f"From a@b Sat Jan  3 01:05:34 1996\nFrom: A <a@b.c>\nSubject: Wheat {n}\n"
        f"Message-ID: <{n}@b.c>\n\nHe asks for wheat.\n\n"
        for n in range(size * 500)
    )


SHAPES: dict[str, tuple[str, str, Callable[[int], str | bytes]]] = {
    "one line": ("text", "a.txt", line),
    "short lines": ("text", "a.txt", short_lines),
    "paragraphs": ("text", "a.txt", many_paragraphs),
    "one word": ("text", "a.txt", one_word),
    "references in one paragraph": (
        "text",
        "a.txt",
        one_paragraph("F. 558. Op. 2. D. 51. L. 1; NARA, RG 59, box 1; "),
    ),
    "dates in one paragraph": ("text", "a.txt", one_paragraph("2 November 1921, 3/4/1921, ")),
    "initials": ("text", "a.txt", one_paragraph("A. B. ")),
    "stops": ("text", "a.txt", one_paragraph(". ")),
    "notes and their marks": ("text", "a.txt", noted),
    "letters and enclosures": ("text", "a.txt", letters),
    "a deep list, Markdown": ("markdown", "a.md", deep_list),
    "a table, Markdown": ("markdown", "a.md", markdown_table),
    "a table, HTML": ("html", "a.html", web_table),
    "notes, HTML": ("html", "a.html", web_notes),
    "rows, CSV": ("rows", "a.csv", rows),
    "messages, mbox": ("mail", "a.mbox", messages),
    "notes, DOCX": ("docx", "a.docx", shaped_files.docx_notes),
    "comments, ODT": ("odt", "a.odt", shaped_files.odt_comments),
    "one numbered list, EPUB": ("epub", "a.epub", shaped_files.epub_points),
    "letters, TEI": ("tei", "a.xml", shaped_files.tei_letters),
    "notes, TEI": ("tei", "a.xml", shaped_files.tei_notes),
    "notes, RTF": ("rtf", "a.rtf", shaped_files.rtf_notes),
    "components, EAD": ("ead", "a.xml", shaped_files.ead_components),
    "regions, PAGE XML": ("ocr-layout", "a.xml", shaped_files.page_regions),
}


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--write", action="store_true", help=f"write the table into {PAGE.name}")
    given.add_argument("--times", type=int, default=1)
    given.add_argument("--only", nargs="+", default=list(SHAPES), choices=list(SHAPES))
    options = given.parse_args()
    lines = [
        "| shape | MB | parse (s) | normalize (s) | segment (s) | times a quarter of it |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    print("\n".join(lines), flush=True)
    longest = 0.0
    for name in options.only:
        row, ratio = measured(name, options.times)
        longest = max(longest, ratio)
        lines.append(row)
        print(row, flush=True)
    if options.write:
        before, after = PAGE.read_text("utf-8").split(MARKS[0])
        after = after.partition(MARKS[1])[2]
        table = "\n".join(lines) + "\n"
        PAGE.write_text(f"{before}{MARKS[0]}{table}{MARKS[1]}{after}", "utf-8")
    sys.exit(int(longest > MOST))


def measured(name: str, times: int) -> tuple[str, float]:
    """The row of the shape *name*, and how many times as long as a quarter of it it takes."""
    plugin, path, make = SHAPES[name]
    parser = product("parse", plugin)
    normalizers = [(each, product("normalize", each)) for each in ("letter", "search-text")]
    chain = [Reader([(plugin, parser)], normalizers[:count]) for count in (0, 2)]
    chain.append(Reader([(plugin, parser)], normalizers, ("", product("segment", "structure"))))
    small, large = (_bytes(make(size * times)) for size in (1, MORE))
    parse, normalized, whole = (seconds(reader, path, large) for reader in chain)
    ratio = whole / seconds(chain[-1], path, small)
    cells = [f"{len(large) / 1e6:.1f}", f"{parse:.2f}"]
    cells += [f"{max(0.0, normalized - parse):.2f}", f"{max(0.0, whole - normalized):.2f}"]
    return f"| {name} | {' | '.join(cells)} | {ratio:.1f} |", ratio


def _bytes(made: str | bytes) -> bytes:
    return made.encode() if isinstance(made, str) else made


def seconds(reader: Reader, path: str, data: bytes) -> float:
    """Processor seconds that reading *data* takes, the shorter of two tries."""
    source = SourceFile(path, "", len(data), "0" * 64)
    return min(_once(partial(reader.read, source, data)) for _ in range(2))


def _once(step: Callable[[], Any]) -> float:
    begun = time.process_time()
    step()
    return time.process_time() - begun


if __name__ == "__main__":
    main()
