"""What the reading room costs: ``python -m benchmarks.serving WORKSPACE``; prints JSON.

Pages are drawn in this process, without a network, so that a figure is the server's own: the time
of a page of an answer beside that of the answer alone, in turn, as a ratio inside one run; how
many answers a second many readers get together; and what memory grows by over many pages.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2

import docproc
from benchmarks.asking import memory, questions
from docproc.library import Library
from docproc.serving.application import THREADS, application
from docproc.serving.safety import Entry
from docproc.serving.service import Service

WARMING, ASKED, READERS = 30, 200, 50
TOKEN = "for the measurement"


def main() -> None:
    """Measure the workspace named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--pages", type=int, default=2_000, help="over which memory is watched")
    given = parser.parse_args()
    print(json.dumps(asyncio.run(measure(given.workspace, given.pages)), indent=1))


async def measure(workspace: Path, pages: int) -> dict[str, Any]:
    """Times in ms, answers a second, memory in MiB."""
    library = docproc.open(workspace)
    app = application(Service(library, Entry(token=TOKEN)))
    asked = questions(library.room.holdings, WARMING + ASKED)
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app),
        base_url="http://127.0.0.1",
        headers={"authorization": f"Bearer {TOKEN}"},
        timeout=60,
    ) as client:
        for question in asked[:WARMING]:
            await draw(client, question)
            library.ask(question)
        figures = await alone(client, library, asked[WARMING:])
        figures |= await together(client, asked[WARMING:])
        figures |= await growth(client, asked, pages)
    counts = library.room.holdings.manifest.counts
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
    """Many readers at once, each asking the next question as soon as it has its page."""
    waiting = [(question, limit) for limit in (4, 5) for question in asked]
    times: list[float] = []

    async def reader() -> None:
        while waiting:
            question, limit = waiting.pop()
            began = time.perf_counter()
            await draw(client, question, limit)
            times.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(reader() for _ in range(READERS)))
    seconds = time.perf_counter() - began
    return {
        "readers": READERS,
        "threads": THREADS,
        "answers a second": len(times) / seconds,
        "p95 of one among them": 1000 * statistics.quantiles(times, n=20)[-1],
    }


async def growth(client: httpx2.AsyncClient, asked: list[str], pages: int) -> dict[str, Any]:
    """Memory that is not mapped from files, before and after many pages."""
    before = memory()["own"]
    for number in range(pages):
        await draw(client, asked[number % len(asked)], 1 + number % 7)
    return {"pages": pages, "memory before": before, "memory after": memory()["own"]}


if __name__ == "__main__":
    main()
