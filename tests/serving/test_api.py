"""The HTTP API: one and the same records as the command line prints, errors as problems."""

from __future__ import annotations

import json

import msgspec
import pytest
from commands import docproc
from letters_served import TOKEN

from docproc.serving.calls.calls import CALLS
from docproc.serving.calls.shapes import Problem
from docproc.serving.interfaces.http_api import openapi

pytestmark = pytest.mark.slow

RYE = "How many sacks of seed rye should be sent?"
GIVEN = {
    "ask": {"question": RYE},
    "search": {"question": "the river", "limit": 2},
    "read": {"name": "01-flour.txt"},
    "verify_quote": {"text": "Send 40 sacks of seed rye", "reference": "F. 558"},
    "mentions": {"name": "Lebedeva", "limit": 2},
    "cite": {"names": ["01-flour.txt"], "style": "ris"},
    "list_documents": {"limit": 2},
    "check_draft": {"text": "He wrote: “Send 40 sacks of seed rye before the river freezes”."},
    "status": {},
}
PATHS = {"verify_quote": "verify", "list_documents": "documents", "check_draft": "check"}


def path_of(name):
    return f"/api/v1/{PATHS.get(name, name)}"


@pytest.fixture(scope="module")
def terminal(room_workspace):
    """What a command prints with ``--json``."""

    def run(*words):
        return json.loads(docproc(*words, "--json", folder=room_workspace).stdout)

    return run


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_every_result_has_the_shape_that_is_described_and_the_keys_that_tools_promise(reader, call):
    response = reader.get(path_of(call.name), params=GIVEN[call.name])
    assert response.status_code == 200, response.text
    msgspec.convert(response.json(), call.gives)
    promised = {each.encode_name for each in msgspec.structs.fields(call.gives) if each.required}
    assert promised <= response.json().keys()
    posted = reader.post(
        path_of(call.name),
        json=GIVEN[call.name],
        headers={"authorization": f"Bearer {TOKEN}"},
    )
    assert posted.json() == response.json()


def test_the_terminal_and_the_api_say_one_and_the_same(reader, terminal):
    for words, path, params in (
        (("ask", RYE), "ask", {"question": RYE}),
        (("ask", "Which zeppelin was bought?"), "ask", {"question": "Which zeppelin was bought?"}),
        (("show", "01-flour.txt"), "documents/01-flour.txt", {}),
        (("status",), "status", {}),
    ):
        assert reader.get(f"/api/v1/{path}", params=params).json() == terminal(*words)
    own = reader.get("/api/v1/documents", params={"limit": 100}).json()
    assert own.pop("next") is None
    assert own == terminal("documents")
    own = reader.get("/api/v1/mentions", params={"name": "Lebedeva", "limit": 100}).json()
    assert own.pop("next") is None
    assert own == terminal("mentions", "Lebedeva")


@pytest.mark.parametrize(
    ("path", "params", "status", "said"),
    [
        ("ask", {}, 400, "question"),
        ("ask", {"question": "rye", "colour": "red"}, 400, "colour"),
        ("ask", {"question": "rye", "limit": "many"}, 400, "limit"),
        ("ask", {"question": "rye", "limit": "0"}, 400, "limit"),
        ("ask", {"question": "rye", "scope": "sender"}, 400, "sender"),
        ("documents", {"cursor": "nonsense"}, 400, "cursor"),
        ("documents", {"cursor": "another-generation@2"}, 400, "published again"),
        ("documents", {"sort": "colour"}, 400, "colour"),
        ("documents/nothing-like-it", {}, 404, "nothing-like-it"),
        ("passages/nothing-like-it", {}, 404, "nothing-like-it"),
        ("no/such/call", {}, 404, "no/such/call"),
        ("documents/a%0Ab", {}, 404, "no such page"),
        ("cite", {"names": "01-flour.txt", "style": "unheard-of"}, 400, "unheard-of"),
    ],
)
def test_an_error_is_a_problem_that_names_what_was_wrong(reader, path, params, status, said):
    response = reader.get(f"/api/v1/{path}", params=params)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = msgspec.convert(response.json(), Problem)
    assert problem.status == status
    assert said in problem.detail


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'"x"', b"\xff", b"[" * 50_000, b'{"question":1}']
)
def test_a_body_that_is_no_call_is_a_problem(reader, body):
    response = reader.post(
        "/api/v1/ask", content=body, headers={"authorization": f"Bearer {TOKEN}"}
    )
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"


def test_what_is_known_already_is_not_sent_again_and_a_tag_names_its_generation(reader, library):
    first = reader.get("/api/v1/ask", params={"question": RYE})
    tag = first.headers["etag"]
    assert library.generation in tag
    again = reader.get("/api/v1/ask", params={"question": RYE}, headers={"if-none-match": tag})
    assert again.status_code == 304
    assert not again.content


def test_a_list_is_read_to_its_end_by_its_cursors(reader, library):
    seen, cursor = [], ""
    while True:
        some = reader.get("/api/v1/documents", params={"limit": 4, "cursor": cursor}).json()
        seen += [row["id"] for row in some["documents"]]
        cursor = some["next"]
        if not cursor:
            break
    assert seen == [row.id for row in library.documents()]


def test_a_document_is_read_part_by_part_with_nothing_lost(reader, library):
    (row,) = library.documents(sort="title", reverse=True)[:1]
    text, cursor = "", ""
    while True:
        part = reader.get("/api/v1/read", params={"name": row.id, "cursor": cursor}).json()
        assert part["start"] == len(text)
        text += part["text"]
        cursor = part["next"]
        if not cursor:
            break
    assert text == library.document(row.id).text


def test_the_description_is_valid_openapi(reader):
    validate = pytest.importorskip("openapi_spec_validator").validate
    described = reader.get("/api/v1/openapi.json").json()
    assert described == json.loads(json.dumps(openapi()))
    validate(described)
    assert described["openapi"].startswith("3.1")
