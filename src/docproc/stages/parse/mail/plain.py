"""Plain text as messages send it: flowed lines (RFC 3676), enriched text (RFC 1896), uuencode."""

from __future__ import annotations

from binascii import Error, a2b_uu
from collections.abc import Iterator

from docproc.text.patterns import compile_on_use

_DEPTH = compile_on_use(r">*")
_SIGNATURE = "-- "
_TAG = compile_on_use(r"<(/?)([A-Za-z0-9_-]{1,60})>")
_LINES = compile_on_use(r"\n+")
_FILE = compile_on_use(
    r"(?m)^begin [0-7]{3,4} (\S[^\n]{0,200})\n((?:[ -`]{1,90}\n)*?)(?:`?\n)?end$"
)
"""A file amid a text, as programs before MIME wrote it: ``begin 644 NAME``, lines, ``end``."""
_SIGNS = {"lt": "<", "nl": "\n", "np": "\n\n", "paragraph": "\n\n"}


def join_flowed(text: str, *, delsp: bool) -> str:
    """*text* with the lines of each paragraph joined again, which the sender's program broke.

    A line that ends in a space goes on in the next one of the same depth of quotation; with
    *delsp* that space is the program's own as well.
    """
    written: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        depth = len(_DEPTH.match(line)[0])  # type: ignore[index]  # it matches everything
        words = line[depth:].removeprefix(" ")
        flows = words.endswith(" ") and words != _SIGNATURE
        if flows and delsp:
            words = words[:-1]
        if open_depth == depth and words != _SIGNATURE:
            written[-1] += words
        else:
            written.append(f"{'>' * depth} {words}" if depth else words)
        open_depth = depth if flows else None
    return "\n".join(written)


def enriched_words(text: str, *, rich: bool = False) -> str:
    """The words of enriched *text*: commands and their parameters taken out, lines as it sets them.

    *rich* is the older text/richtext (RFC 1341), whose line ends are spaces.
    """
    words: list[str] = []
    at = parameters = comments = verbatim = 0
    text = text.replace("<<", "\x00") if not rich else text
    for match in [*_TAG.finditer(text), None]:
        end = match.start() if match else len(text)
        if not parameters and not comments:
            piece = text[at:end]
            words.append(piece if verbatim else _set(piece, rich=rich))
        if match is None:
            break
        at = match.end()
        step, name = -1 if match[1] else 1, match[2].lower()
        if name == "param":
            parameters = max(0, parameters + step)
        elif name == "comment":
            comments = max(0, comments + step)
        elif name in ("nofill", "verbatim"):
            verbatim = max(0, verbatim + step)
        elif name in _SIGNS and (rich or name == "paragraph") and not comments:
            words.append(_SIGNS[name] if step > 0 or name == "paragraph" else "")
    return "".join(words).replace("\x00", "<")


def _set(piece: str, *, rich: bool) -> str:
    """A line end alone is a space, of several in a row the first is: the others are lines."""
    if rich:
        return _LINES.sub(" ", piece)
    return _LINES.sub(lambda match: "\n" * (len(match[0]) - 1) or " ", piece)


def split_uuencoded(text: str) -> Iterator[str | tuple[str, bytes]]:
    """*text* in its order: the words, and each file that is uuencoded in it, with its name."""
    at = 0
    for match in _FILE.finditer(text):
        try:
            data = b"".join(map(a2b_uu, match[2].splitlines()))
        except (Error, ValueError):  # it only looks like one
            continue
        yield text[at : match.start()]
        yield match[1].strip(), data
        at = match.end()
    yield text[at:]
