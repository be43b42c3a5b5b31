"""One visit to one source: what it names is fetched, kept and told."""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from docproc.dataclass_on_use import dataclass
from docproc.errors import PluginError, SourceError, TryLater
from docproc.hooks.fetching import Fetched, Item, Reached, Source, Whole, Withdrawn
from docproc.records import Unread
from docproc.store.files.durable import remove_file, writing
from docproc.store.files.folders import Folder
from docproc.store.files.mirror import SEEN, STATE, Mirror, Record
from docproc.workspace.links import is_link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from docproc.fetching.web import Web


class State(msgspec.Struct, frozen=True, kw_only=True):
    """``asked`` is a digest of what was asked for, with which all of this stands and falls.

    ``began`` is when the visit under way began, ``""`` where none is, and ``cursor`` how far it
    has come; ``since`` is when the last one began that was finished.
    """

    asked: str
    began: str = ""
    cursor: str = ""
    since: str = ""


def read_state(folder: Path, asked: str) -> State:
    """The state of the mirror in *folder*; a fresh one where something else was asked for then."""
    path = folder / STATE
    try:
        if not is_link(path):
            state = msgspec.json.decode(path.read_bytes(), type=State)
            if state.asked == asked:
                return state
    except (OSError, ValueError):
        pass
    return State(asked=asked)


def read_seen(folder: Path) -> set[str]:
    """The keys that the visit under way has named before it was stopped."""
    path = folder / SEEN
    seen: set[str] = set()
    with contextlib.suppress(OSError):
        if not is_link(path):
            for line in path.read_bytes().splitlines():
                with contextlib.suppress(ValueError):  # the last line of a run that was killed
                    seen.add(msgspec.json.decode(line, type=str))
    return seen


def add_seen(folder: Path, keys: list[str]) -> None:
    """Keep that *keys* were named.  Raises ``StoreError``."""
    if not keys:
        return
    lines = b"".join(msgspec.json.encode(key) + b"\n" for key in keys)
    with writing(folder / SEEN), Folder(folder) as opened:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        with os.fdopen(opened.open(SEEN, flags), "ab") as file:
            file.write(lines)


def forget_seen(folder: Path) -> None:
    """A visit is over, or begins."""
    with writing(folder / SEEN):
        remove_file(folder / SEEN)


_FAILURES_IN_A_ROW = 10
"""So many items that cannot be fetched, one after the other, end a visit for now."""
_KEPT_OF_ABOUT = 10_000
"""Characters of one value of what a source says of a document."""


class GuardedCalls(Protocol):
    """Calls a step of the plugin; whatever it raises is its own failure, by name."""

    def __call__(self, step: Callable[[], Any]) -> Any: ...


@dataclass(slots=True)
class FetchReport:
    """How a visit went, by the paths of the files in the workspace.

    ``gone`` are those that the source has no more, each with its words for it; ``failed`` what
    could not be fetched, with the cause.  ``stopped`` says why it is not finished, if so.
    """

    name: str
    uses: str
    folder: str
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    unchanged: int = 0
    gone: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    bytes: int = 0
    stopped: str = ""
    resumed: bool = False

    def summary(self) -> str:
        """One line for a person."""
        counts = (
            (len(self.new), "new"),
            (len(self.changed), "changed"),
            (len(self.described), "described otherwise"),
            (self.unchanged, "unchanged"),
            (len(self.gone), "no longer there (the files stay)"),
            (len(self.failed), "not fetched"),
        )
        words = ", ".join(f"{number:,} {what}" for number, what in counts if number)
        return f"{self.name}: {words or 'nothing there'}, in {self.folder}"

    @property
    def fresh(self) -> bool:
        """Whether there is something to index."""
        return bool(self.new or self.changed or self.described)

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return {
            "name": self.name,
            "uses": self.uses,
            "folder": self.folder,
            "new": self.new,
            "changed": self.changed,
            "described": self.described,
            "unchanged": self.unchanged,
            "gone": [{"path": path, "why": why} for path, why in self.gone],
            "failed": [{"what": what, "cause": cause} for what, cause in self.failed],
            "bytes": self.bytes,
            "resumed": self.resumed,
            "stopped": self.stopped or None,
        }


class Finished:
    """Stands for the end of what a source yields."""


@dataclass
class _Visit:
    """What the plugin is handed."""

    web: Web
    cursor: str
    since: str

    def get(self, address: str, *, robots: bool = True) -> Fetched:
        return self.web.get(address, robots=robots)


@dataclass
class Fetch:
    """A visit: of *source*, called *who* in messages, into *mirror*.

    *asked* says what is asked for, as a digest; *within* is the path of the mirror in the
    workspace.  No file is larger than *most_bytes*, and all of a visit no more than *most_in_all*.
    """

    source: Source
    who: str
    asks: GuardedCalls
    mirror: Mirror
    web: Web
    asked: str
    within: str
    report: FetchReport
    most_bytes: int
    most_in_all: int
    say: Callable[[str], None] = lambda _: None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    restart: bool = False
    _in_a_row: int = 0

    def run(self) -> FetchReport:
        """Carry the visit out, on from where one was stopped.

        Raises ``TryLater`` where the source gives nothing for now, ``PluginError``,
        ``SourceError`` and ``StoreError``: what was fetched is kept, and the report says so.
        """
        folder = self.mirror.folder
        state = State(asked=self.asked) if self.restart else read_state(folder, self.asked)
        self.report.resumed = bool(state.cursor)
        if state.began and state.cursor:
            seen = read_seen(folder)
        else:
            forget_seen(folder)
            seen, state = set(), msgspec.structs.replace(state, began=self._time(), cursor="")
        try:
            self._go_through(state, seen)
        except (TryLater, SourceError) as error:
            self.report.stopped = str(error)
            raise
        return self.report

    def _go_through(self, state: State, seen: set[str]) -> None:
        folder, whole = self.mirror.folder, False
        named: dict[str, None] = {}  # since the last cursor
        for found in self._found(_Visit(self.web, state.cursor, state.since)):
            whole = isinstance(found, Whole)
            if isinstance(found, Item):
                if found.key in named:
                    raise self._broke(f"it names {found.key[:80]!r} twice")
                named[found.key] = None
                seen.add(found.key)
                self._take(found)
            elif isinstance(found, Withdrawn):
                self._tell_gone(found.key, found.why or "the source says so")
            elif isinstance(found, Reached):
                if found.cursor == state.cursor and found.cursor:
                    raise SourceError(
                        f"{self.who}: it makes no progress: cursor {found.cursor[:80]!r} again"
                    )
                add_seen(folder, list(named))
                named = {}
                state = msgspec.structs.replace(state, cursor=found.cursor)
                self.mirror.write_state(state)
            elif isinstance(found, Unread):
                self.report.failed.append((found.where, found.cause))
        if whole:
            for key in [key for key in self.mirror.held if key not in seen]:
                self._tell_gone(key, "it is no longer named")
        self.mirror.write_state(State(asked=state.asked, since=state.began))
        forget_seen(folder)

    def _found(self, visit: _Visit) -> Iterator[Any]:
        """What the plugin yields, each held to its contract."""
        yielded = self.asks(lambda: iter(self.source.items(visit)))
        end = Finished()
        while (found := self.asks(lambda: next(yielded, end))) is not end:
            wrong = find_item_error(found)
            if wrong:
                raise self._broke(wrong)
            yield found

    def _take(self, item: Item) -> None:
        mirror, key = self.mirror, item.key
        about = tuple((name, value[:_KEPT_OF_ABOUT]) for name, value in item.about)
        held = mirror.held.get(key)
        if held and mirror.version(key) == item.version:
            known = held.record
            if known.gone:
                known = msgspec.structs.replace(known, gone="", why="")
            if (known.address, known.about) != (item.address, about):
                known = msgspec.structs.replace(known, address=item.address, about=about)
                self.report.described.append(self._path(held.path))
            else:
                self.report.unchanged += 1
            if known != held.record:
                mirror.tell_again(key, known)
            return
        path = mirror.path_for(key, item.name)
        try:
            data = self.asks(item.content)
            if not isinstance(data, bytes):
                raise self._broke(
                    f"the content of {key[:80]!r} is {type(data).__name__}, not bytes"
                )
            if len(data) > self.most_bytes:
                raise SourceError(f"it is larger than {self.most_bytes / 1e6:g} MB")
            if self.report.bytes + len(data) > self.most_in_all:
                raise TryLater(
                    f"{self.most_in_all / 1e6:g} MB were fetched (max_megabytes): what was fetched "
                    "is kept, and the next `docproc fetch` goes on"
                )
            record = Record(
                source=mirror.name,
                key=key,
                version=item.version,
                address=item.address,
                fetched=self._time(),
                sha256=hashlib.sha256(data).hexdigest(),
                size=len(data),
                about=about,
            )
            mirror.keep(path, data, record)
        except SourceError as error:
            self.report.failed.append((item.address, str(error)))
            self._in_a_row += 1
            if self._in_a_row >= _FAILURES_IN_A_ROW:
                raise TryLater(
                    f"{self._in_a_row} files in a row could not be fetched, the last one because "
                    f"{error}: what was fetched is kept, and the next `docproc fetch` goes on"
                ) from None
            return
        self._in_a_row = 0
        self.report.bytes += len(data)
        (self.report.changed if held else self.report.new).append(self._path(path))
        self.say(f"{self._path(path)} from {item.address}")

    def _tell_gone(self, key: str, why: str) -> None:
        held = self.mirror.held.get(key)
        if held is None or held.record.gone:
            return
        record = msgspec.structs.replace(held.record, gone=self._time(), why=why)
        self.mirror.tell_again(key, record)
        self.report.gone.append((self._path(held.path), why))

    def _path(self, path: str) -> str:
        return f"{self.within}/{path}"

    def _time(self) -> str:
        return self.now().strftime("%Y-%m-%dT%H:%M:%SZ")

    def _broke(self, how: str) -> PluginError:
        return PluginError(f"{self.who} broke its contract: {how}")


_FIELDS = {
    Item: ("key", "name", "address", "version"),
    Withdrawn: ("key", "why"),
    Reached: ("cursor",),
    Unread: ("where", "cause"),
    Whole: (),
}


def find_item_error(found: Any) -> str | None:
    """What of *found* is not as its contract has it, in words."""
    kind = type(found)
    if kind not in _FIELDS:
        return f"it yields {kind.__name__}, not an Item, Withdrawn, Reached, Whole or Unread"
    for name in _FIELDS[kind]:
        value = getattr(found, name)
        if not isinstance(value, str):
            return f"{kind.__name__}.{name} is {type(value).__name__}, not str"
        try:
            value.encode()
        except UnicodeEncodeError:
            return f"{kind.__name__}.{name} holds half a character"
    if isinstance(found, Item):
        empty = [name for name in ("key", "address", "version") if not getattr(found, name).strip()]
        if empty:
            return f"Item.{empty[0]} is empty"
        if not callable(found.content):
            return "Item.content cannot be called"
        if not isinstance(found.about, tuple) or not all(map(_is_pair, found.about)):
            return "Item.about is no tuple of pairs of texts"
    return None


def _is_pair(given: object) -> bool:
    return (
        isinstance(given, tuple)
        and len(given) == 2
        and all(
            isinstance(each, str) and each == each.encode("utf-8", "ignore").decode()
            for each in given
        )
    )
