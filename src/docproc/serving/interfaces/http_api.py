"""The HTTP API, ``/api/v1``: the calls, with errors as problem details and the generation as ETag.

A call is a GET with its arguments in the address, or a POST with them as one JSON object.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from docproc import __version__
from docproc.errors import ConfigError, DocprocError, UsageError
from docproc.rendering.json import document_json
from docproc.serving.calls.calls import CALLS, Call, run_call
from docproc.serving.calls.shapes import CitationShape, Problem, schema_of
from docproc.serving.service.service import library_of, message_of
from docproc.text.output import json_text

ROOT = "/api/v1"
_PATHS = {
    "ask": "/ask",
    "search": "/search",
    "read": "/read",
    "verify_quote": "/verify",
    "mentions": "/mentions",
    "cite": "/cite",
    "list_documents": "/documents",
    "check_draft": "/check",
    "status": "/status",
}
_LISTS = ("names",)
_TITLES = {
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Content Too Large",
    503: "Not Published",
}


def router() -> Router:
    """The addresses of the API, below ``ROOT``."""
    made = [Route(_PATHS[call.name], _endpoint(call), methods=["GET", "POST"]) for call in CALLS]
    return Router(
        [
            *made,
            Route("/documents/{name:path}", _document),
            Route("/passages/{name:path}", _passage),
            Route("/openapi.json", _openapi),
            Route("/{rest:path}", _nothing),
        ]
    )


def _endpoint(call: Call) -> Any:
    async def endpoint(request: Request) -> Response:
        if request.method == "POST":
            body = await request.body()
            return await run_in_threadpool(_respond, request, call, body)
        return await run_in_threadpool(_respond, request, call, None)

    return endpoint


def _respond(request: Request, call: Call, body: bytes | None) -> Response:
    def run() -> Any:
        given = _in_address(request) if body is None else _in_body(body)
        return run_call(library_of(request), call, given, strict=body is not None)

    return _answering(request, run)


def _answering(request: Request, make: Callable[[], Any], wrong: int = 0) -> Response:
    """What *make* gives, as JSON, or its error; *wrong*: the status of a ``UsageError``."""
    try:
        return _json(request, make())
    except DocprocError as error:
        status = wrong if isinstance(error, UsageError) else 0
        return problem(error, status, message_of(request, error))


def _in_address(request: Request) -> dict[str, Any]:
    query = request.query_params
    return {name: query.getlist(name) if name in _LISTS else query[name] for name in query if query}


def _in_body(body: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise UsageError(f"the body is not one JSON object: {error}") from None


def _document(request: Request) -> Response:
    """As ``docproc show --json``."""

    def make() -> Any:
        library = library_of(request)
        document = library.document(request.path_params["name"])
        unread = library.room.lookup.unread_of(document.source.path)
        return document_json(document, library.passages(document), unread)

    return _answering(request, make, 404)


def _passage(request: Request) -> Response:
    """The citation of what a name means: one of those of ``docproc ask --json``."""
    from docproc.rendering.json import citation_json

    name = request.path_params["name"]
    return _answering(request, lambda: citation_json(library_of(request).citation(name)), 404)


def _nothing(request: Request) -> Response:
    return problem(UsageError(f"the API has no {request.url.path}"), 404)


def problem(error: Exception, status: int = 0, said: str = "") -> Response:
    """*error* as problem details (RFC 9457), in the words *said* or its own."""
    status = status or (503 if isinstance(error, ConfigError) else 400)
    if not isinstance(error, UsageError | ConfigError) and status == 400:
        status = 500
    title = _TITLES.get(status, "Internal Server Error")
    made = Problem(type="about:blank", title=title, status=status, detail=said or str(error))
    return Response(msgspec.json.encode(made), status, media_type="application/problem+json")


def _json(request: Request, value: Any) -> Response:
    """*value*, with an ETag of the generation and what was said; 304 where it is known."""
    body = json_text(value).encode("utf-8", "replace")
    digest = hashlib.sha256(body).hexdigest()[:16]
    tag = f'"{library_of(request).generation}-{digest}"'
    known = [each.strip() for each in request.headers.get("if-none-match", "").split(",")]
    if request.method == "GET" and tag in known:
        return Response(status_code=304, headers={"etag": tag})
    return Response(body, media_type="application/json", headers={"etag": tag})


def _openapi(_request: Request) -> Response:
    return Response(json_text(openapi()), media_type="application/json")


def openapi() -> dict[str, Any]:
    """The description of the API, OpenAPI 3.1, made from the records of calls and results."""
    takes = [call.takes for call in CALLS]
    reference = "#/components/schemas/{name}"
    _, components = msgspec.json.schema_components(
        [*takes, *(call.gives for call in CALLS), Problem], ref_template=reference
    )
    failing = {
        code: {
            "description": said,
            "content": {"application/problem+json": {"schema": _ref(Problem)}},
        }
        for code, said in (
            ("400", "An argument is wrong, missing or unknown"),
            ("503", "Nothing is published yet"),
        )
    }
    failing |= {
        code: {"description": said, "content": {"text/plain": {"schema": {"type": "string"}}}}
        for code, said in (("401", "The token is missing"), ("403", "Not from our own pages"))
    }
    paths: dict[str, Any] = {}
    for call in CALLS:
        answers = {"200": _answer(_ref(call.gives)), **failing}
        paths[ROOT + _PATHS[call.name]] = {
            "get": {
                "operationId": call.name,
                "summary": (call.make.__doc__ or "").strip(),
                "parameters": _parameters(call),
                "responses": answers,
            },
            "post": {
                "operationId": f"{call.name}_post",
                "summary": (call.make.__doc__ or "").strip(),
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": _ref(call.takes)}},
                },
                "responses": answers,
            },
        }
    missing = {"404": {**failing["400"], "description": "Nothing has that name"}}
    named = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
    for path, what, schema in (
        ("documents", "A document, as `docproc show --json`", {"type": "object"}),
        ("passages", "The citation of a passage", _ref(CitationShape)),
    ):
        paths[f"{ROOT}/{path}/{{name}}"] = {
            "get": {
                "operationId": f"get_{path}",
                "summary": what,
                "parameters": [named],
                "responses": {**failing, "200": _answer(schema), **missing},
            }
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "docproc", "version": __version__},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _answer(schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": "The answer, or that the documents hold none",
        "headers": {"ETag": {"schema": {"type": "string"}}},
        "content": {"application/json": {"schema": schema}},
    }


def _ref(kind: Any) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def _parameters(call: Call) -> list[dict[str, Any]]:
    schema = schema_of(call.takes)
    return [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", ()),
            "schema": each,
        }
        for name, each in schema["properties"].items()
    ]
