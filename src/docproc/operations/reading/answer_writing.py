"""Asking the answer writer of the workspace, within its time, and holding it to what it gave."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docproc.checking.writing import attach_quotations, numbered_sentences
from docproc.errors import PluginError, UsageError
from docproc.hooks.specs import WRITE
from docproc.hooks.writing import Written
from docproc.plugins.guards.guarded_extensions import guard_plugin
from docproc.records import Answer
from docproc.records.written import WrittenAnswer

if TYPE_CHECKING:
    from docproc.hooks.writing import AnswerWriter
    from docproc.operations.application import Application


class AnswerWriting:
    """Answers written out by the writer that the configuration chooses."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def check(self) -> None:
        """Raise as ``write`` does where nothing can be written here, before anything is asked."""
        self._choose()

    def write(self, answer: Answer) -> WrittenAnswer | None:
        """What the writer of the workspace makes of *answer*; ``None`` of a refusal.

        Each of its sentences stands on quotations of the citations; no model is asked where
        there are none that were verified.  Raises ``UsageError`` where ``[ask] writer`` names no
        plugin, ``PluginError`` and ``ModelError`` where that fails.
        """
        name, writer = self._choose()
        placed = numbered_sentences(answer)
        if not placed:
            return None
        who = f"{self._application.plugins.offer(WRITE, name).origin}: the writer {name!r}"
        numbered = tuple(each.numbered for each in placed)
        seconds = self._application.workspace.config.ask.writing_seconds
        given = _in_time(who, seconds, lambda: _give(who, writer, answer.question, numbered))
        return attach_quotations(name, given, placed)

    def _choose(self) -> tuple[str, AnswerWriter]:
        plugins, name = self._application.plugins, self._application.workspace.config.ask.writer
        if not name:
            offered = plugins.registry.names(WRITE)
            there = f"there are: {', '.join(offered)}" if offered else "plugins bring one"
            raise UsageError(
                f"no plugin writes answers here: [ask] writer in config.toml names one; {there} "
                "(docs/extending.md)"
            )
        return name, plugins.make(WRITE, name)


def _give(who: str, writer: AnswerWriter, question: str, numbered: Any) -> list[Written]:
    return check_written(who, guard_plugin(who, lambda: writer.write(question, numbered)))


def check_written(who: str, found: object) -> list[Written]:
    """*found*, if it is a sequence of sentences with numbers.  Raises ``PluginError``."""
    if not isinstance(found, Sequence) or isinstance(found, str | bytes):
        raise PluginError(f"{who} broke its contract: it gave {type(found).__name__}, no sentences")
    for each in found:
        if not isinstance(each, Written) or not isinstance(each.words, str):
            raise PluginError(f"{who} broke its contract: {each!r:.80} is no Written")
        if not isinstance(each.sentences, Sequence) or any(
            type(number) is not int for number in each.sentences
        ):
            raise PluginError(f"{who} broke its contract: {each.sentences!r:.80} are no numbers")
    return list(found)


def _in_time(who: str, seconds: float, do: Any) -> list[Written]:
    """What *do* gives within *seconds*; it is left behind where it does not finish."""
    result: list[Any] = []

    def run() -> None:
        try:
            result.append(do())
        except BaseException as error:  # told to the thread that waits
            result.append(error)

    thread = threading.Thread(target=run, name="writer", daemon=True)
    thread.start()
    thread.join(seconds)
    if not result:
        raise PluginError(
            f"{who} did not finish within {seconds:g} seconds ([ask] writing_seconds)"
        )
    if isinstance(result[0], BaseException):
        raise result[0]
    written: list[Written] = result[0]
    return written
