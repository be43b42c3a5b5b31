"""Output: the only way by which characters leave docproc, for a terminal, a pipe, a log, JSON.

What documents, file names, plugins and libraries say may hold characters that command a
terminal, turn the direction of writing, or end a line of a log.  The command line puts a
``SafeStream`` in the place of both standard streams (``install_safe_streams``), so whatever anyone
prints passes here; what docproc itself draws in colour goes to the stream beneath (``raw_stream``)
after each of its texts passed ``terminal_safe``.  A test holds all other modules to this.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

from docproc.errors import OutputError
from docproc.text.patterns import compile_on_use

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # Unicode's Bidi_Control, and its neighbours
_UNSEEN = "\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff"  # annotations, tags, halves
_COMMANDING = compile_on_use(f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f{_BIDI}{_UNSEEN}]")
_UNSAFE = compile_on_use(
    f"\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029{_BIDI}{_UNSEEN}]"
)
_IN_JSON = compile_on_use(f"[\x7f-\x9f\u2028\u2029{_BIDI}{_UNSEEN}]")


class _Aside(threading.local):
    depth = 0


_ASIDE = _Aside()


@contextmanager
def aside() -> Iterator[None]:
    """While it lasts, what this thread prints on standard output goes to standard error.

    For code of a plugin: whatever it prints is no result of the command.
    """
    _ASIDE.depth += 1
    try:
        yield
    finally:
        _ASIDE.depth -= 1


class ClosedPipe(Exception):
    """The reader of a pipe has left before all was written, as ``head`` does; no error."""


def visible(text: str) -> str:
    """*text* with every character that could command a terminal written as ``<U+001B>``.

    Those are control characters other than white space, the controls that turn the
    direction of writing, invisible tags, and lone surrogates.
    """
    return _COMMANDING.sub(_write_code, text)


def terminal_safe(text: str) -> str:
    """*text* as a terminal may be sent it: ``visible``, and of white space only what it needs.

    A space, a tab and the end of a line stay; a carriage return alone, which would write over
    the line, is visible, and so is every other control character.
    """
    return _UNSAFE.sub(_write_code, text)


def one_line(text: str) -> str:
    """*text*, visible, with every run of white space made one space."""
    return " ".join(visible(text).split())


def clip(text: str | None, most: int = 300) -> str:
    """*text* in one line of at most so many characters, with nothing in it that is not seen."""
    line = " ".join(visible((text or "")[: 4 * most + 4]).split())
    return line if len(line) <= most else line[:most].rstrip() + " […]"


def indent(message: str) -> str:
    """*message* with its lines after the first indented: none passes for another message."""
    first, *rest = terminal_safe(message).splitlines() or [""]
    return "\n".join([first, *(line if line.startswith(" ") else f"  {line}" for line in rest)])


def json_text(value: object, indent: int | None = None) -> str:
    """*value* as JSON, letters as they are, and each unsafe character escaped."""
    return escape_json(json.dumps(value, ensure_ascii=False, indent=indent))


def escape_json(text: str) -> str:
    """JSON in *text* with each unsafe character of its strings escaped; equal in value."""
    return _IN_JSON.sub(lambda found: json.dumps(found[0])[1:-1], text)


def install_safe_streams() -> None:
    """Put a ``SafeStream`` in the place of both standard streams of this process."""
    sys.stdout = cast("TextIO", SafeStream(sys.stdout, "standard output"))
    sys.stderr = cast("TextIO", SafeStream(sys.stderr, None))
    if isinstance(sys.stdin, io.TextIOWrapper):  # bytes of no character are U+FFFD, and no end
        sys.stdin.reconfigure(errors="replace")


def raw_stream(stream: TextIO) -> TextIO:
    """What docproc may send colours and cursors to: the stream below a ``SafeStream``."""
    return cast("TextIO", stream.beneath) if isinstance(stream, SafeStream) else stream


class _Stream:
    """A text stream; what cannot be written is an error that says so, or, unnamed, is let go.

    *name* is for the message.  Raises ``ClosedPipe`` where the reader of a pipe has left, and
    ``OutputError`` where the stream is closed or its device is full.
    """

    def __init__(self, stream: TextIO | None, name: str | None) -> None:
        self._stream, self._name = stream, name
        self._failed: Exception | None = None  # said again: a library may have swallowed it

    def write(self, text: str) -> int:
        if self._failed:
            return self._fail(self._failed)
        if self._stream is None:
            return self._fail(OSError("it is closed"))
        try:
            self._stream.write(encodable(text, self._stream.encoding))
        except (OSError, ValueError) as error:  # ValueError: it has been closed
            return self._fail(error)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        if self._failed:
            self._fail(self._failed)
        if self._stream is None:
            return
        try:
            self._stream.flush()
        except (OSError, ValueError) as error:
            self._fail(error)

    def isatty(self) -> bool:
        return self._stream is not None and not self._stream.closed and self._stream.isatty()

    @property
    def encoding(self) -> str:
        return (self._stream and self._stream.encoding) or "utf-8"

    def _fail(self, error: Exception) -> int:
        self._failed = error
        self._drop()
        if self._name is None:
            return 0
        if isinstance(error, BrokenPipeError):
            raise ClosedPipe from None
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise OutputError(f"{self._name} cannot be written: {str(why).lower()}") from None

    def _drop(self) -> None:
        """Let what is still to be written, at the end of the process too, go nowhere."""
        with suppress(OSError, ValueError, AttributeError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, cast("TextIO", self._stream).fileno())
            os.close(nowhere)

    def __getattr__(self, name: str) -> Any:
        if self._stream is None:
            raise AttributeError(name)
        return getattr(self._stream, name)


class SafeStream(_Stream):
    """A standard stream through which no character commands a terminal.

    ``raw_stream`` is the stream below, for text that passed ``terminal_safe`` and the commands of
    docproc's own drawing.
    """

    def __init__(self, stream: TextIO | None, name: str | None) -> None:
        super().__init__(stream, name)
        self.beneath = _Stream(stream, name)

    def write(self, text: str) -> int:
        if self._is_aside():
            return sys.stderr.write(text)
        super().write(terminal_safe(text))
        return len(text)

    def _is_aside(self) -> bool:
        return self._name is not None and _ASIDE.depth > 0 and sys.stderr is not self

    @property
    def buffer(self) -> Any:
        """The bytes' stream, for a plugin that writes a file of bytes into a pipe.

        There is none for a terminal, nor where a library would reach for it to encode text
        in its own way.
        """
        if self._is_aside():
            return sys.stderr.buffer
        if self._stream is None or self.isatty() or self.encoding.lower() in _ASCII:
            raise AttributeError("buffer")
        return self._stream.buffer


_ASCII = ("ascii", "us-ascii", "ansi_x3.4-1968", "646")


def _write_code(match: re.Match[str]) -> str:
    return f"<U+{ord(match[0]):04X}>"


def encodable(text: str, encoding: str | None) -> str:
    """*text* with what *encoding* cannot write spelled out in hexadecimal."""
    encoding = encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode(encoding, "backslashreplace").decode(encoding)
    return text
