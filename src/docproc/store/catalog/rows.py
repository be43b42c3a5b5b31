"""What the catalog gives besides the records themselves: light rows for lists and plans."""

from __future__ import annotations

from collections.abc import Iterable

from docproc.dataclass_on_use import dataclass
from docproc.records import NotRead, PassageKind, SourceFile, Span
from docproc.text.patterns import compile_on_use


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source as it was when it was last read, and by what.

    ``mtime_ns`` is its time of change in nanoseconds since 1970; ``recipe`` is the hash of
    the plugins that made its documents (``manifest.recipe_hash``): a source is fresh while
    its bytes and its recipe are the same.
    """

    source: SourceFile
    mtime_ns: int
    parser: str
    parser_version: str
    recipe: str


IN_PART = "read in part: "
"""How the cause begins where only parts of a source could not be read."""
_PAGES = compile_on_use(r"(?:[^:;]*, )?pages? (?P<first>\d{1,9})(?:–(?P<last>\d{1,9}))?: ")
_MORE = compile_on_use(r"and ([\d,]+) more")
_SEVERAL = compile_on_use(r"(?:[^:]*, )?(\d[\d,]*) (?:rows|chapters)\b[^:]{0,80}: ")
_PART = compile_on_use(
    r"(?:[^:]*, )?(?:(?:message|chapter|frame|record|row|line) [^:]{1,80}|a part|attachments"
    r"|[^:]{1,200}\.\w{1,5}): "
)
"""How a part is reported that is no page: where, and why.  A byte or an entity is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A source in quarantine: it could not be read, and why.

    ``size``, ``mtime_ns`` and ``sha256`` are of the file that failed, as far as they could be
    learned; it is tried again when they or ``recipe`` differ.  ``count`` is how often it
    failed; ``first_seen`` and ``last_seen`` are UTC, ISO 8601.
    """

    path: str
    cause: str
    recipe: str = ""
    size: int | None = None
    mtime_ns: int | None = None
    sha256: str | None = None
    count: int = 1
    first_seen: str = ""
    last_seen: str = ""

    @property
    def in_part(self) -> bool:
        """Whether the rest of the source was read, and can be asked."""
        return self.cause.startswith(IN_PART)


def not_read(failures: Iterable[Failure]) -> NotRead:
    """How many files, pages and parts *failures* are."""
    files = pages = parts = 0
    for failure in failures:
        if not failure.in_part:
            files += 1
            continue
        for told in failure.cause.removeprefix(IN_PART).split("; "):
            if page := _PAGES.match(told):
                pages += 1 + (int(page["last"]) - int(page["first"]) if page["last"] else 0)
            elif more := _MORE.fullmatch(told) or _SEVERAL.match(told):
                parts += int(more[1].replace(",", ""))
            else:
                parts += _PART.match(told) is not None
    return NotRead(files, pages, parts)


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage without its texts."""

    row: int
    document_id: str
    span: Span
    kind: PassageKind
    locator: str
    note: str | None
    language: str | None
