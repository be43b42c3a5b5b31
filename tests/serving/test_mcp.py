"""The MCP server, asked by the SDK's own client: in process, over stdio and over HTTP."""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import time
from contextlib import asynccontextmanager

import anyio
import msgspec
import pytest
from letters_served import SCRIPT, TOKEN
from test_api import GIVEN, RYE, path_of

from docproc.library import pin
from docproc.serving.calls.calls import CALLS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def _library():
    """Imported where a test of this module runs, not where every worker collects it."""
    global Client, INSTRUCTIONS, MCPError, StdioServerParameters, server
    pytest.importorskip("mcp")
    from mcp import Client, MCPError, StdioServerParameters

    from docproc.serving.interfaces.mcp_server import INSTRUCTIONS, server


def asked(target, steps, **options):
    """What *steps* gives, a coroutine function that is given a client of *target*."""

    async def run():
        async with Client(target, **options) as client:
            return await steps(client)

    return anyio.run(run)


@pytest.fixture(scope="module")
def served(library):
    return server(lambda: pin(library))


def text(result):
    return "\n".join(each.text for each in result.content)


def test_the_tools_are_read_only_refuse_what_they_do_not_know_and_cost_few_tokens(served):
    async def steps(client):
        tools = (await client.list_tools()).tools
        prompts = (await client.list_prompts()).prompts
        templates = (await client.list_resource_templates()).resource_templates
        return tools, prompts, templates

    tools, prompts, templates = asked(served, steps)
    assert {tool.name for tool in tools} >= set(GIVEN)
    for tool in tools:
        hints = tool.annotations
        assert (hints.read_only_hint, hints.idempotent_hint, hints.open_world_hint) == (
            True, True, False,
        )  # fmt: skip
        assert tool.input_schema["additionalProperties"] is False
        assert tool.output_schema["required"]
        assert tool.description
    assert {prompt.name for prompt in prompts} == {"answer-from-sources", "check-my-draft"}
    listed = [each.model_dump(by_alias=True, exclude_none=True) for each in
              (*tools, *prompts, *templates)]  # fmt: skip
    surface = INSTRUCTIONS + json.dumps(listed, separators=(",", ":"))
    assert len(surface) / 4 < 2000  # four characters a token, as English and JSON have


def test_every_result_is_what_the_api_gives_and_its_text_is_complete(served, reader):
    async def steps(client):
        return {name: await client.call_tool(name, given) for name, given in GIVEN.items()}

    shapes = {call.name: call.gives for call in CALLS}
    for name, result in asked(served, steps).items():
        assert not result.is_error, text(result)
        msgspec.convert(result.structured_content, shapes[name])
        assert result.structured_content == reader.get(path_of(name), params=GIVEN[name]).json()
        said = text(result)
        for citation in [
            *result.structured_content.get("citations", ()),
            *result.structured_content.get("places", ()),
            *([result.structured_content["citation"]] if name == "read" else ()),
        ]:
            assert citation["identifier"] in said
            if name != "read":
                assert citation["quote"] in said
                assert citation["reference"]["printed"] in said


def test_a_refusal_says_so_and_its_nearest_are_not_an_answer(served):
    async def steps(client):
        return await client.call_tool("ask", {"question": "Which zeppelin engine was bought?"})

    result = asked(served, steps)
    assert not result.is_error
    assert result.structured_content["verdict"] == "not_found"
    assert "hold no answer" in text(result)
    assert "NOT an answer" in text(result)


def test_a_failure_is_an_error_and_never_looks_like_nothing_found(served):
    wrong = {
        "ask": {"question": "rye", "colour": "red"},
        "read": {"name": "no-such-document"},
        "cite": {"names": ["01-flour.txt"], "style": "unheard-of"},
        "list_documents": {"cursor": "another@1"},
        "verify_quote": {"text": "…"},
        "no_such_tool": {},
    }

    async def steps(client):
        return {name: await client.call_tool(name, given) for name, given in wrong.items()}

    for name, result in asked(served, steps).items():
        assert result.is_error, name
        assert text(result).startswith("error: ")
        assert result.structured_content is None


def test_what_a_document_says_stands_between_marks_that_it_cannot_make(served):
    async def steps(client):
        return await client.call_tool("ask", {"question": RYE})

    said = text(asked(served, steps))
    assert "data, never instructions" in said
    before, _, after = said.partition(SCRIPT)
    opened = before.rsplit("[quotation ", 1)[1].partition("]")[0]
    assert f"[end of quotation {opened}]" in after


def test_words_are_told_apart_verbatim_altered_and_not_found(served):
    async def steps(client):
        said = [
            ("Send 40 sacks of seed rye before the river freezes", "verbatim"),
            ("Send 40 sacks  of\nseed rye […] or there will be no sowing at all", "verbatim"),
            ("Send 40 crates of seed rye before the river freezes", "altered"),
            ("Send 400 zeppelins to the harbour of Lisbon at dawn", "not_found"),
        ]
        for words, verdict in said:
            result = await client.call_tool("verify_quote", {"text": words})
            assert result.structured_content["verdict"] == verdict, words
            if verdict == "altered":
                assert "sacks" in result.structured_content["difference"]
        under = {}
        for reference in ("F. 558. Op. 2. D. 51", "F. 17"):
            given = {"text": said[0][0], "reference": reference}
            result = await client.call_tool("verify_quote", given)
            under[reference] = result.structured_content["under_reference"]
        return under

    assert asked(served, steps) == {"F. 558. Op. 2. D. 51": True, "F. 17": False}


def test_documents_and_passages_are_resources_and_prompts_take_their_argument(served, library):
    citation = library.ask(RYE).citations[0]

    async def steps(client):
        listed = (await client.list_resources()).resources
        whole = await client.read_resource(f"docproc://document/{citation.document_id}")
        part = await client.read_resource(f"docproc://passage/{citation.identifier}")
        prompt = await client.get_prompt("answer-from-sources", {"question": "Who {wrote} it?"})
        with pytest.raises(MCPError):
            await client.read_resource("docproc://document/nothing")
        with pytest.raises(MCPError):
            await client.get_prompt("check-my-draft", {})
        return listed, whole, part, prompt

    listed, whole, part, prompt = asked(served, steps)
    assert len(listed) == len(library.documents())
    assert whole.contents[0].text == library.document(citation.document_id).text
    assert part.contents[0].text == citation.quote
    assert "Who {wrote} it?" in prompt.messages[0].content.text


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_it_is_spoken_over_standard_input_and_output_by_old_and_new_clients(
    room_workspace, mode, tmp_path
):
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-m", "docproc", "mcp", "--workspace", str(room_workspace)],
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
    )

    async def steps(client):
        answer = await client.call_tool("ask", {"question": RYE})
        name = answer.structured_content["citations"][0]["identifier"]
        there = await client.call_tool("read", {"name": name})
        quote = answer.structured_content["citations"][0]["quote"]
        checked = await client.call_tool("verify_quote", {"text": quote})
        return answer, there, checked

    answer, there, checked = asked(parameters, steps, mode=mode)
    assert answer.structured_content["verdict"] == "answered"
    assert "seed rye" in there.structured_content["text"]
    assert checked.structured_content["verdict"] == "verbatim"
    assert list(tmp_path.glob("docproc/patterns/*")), "what was compiled is kept for the next one"


@asynccontextmanager
async def over_http(address, token):
    import httpx2
    from mcp.client.streamable_http import streamable_http_client

    headers = {"authorization": f"Bearer {token}"} if token else {}
    async with (
        httpx2.AsyncClient(headers=headers) as http,
        Client(streamable_http_client(address, http_client=http)) as client,
    ):
        yield client


def test_it_is_spoken_over_http_behind_the_guard_of_the_reading_room(app):
    import uvicorn

    listening = socket.create_server(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.05)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/mcp"

    async def run():
        async with over_http(address, TOKEN) as client:
            result = await client.call_tool("ask", {"question": RYE})
            assert result.structured_content["verdict"] == "answered"
        with pytest.raises(Exception):  # noqa: B017, PT011 - the SDK wraps it in groups
            async with over_http(address, "") as client:
                await client.call_tool("ask", {"question": RYE})

    try:
        anyio.run(run)
    finally:
        running.should_exit = True
        thread.join()
        listening.close()
