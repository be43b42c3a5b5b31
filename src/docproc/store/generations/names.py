"""The names of generations, and of what is not one yet or any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from docproc.store.layout import Layout
from docproc.text.patterns import compile_on_use

DRAFT = ".draft-"
TRASH = ".trash-"
_DRAFT_NAME = compile_on_use(r"\.draft-\d+-[0-9a-f]{8}")
_STAMP = "%Y%m%dT%H%M%SZ"
_STAMP_LENGTH = len("20261123T181500Z")
_ID = compile_on_use(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}")


def is_id(name: str) -> bool:
    """Whether *name* has the form of a generation's id: ``20261123T181500Z-0123abcd``."""
    if not _ID.fullmatch(name):
        return False
    try:
        datetime.fromisoformat(name.partition("-")[0])
    except ValueError:  # no moment, such as the 31st of February
        return False
    return True


def is_draft(name: str) -> bool:
    """Whether *name* has the form of a draft's folder."""
    return _DRAFT_NAME.fullmatch(name) is not None


def is_trash(name: str) -> bool:
    """Whether *name* has the form of a generation that was being removed."""
    return name.startswith(TRASH) and is_id(name.removeprefix(TRASH))


def new_id(now: datetime, digest: str, earlier: list[str]) -> str:
    """An id that sorts after all *earlier* ones, even if the clock went backwards.

    *now* is aware of its time zone; *digest* is of the content, in hexadecimal digits.
    """
    stamp = now.astimezone(UTC).strftime(_STAMP)
    last = max((name[:_STAMP_LENGTH] for name in earlier), default="")
    if last >= stamp:
        after = datetime.strptime(last, _STAMP).replace(tzinfo=UTC) + timedelta(seconds=1)
        stamp = after.strftime(_STAMP)
    return f"{stamp}-{digest[:8]}"


def published_at(generation_id: str) -> datetime:
    """When the generation of that id was published, by the clock of its time."""
    return datetime.strptime(generation_id[:_STAMP_LENGTH], _STAMP).replace(tzinfo=UTC)


def list_published(layout: Layout) -> list[str]:
    """The ids of all generations, in the order in which they were published."""
    if not layout.generations.is_dir():
        return []
    return sorted(path.name for path in layout.generations.iterdir() if is_id(path.name))


def lock_of(draft: Path) -> Path:
    """The lock file of the draft in the folder *draft*."""
    return draft.with_name(draft.name + ".lock")
