"""Whichever way it is asked, the record is one and the same: terminal, HTTP API, MCP, Python."""

from __future__ import annotations

import json

import anyio
import pytest
from letters_served import TOKEN
from test_api import RYE
from typer.testing import CliRunner

from docproc.cli.app import app as commands
from docproc.library import pin
from docproc.rendering.json import citation_json, quote_check_json

pytestmark = pytest.mark.slow

DRAFT = "He wrote: “Send 40 sacks of seed rye before the river freezes”, and “Burn the mill”."
QUOTE = {"text": "Send 40 sacks of seed rye", "reference": "F. 558"}

RECORDS = {
    "an answer": ("ask", {"question": RYE}, ["ask", RYE]),
    "a refusal": (
        "ask", {"question": "Which zeppelin was bought?"}, ["ask", "Which zeppelin was bought?"],
    ),
    "a question within a scope": (
        "ask", {"question": RYE, "scope": "sender Orlov", "limit": 1},
        ["ask", RYE, "--scope", "sender Orlov", "--limit", "1"],
    ),
    "mentions": ("mentions", {"name": "Lebedeva", "limit": 100}, ["mentions", "Lebedeva"]),
    "no mention": ("mentions", {"name": "Schopenhauer"}, ["mentions", "Schopenhauer"]),
    "documents": ("list_documents", {"limit": 100}, ["documents"]),
    "documents of a sender": (
        "list_documents", {"scope": "sender Orlov", "limit": 100},
        ["documents", "--sender", "Orlov"],
    ),
    "the status": ("status", {}, ["status"]),
    "a checked draft": ("check_draft", {"text": DRAFT}, ["check", "DRAFT"]),
}  # fmt: skip
PATHS = {"list_documents": "documents", "check_draft": "check", "verify_quote": "verify"}


def over_http(reader, name, given):
    bearer = {"authorization": f"Bearer {TOKEN}"}
    return reader.post(f"/api/v1/{PATHS.get(name, name)}", json=given, headers=bearer).json()


def over_mcp(library, name, given):
    pytest.importorskip("mcp")
    from mcp import Client

    from docproc.serving.interfaces.mcp_server import server

    async def run():
        async with Client(server(lambda: pin(library))) as client:
            return await client.call_tool(name, given)

    result = anyio.run(run)
    assert not result.is_error
    return result.structured_content


@pytest.mark.parametrize("record", RECORDS)
def test_the_terminal_the_api_and_mcp_give_one_record(
    record, reader, library, room_workspace, tmp_path
):
    name, given, words = RECORDS[record]
    draft = tmp_path / "draft.md"
    draft.write_text(DRAFT, "utf-8")
    words = [str(draft) if word == "DRAFT" else word for word in words]
    printed = CliRunner().invoke(commands, [*words, "--json", "-w", str(room_workspace)])
    assert printed.stdout, printed.output
    terminal = json.loads(printed.stdout)
    api = over_http(reader, name, given)
    assert over_mcp(library, name, given) == api
    api.pop("next", None)  # a cursor: what is listed whole in the terminal is listed in parts
    assert api == terminal


def test_citations_are_the_text_that_the_terminal_prints(reader, library, room_workspace):
    for style in ("plain", "chicago", "gost", "ris", "bibtex", "csl-json", "tei"):
        given = {"names": ["01-flour.txt"], "style": style}
        printed = CliRunner().invoke(
            commands, ["cite", "01-flour.txt", "--style", style, "-w", str(room_workspace)]
        )
        api = over_http(reader, "cite", given)
        assert over_mcp(library, "cite", given) == api
        assert api["text"].strip() == printed.stdout.strip()


def test_what_no_command_prints_is_what_python_gives(reader, library):
    found = {
        "question": "the river",
        "passages": [citation_json(each) for each in library.search("the river", limit=2)],
        "generation": library.generation,
    }
    given = {"question": "the river", "limit": 2}
    assert json.loads(json.dumps(found)) == over_http(reader, "search", given)
    assert over_mcp(library, "search", given) == over_http(reader, "search", given)
    checked = quote_check_json(library.verify_quote(QUOTE["text"], reference=QUOTE["reference"]))
    assert json.loads(json.dumps(checked)) == over_http(reader, "verify_quote", QUOTE)
    assert over_mcp(library, "verify_quote", QUOTE) == over_http(reader, "verify_quote", QUOTE)
