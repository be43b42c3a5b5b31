"""Answers and documents as plain text: what the views give, without a terminal's looks."""

from docproc.rendering.answer_view import answer_view
from docproc.rendering.document_view import document_view
from docproc.rendering.lines import plain


def render_plain(answer, width=80, **shown):
    return plain(answer_view(answer, width, **shown))


def render_document_plain(document, passages, mark=None, width=80):
    return plain(document_view(document, passages, width, mark=mark))
