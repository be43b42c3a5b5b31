"""What a parser's time is spent on: paragraphs alone, and each kind of thing that stands in them.

``python -m benchmarks.apparatus`` reads TEI and web pages whose paragraphs all hold one thing more:
a line break, an emphasis, a heading over them, a note; docproc's parser and the bare library in
turn, as ``benchmarks.parsing`` does.
"""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from benchmarks import bare_libraries
from benchmarks.invented_files import paragraphs
from benchmarks.parsing import best, product, write_between
from docproc.records import SourceFile

TEI = {
    "paragraphs": ("<p>{words}</p>", ""),
    "each with a line break": ("<p>{words}<lb/>and so on.</p>", ""),
    "each with an emphasis": ("<p>{words} <hi>and so on</hi>.</p>", ""),
    "each with a note": ("<p>{words}<note>Note {n} on it.</note></p>", ""),
}
PAGE = {
    "paragraphs": ("<p>{words}</p>", ""),
    "each with a heading": ("<h2>Letter {n}</h2><p>{words}</p>", ""),
    "each with an emphasis": ("<p>{words} <i>and so on</i>.</p>", ""),
    "each with a note": ('<p>{words}<a href="#n{n}">{n}</a></p>', '<p id="n{n}">{n} A note.</p>'),
}


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--write", action="store_true", help="write the table into performance.md")
    lines = ["| paragraphs of | µs each | the bare library's | times its time |"]
    lines.append("| --- | ---: | ---: | ---: |")
    around = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>{}</body></text></TEI>'
    )
    for what, (body, notes) in TEI.items():
        row = _row(f"TEI: {what}", "tei", "a.xml", around, body, notes, bare_libraries.tei)
        lines.append(row)
    around = "<html><body>{}</body></html>"
    for what, (body, notes) in PAGE.items():
        row = _row(f"HTML: {what}", "html", "a.html", around, body, notes, bare_libraries.html)
        lines.append(row)
    table = "\n".join(lines) + "\n"
    if given.parse_args().write:
        write_between("apparatus", table)
    print(table)


def _row(what: str, plugin: str, path: str, around: str, body: str, notes: str, reads: Any) -> str:
    said = paragraphs()
    written = [
        form.format(words=escape(words), n=n)
        for form in (body, notes)
        for n, words in enumerate(said, 1)
    ]
    data = around.format("\n".join(written)).encode()
    source = SourceFile(path, "", len(data), "0" * 64)
    parser = product("parse", plugin)
    own, bare = best(lambda: list(parser.parse(source, data)), partial(reads, data))
    each = [seconds / len(said) * 1e6 for seconds in (own, bare)]
    return f"| {what} | {each[0]:.1f} | {each[1]:.1f} | {own / bare:.2f} |"


if __name__ == "__main__":
    main()
