"""Downloads: citations in a style, and source files; never shown, only saved."""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from docproc.citing import STYLES
from docproc.citing.written import visible
from docproc.errors import UsageError
from docproc.records import CitationId
from docproc.serving.service.service import library_of, service_of
from docproc.serving.views.citation_view import MEDIA
from docproc.serving.views.templating import show_message
from docproc.verification.checks import path_of


def download_citation(request: Request) -> Response:
    """The citation that a stable name names, in a style, as a file."""
    library = library_of(request)
    name = CitationId.parse(request.path_params["name"])
    style = request.path_params["style"]
    if name is None or style not in STYLES:
        return show_message(request, "No such citation", "This address is incomplete.", status=404)
    found = library.resolve(str(name))
    if found.citation is None:
        return show_message(request, "What this link names is gone", found.words, status=410)
    media, suffix = MEDIA.get(style, ("text/plain", "txt"))
    return download(
        visible(service_of(request).cite([found.citation], style)) + "\n",
        f"{found.citation.document_id[:8]}.{suffix}",
        media,
    )


def download(content: str | bytes, name: str, media: str) -> Response:
    """*content* as a file that the browser saves."""
    return Response(
        content,
        media_type=f"{media}; charset=utf-8" if isinstance(content, str) else media,
        headers={"content-disposition": _attachment(name)},
    )


def source(request: Request) -> Response:
    """The source file of a document, byte for byte; a browser never opens it in our name."""
    library = library_of(request)
    if service_of(request).shared:
        raise UsageError("a shared reading room does not give out source files")
    try:
        document = library.room.lookup.document(request.path_params["name"])
    except KeyError:
        return show_message(request, "No such document", status=404)
    file = path_of(library.workspace, document.source.path)
    if not file.is_file():
        return show_message(
            request, "The source is gone", f"{document.source.path} is not there now.", status=410
        )
    return FileResponse(
        file,
        media_type="application/octet-stream",
        headers={
            "content-disposition": _attachment(file.name),
            "content-security-policy": "sandbox; default-src 'none'",
        },
    )


def _attachment(name: str) -> str:
    plain = re.sub(r"[^\w.-]", "_", name.encode("ascii", "replace").decode())
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
