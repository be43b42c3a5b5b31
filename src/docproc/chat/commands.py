"""The slash commands of the conversation: one table, and what each answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from docproc.chat.export import as_markdown
from docproc.chat.history import as_json, save_session, write_new
from docproc.chat.scope_words import SAYABLE
from docproc.chat.session import Session
from docproc.chat.thresholds import THRESHOLDS
from docproc.chat.turn import Turn
from docproc.citing import STYLES
from docproc.citing.written import visible
from docproc.dataclass_on_use import dataclass
from docproc.errors import UsageError, nearest
from docproc.rendering.answer_view import (
    NEAREST,
    NextCommands,
    answer_view,
    citations_view,
    elision_hint,
)
from docproc.rendering.document_view import document_view
from docproc.rendering.explanation_view import explanation_view
from docproc.rendering.lines import Line, Piece, columns, running_width, wrap
from docproc.rendering.wording import count_phrase, describe_check, headline
from docproc.text.output import clip

WAYS = NextCommands(
    whole="/open N shows the passage in its document",
    nearest="/more",
    typed="/forget asks it as typed",
)
"""How an answer in a conversation says one gets at more."""


@dataclass(frozen=True, slots=True)
class CommandReply:
    """What a command answers, in lines; ``leave`` ends the conversation."""

    lines: list[Line]
    leave: bool = False


@dataclass(frozen=True, slots=True)
class CommandCall:
    """One use of a command: the conversation, the words after the name, the width in cells."""

    session: Session
    argument: str
    width: int

    @property
    def number(self) -> int:
        """The citation that is meant: the first where none is named.  Raises ``UsageError``."""
        if not self.argument:
            return 1
        if not self.argument.isdecimal():
            raise UsageError(f"this takes the number of a citation, such as 1: {self.argument!r}")
        return int(self.argument)


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """One slash command: its name without the slash, what follows it, what it is for."""

    name: str
    argument: str
    help: str
    run: Callable[[CommandCall], CommandReply]


def run_command(line: str, session: Session, width: int) -> CommandReply:
    """Run the command in *line*, after ``/``.  Raises ``UsageError`` with the nearest name."""
    name, _, argument = line.strip().partition(" ")
    table = {f"/{command.name}": command for command in available(session)}
    command = table.get(name.casefold())
    if command is None:
        raise UsageError(
            f"no command {name}{nearest(name.casefold(), table)}; there are: {', '.join(table)}"
        )
    return command.run(CommandCall(session, argument.strip(), running_width(width)))


def available(session: Session) -> tuple[SlashCommand, ...]:
    """Docproc's own commands, and those of plugins."""
    plugged = (SlashCommand(p.name, "", p.summary, _run_plugin(p.run)) for p in session.plugged)
    return (*COMMANDS, *plugged)


def _run_plugin(run: Callable[[str, Session], str]) -> Callable[[CommandCall], CommandReply]:
    """What a plugin's command says, line by line, with nothing that could command a terminal."""

    def reply(call: CommandCall) -> CommandReply:
        text = visible(run(call.argument, call.session))
        lines: list[Line] = []
        for line in text.splitlines():
            lines += wrap([Piece(line)], call.width) if line.strip() else [()]
        return CommandReply(lines)

    return reply


def _help(call: CommandCall) -> CommandReply:
    lines: list[Line] = []
    for command in available(call.session):
        usage = f"/{command.name} {command.argument}".strip()
        more = call.session.more_styles if command.name == "cite" else ()
        about = [Piece(", ".join((command.help, *more)))]
        lines += columns(usage, about, call.width, THRESHOLDS.labels)
    last = [Piece("Anything else is a question. Ctrl-D leaves.", "dim")]
    return CommandReply([*lines, (), *wrap(last, call.width)])


def _open(call: CommandCall) -> CommandReply:
    number, _, extent = call.argument.partition(" ")
    if extent.strip() not in ("", "all"):
        raise UsageError(f"after its number /open takes only 'all': /open {number} all")
    rank = replace(call, argument=number).number
    stood = describe_check(call.session.citation(rank))
    opened = call.session.open(rank)
    stands = describe_check(call.session.citation(rank))
    lines = document_view(
        opened.document,
        opened.passages,
        call.width,
        mark=opened.mark,
        highlights=opened.highlights,
        around=None if extent else THRESHOLDS.around,
    )
    if any(piece.style == "cut" for line in lines for piece in line):
        lines += [(), (Piece(f"/open {number or 1} all shows the whole document.", "dim"),)]
    if stands != stood:
        now, style = stands
        lines += [(), *wrap([Piece("Checked again: "), Piece(now, style)], call.width)]
    return CommandReply(lines)


def _cite(call: CommandCall) -> CommandReply:
    """Lines whatever their length: the terminal may wrap them, and they are pasted whole."""
    number, _, style = call.argument.partition(" ")
    if number and not number.isdecimal() and not style:
        number, style = "", number
    text = call.session.cite(replace(call, argument=number).number, style.strip() or "plain")
    return CommandReply([(Piece(line),) for line in visible(text).splitlines()])


def _more(call: CommandCall) -> CommandReply:
    session = call.session
    citations = session.more()
    lines: list[Line] = []
    if not citations and not session.turns[-1].answer.citations and session.citations:
        citations = session.citations
        lines = [*wrap([Piece(NEAREST, "dim")], call.width), ()]
    if not citations:
        return CommandReply(wrap([Piece("No more passages answer this question.")], call.width))
    lines += citations_view(citations, call.width)
    return CommandReply(lines + elision_hint(lines, WAYS, call.width))


def _scope(call: CommandCall) -> CommandReply:
    session = call.session
    if call.argument:
        session.set_scope(call.argument)
    text = f"Scope: {session.describe_scope()}."
    if not call.argument:
        text += f" {SAYABLE}"
    return CommandReply(wrap([Piece(text)], call.width))


def _forget(call: CommandCall) -> CommandReply:
    turn = call.session.forget()
    if turn is None:
        return CommandReply(wrap([Piece("The next question stands by itself.")], call.width))
    return CommandReply(turn_view(turn, call.width, WAYS))


def _why(call: CommandCall) -> CommandReply:
    session = call.session
    citation = session.citation(call.number)
    turn = session.turns[-1]
    behind = session.room.explanation.behind(citation)
    lines = explanation_view(citation, turn.answer.searched, behind, call.width, turn.understood)
    if turn.answer.searched.generation != session.room.generation:
        lines += wrap(
            [Piece("This generation answers now; another one answered then.")], call.width
        )
    return CommandReply(lines)


def _check(call: CommandCall) -> CommandReply:
    session = call.session
    every = [citation.rank for citation in session.citations] or [1]
    lines: list[Line] = []
    for number in [call.number] if call.argument else every:
        citation = session.recheck(number)
        mark, style = describe_check(citation)
        name = f"{headline(citation.metadata, citation.source)}, {citation.locator}: "
        lines += wrap([Piece(name), Piece(mark, style)], call.width, [Piece(f"{number:>2}  ")])
    return CommandReply(lines)


def _mentions(call: CommandCall) -> CommandReply:
    """Every passage within the scope that names something, by date; the first of very many."""
    if not call.argument:
        raise UsageError("this takes a name or a word: /mentions Orlova")
    from docproc.browsing.mention_table import mention_rows, summary
    from docproc.retrieval.answers.mentions import mentions

    session = call.session
    found = mentions(session.room.opened, call.argument, session.scope)
    lines: list[Line] = wrap([Piece(f"{summary(found)}.")], call.width)
    shown = found.mentions[: THRESHOLDS.mentioned]
    for date, document, where, _, passage, *_ in mention_rows(shown):
        name = ", ".join(filter(None, (date, document, where)))
        lines += [(), *wrap([Piece(name, "title")], call.width)]
        excerpt = clip(" ".join(passage.split()), THRESHOLDS.excerpt)
        lines += wrap([Piece(f"“{excerpt}”")], call.width)
    more = len(found.mentions) - len(shown)
    if more > 0:
        text = (
            f"{count_phrase(more, 'more passage')}: docproc mentions prints all, --csv as a table."
        )
        lines += [(), *wrap([Piece(text, "dim")], call.width)]
    return CommandReply(lines)


def _write(call: CommandCall) -> CommandReply:
    written = call.session.write()
    if written is None:
        text = "A refusal is not written up: no verified quotation could support it."
        return CommandReply(wrap([Piece(text)], call.width))
    from docproc.rendering.written_view import written_view

    return CommandReply(written_view(written, call.width))


def _save(call: CommandCall) -> CommandReply:
    session = call.session
    if not session.turns:
        raise UsageError("there is nothing to save yet: ask a question first")
    stamp = session.began.strip("Z").replace(":", "").replace("T", "-")
    path = Path(call.argument).expanduser() if call.argument else Path(f"conversation-{stamp}.json")
    conversation = save_session(session)
    reading = path.suffix.lower() in (".md", ".markdown")
    data = as_markdown(conversation).encode() if reading else as_json(conversation)
    write_new(path, data, over=path in session.saved_as, outputs=session.outputs)
    session.saved_as.add(path)
    way = "" if reading else f" `docproc chat --resume {path}` goes on from it."
    text = f"{count_phrase(len(session.turns), 'question')} saved in {path}.{way}"
    return CommandReply(wrap([Piece(text)], call.width))


def _history(call: CommandCall) -> CommandReply:
    kept = call.session.kept
    if kept is None:
        return CommandReply(wrap([Piece("This conversation is not kept.")], call.width))
    if call.argument not in ("", "on", "off"):
        raise UsageError(f"/history takes on or off: {call.argument!r}")
    if call.argument:
        kept.on = call.argument == "on"
        kept.keep(call.session)
    if kept.on:
        text = f"Every question and its answer is kept in {kept.folder}; /history off ends that."
    elif kept.file:
        text = f"Nothing more is kept. What was kept until now stays in {kept.file}."
    else:
        text = "Nothing is kept; /history on keeps this conversation."
    return CommandReply(wrap([Piece(text)], call.width))


def _quit(_: CommandCall) -> CommandReply:
    return CommandReply([], leave=True)


COMMANDS: tuple[SlashCommand, ...] = (
    SlashCommand("help", "", "these lines", _help),
    SlashCommand("open", "N [all]", "citation N in its document; all: in the whole of it", _open),
    SlashCommand("cite", "N [STYLE]", f"citation N, to paste. Styles: {', '.join(STYLES)}", _cite),
    SlashCommand("more", "", "the next passages; after a refusal, the nearest ones", _more),
    SlashCommand("scope", "[WORDS]", f"where questions go. {SAYABLE}", _scope),
    SlashCommand(
        "forget", "", "the last question as it was typed; the next stands by itself", _forget
    ),
    SlashCommand("why", "N", "what each signal gave citation N, and which words matched", _why),
    SlashCommand(
        "mentions", "NAME", "every passage that names it, by date, and how many", _mentions
    ),
    SlashCommand(
        "check", "[N]", "check the citations, or citation N, against the sources again", _check
    ),
    SlashCommand(
        "write", "", "the answer written by the plugin in [ask] writer, on its quotations", _write
    ),
    SlashCommand(
        "save", "[FILE]", "this conversation in FILE: JSON, or Markdown for FILE.md", _save
    ),
    SlashCommand(
        "history", "[on|off]", "whether this conversation is kept in the workspace", _history
    ),
    SlashCommand("quit", "", "leave", _quit),
)


def turn_view(turn: Turn, width: int, ways: NextCommands) -> list[Line]:
    """*turn* as lines of *width* cells, with how and where its question was completed."""
    if not turn.understood:
        return answer_view(turn.answer, width, ways=ways)
    width = running_width(width)
    undo = f" ({ways.typed})" if ways.typed else ""
    said = wrap([Piece(f"{turn.said}{undo}", "dim")], width)
    return [*said, (), *answer_view(turn.answer, width, ways=ways, scope_said=True)]
