"""A page of a source as an image, with a passage marked on it."""

from __future__ import annotations

from docproc.dataclass_on_use import dataclass


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """``label`` is the page's, as printed or counted; ``png`` the image's bytes."""

    label: str
    png: bytes
