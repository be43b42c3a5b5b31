"""An explanation says of each citation which plugin, version and settings made what of it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from beyond import ask, beyond, configure, index, wired, write
from rich.console import Console

from docproc.hooks.specs import OBSERVE

GRAMMAR = r"""
import re
from docproc.hooks import Registration, hookimpl
from docproc.records import ArchivalReference, Span

class Wall:
    scheme = "wall"

    def find(self, text, start, end, whole, /):
        for found in re.finditer(r"Wall (\d+)", text[start:end]):
            span = Span(start + found.start(), start + found.end())
            yield ArchivalReference(span.of(text), "wall", (("wall", found[1]),), span=span)

@hookimpl
def docproc_reference_grammars():
    return [Registration("walls", lambda settings: Wall(), version="3")]
"""
PARSER = """
from docproc.hooks import Registration, Setting, hookimpl
from docproc.records import Document

class Own:
    isolated = False
    def confidence(self, source, head):
        return 0.9 if source.path.endswith(".own") else 0.0
    def parse(self, source, data):
        yield Document(source=source, text=data.decode())

@hookimpl
def docproc_parsers():
    return [Registration("own", lambda s: Own(), version="2", settings=(
        Setting("loud", False, "Anything."), Setting("key", "", "A secret.", secret=True)))]
"""
CONFIG = 'parsers = ["text", "own"]\nreferences = ["walls"]\n'
SET = '[plugins.own]\nloud = true\nkey = "swordfish"\n'
QUESTION = "Who asked for the ladder at the harbour?"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = beyond(tmp_path_factory.mktemp("makers") / "w", "older_first.py", config=CONFIG + SET)
    write(root, "walls.py", GRAMMAR)
    write(root, "own.py", PARSER)
    text = "I. P. Petrov to A. N. Orlova\n\nMay 3, 1921\n\nPetrov asked for the ladder.\n\nWall 7\n"
    (root / "seeds" / "ladder.own").write_text(text, "utf-8")
    index(root)
    return root


def made(room, citation):
    return dict(room.explanation.makers(citation))


def both(root):
    """The room, and an answer of two citations: of what either parser read."""
    _, room, answer = ask(root, QUESTION)
    cited = [room.lookup.cite(room.lookup.find(name)) for name in ("ladder.own", "a.txt")]
    return room, replace(answer, citations=tuple(cited))


def test_each_citation_has_the_parser_that_read_it_with_version_and_settings(root):
    room, answer = both(root)
    own, other = answer.citations
    parser = made(room, own)["read by"]
    assert (parser.name, parser.version, parser.origin) == ("own", "2", "drop-in plugins/own.py")
    assert parser.settings["loud"] is True
    assert "swordfish" not in str(parser.settings)
    assert made(room, other)["read by"].name == "text"


def test_the_whole_way_of_a_citation_is_told(root):
    configure(root, CONFIG + SET + '[ask]\nsignals = ["older-first"]\n')
    _, room, _ = ask(root, QUESTION)
    cited = room.lookup.cite(room.lookup.find("ladder.own"))
    assert cited.reference is not None
    told = dict(room.explanation.behind(cited))
    assert "own 2 (drop-in plugins/own.py) [" in told["read by"]
    assert "loud = true" in told["read by"]
    assert told["reference by"].startswith("walls 3 (drop-in plugins/walls.py)")
    assert "older-first" in told["ordered by"]
    assert "earliest = 1900" in told["ordered by"]
    assert {"normalized by", "cut by", "embedded by", "vectors in", "words in"} <= told.keys()
    configure(root, CONFIG + SET)


def test_a_source_that_an_earlier_run_read_is_not_said_to_have_todays_settings(root):
    from docproc.retrieval.answers.explanation import name_makers

    _, room, _ = ask(root, QUESTION)
    manifest = room.opened.manifest
    name, version, _ = room.opened.catalog.readings.read_by("seeds/ladder.own")
    (_, use), *_ = name_makers(manifest, (name, version, "0" * 64))
    assert (use.name, use.version, use.settings) == ("own", "2", {})
    assert use.origin == "in an earlier run"


def test_the_explanation_on_a_terminal_and_in_json_says_it(root):
    from docproc.rendering.json import explained_json
    from docproc.rendering.terminal import render_explanation

    room, answer = both(root)
    why = (("signal somebody's-long-signal", 1.0), ("signal short", 0.5))
    answer = replace(answer, citations=tuple(replace(c, why=why) for c in answer.citations))
    out = io.StringIO()
    render_explanation(answer, room.explanation.behind, Console(file=out, width=80))
    assert "own 2 (drop-in" in " ".join(out.getvalue().split())
    assert "\nsomebody's-long-… 1.000\nshort             0.500\n" in out.getvalue()
    assert out.getvalue().count("generation ") == 1  # what is as before is said once
    found = explained_json(answer, room.explanation.behind(), room.explanation.makers)
    first, second = ({m["what"]: m for m in c["made_by"]} for c in found["citations"])
    assert first["cut by"]["name"] == "structure"
    assert first["read by"]["settings"]["loud"] is True
    assert second["read by"]["name"] == "text"


def test_a_factory_is_told_the_workspaces_folder(tmp_path, monkeypatch):
    code = """
        from docproc.hooks import Observer, Registration, Setting, hookimpl

        class Keeper(Observer):
            def __init__(self, settings):
                self.place = settings["workspace"] / settings["file"]
                self.megabytes = settings["limits"].megabytes

        @hookimpl
        def docproc_observers():
            return [Registration("keeper", Keeper, settings=(Setting("file", "a.log", "Where."),))]
    """
    root = beyond(tmp_path / "w", code, letters=False)
    (root / "below").mkdir()
    monkeypatch.chdir(root / "below")
    made = wired(root).plugins.make(OBSERVE, "keeper")
    assert made.place == root / "a.log"
    assert made.megabytes == wired(root).workspace.config.limits.megabytes
