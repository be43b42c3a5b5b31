"""The terminal: looks from rich, and nothing of a document taken for markup or a command."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from plain_views import render_document_plain, render_plain
from rich.console import Console
from river_letter import LETTER, PASSAGES, Room, span

from docproc.records import Answer, Mention, Scope
from docproc.rendering.terminal import STYLES, render_answer, render_document, screen_for

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def console(*, terminal: bool = True, width: int = 80, encoding: str = "utf-8") -> Console:
    file = io.TextIOWrapper(io.BytesIO(), encoding)
    colours = "standard" if terminal else "auto"
    return Console(
        file=file, force_terminal=terminal, width=width, color_system=colours, _environ={}
    )


def printed(screen: Console) -> str:
    screen.file.seek(0)
    return screen.file.read()


def ask(question: str = "How many lanterns?") -> Answer:
    return Room().ask(question, limit=3, scope=Scope())


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_terminal_shows_the_characters_of_the_pipe(width: int):
    screen = console(width=width)
    for question in ("How many lanterns?", "harbour?", "elephants?"):
        render_answer(ask(question), screen, nearest=True)
    render_document(LETTER, PASSAGES, screen, PASSAGES[0].span)
    plain = [
        render_plain(ask(question), width, nearest=True)
        for question in ("How many lanterns?", "harbour?", "elephants?")
    ]
    plain.append(render_document_plain(LETTER, PASSAGES, PASSAGES[0].span, width))
    assert ESCAPE.sub("", printed(screen)) == "".join(plain)


def test_a_pipe_gets_the_characters_of_the_terminal_and_no_colour(monkeypatch):
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    stream, screen = io.StringIO(), console()
    for each in (screen_for(stream), screen):
        render_answer(ask(), each)
        render_document(LETTER, PASSAGES, each, PASSAGES[0].span)
    assert stream.getvalue() == ESCAPE.sub("", printed(screen))


def test_a_pipe_that_is_to_have_colours_has_them(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = io.StringIO()
    render_answer(ask(), screen_for(stream))
    assert "\x1b[1" in stream.getvalue()


def test_the_answering_sentence_is_bold_and_coloured():
    screen = console()
    render_answer(ask(), screen)
    assert "\x1b[1;35mAll this will cost us 17,500 rubles in gold" in printed(screen)


def test_without_colour_the_sentence_is_still_bold():
    screen = console()
    screen.no_color = True
    render_answer(ask(), screen)
    assert "\x1b[1mAll this will cost us" in printed(screen)
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", printed(screen))


def test_a_pipe_gets_no_escape_at_all():
    screen = console(terminal=False)
    render_answer(ask(), screen)
    assert printed(screen) == render_plain(ask())


def test_brackets_emoji_names_and_numbers_in_a_quotation_stay_as_they_are():
    screen = console()
    answer = ask()
    quote = "[at] 100,000 rubles [bold]and[/bold] :smile: [link=x]y[/] \\[red] 'a' True"
    cited = replace(answer.citations[0], quote=quote, highlights=())
    render_answer(replace(answer, citations=(cited,)), screen)
    assert quote in printed(screen)


def test_escapes_in_a_document_never_reach_the_terminal():
    hostile = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp"
    answer = ask()
    metadata = replace(LETTER.metadata, title=Mention(hostile), sender=Mention(hostile))
    cited = replace(
        answer.citations[0],
        quote=hostile,
        highlights=(),
        metadata=metadata,
        locator=hostile,
        source=replace(LETTER.source, path=hostile),
        reference=replace(answer.citations[0].reference, printed=hostile, archive_now=hostile),
        verified=False,
        verification=hostile,
    )
    searched = replace(answer.searched, scope=hostile)
    screen = console()
    render_answer(replace(answer, citations=(cited,), searched=searched), screen)
    letter = replace(LETTER, text=LETTER.text.replace("barges", hostile[:6]), metadata=metadata)
    render_document(letter, PASSAGES, screen, span("The barges"))
    left = ESCAPE.sub("", printed(screen))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", left)
    assert "<U+001B>]0;owned<U+0007><U+001B>[2J<U+009B>31m<U+202E>gnp" in left.replace("\n    ", "")


def test_a_terminal_that_cannot_write_a_character_gets_its_number():
    screen = console(encoding="ascii")
    render_answer(ask(), screen)
    assert "\\u2713 verbatim" in printed(screen)


def test_every_style_is_one_that_rich_knows():
    for style in STYLES.values():
        console().get_style(style or "none")
