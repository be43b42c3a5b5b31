"""The conversation on a terminal, or over questions that are piped in, one a line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO, TypeAlias

from rich.console import Console

from docproc.chat.commands import WAYS, run_command, turn_view
from docproc.chat.history import ConversationHistory, SavedConversation, resume
from docproc.chat.session import LIMIT, PluggedCommand, Session
from docproc.citing import built_in_style
from docproc.errors import DocprocError, ExitCode, UsageError
from docproc.hooks import CitationStyle
from docproc.records import Answer, StatedDate, Verdict, WrittenAnswer
from docproc.rendering.console import console_for
from docproc.rendering.lines import Piece, wrap
from docproc.rendering.terminal import show
from docproc.rendering.wording import count_phrase, date_phrase
from docproc.store.files.outputs import Outputs
from docproc.text.encoding.damage import replace_surrogates

if TYPE_CHECKING:  # the interface alone: a conversation loads nothing that searches
    from docproc.retrieval.answers.reading_room import ReadingRoom

_MORE = (
    "more",
    "show more",
    "show me more",
    "mehr",
    "zeig mehr",
    "ещё",
    "еще",
    "покажи ещё",
    "más",
)
PLAIN_WORDS = dict.fromkeys(("help", "?", "/?", "/h"), "/help") | dict.fromkeys(_MORE, "/more")
PLAIN_WORDS |= dict.fromkeys(
    ("exit", "quit", "bye", "q", ":q", ":q!", "exit()", "quit()", "/exit", "/q", "/bye"), "/quit"
)
"""What other programs take without a slash: nobody asks documents for it."""

Renew: TypeAlias = "Callable[[], ReadingRoom | None]"


def converse(
    room: ReadingRoom,
    console: Console,
    *,
    limit: int = LIMIT,
    kept: ConversationHistory | None = None,
    resumed: SavedConversation | None = None,
    renew: Renew | None = None,
    styles: Callable[[str], CitationStyle] = built_in_style,
    plugged: Sequence[PluggedCommand] = (),
    more_styles: Sequence[str] = (),
    outputs: Outputs | None = None,
    told: Callable[[Answer, float], None] = lambda *_: None,
    writes: Callable[[Answer], WrittenAnswer | None] | None = None,
    stdin: TextIO | None = None,
    errors: Console | None = None,
) -> ExitCode:
    """Answer questions until there are no more.

    Where both ends are a terminal, questions are typed at a prompt; Ctrl-C cancels a line,
    Ctrl-D ends, and the code is ``DONE``.  Else *stdin* is read, one question or slash command a
    line, each echoed before its answer; the code is then ``DONE`` if all were answered,
    ``NOT_FOUND`` if one was not, or that of the first error.

    Every question and its answer goes into *kept* (in memory only if that is ``None`` or off).
    *resumed* is a conversation to go on from; its last turn is shown as it was saved.

    *styles* finds a citation style by its name; *plugged* are slash commands of plugins,
    *more_styles* the names of their citation styles; *outputs* says where ``/save`` may write;
    *told* is told each answer and the seconds that it took; *writes* has a plugin write one.

    Before each question *renew* is called: the room that it returns, if any, takes the place
    of the one in use, and a line on *errors* (standard error) says so and gives its notice.
    """
    session = Session(room, limit=limit)
    session.kept = kept
    session.styles = styles
    session.plugged = plugged
    session.more_styles = more_styles
    session.outputs = outputs or Outputs()
    session.told = told
    session.writes = writes
    if resumed is not None:
        resume(session, resumed)
    stdin = stdin or sys.stdin
    chat = _Chat(session, console, errors or console_for(sys.stderr), renew)
    if resumed is not None:
        chat.show_resumed(resumed)
    if stdin.isatty() and console.is_terminal:
        return chat.read_keyboard()
    return chat.read_lines(stdin)


class _Chat:
    """The loop between a reader of lines and the two consoles."""

    def __init__(
        self, session: Session, console: Console, errors: Console, renew: Renew | None
    ) -> None:
        self.session = session
        self.console = console
        self.errors = errors
        self.renew = renew
        self.ways = WAYS

    def show_resumed(self, resumed: SavedConversation) -> None:
        """What was resumed, and its last question with the answer as it was saved."""
        turns = self.session.turns
        day = date_phrase(StatedDate("", resumed.saved[:10], "file"))
        said = f"Resumed: {count_phrase(len(turns), 'question')}, saved on {day}."
        if turns:
            said += " Citations are as saved; /open N or /check reads the sources again."
        show([*wrap([Piece(said, "dim")], self.console.width), ()], self.console)
        for turn in turns[-1:]:
            asked = wrap([Piece(turn.question, "title")], self.console.width, [Piece("> ")])
            show([*asked, (), *turn_view(turn, self.console.width, self.ways), ()], self.console)

    def read_keyboard(self) -> ExitCode:
        """Read from the keyboard.  An error costs its question, never the conversation."""
        from docproc.chat.keyboard import Keyboard

        keyboard = Keyboard(self.session)
        if keyboard.trouble:
            self.note(keyboard.trouble)
        hello = "Ask a question; Tab completes names, /help lists commands, Ctrl-D leaves."
        show(wrap([Piece(hello, "dim")], self.console.width), self.console)
        while True:
            try:
                line = keyboard.read()
            except KeyboardInterrupt:
                continue
            except EOFError:
                return ExitCode.DONE
            if not line.strip():
                continue
            try:
                show([()], self.console)
                if self.answer(line) is None:
                    return ExitCode.DONE
            except DocprocError as error:
                self.note(str(error), "warning")
            except KeyboardInterrupt:
                self.note("interrupted", "warning")
            show([()], self.console)

    def read_lines(self, stdin: TextIO) -> ExitCode:
        """Read line by line until the end."""
        worst = ExitCode.DONE
        for line in _lines(stdin):
            show(wrap([Piece(line, "title")], self.console.width, [Piece("> ")]), self.console)
            try:
                code = self.answer(line)
            except DocprocError as error:
                self.note(str(error), "warning")
                code = error.exit_code
            if code is None:
                break
            if worst in (ExitCode.DONE, ExitCode.NOT_FOUND) and code is not ExitCode.DONE:
                worst = code
            show([()], self.console)
        return worst

    def answer(self, line: str) -> ExitCode | None:
        """Answer one question or command; ``None`` is the command to leave."""
        line = PLAIN_WORDS.get(line.strip().casefold(), replace_surrogates(line))
        self.move()
        if line.lstrip().startswith("/"):
            reply = run_command(line, self.session, self.console.width)
            show(reply.lines, self.console)
            self.keep()
            return None if reply.leave else ExitCode.DONE
        self.session.ask(line)
        turn = self.session.turns[-1]
        lines = turn_view(turn, self.console.width, self.ways)
        show(lines, self.console)
        # What is explained once is explained enough.
        if any(piece.style == "elision" for line in lines for piece in line):
            self.ways = replace(self.ways, whole="")
        if turn.understood:
            self.ways = replace(self.ways, typed="")
        self.keep()
        found = turn.answer.verdict is Verdict.ANSWERED
        return ExitCode.DONE if found else ExitCode.NOT_FOUND

    def keep(self) -> None:
        """Keep the conversation so far; where that fails, it is said once."""
        if self.session.kept is None:
            return
        try:
            self.session.kept.keep(self.session)
        except UsageError as error:
            self.note(str(error), "warning")

    def move(self) -> None:
        """Move to a newly published generation, if there is one that can be opened."""
        if self.renew is None:
            return
        try:
            room = self.renew()
        except DocprocError as error:
            self.note(f"still answering from the generation that was opened: {error}", "warning")
            return
        if room is not None and room is not self.session.room:
            self.session.move(room)
            self.note(
                f"The documents were indexed again: generation {room.generation} answers now."
            )
            if room.notice:
                self.note(room.notice)

    def note(self, text: str, style: str = "dim") -> None:
        """One line for the person at the terminal, apart from the results."""
        show(wrap([Piece(text, style)], self.errors.width), self.errors)


def _lines(stdin: TextIO) -> Iterator[str]:
    """The lines of *stdin* that hold something; bytes that are no character are U+FFFD."""
    if isinstance(stdin, TextIOWrapper):
        stdin.reconfigure(errors="replace")
    for line in stdin:
        if line.strip():
            yield line.strip()
