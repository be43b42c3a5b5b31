"""Whether time goes with the size of a document, whatever its shape.

``python -m benchmarks.shapes [--times N]``.  Documents of odd shapes, each in one size and in
four times it: processor seconds of each stage of the larger, and how many times as long as the
smaller it takes altogether.  Four is linear, sixteen would be a square.  *N* makes all larger.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.invented_files import paragraphs
from benchmarks.parsing import product
from docproc.pipeline.read import Reader
from docproc.records import SourceFile

MORE = 4


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


SHAPES: dict[str, tuple[str, str, Callable[[int], str]]] = {
    "one line": ("text", "a.txt", line),
    "short lines": ("text", "a.txt", short_lines),
    "paragraphs": ("text", "a.txt", many_paragraphs),
    "one word": ("text", "a.txt", one_word),
    "a deep list, Markdown": ("markdown", "a.md", deep_list),
    "a table, Markdown": ("markdown", "a.md", markdown_table),
    "a table, HTML": ("html", "a.html", web_table),
    "notes, HTML": ("html", "a.html", web_notes),
    "rows, CSV": ("rows", "a.csv", rows),
}


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--times", type=int, default=1)
    times = given.parse_args().times
    normalizers = [(name, product("normalize", name)) for name in ("letter", "search-text")]
    print("| shape | MB | parse (s) | normalize (s) | segment (s) | times a quarter of it |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, (plugin, path, make) in SHAPES.items():
        parser = product("parse", plugin)
        chain = [Reader([(plugin, parser)], normalizers[:count]) for count in (0, 2)]
        chain.append(Reader([(plugin, parser)], normalizers, ("", product("segment", "structure"))))
        small, large = (make(size * times).encode() for size in (1, MORE))
        parse, normalized, whole = (seconds(reader, path, large) for reader in chain)
        ratio = whole / seconds(chain[-1], path, small)
        cells = [f"{len(large) / 1e6:.1f}", f"{parse:.2f}"]
        cells += [f"{max(0.0, normalized - parse):.2f}", f"{max(0.0, whole - normalized):.2f}"]
        print(f"| {name} | {' | '.join(cells)} | {ratio:.1f} |", flush=True)


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
