"""A conversation as a file: saved, resumed, and kept as a history.

The file is one JSON object.  ``turns`` hold all that a conversation remembers, and are what
is read back; ``citations`` are theirs in the shape of ``docproc ask --json``, so that
``docproc verify FILE`` re-checks them.

Every conversation of a workspace is kept in ``embeddings/chat``, one file each, unless the
user turns that off: questions belong to the documents they were put to and mean little
beside others, git ignores that folder, and only the owner may read the files.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import field, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from docproc import __version__
from docproc.chat.session import Session
from docproc.chat.turn import Turn
from docproc.dataclass_on_use import dataclass
from docproc.errors import StoreError, UsageError
from docproc.records import Answer, Citation, Scope
from docproc.rendering.json import citation_json
from docproc.store.files.durable import write_atomically
from docproc.store.files.outputs import Outputs
from docproc.text.output import json_text

FORMAT = 1
AS_SAVED = "as saved, not checked since"
"""How a citation stands that was read from a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedConversation:
    """What the file holds; ``began`` and ``saved`` are UTC, ISO 8601, to the second."""

    conversation: int = FORMAT
    docproc: str = __version__
    began: str
    saved: str
    generation: str
    scope: Scope
    since: int = 0
    turns: tuple[Turn, ...]


def now() -> str:
    """The time, UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def save_session(session: Session) -> SavedConversation:
    """The conversation so far."""
    return SavedConversation(
        began=session.began,
        saved=now(),
        generation=session.room.generation,
        scope=session.scope,
        since=session.since,
        turns=tuple(session.turns),
    )


def as_json(conversation: SavedConversation) -> bytes:
    """*conversation* as a JSON object, indented."""
    value = msgspec.to_builtins(conversation)
    cited = [citation for turn in conversation.turns for citation in turn.answer.citations]
    value["citations"] = [citation_json(citation) for citation in cited]
    return json_text(value, indent=1).encode() + b"\n"


def read_conversation(path: Path) -> SavedConversation:
    """The conversation in the file at *path*, its citations unchecked.  Raises ``UsageError``."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=SavedConversation)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        only = "; Markdown is for reading only" if path.suffix == ".md" else ""
        raise UsageError(f"{path}: not a conversation that /save wrote{only}: {error}") from None
    if found.conversation != FORMAT:
        raise UsageError(
            f"{path}: written in format {found.conversation}, but this docproc reads format "
            f"{FORMAT}: use docproc {found.docproc}"
        )
    turns = (replace(turn, answer=_leave_unchecked(turn.answer)) for turn in found.turns)
    return replace(found, turns=tuple(turns))


def resume(session: Session, conversation: SavedConversation) -> None:
    """Go on in *session* from where *conversation* was left."""
    session.began = conversation.began
    session.scope = conversation.scope
    session.since = conversation.since
    session.turns = list(conversation.turns)
    session.move(session.room)


def write_new(
    path: Path, data: bytes, *, over: bool = False, outputs: Outputs | None = None
) -> None:
    """Write *data* to *path*, whole or not at all, for its owner alone to read.

    Raises ``UsageError`` where that cannot be done, *outputs* forbid it, or, unless *over*,
    there is such a file.
    """
    try:
        replace(outputs or Outputs(), force=over).write(path, data, mode=0o600)
    except UsageError as error:
        raise UsageError(str(error).removesuffix(", or say --force")) from None


@dataclass
class ConversationHistory:
    """The history of a workspace's conversations: one file each in *folder*, while *on*.

    ``typed`` is the file of the lines typed, for the arrow keys; ``file`` is this
    conversation's own.
    """

    folder: Path
    on: bool = True
    file: Path | None = field(default=None)

    @property
    def typed(self) -> Path:
        """The file of the lines that were typed."""
        return self.folder / "typed"

    def keep(self, session: Session) -> None:
        """Write the conversation so far, if it is on and there is something to write.

        Raises ``UsageError`` where that cannot be done; and is off from then on.
        """
        if not self.on or not session.turns:
            return
        if self.file is None:
            stamp = session.began.replace("-", "").replace(":", "")
            self.file = self.folder / f"{stamp}-{os.getpid()}.json"
        try:
            write_atomically(self.file, as_json(save_session(session)), mode=0o600)
        except StoreError as error:
            self.on = False
            raise UsageError(f"this conversation is no longer kept: {error}") from None

    def latest(self) -> Path:
        """The conversation that was kept last.  Raises ``UsageError`` if there is none."""
        found = sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        if not found:
            raise UsageError("no conversation was kept here; name a file that /save wrote")
        return found[-1]


def _leave_unchecked(answer: Answer) -> Answer:
    return replace(answer, citations=_as_saved(answer.citations), nearest=_as_saved(answer.nearest))


def _as_saved(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple(replace(c, verified=False, verification=AS_SAVED) for c in citations)
