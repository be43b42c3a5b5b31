"""The pages that set passages and documents beside one another: alike, and nearly the same."""

from __future__ import annotations

from difflib import SequenceMatcher

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from docproc.citing.written import visible
from docproc.errors import UsageError
from docproc.rendering.wording import headline
from docproc.serving.citation_view import DOWNLOADS, STYLE_NAMES, citation_view
from docproc.serving.service import library_of, service_of
from docproc.serving.templating import page, told
from docproc.serving.typesetting import clipped

_WORDS = 6_000
"""Longer documents are compared by their first words: the time grows with the square."""


def alike(request: Request) -> Response:
    """The passages of other documents that are most like one."""
    service, library = service_of(request), library_of(request)
    name = request.path_params["name"]
    try:
        citation = library.citation(name)
        found = library.alike(name)
    except UsageError as error:
        return told(request, "No such passage", str(error), status=404)
    context = {
        "own": citation_view(citation, service.cite),
        "views": [citation_view(each, service.cite) for each in found],
        "style_names": STYLE_NAMES,
        "downloads": DOWNLOADS,
    }
    return page(request, "alike.html", "More like this", context)


def compare(request: Request) -> Response:
    """Two documents side by side, with what is not in the other marked."""
    library = library_of(request)
    try:
        one, other = (library.room.document(request.path_params[n]) for n in ("one", "other"))
    except KeyError:
        return told(request, "No such document", status=404)
    left, right, share = differences(one.text, other.text)
    sides = [
        {
            "id": each.id,
            "headline": clipped(headline(each.metadata, each.source)),
            "path": clipped(each.source.path),
            "language": each.metadata.language or "",
            "text": text,
        }
        for each, text in ((one, left), (other, right))
    ]
    context = {"sides": sides, "share": f"{share:.0%}", "cut": max(map(_count, (one, other)))}
    return page(request, "compare.html", "Side by side", context | {"most": _WORDS})


def _count(document: object) -> int:
    return len(getattr(document, "text", "").split())


def differences(one: str, other: str) -> tuple[Markup, Markup, float]:
    """Both texts, the words that the other has not marked; and the share in common, 0 to 1."""
    words = [text.split()[:_WORDS] for text in (one, other)]
    matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
    written: tuple[list[str], list[str]] = ([], [])
    for kind, a, b, c, d in matcher.get_opcodes():
        for side, (start, end) in enumerate(((a, b), (c, d))):
            said = escape(visible(" ".join(words[side][start:end])))
            if said:
                written[side].append(str(said) if kind == "equal" else f"<mark>{said}</mark>")
    left, right = (Markup(" ".join(each)) for each in written)  # noqa: S704 - escaped above
    return left, right, matcher.ratio()
