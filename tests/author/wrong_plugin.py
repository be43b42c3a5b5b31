"""Mistakes that a type checker must find: every line that ends in a comment ``# wrong``."""

from __future__ import annotations

from collections.abc import Sequence

import docproc.hooks
from docproc.hooks import (
    Candidate,
    Conversation,
    DocumentParsed,
    Observer,
    OutputFormat,
    Parser,
    Registration,
    Setting,
    Signal,
    hookimpl,
)
from docproc.records import Answer, Document, SourceFile, Span

print(docproc.hooks.Nonsense)  # wrong


class Bytes:
    def confidence(self, source: SourceFile, head: str) -> float:
        return 1.0

    def parse(self, source: SourceFile, data: bytes) -> list[str]:
        return [data.decode()]


class Log(Observer):
    def document_parsed(self, event: DocumentParsed, more: int, /) -> None:  # wrong
        print(event.dokument)  # wrong


class Words:
    def score(self, question: str, candidates: Sequence[Candidate]) -> str:
        return question


class Format:
    def render(self, answer: Answer) -> bytes:
        return answer.question  # wrong


class Count:
    def run(self, argument: str, conversation: Conversation) -> str:
        return conversation.answers[0]  # wrong


@hookimpl
def docproc_parsers() -> Sequence[Registration]:
    setting = Setting("loud", object(), "Says.")  # wrong
    return [Registration(7, Bytes, settings=(setting,))]  # wrong


parser: Parser = Bytes()  # wrong
signal: Signal = Words()  # wrong
output: OutputFormat = Format()  # wrong
document = Document(text="a")  # wrong
Span(0, 1).start = 2  # wrong
