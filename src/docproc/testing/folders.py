"""What is asked of an index's folder: that it can be moved, stays as it is, and is refused."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docproc.errors import StoreError
from docproc.testing.contract import break_promise


def build_and_move(build: Callable[[Path], Any], beside: Path) -> Path:
    """Build into an empty folder, then move it, as a generation moves when it is published."""
    made = next(path for n in itertools.count(1) if not (path := beside / f"index-{n}").exists())
    making = made.with_name(f"making-{made.name}")
    making.mkdir()
    build(making)
    making.rename(made)
    return made


def refuses(opening: Callable[[], Any], what: str) -> None:
    """Fail unless *opening* raises ``StoreError``."""
    try:
        opening()
    except StoreError:
        return
    except Exception as error:  # any other kind is no answer
        break_promise(f"{what} raised {type(error).__name__}: {error}")
    break_promise(f"{what} was opened without a word")


def digest(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below *folder*."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
