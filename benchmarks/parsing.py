"""How fast files are parsed: files and megabytes a second of each format, beside the bare library.

``python -m benchmarks.parsing [--write] [--only FORMAT …] [FILE …]``.  The files are invented
(``invented_files``), the same on every run; what the bare library does is said in
``bare_libraries`` and in the table.  Times are those of this process and of the programs that
it runs, the best of many rounds, parser and library in turn, so that the machine's state falls
out of the ratio.  FILEs are files of your own: each is parsed beside the library that reads its
format, where that takes its text out of any file of the format and not only of the invented one.
"""

from __future__ import annotations

import argparse
import gc
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.bare_libraries import BARE
from benchmarks.invented_files import FILES
from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats import described
from docproc.operations.application import BUILT_INS, Application
from docproc.pipeline.reading.read import Reader
from docproc.pipeline.reading.read import load as bytes_of
from docproc.pipeline.reading.worker_messages import Job
from docproc.pipeline.reading.workers import Workers
from docproc.pipeline.scan import FoundFile
from docproc.plugins.registry import load
from docproc.records import Document, SourceFile
from docproc.workspace import find_workspace

SECONDS = 1.0
"""How long a format is measured; at least ``ROUNDS`` rounds."""
ROUNDS = 5
PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
AIMS = (1.3, 2.0)
"""Times the bare library's time, by which the formats are told apart below the table."""


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one format: seconds a file, and bytes."""

    name: str
    size: int
    own: float
    parsed: float | None
    bare: float
    normalize: float
    segment: float


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--write", action="store_true", help=f"write the table into {PAGE.name}")
    given.add_argument("--only", nargs="+", default=list(FILES), choices=list(FILES))
    given.add_argument("files", nargs="*", type=Path)
    options = given.parse_args()
    with tempfile.TemporaryDirectory() as folder, _cache_in(folder):
        if options.files:
            print(others(reader_in(Path(folder)), options.files))
            return
        rows = [measured(name) for name in options.only]
        told = f"{table(rows)}\n{_aims(rows)}\n{round_trip(Path(folder))}"
    if options.write and options.only == list(FILES):  # a table of some of them would be none
        write_between("parsing", told)
    print(told)


def write_between(mark: str, told: str) -> None:
    """Write *told* into the page, between the comments that are called *mark*."""
    before, after = PAGE.read_text("utf-8").split(f"<!-- {mark} -->\n")
    after = after.partition(f"<!-- /{mark} -->")[2]
    PAGE.write_text(f"{before}<!-- {mark} -->\n{told}<!-- /{mark} -->{after}", "utf-8")


def as_processes_do() -> None:
    """Look for unreachable objects as seldom as the processes of docproc."""
    gc.set_threshold(50_000, 20, 20)


def measured(name: str) -> Row:
    """The figures of the format *name*."""
    plugin, path, make = FILES[name]
    data = make()
    source = SourceFile(path, "", len(data), "0" * 64)
    parser = product("parse", plugin)
    _, parses, reads = BARE[name]
    letter, cleaned = product("normalize", "letter"), product("normalize", "search-text")
    segmenter = product("segment", "structure")
    found = [each for each in parser.parse(source, data) if isinstance(each, Document)]
    structured = [cleaned.normalize(letter.normalize(document)) for document in found]
    own, bare, parsed, normalize, segment = best(
        lambda: _parse(parser, source, data),
        lambda: reads(data),
        (lambda: parses(data)) if parses else (lambda: None),
        lambda: [cleaned.normalize(letter.normalize(document)) for document in found],
        lambda: [segmenter.segment(document) for document in structured],
    )
    return Row(name, len(data), own, parsed if parses else None, bare, normalize, segment)


def _parse(parser: Any, source: SourceFile, data: bytes) -> None:
    _forget()
    for _ in parser.parse(source, data):
        pass


def best(*steps: Callable[[], Any], clock: Callable[[], float] | None = None) -> list[float]:
    """The shortest time of each of *steps*, in seconds; they take turns."""
    as_processes_do()
    clock = clock or _spent
    found = [float("inf")] * len(steps)
    begun, rounds = time.perf_counter(), 0
    while rounds < ROUNDS or time.perf_counter() - begun < SECONDS:
        rounds += 1
        for place, step in enumerate(steps):
            gc.collect()
            start = clock()
            step()
            found[place] = min(found[place], clock() - start)
    return found


def _spent() -> float:
    """Seconds of work of this process, and of the programs that it ran."""
    programs = os.times()
    return time.process_time() + programs.children_user + programs.children_system


def product(stage: str, name: str) -> Any:
    registration = load(BUILT_INS).offer(stage, name).registration
    settings: dict[str, Any] = {each.name: each.default for each in registration.settings}
    return registration.make({**settings, "limits": Limits()})


def table(rows: Sequence[Row]) -> str:
    """The figures as a table of Markdown, one format a row."""
    lines = [
        "| format | file (kB) | files/s | MB/s | bare library | only parsed (MB/s) "
        "| text taken out (MB/s) | times its time | normalize (ms) | segment (ms) |",
        "| --- |" + " ---: |" * 3 + " --- |" + " ---: |" * 5,
    ]
    for row in rows:
        cells = [
            row.name,
            f"{row.size / 1e3:.0f}",
            _figure(1 / row.own),
            _figure(row.size / row.own / 1e6),
            BARE[row.name][0],
            _figure(row.size / row.parsed / 1e6) if row.parsed else "",
            _figure(row.size / row.bare / 1e6),
            f"{row.own / row.bare:.2f}",
            _figure(row.normalize * 1e3) if row.normalize > 1e-5 else "",
            _figure(row.segment * 1e3) if row.segment > 1e-5 else "",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _aims(rows: Sequence[Row]) -> str:
    """Which formats take how many times the bare library's time."""
    times = {row.name: round(row.own / row.bare, 2) for row in rows}
    parts = (
        (f"At most {AIMS[0]} times", [n for n, t in times.items() if t <= AIMS[0]]),
        ("under twice", [n for n, t in times.items() if AIMS[0] < t < AIMS[1]]),
        ("twice and more", [n for n, t in times.items() if t >= AIMS[1]]),
    )
    return "; ".join(f"{what}: {', '.join(names)}" for what, names in parts if names) + ".\n"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def round_trip(folder: Path) -> str:
    """What a worker costs beside the reading itself."""
    data = FILES["plain text"][2]()
    path = folder / "a.txt"
    path.write_bytes(data)
    job = Job(path="a.txt", file=str(path), size=len(data))
    reader = reader_in(folder)
    workers = Workers("docproc.operations.application:make_reader", str(folder), Limits())
    try:
        begun = time.perf_counter()
        workers.one(job)
        first = time.perf_counter() - begun
        source, _ = bytes_of(FoundFile("a.txt", path, len(data), 0))
        there, here = best(
            lambda: workers.one(job), lambda: reader.read(source, data), clock=time.perf_counter
        )
    finally:
        workers.close()
    return (
        f"A worker process starts in {first - there:.2f} s, once a core; after that the way there "
        f"and back of this plain text, with its {len(data) / 1e3:.0f} kB and passages packed and "
        f"unpacked, takes {(there - here) * 1e3:.1f} ms beside the {here * 1e3:.0f} ms of "
        "reading it.\n"
    )


def others(reader: Reader, files: Sequence[Path]) -> str:
    """What parsing files of one's own takes."""
    lines = ["| file | kB | files/s | MB/s | times the bare library's time |"]
    lines.append("| --- | ---: | ---: | ---: | ---: |")
    for path in files:
        source, data = bytes_of(FoundFile(path.name, path, path.stat().st_size, 0))

        def parse(source: SourceFile = source, data: bytes = data) -> None:
            _forget()
            reader.parse(source, data)

        try:
            parser, _ = reader.parse(source, data)
        except SourceError as error:
            lines.append(f"| {path.name} | {len(data) / 1e3:.0f} | {error} |  |  |")
            continue
        bare = _bare(parser, data)
        own, library = best(parse, bare or (lambda: None))
        size = len(data)
        rates = f"{_figure(1 / own)} | {_figure(size / own / 1e6)}"
        ratio = f"{own / library:.2f}" if bare else ""
        lines.append(f"| {path.name} | {size / 1e3:.0f} | {rates} | {ratio} |")
    return "\n".join(lines)


_LIKE = {
    "pdf": "PDF", "docx": "DOCX", "odt": "ODT", "html": "HTML", "tei": "TEI", "ead": "EAD",
    "mail": "EML",
}  # fmt: skip
"""Of parsers, the format whose library takes the text out of any file of it."""


def _bare(parser: str, data: bytes) -> Callable[[], Any] | None:
    if parser not in _LIKE:
        return None
    reads = BARE[_LIKE[parser]][2]
    try:
        reads(data)
    except Exception:  # whatever a library says of a file that it cannot read
        return None
    return lambda: reads(data)


def reader_in(folder: Path) -> Reader:
    """What reads the files of a workspace in *folder* that has the usual settings."""
    (folder / "config.toml").write_text("", "utf-8")
    return Application(find_workspace(folder, folder)).reader()


@contextmanager
def _cache_in(folder: str) -> Any:
    """What OCR read once is kept in a cache, in *folder* meanwhile."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = folder
    try:
        yield
    finally:
        os.environ.pop("XDG_CACHE_HOME")
        if before is not None:
            os.environ["XDG_CACHE_HOME"] = before


def _forget() -> None:
    """Forget pages that OCR read and references that were parsed: each round does so itself."""
    described.parse_line.cache_clear()
    kept = Path(os.environ["XDG_CACHE_HOME"], "docproc", "ocr")
    if kept.is_dir():  # else it is no page, whose time this would be part of
        for path in kept.glob("*.tsv"):
            path.unlink()


if __name__ == "__main__":
    main()
