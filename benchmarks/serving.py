"""What the reading room costs: ``make bench-reading``; prints JSON.

``python -m benchmarks.serving [WORKSPACE] [--size 100000] [--requests 100000]``: without a
workspace, one of so many invented passages is built (and kept, with ``--keep DIR``).  Some eight
minutes on two idle cores; what has an aim is said again at the end, beside it.

All but the first page, and what is said of the network, is drawn in this process, so that a
figure is the server's own: the time of a page of an answer beside that of the answer alone, in
turn, as a ratio inside one run; what many readers wait for who together ask fifty questions a
second, and how many answers a second they can get at most; what memory grows by over many
requests; and how long after the command the first page is there, in seconds and in seconds of
processor.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import httpx2

import docproc
from benchmarks import scale
from benchmarks.asking import memory, questions
from docproc.library import Library
from docproc.serving.application import THREADS, application
from docproc.serving.service.safety import Admission
from docproc.serving.service.service import Service

WARMING, ASKED, TOGETHER, READERS = 200, 200, 1_000, 50
"""Warm is a process that has met most of the words of the documents."""
A_SECOND = 50
RATES = (25, 40, A_SECOND)
"""How many questions a second are put in the tests of waiting."""
STARTS = 5
TOKEN = "for the measurement"
ADDRESS = re.compile(r"http://\S+")


def main() -> None:
    """Measure the workspace named on the command line, or one of ``--size`` invented passages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path, nargs="?")
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument(
        "--requests", type=int, default=100_000, help="over which memory is watched"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = given.workspace
        if workspace is None:
            root = given.keep or Path(folder)
            scale.build(root, [given.size])
            workspace = root / f"{given.size}"
        figures: dict[str, Any] = {"first page": first_page(workspace)}
        figures |= asyncio.run(measure(workspace, given.requests))
        held = docproc.open(workspace).room.opened
        asked = list(dict.fromkeys(questions(held, 3 * ASKED + 8 * TOGETHER)))[3 * ASKED :]
        for processes in (1, 2):
            told = over_network(workspace, processes, asked)
            figures[f"over the network, processes: {processes}"] = told
        print(json.dumps(figures, indent=1))
        print(aims(figures), file=sys.stderr)


def aims(figures: dict[str, Any]) -> str:
    """The figures that have an aim, each in a line, and those beside them."""
    one, two = (figures[f"over the network, processes: {number}"] for number in (1, 2))
    kept = list(figures["memory (MiB)"].values())
    at_most = two["at most"]
    own, load_own = at_most["server's own ms a page"], at_most["load's own ms a page"]
    return "\n".join(
        (
            f"page of an answer: {figures['page']['median']:.0f} ms (aim: 60)",
            f"first page: {figures['first page']['seconds']:.2f} s (aim: 1.0)",
            f"two processes: {at_most['a second']:.0f} answers a second at most (aim: 50), "
            f"one: {one['at most']['a second']:.0f}",
            *(
                f"{name}: p50 / p95 / p99 of two processes {_waits(two[name])}, "
                f"of one {_waits(one[name])} ms"
                + (" (aim: p95 200)" if str(A_SECOND) in name else "")
                for name in two if name != "at most"
            ),
            f"processor: {own:.1f} ms a page, and {load_own:.1f} of the load; at {A_SECOND} a "
            f"second that is {(own + load_own) * A_SECOND / 1e3 / 2:.2f} of two cores",
            f"memory over {figures['requests']:,} requests: {kept[0]} MiB after a tenth, "
            f"{kept[-1]} MiB after all (aim: flat)",
        )
    )  # fmt: skip


def _waits(told: dict[str, float]) -> str:
    return " / ".join(f"{told[name]:.0f}" for name in ("p50", "p95", "p99"))


def first_page(workspace: Path) -> dict[str, float]:
    """From ``docproc read`` to the bytes of its first page, median of some starts."""
    wall, cpu = [], []
    for _ in range(STARTS):
        began = time.perf_counter()
        with reading_room(workspace) as (server, address):
            build_opener(HTTPCookieProcessor()).open(address).read()
            wall.append(time.perf_counter() - began)
            cpu.append(_processor(server.pid))
    return {"seconds": statistics.median(wall), "of processor": statistics.median(cpu)}


@contextmanager
def reading_room(workspace: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``docproc read`` over *workspace*, and the address that it prints."""
    command = [sys.executable, "-m", "docproc", "read", "--no-browser", "--port", "0", *options]
    server = subprocess.Popen(command, cwd=workspace, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        found = ADDRESS.search(server.stdout.readline())
        assert found is not None
        yield server, found[0]
    finally:
        server.terminate()
        server.wait()


def over_network(workspace: Path, processes: int, asked: Sequence[str]) -> dict[str, Any]:
    """What readers of *processes* of ``docproc read`` wait for, who are another process.

    All questions are different, but those of the last figure, of which two in three were asked
    before: their pages are remembered.
    """
    left = list(asked)
    found: dict[str, Any] = {}

    def take(count: int) -> list[str]:
        some, left[:count] = left[:count], []
        return [f"/ask?{urlencode({'q': question})}" for question in some]

    with reading_room(workspace, "--processes", f"{processes}") as (server, address):
        load(address, take(WARMING * processes), "--readers", "8")
        often = _repeat(take(TOGETHER // 3))
        for name, paths, options in (
            ("at most", take(TOGETHER), ("--readers", f"{READERS}")),
            *((f"at {rate} a second", take(TOGETHER), ("--rate", f"{rate}")) for rate in RATES),
            (f"at {A_SECOND} a second, repeats", often, ("--rate", f"{A_SECOND}")),
        ):
            began = _processor(server.pid)
            found[name] = load(address, paths, *options)
            worked = 1e3 * (_processor(server.pid) - began)
            found[name]["server's own ms a page"] = worked / len(paths)
    return found


def load(address: str, paths: Sequence[str], *options: str) -> dict[str, float]:
    """What ``benchmarks.load`` tells of these *paths*, from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.load", address, *options]
    told = subprocess.run(
        command, input="\n".join(paths), text=True, check=True, stdout=subprocess.PIPE
    )
    figures: dict[str, float] = json.loads(told.stdout)
    if figures["failed"]:
        raise RuntimeError(f"{figures['failed']} of {len(paths)} pages were not drawn")
    return figures


def _repeat(paths: Sequence[str]) -> list[str]:
    """Each of *paths* three times, a few pages apart."""
    return [each for at in range(0, len(paths), 10) for each in [*paths[at : at + 10]] * 3]


def _processor(pid: int) -> float:
    """The seconds of processor that a process and those that it has started have taken; Linux."""
    parents: dict[int, int] = {}
    seconds: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended
            told = stat.read_text("utf-8").rpartition(")")[2].split()
            each = int(stat.parent.name)
            parents[each] = int(told[1])
            seconds[each] = (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    counted: set[int] = set()
    found = {pid}
    while found:
        counted |= found
        found = {each for each, parent in parents.items() if parent in found} - counted
    return sum(seconds.get(each, 0.0) for each in counted)


async def measure(workspace: Path, requests: int) -> dict[str, Any]:
    """Times in ms, answers a second, memory in MiB."""
    library = docproc.open(workspace)
    app = application(Service(library, Admission(token=TOKEN)))
    asked = list(dict.fromkeys(questions(library.room.opened, 3 * (ASKED + TOGETHER))))
    warming, asked = asked[:WARMING], asked[WARMING:]
    async with (
        httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app),
            base_url="http://127.0.0.1",
            headers={"authorization": f"Bearer {TOKEN}"},
            timeout=60,
        ) as client,
        app.router.lifespan_context(app),
    ):  # which bounds the threads
        for question in warming:
            await draw(client, question)
            library.ask(question)
        figures = await alone(client, library, asked[:ASKED])
        figures |= await together(client, asked[ASKED : ASKED + TOGETHER])
        figures |= await waiting(client, asked[ASKED + TOGETHER :][:TOGETHER])
        figures |= await growth(client, library, asked, requests)
    counts = library.room.opened.manifest.counts
    return {"passages": counts.passages, "documents": counts.documents} | figures


async def draw(client: httpx2.AsyncClient, question: str, limit: int = 0) -> None:
    pairs = [("q", question), *([("limit", str(limit))] if limit else [])]
    response = await client.get(f"/ask?{urlencode(pairs)}")
    response.raise_for_status()


async def alone(client: httpx2.AsyncClient, library: Library, asked: list[str]) -> dict[str, Any]:
    """One question after another: the answer, then its page, which is not remembered yet."""
    answers, drawn = [], []
    for question in asked:
        began, cpu = time.perf_counter(), time.process_time()
        library.ask(question)
        answers.append((time.perf_counter() - began, time.process_time() - cpu))
        began, cpu = time.perf_counter(), time.process_time()
        await draw(client, question)
        drawn.append((time.perf_counter() - began, time.process_time() - cpu))
    found: dict[str, Any] = {}
    for name, times in (("answer", answers), ("page", drawn)):
        wall, cpu_times = zip(*times, strict=True)
        found[name] = {
            "median": 1000 * statistics.median(wall),
            "p95": 1000 * statistics.quantiles(wall, n=20)[-1],
            "cpu": 1000 * statistics.median(cpu_times),
        }
    found["page to answer, cpu"] = found["page"]["cpu"] / found["answer"]["cpu"]
    return found


async def together(client: httpx2.AsyncClient, asked: list[str]) -> dict[str, Any]:
    """Many readers, each asking the next question as soon as it has its page: the most there is."""
    left = list(asked)

    async def reader() -> None:
        while left:
            await draw(client, left.pop())

    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(reader() for _ in range(READERS)))
    seconds, worked = time.perf_counter() - began, time.process_time() - cpu
    return {
        "readers": READERS,
        "threads": THREADS,
        "answers a second": len(asked) / seconds,
        "answers a second of processor": len(asked) / worked,
        "processors used": worked / seconds,
    }


async def waiting(client: httpx2.AsyncClient, asked: list[str]) -> dict[str, Any]:
    """Questions that come evenly, fifty a second, whether or not those before are answered."""
    times: list[float] = []
    began = time.perf_counter()

    async def one(question: str, due: float) -> None:
        await asyncio.sleep(max(0.0, due - (time.perf_counter() - began)))
        await draw(client, question)
        times.append(time.perf_counter() - began - due)

    await asyncio.gather(*(one(each, number / A_SECOND) for number, each in enumerate(asked)))
    return {
        f"at {A_SECOND} a second": {
            "median": 1000 * statistics.median(times),
            "p95": 1000 * statistics.quantiles(times, n=20)[-1],
        }
    }


async def growth(
    client: httpx2.AsyncClient, library: Library, asked: list[str], requests: int
) -> dict[str, Any]:
    """Memory that is not mapped from files, over many requests, as readers put them.

    Of a hundred, one asks what nobody has asked yet (while there are such questions) and 61 what
    was asked lately; 7 open a document or a citation, the others the first page and the styles.
    """
    documents = [row.id for row in library.documents()]
    cited: list[str] = []
    known: list[str] = []
    at: dict[str, float] = {}
    began, cpu = time.perf_counter(), time.process_time()
    for number in range(requests):
        kind = number % 100
        if kind == 0:
            question = asked[number // 100 % len(asked)]
            known = [*known, question][-20:]
            if number % 500 == 0 and (answer := library.search(question, limit=1)):
                cited = [*cited, str(answer[0].identifier)][-200:]
        if kind < 62:
            path = f"/ask?{urlencode({'q': known[-1 - number % len(known)]})}"
        elif kind < 67:
            path = f"/document/{documents[number * 7919 % len(documents)]}"
        elif kind < 69 and cited:
            path = f"/cite/{cited[number % len(cited)]}"
        else:
            path = "/static/style.css" if kind % 3 else "/"
        (await client.get(path)).raise_for_status()
        if number + 1 in {requests * part // 10 for part in (1, 2, 4, 6, 8, 10)}:
            at[f"after {number + 1:,}"] = round(memory()["own"], 1)
    seconds, worked = time.perf_counter() - began, time.process_time() - cpu
    return {
        "requests": requests,
        "requests a second": requests / seconds,
        "requests a second of processor": requests / worked,
        "memory (MiB)": at,
    }


if __name__ == "__main__":
    main()
