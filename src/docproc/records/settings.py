"""Settings: how a key of ``config.toml`` states its range, and what one source file may cost."""

from __future__ import annotations

from dataclasses import Field, field
from typing import Any

from docproc.dataclass_on_use import dataclass

ENABLED = "enabled"
"""The setting that every plugin has: ``enabled = false`` switches it off."""
MOST = 10_000_000
"""The largest number of seconds or megabytes: what a clock and a system can still be told."""


def define_key(
    default: Any,
    help: str,  # noqa: A002 - the field's word for it
    *,
    least: float | None = None,
    most: float | None = None,
) -> Any:
    """A field for a dataclass of settings; a number below *least* or above *most* is refused."""
    metadata = {"help": help, "least": least, "most": most}
    if isinstance(default, list):
        return field(default_factory=lambda: list(default), metadata=metadata)
    return field(default=default, metadata=metadata)


def range_of(key: Field[Any]) -> str:
    """``"from 0 to 1"``: the numbers that *key* takes; ``""`` where any are."""
    least, most = key.metadata.get("least"), key.metadata.get("most")
    if least is None:
        return ""
    return f"at least {least:,}" if most in (None, MOST) else f"from {least:,} to {most:,}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`[limits]`: what one source file may cost; past any of them it is reported and left out."""

    seconds: float = define_key(120.0, "How long reading it may take.", least=0.01, most=MOST)
    megabytes: int = define_key(
        2048, "How much memory reading it may take, where the system can tell.", least=16, most=MOST
    )
    characters: int = define_key(
        50_000_000, "How many characters one document, or cell, of it may have.", least=1
    )
    documents: int = define_key(100_000, "How many documents it may hold.", least=1)
    nesting: int = define_key(
        200, "How deep elements, or groups of RTF, may lie in one another.", least=1, most=10_000
    )
    attachments: int = define_key(
        1_000, "How many of the files attached to a PDF are read.", least=0
    )
    files_deep: int = define_key(
        8, "How deep files may lie within files: attachments, members.", least=0, most=1_000
    )
    parts: int = define_key(
        50_000, "How many parts a compressed file (zip, DOCX, EPUB, …) may hold.", least=1
    )
    unpacked_megabytes: int = define_key(
        1024, "How much a compressed file may unpack to.", least=1, most=MOST
    )
    unpacked_ratio: int = define_key(
        500,
        "How many times its own size a compressed file may unpack to, once that is over 10 MB.",
        least=1,
    )
    entities_megabytes: float = define_key(
        10.0, "How much text the entities of an XML file may add to it.", least=0, most=MOST
    )
    frames: int = define_key(5_000, "How many frames an image may have.", least=1)
    megapixels: float = define_key(
        60.0,
        "How large one frame of an image may be, in millions of pixels; 60 is A3 at 560 dpi.",
        least=0.01,
        most=MOST,
    )
    processes: int = define_key(
        0, "How many files are read at once; 0: as many as there are cores.", least=0, most=1_000
    )
