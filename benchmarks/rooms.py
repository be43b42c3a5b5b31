"""How many lines each room has, and what it gained since the plan: ``python -m benchmarks.rooms``.

``--write`` puts the table into docs/architecture.md.  The lines at the plan are those of the tree
at cd2e32d~1 (2026-11-25, 45,403 in all), each module counted where it is today: the loose modules
of that day in plugins, operations, verification and the library, chat's in followup and rendering.
"""

from __future__ import annotations

import sys
from collections import Counter

from benchmarks.house import ROOT, modules

PAGE = ROOT / "docs" / "architecture.md"
MARKS = ("<!-- rooms -->\n", "<!-- /rooms -->")
ROOMS = {
    "stages": (8244, "parsers of LaTeX, MediaWiki, Org, reST, JATS, FB2, MODS, OAI, METS, PPTX, "
               "ODP, WARC, DjVu, subtitles, cards; tables, notes, margins, names and dates of TEI, "
               "EAD and office files; int8, cross-encoder, late interaction, glossary, workers"),
    "retrieval": (2912, "mentions, quotations, what the passages do not say, re-ranking and "
                  "rewriting, shards asked apart, what is withheld, the constants with sources"),
    "store": (3453, "shards, object storage, packed vectors, the catalog without what is hidden, "
              "withdrawals, folders by descriptor"),
    "testing": (3360, "a conformance class for each kind of plugin, purity and other processes"),
    "pipeline": (3274, "shards and executors, soundness of records, files beside a file, where a "
                 "file was fetched, removals"),
    "serving": (0, "reading room, HTTP API, MCP, dossiers"),
    "cli": (2928, "check, mentions, read, mcp, fetch, withdraw, doctor, trace; commands of "
            "plugins in help"),
    "references": (2633, "French republican dates, numbers in words, what a source note states, "
                   "printed forms"),
    "checking": (0, "drafts: quotations found, aligned, judged; comments in Word"),
    "formats": (1539, "what the new parsers share: calendars, MODS, tables, diagrams, "
                "document types"),
    "plugins": (1796, "probing, network and trust, guards of every kind, imports between drop-ins"),
    "text": (1831, "names as each language writes them, damage, knowledge from plugins, the one "
             "edge to terminals"),
    "operations": (736, "doctor, verifying, access, withdrawals, fetching, readers of "
                   "shards"),
    "hooks": (952, "fetching, access, writers, re-rankers, rewriters, vetoes, knowledge, "
              "executors, row scopes, endpoints"),
    "letters": (1785, "outlines, roles; telegrams and minutes of more editions"),
    "citing": (1545, "editions as hosts of documents, chapters, where a file was fetched"),
    "followup": (1324, "questions about the document in view, relative days"),
    "chat": (1416, "writers of answers, what is hidden, the document in view"),
    "questions": (86, "times, parties, fields, quantities, feasts, quoted words, spelling"),
    "rendering": (1356, "written answers; mentions and quotations as JSON"),
    "records": (1000, "written answers, origins, rows, limits"),
    "browsing": (522, "facets, neighbours, duplicates, mentions, paged lists"),
    "markdown": (941, "little"),
    "workspace": (63, "hosts and folders that are allowed, workspaces from elsewhere, links"),
    "passages": (661, "little"),
    "fetching": (0, "visits to sources elsewhere, and their state"),
    "verification": (535, "little"),
    "config": (237, "sources, access, scale; plugins switched off"),
    "dataclass_on_use": (0, "a third of the start of a command"),
    "persons": (61, "the register of persons and its names"),
    "library.py": (56, "the one service object"),
    "errors.py": (148, "errors of shards, indexes and removals"),
    "__init__.py": (3, "open()"),
    "__main__.py": (6, "little"),
}  # fmt: skip
"""The lines of each room at the plan, and what was added since."""


def table() -> str:
    """The table, in Markdown, the rooms that gained most first."""
    now: Counter[str] = Counter()
    for path, text, _ in modules():
        now[path.parts[0]] += len(text.splitlines())
    if now.keys() != ROOMS.keys():
        raise SystemExit(f"ROOMS does not name: {', '.join(sorted(now.keys() ^ ROOMS.keys()))}")
    gained = {room: count - ROOMS[room][0] for room, count in now.items()}
    then = sum(count for count, _ in ROOMS.values())
    lines = ["| room | lines | at the plan | gained | with |", "| --- | ---: | ---: | ---: | --- |"]
    lines += [
        f"| `{room.removesuffix('.py')}` | {now[room]:,} | {ROOMS[room][0]:,} | {gained[room]:+,} "
        f"| {ROOMS[room][1]} |"
        for room in sorted(ROOMS, key=lambda room: -gained[room])
    ]
    whole = f"| in all | {now.total():,} | {then:,} | {now.total() - then:+,} | |"
    return "\n".join([*lines, whole]) + "\n"


def main() -> None:
    told = table()
    if "--write" in sys.argv[1:]:
        before, after = PAGE.read_text("utf-8").split(MARKS[0])
        after = after.partition(MARKS[1])[2]
        PAGE.write_text(f"{before}{MARKS[0]}{told}{MARKS[1]}{after}", "utf-8")
    print(told, end="")


if __name__ == "__main__":
    main()
