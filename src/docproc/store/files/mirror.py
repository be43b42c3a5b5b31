"""Mirrored folders: files fetched from elsewhere, each with a record of its own beside it.

The record of ``1921/letter.xml`` is ``1921/.letter.xml.origin.json``: where the file came from,
when, and its checksum, so that it speaks of these bytes and no others.  It is written before
the file, and names the bytes that stood there before: whatever a crash leaves is known for what
it is.  A file without a record is the user's own, and so is one that was changed since; neither
is written over.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath

import msgspec

from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.records import Origin
from docproc.store.files.durable import checksum, write_atomically
from docproc.text.patterns import compile_on_use
from docproc.workspace.links import is_link

STATE = ".visit.json"
SEEN = ".visit-seen"
_RECORD = ".{}.origin.json"
_IS_RECORD = compile_on_use(r"\.(.+)\.origin\.json")
_MOST_BYTES = 1_000_000
"""A larger record is none of docproc's."""
_LONGEST = 140
"""Bytes of a name: what stands beside a file while it is written is called longer."""
_DEEPEST = 8
_UNUSABLE = compile_on_use(
    r'[\x00-\x1f\x7f-\x9f\ud800-\udfff<>:"|?*\\\u061c\u200e-\u200f\u202a-\u202e\u2066-\u2069]'
)
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10)))
)
"""Names that Windows keeps for devices, whatever their suffix."""


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of one fetched file; ``was`` is the checksum of the bytes before these.

    ``gone`` is when the source was seen to have it no more, with the source's own words in
    ``why``; the file stays.
    """

    source: str
    key: str
    version: str
    address: str
    fetched: str
    sha256: str
    size: int
    about: tuple[tuple[str, str], ...] = ()
    was: str = ""
    gone: str = ""
    why: str = ""

    @property
    def origin(self) -> Origin:
        return Origin(self.address, self.fetched)


def record_of(file: Path) -> Path:
    """Where the record of *file* lies."""
    return file.with_name(_RECORD.format(file.name))


def is_record(name: str) -> str | None:
    """The name of the file that a record called *name* is of; ``None`` where it is no record."""
    found = _IS_RECORD.fullmatch(name)
    return found[1] if found else None


def read_record(file: Path) -> Record | None:
    """The record of *file*; ``None`` where there is none, or it is none of docproc's."""
    path = record_of(file)
    try:
        if is_link(path) or path.stat().st_size > _MOST_BYTES:
            return None
        return msgspec.json.decode(path.read_bytes(), type=Record)
    except (OSError, ValueError):
        return None


def record_digest(file: Path) -> str:
    """A digest of what the record of *file* says, but not of its being gone; ``""``: none."""
    record = read_record(file)
    if record is None:
        return ""
    said = msgspec.json.encode((record.address, record.fetched, record.sha256, record.about))
    return sha256(said).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file of a mirror: its path from there, with ``/``, and its record."""

    path: str
    record: Record


class Mirror:
    """The folder of one source; *name* is what ``config.toml`` calls that."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        self.held: dict[str, HeldFile] = {}
        for path, record in _records(folder):
            if record.source == name:
                self.held[record.key] = HeldFile(path, record)
        self._taken = {each.path.casefold(): key for key, each in self.held.items()}

    def version(self, key: str) -> str:
        """The version of what is held under *key*; ``""`` where its file is not there whole."""
        held = self.held.get(key)
        if held is None:
            return ""
        file = self.folder / held.path
        try:
            whole = not is_link(file) and file.stat().st_size == held.record.size
        except OSError:
            return ""
        return held.record.version if whole else ""

    def path_for(self, key: str, name: str) -> str:
        """Where what is called *key* goes: where it lies already, else as *name* says, safely."""
        if key in self.held:
            return self.held[key].path
        path = self._beside_files(safe_name(name))
        if self._taken.get(path.casefold(), key) != key or self._is_foreign(path):
            pure = PurePosixPath(path)
            mark = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
            path = pure.with_name(f"{pure.stem}-{mark}{pure.suffix}").as_posix()
        return path

    def keep(self, path: str, data: bytes, record: Record) -> None:
        """Write *data* to *path* below the folder, its *record* first.

        Raises ``SourceError`` where a file of the user's stands there, or what was fetched was
        changed since, ``StoreError`` where it cannot be written.
        """
        file = self.folder / path
        now = self._standing(file)
        before = self.held.get(record.key)
        own = {before.record.sha256, before.record.was, record.sha256} if before else set()
        if now and now not in own:
            how = "was changed since it was fetched" if before else "is not docproc's own"
            raise SourceError(f"{path}: the file that stands there {how}, and was left as it is")
        write_atomically(record_of(file), _encode(_with(record, was=now)))
        write_atomically(file, data)
        self.held[record.key] = HeldFile(path, record)
        self._taken[path.casefold()] = record.key

    def tell_again(self, key: str, record: Record) -> None:
        """Write another *record* of what is held under *key*; its file stays as it is."""
        path = self.held[key].path
        write_atomically(record_of(self.folder / path), _encode(record))
        self.held[key] = HeldFile(path, record)

    def write_state(self, state: msgspec.Struct) -> None:
        """Keep how far a visit has come."""
        write_atomically(self.folder / STATE, msgspec.json.encode(state))

    def _beside_files(self, path: str) -> str:
        """*path* with another name for a folder in it where a file is called so."""
        steps = path.split("/")
        for number in range(1, len(steps)):
            above = "/".join(steps[:number])
            if above.casefold() in self._taken or (self.folder / above).is_file():
                steps[number - 1] += "-files"
        return "/".join(steps)

    def _standing(self, file: Path) -> str:
        """The checksum of what stands at *file*; ``""`` where nothing does."""
        if is_link(file):
            raise SourceError(f"{file.name}: a link stands there, and was left as it is")
        try:
            return checksum(file)
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise SourceError(f"{file.name}: {error.strerror or error}") from None

    def _is_foreign(self, path: str) -> bool:
        return path.casefold() not in self._taken and os.path.lexists(self.folder / path)


def _encode(record: Record) -> bytes:
    return msgspec.json.format(msgspec.json.encode(record)) + b"\n"


def _with(record: Record, was: str) -> Record:
    kept: Record = msgspec.structs.replace(record, was="" if was == record.sha256 else was)
    return kept


def _records(folder: Path) -> Iterator[tuple[str, Record]]:
    for where, folders, files in os.walk(folder):  # enters no link
        folders.sort()
        for name in sorted(files):
            if (of := is_record(name)) is not None:
                file = Path(where, of)
                if (record := read_record(file)) is not None:
                    yield file.relative_to(folder).as_posix(), record


def safe_name(name: str) -> str:
    """*name* as a path within its folder that every system can have: none hidden, none too long."""
    steps = [_safe_step(step) for step in re.split(r"[/\\]+", name)]
    steps = [step for step in steps if step][-_DEEPEST:]
    return "/".join(steps) or "unnamed"


def _safe_step(step: str) -> str:
    step = _UNUSABLE.sub("_", unicodedata.normalize("NFC", step)).strip(" ")
    if not step.strip("."):
        return ""
    step = step.rstrip(". ")
    step = f"_{step[1:]}" if step.startswith(".") else step
    if step.partition(".")[0].casefold() in _DEVICES:
        step = f"_{step}"
    stem, dot, suffix = step.rpartition(".")
    if not stem or len(suffix.encode()) > 12:
        stem, dot, suffix = step, "", ""
    room = _LONGEST - len((dot + suffix).encode())
    if len(stem.encode()) > room:
        mark = sha256(step.encode()).hexdigest()[:8]
        stem = stem.encode()[: room - 9].decode("utf-8", "ignore").rstrip(". ") + f"-{mark}"
    return stem + dot + suffix
