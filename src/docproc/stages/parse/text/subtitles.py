"""The parser of timed transcripts (SubRip, WebVTT): who speaks, and at what time.

A paragraph is what one person says without a pause; its time is where it stands.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.composer import Composer
from docproc.records import BlockKind, Document, Mention, Metadata, SourceFile, Unread
from docproc.text.encoding.decoding import decode, looks_like_text
from docproc.text.patterns import compile_on_use

_SUFFIXES = (".srt", ".vtt", ".sbv")
_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = compile_on_use(rf"[ \t]*{_CLOCK}[ \t]*(?:-->|,)[ \t]*{_CLOCK}(?:[ \t].*)?")
_HEAD = re.compile(
    rb"(?s)\A(?:\xef\xbb\xbf)?(?:WEBVTT\b|\s*\d{1,6}\r?\n\d\d:\d\d:\d\d,\d\d\d --> )"
)
_VOICE = compile_on_use(r"<v(?:\.[^\s>]+)?\s+([^>]{1,200})>")
_TAG = compile_on_use(r"</?[a-zA-Z][^>\n]{0,200}>|</?>|<\d[\d:.]*>|\{\\[^}]{0,40}\}")
_NAMED = compile_on_use(r"(?:>>+\s*)?([^\W\d_][^:\n]{0,40}):(?=\s)")
_TURN = compile_on_use(r"[-–—]\s|>>")
_SENTENCE_ENDS = (".", "!", "?", "…", "”", '."', "。")
_PAUSE = 4.0
"""Seconds without a word after which a new paragraph begins."""
_ENOUGH = 80
"""Words after which a paragraph ends with its sentence."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """What is shown from *start* to *end*, in seconds."""

    start: float
    end: float
    clock: str
    lines: tuple[str, ...]
    """Each said by one person, whom it names or not."""


class SubtitlesParser:
    """Reads subtitles and transcripts with times."""

    isolated: ClassVar[bool] = False

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By the first lines, and else by the suffix."""
        if _HEAD.match(head):
            return 0.95
        if source.suffix in _SUFFIXES:
            return 0.8 if looks_like_text(head) else 0.1
        return 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield the one document of *source*; raises ``SourceError`` where nothing is timed."""
        decoded = decode(data)
        text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
        cues = list(_cues(text))
        if not cues:
            raise SourceError("it holds no line with times, such as 00:00:01,000 --> 00:00:04,000")
        composer = Composer()
        _write(composer, cues)
        title = re.match(r"WEBVTT[ \t]+(?:[-–—][ \t]*)?(\S.*)", text)
        yield composer.document(
            source,
            metadata=Metadata(
                title=Mention(title[1].strip()) if title else None,
                kind="transcript",
                encoding=decoded.encoding,
            ),
        )
        yield from decoded.unread


def make(_: Mapping[str, Any]) -> SubtitlesParser:
    """The factory; there are no settings."""
    return SubtitlesParser()


def _cues(text: str) -> Iterator[_Cue]:
    """The cues of *text*; headers, styles and remarks have no times, and are none."""
    shown = list(_read_cues(text))
    pairs = list(zip(shown[1:], shown, strict=False))
    again = sum(bool(_still(cue.lines, before.lines)) for cue, before in pairs)
    if again * 2 <= len(pairs):  # a line that is said twice is no line that rolls
        yield from shown
        return
    yield from shown[:1]
    for cue, before in pairs:
        lines = cue.lines[_still(cue.lines, before.lines) :]
        if lines:
            yield replace(cue, lines=lines)


def _still(lines: tuple[str, ...], before: tuple[str, ...]) -> int:
    """How many of *lines* still stand from the cue *before*, as they roll on some screens."""
    counts = range(min(len(lines), len(before)), 0, -1)
    return next((kept for kept in counts if lines[:kept] == before[-kept:]), 0)


def _read_cues(text: str) -> Iterator[_Cue]:
    for block in re.split(r"\n[ \t]*\n", text):
        rows = block.strip("\n").split("\n")
        at, times = next(
            ((n, found) for n, row in enumerate(rows[:3]) if (found := _TIMES.fullmatch(row))),
            (0, None),
        )
        if times is None:
            continue
        lines = tuple(line for row in rows[at + 1 :] if (line := _words(row)))
        if lines:
            clock = f"{int(times[1] or 0):02}:{int(times[2]):02}:{times[3]}"
            yield _Cue(_seconds(*times.groups()[:4]), _seconds(*times.groups()[4:8]), clock, lines)


def _words(row: str) -> str:
    """What is said in *row*, after the name of the speaker where the markup tells it."""
    voice = _VOICE.search(row)
    words = " ".join(html.unescape(_TAG.sub("", row)).split())
    return f"{' '.join(voice[1].split())}: {words}" if voice and words else words


def _seconds(hours: str | None, minutes: str, seconds: str, rest: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{rest}")


def _write(composer: Composer, cues: Iterable[_Cue]) -> None:
    speaker, ended, count = "", float("-inf"), 0
    last = ""
    for cue in cues:
        for number, line in enumerate(cue.lines):
            named = _NAMED.match(line)
            turns = bool(_TURN.match(line)) or (named is not None and named[1] != speaker)
            pause = number == 0 and cue.start - ended > _PAUSE
            full = count >= _ENOUGH and last.endswith(_SENTENCE_ENDS)
            if turns or pause or full or not composer.at:
                composer.begin(BlockKind.PARAGRAPH)
                composer.page(f"at {cue.clock}")
                count = 0
                speaker = named[1] if named else ("" if turns else speaker)
            elif named:  # the same person goes on
                line = line[named.end() :].lstrip()
            composer.write(f" {line}" if count else line)
            count += len(line.split())
            last = line
        ended = cue.end
