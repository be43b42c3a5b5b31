"""A workspace in which everything that can be named is named so that it would command a terminal.

``BAD`` is in every field of every record, in what parsers and plugins say, and in messages.
"""

import io
import json
import re
import sys
import unicodedata
from pathlib import Path

import word_bag as bag

from docproc.cli.entry import main
from docproc.plugins.loading.trust import trust

BAD = "\x1b[2J\x1b]0;T\x07\x9b31m\x85\x7f\x08\r\x0b\x0c\x1c\u202e\u2066\u200f\u061c\u2028\U000e0041"
PLUGIN = f'''
import dataclasses
from docproc.hooks import Registration, Setting, hookimpl
from docproc import records as r

BAD = {BAD!r}
KEPT = {{"scheme", "edtf", "julian", "if_old_style", "sha256", "path", "media_type", "language"}}


def hostile(value, name=""):
    """*value* with what is hostile at the end of every string in it that is free."""
    if dataclasses.is_dataclass(value):
        return dataclasses.replace(
            value,
            **{{f.name: hostile(getattr(value, f.name), f.name)
               for f in dataclasses.fields(value)
               if f.name not in KEPT and not (f.name == "text" and type(value) is r.Document)}},
        )
    if isinstance(value, tuple):
        return tuple(hostile(each, name) for each in value)
    return value + BAD if type(value) is str else value


def documents(source):
    text = "The consul received 777 rifles" + BAD + " at the weir.\\n\\n"
    kept = "RGASPI. F. 5. Op. 1"
    text += kept + BAD + "\\n\\nA note" + BAD + " on the mill."
    at, held = text.index("A note"), text.index(kept)
    span, note = r.Span(0, held - 2), r.Span(at, len(text))
    for member in ("one", "two"):
        metadata = r.Metadata(
            title=r.Mention("A letter"), sender=r.Mention("A. Lind"),
            recipient=r.Mention("B. Holm"),
            place=r.Mention("Narva"), kind="letter", language="en", encoding="utf-8",
            dates=(r.StatedDate("3 May 1920", "1920-05-03", "heading"),),
            collection=r.Collection("Letters", ("An Editor",), "A statement", "1921"),
            enclosures=(r.Mention("An enclosure"),), other=(("key", "value"),),
        )
        reference = r.ArchivalReference(
            kept, "fond", archive="RGASPI", archive_now="RGASPI now",
            components=(("fond", "5"), ("opis", "1")), span=r.Span(held, at - 2),
        )
        yield hostile(r.Document(
            source, text, member,
            blocks=(
                r.Block(r.BlockKind.PARAGRAPH, span),
                r.Block(r.BlockKind.REFERENCE, r.Span(held, at - 2)),
                r.Block(r.BlockKind.NOTE, note, label="1", anchor=r.Span(0, 3)),
            ),
            metadata=metadata, references=(reference,),
            witness=r.Witness("typewritten", "typewritten", "copy", "autograph"),
            pages=(r.Page("7", span),),
        ))


class Parser:
    isolated = False

    def confidence(self, source, head):
        return 1.0 if source.suffix == ".odd" else 0.0

    def parse(self, source, data):
        if data == b"fails":
            raise ValueError("no" + chr(0) + BAD)
        yield from documents(source)
        yield r.Unread("part" + BAD, "why" + BAD)


class Says:
    def run(self, argument, conversation):
        return "said" + BAD


@hookimpl
def docproc_parsers():
    settings = (Setting("word", "x" + BAD, "help" + BAD),)
    return [Registration("odd", lambda _: Parser(), summary="odd" + BAD, settings=settings)]


@hookimpl
def docproc_chat_commands():
    return [Registration("say", lambda _: Says(), summary="says" + BAD)]
'''


def make(root: Path) -> Path:
    """The workspace at *root*, not indexed."""
    bag.make_workspace(root)
    (root / "plugins" / "odd.py").write_text(PLUGIN, "utf-8")
    (root / "plugins" / "broken.py").write_text(f"raise ValueError('it' + {BAD!r})\n", "utf-8")
    config = root / "config.toml"
    chosen = '[pipeline]\nparsers = ["...", "odd"]'
    config.write_text(config.read_text("utf-8").replace("[pipeline]", chosen), "utf-8")
    for name in ("a", "b"):
        (root / "seeds" / f"{name}.odd").write_text("read")
    (root / "seeds" / "c\u202e\u2066.odd").write_text("fails")
    (root / "seeds" / "d\x1b[2J\x9b.txt").write_text("a name that cannot be shown")
    trust(root, own=True)
    return root


class Stream(io.TextIOWrapper):
    """A standard stream that remembers what was written."""

    def __init__(self, tty: bool, written: bytes = b"") -> None:
        super().__init__(io.BytesIO(written), "utf-8", write_through=True)
        self.tty = tty

    def isatty(self) -> bool:
        return self.tty

    @property
    def text(self) -> str:
        return self.buffer.getvalue().decode("utf-8", "surrogateescape")


def run(monkeypatch, root: Path, *arguments: str, tty: bool = False, stdin: bytes = b""):
    """Run a command in this process; its exit code, and what it wrote to either stream."""
    out, err = Stream(tty), Stream(tty)
    with monkeypatch.context() as patch:
        patch.chdir(root)
        for name, value in (("argv", ["docproc", *arguments]), ("stdin", Stream(False, stdin))):
            patch.setattr(sys, name, value)
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        try:
            main()
        except SystemExit as ended:
            code = ended.code
    return code, out.text, err.text


LOOKS = re.compile(r"\x1b\[[0-9;]*m|\x1b\[\?25[lh]|\x1b\[2K|\x1b\[1A|\r")
"""Colours, and what a bar of progress does: hides the cursor, clears its line, goes up one."""
_TURNING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
_MARKS = "\u061c\u200e\u200f"


def commanding(text: str, *, looks: bool = False) -> list[str]:
    """The characters of *text* that command a terminal; with *looks*, docproc's own apart."""
    if looks:
        text = LOOKS.sub("", text)
    return [
        f"U+{ord(c):04X}"
        for c in dict.fromkeys(text.replace("\r\n", "\n"))
        if (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t")
        or unicodedata.bidirectional(c) in _TURNING
        or c in _MARKS
        or 0xE0000 <= ord(c) <= 0xE007F
    ]


def strings(value: object):
    """Every string in a value that JSON gave."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (key, *strings(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
