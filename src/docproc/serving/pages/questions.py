"""The page of questions: an answer or a refusal, and the conversation that it stands in.

The address holds the whole conversation, so that it can be kept, sent and opened again.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from docproc.errors import UsageError
from docproc.records import Answer, Verdict
from docproc.rendering.answer_view import searched_phrase
from docproc.rendering.wording import headline, not_read_phrase
from docproc.serving.service.conversations import AskedQuestions
from docproc.serving.service.service import library_of, service_of
from docproc.serving.views.citation_view import DOWNLOADS, STYLE_NAMES, citation_view
from docproc.serving.views.templating import page, parse_number
from docproc.text.output import clip
from docproc.text.words import count_phrase

QUESTIONS = 12
"""How many questions one conversation holds; of a longer one, the last."""
LONGEST = 2_000
_MOST = 50
_TURNS = anyio.CapacityLimiter(2)
"""Of many readers, so many are answered at once, in the order in which they came: threads share one
core, and all who are answered at once wait for the last of them."""


async def ask(request: Request) -> Response:
    """Answer the questions that the address holds, when it is their turn."""
    return await anyio.to_thread.run_sync(_ask, request, limiter=_TURNS)


def _ask(request: Request) -> Response:
    """Answer the questions that the address holds; all but the last are the conversation so far."""
    service = service_of(request)
    query = request.query_params
    questions = [" ".join(each.split()) for each in query.getlist("q") if each.strip()]
    if not questions:
        return RedirectResponse("/", 303)
    if any(len(each) > LONGEST for each in questions):
        raise UsageError(f"a question may have at most {LONGEST:,} characters")
    limit = min(parse_number(query.get("limit"), 0), _MOST)
    asked = AskedQuestions(
        questions=tuple(questions[-QUESTIONS:]),
        typed=frozenset(filter(None, (parse_number(each, 0) for each in query.getlist("typed")))),
        scope=query.get("scope", "").strip(),
        limit=limit,
    )
    full = query.get("full") == "1"
    turns = service.converse(library_of(request), asked)
    shown = [_turn(request, asked, number, turn, full=full) for number, turn in enumerate(turns)]
    context = {
        "turns": shown,
        "scope": asked.scope,
        "kept": [pair for pair in asked.as_query() if pair[0] != "scope"],
        "large_question": True,
        "style_names": STYLE_NAMES,
        "downloads": DOWNLOADS,
    }
    return page(request, "ask.html", questions[-1], context, here="ask")


def _turn(
    request: Request, asked: AskedQuestions, number: int, turn: Any, *, full: bool
) -> dict[str, Any]:
    service = service_of(request)
    answer: Answer = turn.answer
    last = number == len(asked.questions) - 1
    answered = answer.verdict is Verdict.ANSWERED
    citations = answer.citations if answered else answer.nearest
    views = [citation_view(each, service.cite, full=full) for each in citations]
    here = asked.as_query()
    more = (asked.limit or service.limit) + service.limit
    can_more = last and answered and more <= _MOST and len(answer.citations) >= asked.limit
    can_undo = bool(turn.said) and number + 1 not in asked.typed
    exported = [("question", turn.searched or turn.question), ("scope", asked.scope)]
    return {
        "question": clip(turn.question, 600),
        "understood": clip(turn.said, 600),
        "undo": f"/ask?{urlencode([*here, ('typed', number + 1)])}" if can_undo else "",
        "remarks": [clip(each, 400) for each in answer.remarks],
        "total": count_phrase(answer.total, "document") if answer.total is not None else "",
        "not_read": clip(not_read_phrase(answer.searched.not_read), 300),
        "answered": answered,
        "citations": views,
        "searched": f"Searched {searched_phrase(answer.searched)}.",
        "scoped": bool(answer.searched.scope),
        "gap": _gap(answer),
        "more": f"/ask?{urlencode([*here, ('limit', more)])}" if can_more else "",
        "elided": not full and any("elision" in view.quote for view in views),
        "whole": f"/ask?{urlencode([*here, ('full', '1')])}",
        "export": f"/api/v1/ask?{urlencode([pair for pair in exported if pair[1]])}",
        "keep": f"/dossiers/keep?{urlencode([('q', exported[0][1]), *exported[1:]])}",
    }


def _gap(answer: Answer) -> str:
    """How near the nearest passage came, against which floor."""
    if answer.verdict is Verdict.ANSWERED or not answer.nearest:
        return ""
    searched, best = answer.searched, answer.nearest[0]
    gap = searched.floor - searched.best
    digits = 2 if gap >= 0.01 else 4
    said = f"Nearest: {clip(headline(best.metadata, best.source), 160)}, {best.locator}"
    if gap <= 0:
        return f"{said}."
    return (
        f"{said}; it scored {searched.best:.{digits}f}, {gap:.{digits}f} below the floor of "
        f"{searched.floor:.{digits}f}."
    )
