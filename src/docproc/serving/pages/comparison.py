"""The pages that set texts beside one another: alike, nearly the same, a draft and its sources."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

from markupsafe import Markup, escape
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from docproc.checking.report import as_json
from docproc.checking.wording import MARKS
from docproc.citing.written import visible
from docproc.errors import UsageError
from docproc.rendering.wording import headline
from docproc.serving.calls.calls import check_file
from docproc.serving.service.service import library_of, service_of
from docproc.serving.views.citation_view import DOWNLOADS, STYLE_NAMES, citation_view, permalink
from docproc.serving.views.templating import page, show_message
from docproc.text.output import clip

DRAFTS = (".docx", ".odt", ".rtf", ".md", ".txt", ".html", ".htm", ".xml", ".tex")
_WORDS = 6_000
"""Longer documents are compared by their first words: the time grows with the square."""


def show_alike(request: Request) -> Response:
    """The passages of other documents that are most like one."""
    service, library = service_of(request), library_of(request)
    name = request.path_params["name"]
    try:
        citation = library.citation(name)
        found = library.around.similar(citation)
    except UsageError as error:
        return show_message(request, "No such passage", str(error), status=404)
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
        one, other = (
            library.room.lookup.document(request.path_params[n]) for n in ("one", "other")
        )
    except KeyError:
        return show_message(request, "No such document", status=404)
    left, right, share = differences(one.text, other.text)
    sides = [
        {
            "id": each.id,
            "headline": clip(headline(each.metadata, each.source)),
            "path": clip(each.source.path),
            "language": each.metadata.language or "",
            "text": text,
        }
        for each, text in ((one, left), (other, right))
    ]
    context = {"sides": sides, "share": f"{share:.0%}", "cut": max(map(_count, (one, other)))}
    return page(request, "compare.html", "Side by side", context | {"most": _WORDS})


def _count(document: object) -> int:
    return len(getattr(document, "text", "").split())


async def check(request: Request) -> Response:
    """The form that takes a draft; and each of its quotations beside what the archive has."""
    if request.method != "POST":
        return await run_in_threadpool(
            page, request, "check.html", "Check a draft", {"findings": None}, here="check"
        )
    async with request.form(max_files=1, max_fields=2, max_part_size=4_000_000) as form:
        draft = form.get("draft")
        name, data = "pasted.md", str(form.get("text", "")).encode("utf-8", "replace")
        if isinstance(draft, UploadFile) and draft.filename:
            name, data = draft.filename, await draft.read()
    return await run_in_threadpool(_check, request, name, data)


def _check(request: Request, name: str, data: bytes) -> Response:
    suffix = Path(name).suffix.lower()
    if suffix not in DRAFTS:
        raise UsageError(f"a draft is a file of {', '.join(DRAFTS)}; this is {suffix or name!r}")
    if not data.strip():
        raise UsageError("the draft is empty")
    checked = check_file(library_of(request), data, suffix)
    shown = as_json(checked.findings, checked.documents)
    for each in shown["findings"]:
        for part in each["parts"]:
            part["link"] = permalink(part["identifier"])
    context = {
        "name": clip(name, 120),
        "findings": shown["findings"],
        "verdicts": shown["verdicts"],
        "compared_with": shown["compared_with"],
        "marks": {held.value: mark for held, mark in MARKS.items()},
    }
    return page(request, "check.html", f"Checked: {name}", context, here="check")


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
