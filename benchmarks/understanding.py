"""What is understood of documents: ``python -m benchmarks.understanding FOLDER [--sample 50]``.

Reads every file of FOLDER with the default configuration, without embedding or indexing, and
counts what was found.  ``--sample N --seed S`` prints of N random documents the source's own
lines beside what was understood of them, to be checked by hand: ``docs/references.md`` has the
rates of error that such checks gave.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from docproc.errors import SourceError
from docproc.operations.application import Application
from docproc.pipeline.reading.read import Reader, load
from docproc.pipeline.scan import FoundFile
from docproc.records import ArchivalReference, Block, BlockKind, Document
from docproc.workspace import find_workspace

_LINES = (14, 6)
"""How many paragraphs of a sampled source are printed from its beginning and its end."""
_WIDTH = 240
_NOT_SHOWN = re.compile(r"\s+")


def main() -> None:
    """Read the folder; print the counts, or the sheet of a sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--noted", action="store_true", help="only documents with notes")
    given = parser.parse_args()
    files = sorted(path for path in given.folder.rglob("*") if path.is_file())
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "config.toml").write_text("", "utf-8")
        reader = Application(find_workspace(Path(folder), Path(folder))).reader()
        if given.sample:
            read = documents(reader, given.folder, files)
            if given.noted:
                found = [d for d in read if any(b.kind is BlockKind.NOTE for b in d.blocks)]
            else:
                random.Random(given.seed).shuffle(files)
                found = list(documents(reader, given.folder, files[: given.sample]))
            chosen = random.Random(given.seed).sample(found, min(given.sample, len(found)))
            for document in sorted(chosen, key=lambda document: document.source.path):
                print("\n".join(sheet(document)))
        else:
            print_counts(Counter(), documents(reader, given.folder, files))


def documents(reader: Reader, folder: Path, files: list[Path]) -> Iterator[Document]:
    """Every document of *files*; a file that no parser reads is named and left out."""
    for path in files:
        state = path.stat()
        found = FoundFile(
            path.relative_to(folder).as_posix(), path, state.st_size, state.st_mtime_ns
        )
        try:
            yield from (document for document, _ in reader.read(*load(found)).documents)
        except SourceError as error:
            print(f"not read: {found.path}: {error}")


def print_counts(counts: Counter[str], read: Iterator[Document]) -> None:
    """One line for each thing that can be found."""
    for document in read:
        counts.update(found_in(document))
    for name in sorted(counts):
        print(f"{counts[name]:>8,}  {name}")


def found_in(document: Document) -> Iterator[str]:
    """The names of what was found in one document, each as often as it was found."""
    metadata = document.metadata
    yield "documents"
    for name in ("title", "sender", "recipient", "place", "kind", "date"):
        if getattr(metadata, name):
            yield f"documents with a {name}"
    if metadata.sender and metadata.recipient:
        yield "documents with sender and recipient"
    for date in metadata.dates:
        yield f"dates in the {date.place}"
    if len({date.edtf for date in metadata.dates}) > 1:
        yield "documents whose dates differ"
    if document.witness:
        yield "documents with a witness"
    notes = [block for block in document.blocks if block.kind is BlockKind.NOTE]
    own = [r for r in document.references if not note_of(r, notes)]
    if own:
        yield "documents with a reference of their own"
    for reference in document.references:
        where = "notes" if note_of(reference, notes) else "documents themselves"
        yield f"references of {where}"
        yield f"references read as {reference.scheme!r}"
    for note in notes:
        yield "notes"
        yield "notes with an anchor" if note.anchor else "notes without an anchor"
    for block in document.blocks:
        yield f"blocks of kind {block.kind.value!r}"


def note_of(reference: ArchivalReference, notes: list[Block]) -> Block | None:
    """The note that *reference* stands in."""
    span = reference.span
    return next((note for note in notes if span and note.span.contains(span)), None)


def sheet(document: Document) -> Iterator[str]:
    """What was understood of *document*, then its blocks, the middle ones left out."""
    metadata = document.metadata
    yield f"\n=== {document.source.path}"
    for name in ("title", "sender", "recipient", "place"):
        mention = getattr(metadata, name)
        yield f"{name:<10} {short(mention.text) if mention else '-'}"
    yield f"{'kind':<10} {metadata.kind or '-'}"
    for date in metadata.dates:
        yield f"{'date':<10} {date.edtf}  “{date.printed}” ({date.place})"
    for reference in document.references:
        parsed = ", ".join(f"{name} {value}" for name, value in reference.components)
        archive = f"{reference.archive} > {reference.archive_now}"
        yield f"{'reference':<10} “{reference.printed}” {reference.scheme}: {archive}; {parsed}"
    if document.witness:
        yield f"{'witness':<10} {document.witness}"
    blocks = [block for block in document.blocks if block.kind is not BlockKind.FURNITURE]
    first, last = _LINES
    for number, block in enumerate(blocks):
        shown = number < first or number >= len(blocks) - last
        if shown or block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            yield f"  [{block.kind.value}{label(block)}] {short(block.span.of(document.text))}"
            if block.anchor:
                around = document.text[max(0, block.anchor.start - 40) : block.anchor.end + 5]
                yield f"       tied to …{short(around)}"


def label(block: Block) -> str:
    """A block's label, as the sheet shows it."""
    return f" {block.label}" if block.label else ""


def short(text: str) -> str:
    """*text* on one line, cut in its middle."""
    line = _NOT_SHOWN.sub(" ", text)
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 60]} … {line[-60:]}"


if __name__ == "__main__":
    main()
