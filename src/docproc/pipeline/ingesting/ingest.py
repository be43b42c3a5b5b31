"""Ingest: carry a plan out, from source files into the catalog of a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from docproc.dataclass_on_use import dataclass
from docproc.errors import DocprocError, Encrypted, SourceError, StoreError
from docproc.hooks.extensions import DocumentParsed, PassagesMade, SourceFailed
from docproc.pipeline.ingesting.plan import Plan
from docproc.pipeline.ingesting.reading_recipe import ReadingRecipe
from docproc.pipeline.monitoring.observers import Observers
from docproc.pipeline.monitoring.progress import Progress
from docproc.pipeline.reading.isolation import Readings
from docproc.pipeline.reading.read import Reading
from docproc.pipeline.scan import FoundFile
from docproc.records import BlockKind
from docproc.store.catalog import IN_PART, Failure, SourceState
from docproc.store.catalog.writing.writer import CatalogWriter

_TOLD = 5
"""Unread parts of one file that are named; the others are counted."""
_LITTLE = 0.5
_LETTERS = 6
"""Of a word and the space behind it, about: enough for a text that is all taken."""


@dataclass(frozen=True, slots=True)
class Recipes:
    """What reads the sources, each parser's version, and the hash that failures are kept with."""

    reading: ReadingRecipe
    failing: str
    parser_versions: Mapping[str, str]


def ingest(
    plan: Plan,
    readings: Readings,
    recipes: Recipes,
    writer: CatalogWriter,
    progress: Progress,
    observers: Observers | None = None,
    before: int = 0,
) -> list[Failure]:
    """Read what is new or changed, forget what is gone; return the failures of this run.

    Each document that was read, and each failure, is told to *observers*.

    A file that fails is put in quarantine with its cause, and costs the others nothing; what
    was known of it from an earlier, better time stays.  *before* is how many files an earlier run
    has read of those that there were to read.
    """
    observers = observers or Observers()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    failures: list[Failure] = []
    passwords: list[str] = []
    little: list[tuple[str, float]] = []
    todo = sorted((*plan.new, *plan.changed), key=lambda found: found.path)
    progress.start("reading", before + len(todo), before)
    for found, reading in readings.each(todo):
        reading = _unlock(found, reading, readings, passwords, progress)
        if isinstance(reading, Reading):
            cause, kept = _keep(found, reading, recipes, writer)
            if kept and (share := share_of_text(reading)) < _LITTLE:
                little.append((found.path, share))
            for document, passages in reading.documents if kept else ():
                observers.tell(
                    DocumentParsed(document=document, parser=reading.parser),
                    PassagesMade(document=document, passages=passages),
                )
        else:
            cause = str(reading)
        if cause:
            failure = Failure(
                path=found.path,
                cause=cause,
                recipe=recipes.failing,
                size=found.size,
                mtime_ns=found.mtime_ns,
            )
            writer.fail(failure, now)
            failures.append(failure)
            progress.fail(found.path, failure.cause)
            observers.tell(SourceFailed(path=found.path, cause=cause))
        writer.settle()
        progress.advance()
    if little:
        progress.say(_say_little(little))
    for path in plan.removed:
        writer.remove_source(path)
    for found in plan.touched:
        writer.touch_source(found.path, found.mtime_ns)
    for path, recipe in plan.confirmed:
        writer.confirm_source(path, recipe)
    return failures


def _unlock(
    found: FoundFile,
    reading: Reading | SourceError,
    readings: Readings,
    passwords: list[str],
    progress: Progress,
) -> Reading | SourceError:
    """*reading*, or what comes of it with *passwords* and those that a person adds to them."""
    if _wants_password(reading) and passwords:
        reading = readings.unlock(found, passwords)
    question = f"{found.path} is encrypted. Password (Enter to leave it out): "
    while _wants_password(reading) and (given := progress.secret(question)):
        passwords.append(given)
        reading = readings.unlock(found, passwords)
        question = f"{found.path} is still encrypted. Password (Enter to leave it out): "
    return reading


def _wants_password(reading: Reading | SourceError) -> bool:
    return isinstance(reading, Encrypted) or (isinstance(reading, Reading) and reading.encrypted)


def _keep(
    found: FoundFile, reading: Reading, recipes: Recipes, writer: CatalogWriter
) -> tuple[str | None, bool]:
    """Keep *reading*; return what of it could not be read, in words, and whether it was kept.

    What a catalog cannot hold is the failure of the source that it came from.  Raises
    ``StoreError`` where the catalog itself cannot be written.
    """
    state = SourceState(
        source=reading.source,
        mtime_ns=found.mtime_ns,
        parser=reading.parser,
        parser_version=recipes.parser_versions[reading.parser],
        recipe=recipes.reading.of(reading.parser, reading.nested, reading.beside, found.origin),
    )
    try:
        writer.replace_source(state, reading.documents)
    except StoreError:
        raise
    except DocprocError as error:
        return str(error).removeprefix(f"{found.path}: "), False
    except (ValueError, TypeError, OverflowError, LookupError) as error:
        return f"what its parser made of it cannot be kept: {error}", False
    return describe_unread(reading.unread), True


def share_of_text(reading: Reading) -> float:
    """The share of the words of a source that is not furniture, over all its documents."""
    words = apart = 0
    for document, _ in reading.documents:
        spans = [b.span for b in document.blocks if b.kind is BlockKind.FURNITURE]
        if 3 * sum(map(len, spans)) > len(document.text):  # most have none: they are not counted
            apart += sum(len(span.of(document.text).split()) for span in spans)
            words += len(document.text.split())
        else:
            words += len(document.text) // _LETTERS
    return 1 - apart / words if words else 1.0


def _say_little(little: Sequence[tuple[str, float]]) -> str:
    """That little of some files is text, the first few by name."""
    named = ", ".join(f"{path} ({share:.0%})" for path, share in little[:_TOLD])
    more = f" and {len(little) - _TOLD:,} more" if len(little) > _TOLD else ""
    return (
        f"Less than half of the words are text, the rest navigation and the like, in {named}{more}"
        ": `docproc show FILE --json` lists what was set apart."
    )


def describe_unread(unread: Sequence[str]) -> str | None:
    """The parts of a source that could not be read, the first few with their causes."""
    if not unread:
        return None
    told = "; ".join(unread[:_TOLD])
    more = f"; and {len(unread) - _TOLD:,} more" if len(unread) > _TOLD else ""
    return f"{IN_PART}{told}{more}"
