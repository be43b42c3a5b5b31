"""How fast files are parsed: files and megabytes a second of each parser, beside the bare library.

``python -m benchmarks.parsing``.  The files are invented, the same on every run.  What the bare
library does is the least that gives its text: decode, or parse and join the characters.  The last
columns are the ratio of the parser's time to that, and what the whole of reading (parse, normalize,
segment) takes of it: one run, so that the machine's state falls out.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from html import escape
from typing import Any

from docproc.config import Limits
from docproc.hooks import load
from docproc.records import SourceFile
from docproc.wiring import BUILT_INS

ROUNDS = 5
PARAGRAPH = (
    "The harvest failed in the whole district, and the governor does not answer our letters; "
    "we ask you once more for wheat & rye before the roads are closed by the snow. "
)


def paragraphs(count: int) -> list[str]:
    return [f"{number}. {PARAGRAPH * 3}" for number in range(count)]


def text() -> bytes:
    return "\n\n".join(paragraphs(200)).encode()


def html() -> bytes:
    body = "".join(
        f'<p>{escape(p)}<a href="#n{n}">{n}</a></p>' for n, p in enumerate(paragraphs(200))
    )
    notes = "".join(f'<p id="n{n}">{n} A note.</p>' for n in range(200))
    return f"<!doctype html><html><body><main>{body}{notes}</main></body></html>".encode()


def tei() -> bytes:
    body = "".join(f"<p>{escape(p)}<lb/>and <hi>so on</hi>.</p>" for p in paragraphs(200))
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>'.encode()
    )


def ead() -> bytes:
    components = "".join(
        f"<c01><did><unittitle>File {n}</unittitle><container type='box'>{n}</container></did>"
        f"<scopecontent><p>{escape(p)}</p></scopecontent></c01>"
        for n, p in enumerate(paragraphs(200))
    )
    return (
        "<ead><archdesc><did><unittitle>Papers</unittitle></did>"
        f"<dsc>{components}</dsc></archdesc></ead>"
    ).encode()


def alto() -> bytes:
    lines = "".join(
        "<TextLine>"
        + "<SP/>".join(f'<String CONTENT="{escape(w)}"/>' for w in p.split())
        + "</TextLine>"
        for p in paragraphs(100)
    )
    return f"<alto><Layout><Page><TextBlock>{lines}</TextBlock></Page></Layout></alto>".encode()


def decoded(data: bytes) -> None:
    data.decode()


def xml(data: bytes) -> None:
    from lxml import etree

    "".join(etree.fromstring(data).itertext())


def web(data: bytes) -> None:
    from lxml import etree

    "".join(etree.fromstring(data, etree.HTMLParser(encoding="utf-8")).itertext())


def attributes(data: bytes) -> None:
    from lxml import etree

    " ".join(each.get("CONTENT") for each in etree.fromstring(data).iter("String"))


FORMATS: dict[str, tuple[str, Callable[[], bytes], Callable[[bytes], None]]] = {
    "text": ("a.txt", text, decoded),
    "html": ("a.html", html, web),
    "tei": ("a.xml", tei, xml),
    "ead": ("a.xml", ead, xml),
    "ocr-layout": ("a.xml", alto, attributes),
}


def best(step: Callable[[], Any]) -> float:
    """The shortest of ``ROUNDS`` times, in seconds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        step()
        times.append(time.perf_counter() - begun)
    return min(times)


def product(stage: str, name: str) -> Any:
    registration = load(BUILT_INS).offer(stage, name).registration
    settings: dict[str, Any] = {each.name: each.default for each in registration.settings}
    return registration.make({**settings, "limits": Limits()})


def main() -> None:
    from docproc.pipeline.read import Reader

    normalizers = [(name, product("normalize", name)) for name in ("letter", "search-text")]
    segmenter = ("structure", product("segment", "structure"))
    print(
        f"{'format':<12}{'MB':>6}{'files/s':>9}{'MB/s':>8}{'bare MB/s':>11}{'ratio':>7}{'read':>7}"
    )
    for name, (path, make, bare) in FORMATS.items():
        data = make()
        parser = product("parse", name)
        reader = Reader([(name, parser)], normalizers, segmenter)
        source = SourceFile(path, "", len(data), "0" * 64)
        own = best(lambda: list(parser.parse(source, data)))  # noqa: B023 - called at once
        least = best(lambda: bare(data))  # noqa: B023
        whole = best(lambda: reader.read(source, data))  # noqa: B023
        size = len(data) / 1e6
        print(
            f"{name:<12}{size:>6.2f}{1 / own:>9.0f}{size / own:>8.1f}{size / least:>11.1f}"
            f"{own / least:>7.1f}{whole / least:>7.0f}"
        )


if __name__ == "__main__":
    main()
