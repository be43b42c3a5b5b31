"""Draw: the pages of a source that a passage stands on, wherever within the source they lie."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.sniffing import head_of
from docproc.hooks.protocols import DrawsImages, DrawsMembers, DrawsPages, ReadsBeside
from docproc.pipeline.reading.parse import Take, guard, media_type
from docproc.records import Child, DrawnPage, SourceFile, Span

MOST_DRAWN = 50
"""Pages; who asks for a whole book gets its beginning, and a note that there is more."""

Beside = Callable[[str], bytes | None]
"""The bytes of the file of a name beside a source, if there is one."""

Joined = Callable[[Sequence[str]], Mapping[str, bytes]]
"""The files that a source names and is read with (``ReadsBeside``)."""

Drawn = tuple[list[DrawnPage], bool]


def draw_pages(
    take: Take,
    source: SourceFile,
    data: bytes,
    member: str,
    spans: Sequence[Span],
    beside: Beside,
    joined: Joined = lambda _: {},
) -> Drawn:
    """The pages that *spans* of the document called *member* touch; whether there are more.

    *joined* reads what is read with the source, as when it was parsed.
    Raises ``SourceError`` where it has no pages that can be drawn.
    """
    name, parser = take(source, head_of(data))

    def step() -> Drawn:
        if not member:
            return _first(_pages(name, parser, data, spans, beside, joined))
        child = _child(parser, source, data, member)
        if child is None and isinstance(parser, DrawsMembers):
            return _first(parser.draw_member(data, member, spans))
        if child is None:  # a letter of several in one edition, and no file
            raise _nothing_to_draw(name)
        path = f"{source.path}/{child.name}"
        inner = SourceFile(path, media_type(child.name), len(child.data), "")
        rest = member[len(child.name) :].removeprefix("/")
        near = _within(parser, source, data, child.name)
        return draw_pages(take, inner, child.data, rest, spans, near)

    result: Drawn = guard(f"parser {name!r}", step)
    return result


def _first(pages: Iterable[DrawnPage]) -> Drawn:
    """As many of *pages* as are drawn at once, and whether there are more."""
    first = list(islice(pages, MOST_DRAWN + 1))
    return first[:MOST_DRAWN], len(first) > MOST_DRAWN


def _pages(
    name: str, parser: Any, data: bytes, spans: Sequence[Span], beside: Beside, joined: Joined
) -> Iterable[DrawnPage]:
    if isinstance(parser, DrawsPages):
        return parser.draw(data, spans)
    if not isinstance(parser, DrawsImages):
        raise _nothing_to_draw(name)

    wanted = parser.names_beside(data) if isinstance(parser, ReadsBeside) else ()
    near = joined(wanted) if wanted else {}

    def image(named: str) -> bytes:
        if named in near:
            return near[named]
        if named in wanted:
            raise SourceError(f"{named} is not read with it")
        for path in dict.fromkeys((_plain(named), posixpath.basename(_plain(named)))):
            if path and (found := beside(path)) is not None:
                return found
        raise SourceError(
            f"the image of its page, {posixpath.basename(_plain(named)) or 'without a name'}, does "
            "not lie beside it: put it there, or see the passage with --html"
        )

    return parser.draw_images(data, spans, image)


def _plain(named: str) -> str:
    """The path of an image, as a file names it, with ``/`` between its parts."""
    return re.sub(r"^file:/*", "/", named.strip()).replace("\\", "/")


def _nothing_to_draw(name: str) -> SourceError:
    return SourceError(
        f"the parser {name!r} knows no pages to draw; --html shows the passage in its document"
    )


def _child(parser: Any, source: SourceFile, data: bytes, member: str) -> Child | None:
    """The file within that *member* names or leads through."""
    for child in _children(parser, source, data):
        if member == child.name or member.startswith(f"{child.name}/"):
            return child
    return None


def _children(parser: Any, source: SourceFile, data: bytes) -> Iterator[Child]:
    return (part for part in parser.parse(source, data) if isinstance(part, Child))


def _within(parser: Any, source: SourceFile, data: bytes, name: str) -> Beside:
    """What finds files beside the member *name* of an archive."""
    folder = posixpath.dirname(name)

    def beside(named: str) -> bytes | None:
        path = posixpath.normpath(posixpath.join(folder, named))
        found = (each.data for each in _children(parser, source, data) if each.name == path)
        return next(found, None)

    return beside


def in_folder(file: Path, root: Path, limits: Limits) -> Beside:
    """What finds files beside *file*: within the workspace at *root*, whatever they are called."""

    def beside(named: str) -> bytes | None:
        try:
            found = (file.parent / named).resolve()
            if not found.is_relative_to(root.resolve()) or not found.is_file():
                return None
            if found.stat().st_size > limits.unpacked_megabytes * 1_000_000:
                raise SourceError(f"the image {found.name} is too large to draw on")
            return found.read_bytes()
        except (OSError, ValueError):  # a name that the file system does not have
            return None

    return beside
